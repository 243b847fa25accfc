"""How sure events are, fitted and checked: ``python -m benchmarks.calibrate GOLD.jsonl [--model small] [--write]``.

Codes labelled articles (the record stage's shape), takes as right each event that a labelled event of its type
in the same clause answers to, fits the weights of ``onrecord.events.confidence`` by logistic regression, and says how
far chances fitted without an article are from what is right in it: the expected calibration error (Guo and others 2017),
over ten bins of equal size. ``--write`` writes the weights and the table in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from benchmarks import page
from benchmarks.predict import article_of
from onrecord.evaluate.calibration import calibration_error
from onrecord.events import finding
from onrecord.pipeline import Coder
from onrecord.records import Event

Floats = NDArray[np.float64]

FOLDS, PENALTY, STEP, ROUNDS = 8, 2.0, 0.3, 4000
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85)
SCALE = 100_000
"""Events are numbered by their confidences while their signs are gathered."""
Seen = list[tuple[str, float]]


def judged(rows: list[dict[str, Any]], coder: Coder) -> list[tuple[int, Seen, bool]]:
    """Each event's article, what is plain to see of it, and whether it is right."""
    seen: list[Seen] = []

    def numbered(signs: Any, _: Any) -> float:
        seen.append(list(signs))
        return (len(seen) - 1) / SCALE

    out = []
    with mock.patch.object(finding, "confidence", numbered):
        for n, (row, report) in enumerate(zip(rows, coder.pipe(article_of(r) for r in rows), strict=True)):
            right = answered(row, report.events)
            out += [(n, seen[round(e.confidence * SCALE)], e.id in right) for e in report.events]
    return out


def answered(row: dict[str, Any], events: tuple[Event, ...]) -> set[str]:
    """The ids of events that a labelled event of their type in the same clause answers to, each label once."""
    text, out = row["text"], set()
    for label in row["events"]:
        start = text.find(label["sentence_quote"])
        end = start + len(label["sentence_quote"])
        for event in events:
            if event.id not in out and start >= 0 and event.type == label["type"] and event.trigger.overlaps(start, end):
                out.add(event.id)
                break
    return out


def fitted(inputs: Floats, wanted: Floats) -> Floats:
    """The weights of a logistic regression with a penalty on their squares."""
    weights = np.zeros(inputs.shape[1])
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        weights -= STEP * (inputs.T @ (chances - wanted) + PENALTY * weights) / len(wanted)
    return weights


def cross_validated(articles: NDArray[np.int64], inputs: Floats, right: Floats) -> Floats:
    """The chance of each event by weights fitted without its article."""
    chances = np.zeros(len(right))
    for fold in range(FOLDS):
        held = articles % FOLDS == fold
        chances[held] = 1 / (1 + np.exp(-inputs[held] @ fitted(inputs[~held], right[~held])))
    return chances


def rows(name: str, chances: Floats, right: Floats) -> Iterator[tuple[str, ...]]:
    """The rows of the table: all events of a kind with their calibration error, then those from each threshold on."""
    yield name, "all", str(len(right)), f"{right.mean():.2f}", f"{calibration_error(chances, right):.3f}"
    for least in THRESHOLDS:
        sure = chances >= least
        if sure.any():
            yield name, f"from {least:.2f}", str(sure.sum()), f"{right[sure].mean():.2f}", ""


def write_weights(names: Sequence[str], weights: Floats) -> None:
    """Write the packaged weights."""
    path = Path(str(files("onrecord") / "lexicons" / "en" / "events" / "confidence.csv"))
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("sign", "weight"))
        table.writerows((name, f"{weight:.2f}") for name, weight in zip(names, weights, strict=True))


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    asked.add_argument("--model", default="small", help="as for Coder")
    asked.add_argument("--write", action="store_true", help="write the weights and the table in docs/measurements.md")
    given = asked.parse_args()
    with given.gold.open(encoding="utf-8") as lines:
        labelled = [json.loads(line) for line in lines if line.strip()]
    found = [f for model in (given.model, "none") for f in judged(labelled, Coder(model=model))]
    names = sorted({sign for _, signs, _ in found for sign, _ in signs})
    inputs = np.zeros((len(found), len(names)))
    for n, (_, signs, _) in enumerate(found):
        for sign, value in signs:
            inputs[n, names.index(sign)] = value
    right = np.array([float(r) for _, _, r in found])
    chances = cross_validated(np.array([a for a, _, _ in found]), inputs, right)
    told: list[tuple[str, ...]] = []
    for name in ("encoder", "rules"):
        own = inputs[:, names.index(name)] > 0 if name in names else np.zeros(len(found), bool)
        told += rows(name, chances[own], right[own]) if own.any() else ()
    shown = page.table(("read by", "events", "how many", "right", "calibration error"), told)
    print("\n".join(shown))
    if given.write:
        write_weights(names, fitted(inputs, right))
        page.write("measurements.md", "calibration", shown)


if __name__ == "__main__":
    main()
