"""Predictions for any benchmark file: ``python -m benchmarks.predict STAGE INPUT.jsonl OUTPUT.jsonl``.

The stages are those of ``onrecord.evaluate.predicting``. Each reads only the input side of a row (its text and what is known of the
article), never its answers, and files without answers are fine. docs/measurements.md says what each stage
is and where its data comes from.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from onrecord.evaluate.predicting import STAGES, article_of
from onrecord.pipeline import Coder

__all__ = ["STAGES", "article_of", "main", "write"]


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.predict", description="Predictions for a benchmark file.")
    asked.add_argument("stage", choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    asked.add_argument("source", type=Path, metavar="INPUT.jsonl")
    asked.add_argument("target", type=Path, metavar="OUTPUT.jsonl")
    asked.add_argument("--model", default="small", help="as for Coder: small, none, or the folder of other weights")
    given = asked.parse_args(argv)
    write(given.stage, given.source, given.target, Coder(model=given.model))
    return 0


def write(stage: str, source: Path, target: Path, coder: Coder) -> None:
    """Write a coder's predictions for a file."""
    with source.open(encoding="utf-8") as lines:  # not str.splitlines, which also cuts at U+2028
        rows = [json.loads(line) for line in lines if line.strip()]
    with target.open("w", encoding="utf-8") as out:
        for prediction in STAGES[stage](coder, rows):
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
