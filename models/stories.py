"""Fits the weights with which two articles are taken to be of one story: ``python -m models.stories STORIES.jsonl``.

``STORIES.jsonl`` has articles grouped by event (``id, published, title, text, event_id``); the pairs of the challenge set across
articles, its part ``develop``, count twice, since the file has hardly any events of one kind in one place. Seven
features and a bias, logistic regression with a ridge. Stories are scored by five-fold cross-validation over events: each event's articles
are clustered among all others, by weights that have not seen it. ``--write`` writes the weights fitted on everything.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import itertools
import json
import random
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from benchmarks.challenge import across
from benchmarks.predict import article_of
from numpy.typing import NDArray

from onrecord.cluster import profiles
from onrecord.cluster.profiles import Features, Profile, cosine, features, profile
from onrecord.cluster.stories import LEAST_SHARED, Recent, group, links
from onrecord.pipeline import Coder
from onrecord.records import Article

WEIGHTS = Path(profiles.__file__).parents[1] / "lexicons" / "en" / "cluster" / "stories.csv"
NAMES = tuple(f.name for f in dataclasses.fields(Features))
TWICE = 2.0
RIDGE = 0.1
FOLDS = 5
ROUNDS = 50

Floats = NDArray[np.float64]


def profiled(coder: Coder, articles: Sequence[Article]) -> list[Profile]:
    """The profiles of articles, with the days that their reports name."""
    return [profile(a, report.times) for a, report in zip(articles, coder.pipe(articles), strict=True)]


def pairs(items: Sequence[Profile], events: Sequence[str], without: Collection[str] = ()) -> tuple[Floats, Floats]:
    """The features of every pair that is ever compared, and whether it is of one event."""
    rows, same = [], []
    for i, j in itertools.combinations(range(len(items)), 2):
        if events[i] not in without and events[j] not in without and cosine(items[i].lead, items[j].lead) >= LEAST_SHARED:
            rows.append([*dataclasses.astuple(features(items[i], items[j])), 1.0])
            same.append(float(events[i] == events[j]))
    return np.array(rows), np.array(same)


def fitted(x: Floats, y: Floats, counts: Floats) -> Floats:
    """Weights of a logistic regression by Newton's method; the ridge leaves the bias free."""
    ridge = np.diag([RIDGE] * (x.shape[1] - 1) + [0.0])
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (p - y)) + ridge @ weights
        weights -= np.linalg.solve((x * (counts * p * (1 - p))[:, None]).T @ x + ridge, slope)
    return weights


def clustered(items: Sequence[Profile], weights: Floats) -> dict[str, int]:
    """A story for each article by these weights."""
    profiles._learned.cache_clear()
    learned = dict(zip((*NAMES, "bias"), map(float, weights), strict=True))
    shipped, profiles._learned = profiles._learned, lambda: learned  # type: ignore[assignment]
    try:
        index, likeness = Recent(), {}
        for item in sorted(items, key=lambda p: p.article_id):
            likeness.update({(item.article_id, other): s for other, s in links(item, index).items()})
            index.add(item)
        return {i: n for n, members in enumerate(group([p.article_id for p in items], likeness)) for i in members}
    finally:
        profiles._learned = shipped


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m models.stories", description="Fits what makes two articles one story.")
    asked.add_argument("stories", type=Path, metavar="STORIES.jsonl")
    asked.add_argument("--write", action="store_true", help="write the weights")
    given = asked.parse_args(argv)
    with given.stories.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    coder = Coder(model="none")
    items, events = profiled(coder, [article_of(r) for r in rows]), [str(r["event_id"]) for r in rows]
    parts = {part: across.read(part) for part in ("develop", "held")}
    challenge = {part: profiled(coder, [r.article for r in read]) for part, read in parts.items()}
    extra = pairs(challenge["develop"], [r.situation + r.event for r in parts["develop"]])

    def fit(without: Collection[str]) -> Floats:
        x, y = pairs(items, events, without)
        return fitted(np.vstack([x, extra[0]]), np.hstack([y, extra[1]]), np.hstack([np.ones(len(y)), np.full(len(extra[1]), TWICE)]))

    order = sorted(set(events))
    random.Random(0).shuffle(order)
    precision = recall = 0.0
    for fold in range(FOLDS):
        left_out = set(order[fold::FOLDS])
        story = clustered(items, fit(left_out))
        of = [story[p.article_id] for p in items]
        both, made, gold = Counter(zip(events, of, strict=True)), Counter(of), Counter(events)
        for event, label in zip(events, of, strict=True):
            if event in left_out:
                precision += both[event, label] / made[label] / len(items)
                recall += both[event, label] / gold[event] / len(items)
    print(json.dumps({"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(2 * precision * recall / (precision + recall), 4)}))
    weights = fit(())
    for part, read in parts.items():
        story = clustered(challenge[part], weights)
        print(json.dumps({part: across.score(read, {i: [n] for i, n in story.items()})}))
    learned = dict(zip((*NAMES, "bias"), weights, strict=True))
    print(json.dumps({k: round(float(v), 3) for k, v in learned.items()}))
    if given.write:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([("feature", "weight"), *((k, f"{v:.3f}") for k, v in learned.items())])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
