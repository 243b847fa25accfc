"""Train the stance head on an encoder's states: ``python -m models.stance_training CONFIG.toml --out FOLDER --cache FOLDER --train FILE … --dev JSONL``.

The encoder, by default the one that ships, is left as it is. Writes ``stance.npz`` beside its weights (``--write FOLDER`` for another
place), ``options.json`` and a line of figures an epoch to ``log.jsonl``. After the encoder was trained anew the head must be, too.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from models.network import WIDTH, StanceHead
from models.settings import options_of, warmed
from models.stance_material import Pair, read
from onrecord.encoder import Encoder, pairs
from onrecord.encoder.encoder import SHIPPED
from onrecord.parse import Parser
from onrecord.positions.head import NAME

SIDES = ((0, 1), (1, 0))
"""Each pair is read both ways: the first as holder and the second as object, and the other way round."""


def load(path: Path, encoder: Encoder, cache: Path) -> list[Pair]:
    """The pairs of a file by an encoder, made once."""
    kept = cache / f"stance-{path.stem}-{encoder.about.id}.pickle"
    if not kept.exists():
        made = list(read(path, encoder, Parser()))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
    with kept.open("rb") as file:
        found: list[Pair] = pickle.load(file)
    return found


def batches(found: Sequence[Pair], *, size: int, rng: random.Random | None = None) -> Iterator[list[Pair]]:
    """Sentences of about one length together; in random order with ``rng``."""
    order = sorted(range(len(found)), key=lambda n: len(found[n].states) + (rng.random() * 10 if rng else 0))
    groups = [order[n : n + size] for n in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    yield from ([found[n] for n in group] for group in groups)


def logits(head: StanceHead, group: Sequence[Pair]) -> tuple[Tensor, Tensor]:
    """The stance of each of a pair on the other, (2, batch, stances), and the answers, (2, batch)."""
    longest = max(len(p.states) for p in group)
    states, mask, who = torch.zeros(len(group), longest, WIDTH), torch.zeros(len(group), longest), torch.zeros(2, len(group), longest)
    beside = torch.zeros(len(group), 2, longest, len(pairs.COLUMNS), dtype=torch.long)
    for n, pair in enumerate(group):
        size = len(pair.states)
        states[n, :size], mask[n, :size] = torch.from_numpy(pair.states.astype(np.float32)), 1
        beside[n, :, :size] = torch.from_numpy(pair.beside.astype(np.int64))
        for side, words in enumerate(pair.spans):
            who[side, n, list(words)] = 1
    found = torch.stack([head(states, mask, who[a], who[b], beside[:, [a, b]]) for a, b in SIDES])
    return found, torch.tensor([p.answers for p in group]).T


def loss(found: Tensor, wanted: Tensor, *, back: float) -> Tensor:
    """The mean loss of a batch; the direction of a pair that its label doesn't speak of counts by ``back``."""
    silent = (wanted == 0) & (wanted.flip(0) > 0)
    each = nn.functional.cross_entropy(found.flatten(0, 1), wanted.flatten(), reduction="none")
    return (each * torch.where(silent.flatten(), back, 1.0)).mean()


@torch.no_grad()
def figures(head: StanceHead, found: Sequence[Pair]) -> dict[str, float]:
    """F1 of directed stances over both directions at the threshold where it is best, the threshold, and average precision by stance."""
    head.eval()
    scored = [logits(head, group) for group in batches(found, size=256)]
    head.train()
    chances = torch.cat([f.softmax(-1).flatten(0, 1) for f, _ in scored]).numpy()
    wanted = torch.cat([w.flatten() for _, w in scored]).numpy()
    likely, stance = chances[:, 1:].max(1), chances[:, 1:].argmax(1) + 1
    out: dict[str, float] = {"stances": 0.0}
    asked = int((wanted > 0).sum())
    for least in np.arange(0.1, 0.95, 0.025):
        right, told = int(((likely > least) & (stance == wanted)).sum()), int((likely > least).sum())
        f1 = 2 * right / max(1, told + asked)
        if f1 > out["stances"]:
            out = {"stances": f1, "stances_precision": right / told, "stances_recall": right / asked, "least": float(least)}
    out["direction_and_sign"] = float((stance == wanted)[wanted > 0].mean())
    for number, name in ((1, "support"), (2, "oppose")):
        hits = (wanted == number)[np.argsort(-chances[:, number], kind="stable")]
        out[f"{name}_average_precision"] = float((hits.cumsum() / np.arange(1, len(hits) + 1) * hits).sum() / max(1, hits.sum()))
    return {name: round(value, 4) for name, value in out.items()}


def train(head: StanceHead, made: list[Pair], dev: list[Pair], options: dict[str, Any], log: Path) -> None:
    """Every pair once an epoch, both ways."""
    rng = random.Random(options["seed"])
    steps_by = torch.optim.AdamW(head.parameters(), lr=options["rate"], weight_decay=options["decay"])
    steps = options["epochs"] * -(-len(made) // options["batch"])
    schedule = warmed(steps_by, total=steps, share=options["warmup"])
    for epoch in range(options["epochs"]):
        start, sums = time.time(), []
        for group in batches(made, size=options["batch"], rng=rng):
            found = loss(*logits(head, group), back=options["back"])
            steps_by.zero_grad()
            found.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            steps_by.step()
            schedule.step()
            sums.append(float(found.detach()))
        line = {"epoch": epoch, "seconds": round(time.time() - start), "loss": round(sum(sums) / len(sums), 4), **figures(head, dev)}
        with log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def write(head: StanceHead, path: Path, encoder: Encoder) -> None:
    """The head's weights by name, in half precision, and the id of the encoder whose states it reads."""
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in head.state_dict().items()}
    np.savez_compressed(path, encoder=encoder.mark, **arrays)


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("config", type=Path)
    asked.add_argument("--encoder", type=Path, default=SHIPPED, metavar="FOLDER", help="the encoder that is read; by default the one that ships")
    asked.add_argument("--write", type=Path, metavar="FOLDER", help="where stance.npz goes; by default beside the encoder")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--cache", type=Path, required=True, help="where states are kept")
    asked.add_argument("--train", type=Path, nargs="+", required=True, metavar="FILE", help="labelled pairs, or events")
    asked.add_argument("--dev", type=Path, required=True, metavar="JSONL")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="options of the config to change")
    given = asked.parse_args()
    options = options_of(asked, given.config, given.set)
    encoder = Encoder(given.encoder)
    options |= {"seed": given.seed, "encoder": encoder.about.id, "train": [p.name for p in given.train]}
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "options.json").write_text(json.dumps(options, indent=1), encoding="utf-8")
    (given.out / "log.jsonl").unlink(missing_ok=True)
    torch.manual_seed(given.seed)
    head = StanceHead(deps=len(encoder.about.labels), words=options["words"], looks=options["looks"], pair=options["pair"], dropout=options["dropout"])
    made, dev = [pair for path in given.train for pair in load(path, encoder, given.cache)], load(given.dev, encoder, given.cache)
    train(head, made, dev, options, given.out / "log.jsonl")
    path = (given.write or given.encoder) / f"{NAME}.npz"
    write(head, path, encoder)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
