"""Runs' figures into metrics.json and docs/models.md: ``python -m models.report NAME=FOLDER … [--more FILE.json]``.

Each folder is one of a training run's; the last line of its ``log.jsonl`` counts. ``--more`` is a list of rows
measured otherwise (int8 in the whole coder, other windows): ``{"what", "relation", …}``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import page

HERE = Path(__file__).parent
METRICS = HERE / "metrics.json"
STANCE_COLUMNS = ("stances", "stances_precision", "stances_recall", "support_average_precision", "oppose_average_precision")
STANCE_HEADINGS = ("stance and direction F1", "P", "R", "support, average precision", "oppose, average precision")
EVENT_COLUMNS = ("pairs", "root_macro_f1", "penta_accuracy")
EVENT_HEADINGS = ("type of a marked pair", "macro-F1", "quad class")
COLUMNS = ("relation", "precision", "recall", "relation_exact_content", "recall_direct", "recall_mixed", "recall_indirect", "tokens_content")
HEADINGS = ("relation F1", "P", "R", "exact content F1", "direct R", "mixed R", "indirect R", "content token F1")


def last(folder: Path) -> dict[str, Any]:
    """The last epoch of a run, with its options."""
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    figures = {name.removeprefix("plv_dev."): value for name, value in json.loads(lines[-1]).items()}
    return {**figures, "options": json.loads((folder / "options.json").read_text(encoding="utf-8"))}


def table(metrics: list[dict[str, Any]], columns: Sequence[str], headings: Sequence[str]) -> list[str]:
    """The runs that have the first column as a table."""
    rows = [(run["what"], *(f"{run[c]:.3f}" if c in run else "" for c in columns)) for run in metrics if columns[0] in run]
    return page.table(("what", *headings), rows)


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("runs", nargs="*", metavar="NAME=FOLDER")
    asked.add_argument("--more", type=Path, help="rows measured otherwise")
    given = asked.parse_args()
    metrics: list[dict[str, Any]] = json.loads(METRICS.read_text(encoding="utf-8")) if METRICS.exists() else []
    new = [{"what": name, **last(Path(folder))} for name, _, folder in (run.partition("=") for run in given.runs)]
    new += json.loads(given.more.read_text(encoding="utf-8")) if given.more else []
    named = {row["what"] for row in new}
    metrics = [m for m in metrics if m["what"] not in named] + new
    METRICS.write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    page.write("models.md", "figures", table(metrics, COLUMNS, HEADINGS))
    page.write("models.md", "event figures", table(metrics, EVENT_COLUMNS, EVENT_HEADINGS))
    page.write("models.md", "stance figures", table(metrics, STANCE_COLUMNS, STANCE_HEADINGS))


if __name__ == "__main__":
    main()
