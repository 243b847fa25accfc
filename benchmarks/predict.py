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

__all__ = ["STAGES", "article_of", "main"]


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.predict", description="Predictions for a benchmark file.")
    asked.add_argument("stage", choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    asked.add_argument("source", type=Path, metavar="INPUT.jsonl")
    asked.add_argument("target", type=Path, metavar="OUTPUT.jsonl")
    asked.add_argument("--model", default="small", help="as for Coder: small, none, or the folder of other weights")
    given = asked.parse_args(argv)
    with given.source.open(encoding="utf-8") as lines:  # not str.splitlines, which also cuts at U+2028
        rows = [json.loads(line) for line in lines if line.strip()]
    with given.target.open("w", encoding="utf-8") as out:
        for prediction in STAGES[given.stage](Coder(model=given.model), rows):
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
