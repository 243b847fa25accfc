"""Fits the weights with which two articles are taken to be of one story: ``python -m models.stories STORIES.jsonl``.

``STORIES.jsonl`` has articles grouped by event (``id, published, title, text, event_id``); the pairs of the challenge set across
articles, its part ``develop``, count twice, since the file has hardly any events of one kind in one place. Nine
features and a bias, logistic regression with a ridge. Stories are scored by five-fold cross-validation over events, ten times over with other
folds: each event's articles are clustered among all others, by weights that have not seen it. ``--topics`` leaves out whole topics (``category``)
instead. ``--write`` writes the weights fitted on everything.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from benchmarks.challenge import across
from benchmarks.predict import article_of
from numpy.typing import NDArray

from onrecord.cluster import likeness
from onrecord.cluster.likeness import NAMES, features, is_stub
from onrecord.cluster.profiles import Profile, profile
from onrecord.cluster.stories import Recent, compared, group, links
from onrecord.pipeline import Coder
from onrecord.records import Article

WEIGHTS = Path(likeness.__file__).parents[1] / "lexicons" / "en" / "cluster" / "stories.csv"
TWICE = 2.0
RIDGE = 0.1
FOLDS = 5
ROUNDS = 50
SHUFFLES = 10

Floats = NDArray[np.float64]


def profiled(coder: Coder, articles: Sequence[Article]) -> list[Profile]:
    """The profiles of articles, with the days that their reports name."""
    return [profile(a, report.times) for a, report in zip(articles, coder.pipe(articles), strict=True)]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The pairs of articles that are ever compared: their features, whether they are of one event, and their events."""

    x: Floats
    same: Floats
    events: tuple[tuple[str, str], ...]

    def without(self, left_out: Collection[str]) -> tuple[Floats, Floats]:
        """The features and answers of the pairs with no article of these events."""
        kept = np.array([a not in left_out and b not in left_out for a, b in self.events])
        return self.x[kept], self.same[kept]


def pairs(items: Sequence[Profile], events: Sequence[str]) -> Pairs:
    """The pairs of articles that are ever compared, the features those from either side on average."""
    event = dict(zip((p.article_id for p in items), events, strict=True))
    index = filled(items)
    found: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
    for one in items:
        near, around = compared(one, index)
        for other, both in near:
            if not is_stub(one, other):
                a, b = sorted((one.article_id, other.article_id))
                found[a, b].append([*dataclasses.astuple(features(one, other, around, both)), 1.0])
    of = tuple((event[a], event[b]) for a, b in found)
    return Pairs(x=np.array([np.mean(rows, axis=0) for rows in found.values()]), same=np.array([float(a == b) for a, b in of]), events=of)


def filled(items: Sequence[Profile]) -> Recent:
    """An index of the articles."""
    index = Recent()
    for item in items:
        index.add(item)
    return index


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
    by = dict(zip((*NAMES, "bias"), map(float, weights), strict=True))
    shipped, likeness.learned = likeness.learned, lambda: by  # type: ignore[assignment]
    try:
        return {i: n for n, members in enumerate(group([p.article_id for p in items], links(items, filled(items)))) for i in members}
    finally:
        likeness.learned = shipped


def b_cubed(events: Sequence[str], stories: Sequence[int], of: Collection[str]) -> tuple[float, float]:
    """What the articles of some events add to precision and recall over all articles."""
    both, made, gold = Counter(zip(events, stories, strict=True)), Counter(stories), Counter(events)
    pairs = [(e, s) for e, s in zip(events, stories, strict=True) if e in of]
    return sum(both[e, s] / made[s] for e, s in pairs) / len(events), sum(both[e, s] / gold[e] for e, s in pairs) / len(events)


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return round(2 * precision * recall / (precision + recall), 4)


def folds(unit: Mapping[str, str], seed: int) -> list[set[str]]:
    """The events in five folds, those of one unit (an event itself, or a topic) together."""
    order = sorted(set(unit.values()))
    random.Random(seed).shuffle(order)
    return [{event for event, u in unit.items() if u in order[n::FOLDS]} for n in range(min(FOLDS, len(order)))]


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m models.stories", description="Fits what makes two articles one story.")
    asked.add_argument("stories", type=Path, metavar="STORIES.jsonl")
    asked.add_argument("--topics", action="store_true", help="leave out whole topics, not events")
    asked.add_argument("--write", action="store_true", help="write the weights")
    given = asked.parse_args(argv)
    with given.stories.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    coder = Coder(model="none")
    items, events = profiled(coder, [article_of(r) for r in rows]), [str(r["event_id"]) for r in rows]
    parts = {part: across.read(part) for part in ("develop", "held")}
    challenge = {part: profiled(coder, [r.article for r in read]) for part, read in parts.items()}
    own, extra = pairs(items, events), pairs(challenge["develop"], [r.situation + r.event for r in parts["develop"]])

    def fit(left_out: Collection[str]) -> Floats:
        x, y = own.without(left_out)
        counts = np.hstack([np.ones(len(y)), np.full(len(extra.same), TWICE)])
        return fitted(np.vstack([x, extra.x]), np.hstack([y, extra.same]), counts)

    unit = {str(r["event_id"]): str(r.get("category") if given.topics else r["event_id"]) for r in rows}
    scores = []
    for seed in range(SHUFFLES):
        precision = recall = 0.0
        for left_out in folds(unit, seed):
            story = clustered(items, fit(left_out))
            p, r = b_cubed(events, [story[i.article_id] for i in items], left_out)
            precision, recall = precision + p, recall + r
        scores.append((precision, recall, f1(precision, recall)))
    means = [round(float(m), 4) for m in np.mean(scores, axis=0)]
    print(json.dumps({**dict(zip(("precision", "recall", "f1"), means, strict=True)), "f1s": sorted(s[2] for s in scores)}))
    weights = fit(())
    story = clustered(items, weights)
    print(json.dumps({"seen": f1(*b_cubed(events, [story[i.article_id] for i in items], set(events)))}))
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
