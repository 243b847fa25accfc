"""Cross-validation of the type between two marked participants: ``python -m models.folds CONFIG.toml PAIRS.jsonl --start CHECKPOINT.pt``.

Near-duplicates fall into one fold. Each fold fine-tunes the encoder of ``--start`` on the other folds' sentences, and on
labelled text given by ``--with``, without attribution beside it. What is started from must not have seen the sentences.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import torch

from models.batches import Reader, batches
from models.event_material import Sentence, load
from models.event_training import Pack, packs
from models.settings import options_of, warmed
from models.train import Network, event_loss, optimizer, score_sentences, tokenizer
from onrecord.encoder import labels
from onrecord.parse.parser import load as load_parser

ALIKE = 0.5
"""Share of words, of those that either sentence has, from which on two are near-duplicates."""


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("config", type=Path, help="for rates and sizes of batches")
    asked.add_argument("pairs", type=Path, metavar="PAIRS.jsonl")
    asked.add_argument("--start", type=Path, required=True, metavar="CHECKPOINT.pt")
    asked.add_argument("--cache", type=Path, required=True)
    asked.add_argument("--with", type=Path, nargs="*", default=[], dest="beside", metavar="FILE", help="labelled text to train on as well")
    asked.add_argument("--also", type=Path, metavar="PAIRS.jsonl", help="other sentences to measure every fold's network on")
    asked.add_argument("--folds", type=int, default=5)
    asked.add_argument("--epochs", type=int, default=6)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    options = options_of(asked, given.config, ())
    found = load(given.pairs, given.cache)
    beside = [s for path in given.beside for s in load(path, given.cache)]
    also = load(given.also, given.cache) if given.also else []
    right: Counter[str] = Counter()
    asked_of: Counter[str] = Counter()
    for number, held in enumerate(parted(found, given.folds)):
        ids = {s.id for s in held}
        network, reader = _trained([s for s in found if s.id not in ids], beside, given, options)
        for name, sentences in (("held out", held), (given.also.stem if given.also else "", also)):
            if sentences:
                right[name] += round(score_sentences(network, reader, sentences)["pairs"] * _pairs(sentences))
                asked_of[name] += _pairs(sentences)
        print(json.dumps({"fold": number, **{name: round(right[name] / asked_of[name], 4) for name in asked_of}}), flush=True)


def parted(found: list[Sentence], count: int) -> list[list[Sentence]]:
    """Sentences in ``count`` folds of about one size, near-duplicates together."""
    words = [frozenset(w.lower() for w in s.words.texts) for s in found]
    group = list(range(len(found)))
    for n, own in enumerate(words):
        for m in range(n):
            if group[m] != group[n] and len(own & words[m]) >= ALIKE * len(own | words[m]):
                old, new = group[n], group[m]
                group = [new if g == old else g for g in group]
    groups: dict[int, list[Sentence]] = {}
    for g, sentence in zip(group, found, strict=True):
        groups.setdefault(g, []).append(sentence)
    order = list(groups.values())
    random.Random(0).shuffle(order)
    folds: list[list[Sentence]] = [[] for _ in range(count)]
    for members in sorted(order, key=len, reverse=True):
        min(folds, key=len).extend(members)
    return folds


def _pairs(sentences: list[Sentence]) -> int:
    return sum(len(s.pairs) for s in sentences if s.deeds is None)


def _trained(told: list[Sentence], beside: list[Sentence], given: argparse.Namespace, options: dict[str, Any]) -> tuple[Network, Reader]:
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    tags, deps = labels(load_parser())
    network = Network(tags=len(tags), deps=len(deps), parse=options["parse"], rules=options["rules"])
    network.load_state_dict(torch.load(given.start, weights_only=False)["network"], strict=False)
    reader = Reader(tokenizer(), most=options["most"], labels=len(deps) + 1)
    steps_by = optimizer(network, options)

    def epoch() -> list[list[Pack]]:
        cut = [*packs(told, reader, most=options["most"], rng=rng), *packs(beside, reader, most=options["most"], rng=rng)]
        return list(batches(cut, pieces=options["event_batch"], rng=rng))

    total = len(epoch()) * given.epochs
    schedule = warmed(steps_by, total=total, share=options["warmup"])
    network.train()
    for _ in range(given.epochs):
        for group in epoch():
            steps_by.zero_grad()
            event_loss(network, group, reader.labels).backward()
            torch.nn.utils.clip_grad_norm_([p for g in steps_by.param_groups for p in g["params"]], 1.0)
            steps_by.step()
            schedule.step()
    return network, reader


if __name__ == "__main__":
    main()
