"""The loop: a head on states that are made once, stopped where articles kept apart no longer gain, and gone on with where it was interrupted."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from onrecord.train.schedule import warmed

Item = TypeVar("Item")
Loss = Callable[[Any, Item], tuple[Tensor, int]]
"""The summed loss of an item, and of how many labels."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a head is trained: the recipe of the shipped heads, slower, since they have learned already.

    Attributes:
        rate: the highest learning rate of AdamW.
        epochs: at most so many times through the gold.
        patience: epochs without a gain on the articles kept apart, after which it stops.
        batch: windows or sentences to a step.
        warmup: the share of steps in which the rate rises.
        decay: of weights.
        seed: of the split, the order and what is dropped.
    """

    rate: float = 2e-4
    epochs: int = 12
    patience: int = 3
    batch: int = 16
    warmup: float = 0.06
    decay: float = 0.01
    seed: int = 1


def fit(
    head: nn.Module,
    made: Sequence[Item],
    dev: Sequence[Item],
    loss: Loss[Item],
    options: Options,
    folder: Path,
    name: str,
    say: Callable[[str], None],
) -> int:
    """Train a head; it has the weights of its best epoch then.

    Args:
        head: the head, with the weights it starts from.
        made, dev: what it learns from, and by what it is stopped.
        loss: what is made smaller.
        options: how.
        folder: where the checkpoint and the log are kept; a checkpoint that is there is gone on from.
        name: the head's.
        say: is told how far it is.

    Returns:
        The number of the best epoch, 0 where the head was best as it came.
    """
    kept = folder / f"{name}.pt"
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    steps_by = torch.optim.AdamW(head.parameters(), lr=options.rate, weight_decay=options.decay)
    schedule = warmed(steps_by, total=options.epochs * math.ceil(len(made) / options.batch), share=options.warmup)
    state: dict[str, Any] = {"epoch": 0, "best": mean_loss(head, dev, loss), "best_epoch": 0, "weights": copy.deepcopy(head.state_dict())}
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        head.load_state_dict(state["head"])
        steps_by.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"])
    else:
        _log(folder, {"head": name, "epoch": 0, "dev_loss": round(state["best"], 4)}, say)
    while state["epoch"] < options.epochs and state["epoch"] - state["best_epoch"] < options.patience:
        start = time.time()
        mean = _epoch(head, made, loss, steps_by, schedule, rng, options.batch)
        state["epoch"] += 1
        dev_loss = mean_loss(head, dev, loss)
        if dev_loss < state["best"]:
            state |= {"best": dev_loss, "best_epoch": state["epoch"], "weights": copy.deepcopy(head.state_dict())}
        figures = {"head": name, "epoch": state["epoch"], "loss": round(mean, 4), "dev_loss": round(dev_loss, 4), "seconds": round(time.time() - start)}
        _log(folder, figures, say)
        more = {"head": head.state_dict(), "optimizer": steps_by.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, **more, "rng": rng.getstate(), "torch": torch.get_rng_state()}, kept)
    head.load_state_dict(state["weights"])
    return int(state["best_epoch"])


def _epoch(head: nn.Module, made: Sequence[Item], loss: Loss[Item], steps_by: Any, schedule: Any, rng: random.Random, batch: int) -> float:
    """Every item once, in random order; the mean loss."""
    head.train()
    order = list(range(len(made)))
    rng.shuffle(order)
    summed, counted = 0.0, 0
    for first in range(0, len(order), batch):
        found = [loss(head, made[n]) for n in order[first : first + batch]]
        count = sum(c for _, c in found)
        total = torch.stack([x for x, _ in found]).sum()
        steps_by.zero_grad()
        (total / max(1, count)).backward()
        nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        steps_by.step()
        schedule.step()
        summed, counted = summed + float(total.detach()), counted + count
    return summed / max(1, counted)


@torch.no_grad()
def mean_loss(head: nn.Module, items: Sequence[Item], loss: Loss[Item]) -> float:
    """The loss of a head by label, with nothing dropped."""
    head.eval()
    found = [loss(head, item) for item in items]
    return float(sum(x for x, _ in found)) / max(1, sum(c for _, c in found))


def _log(folder: Path, figures: dict[str, Any], say: Callable[[str], None]) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(figures) + "\n")
    say(", ".join(f"{name} {value}" for name, value in figures.items()))
