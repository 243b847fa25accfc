"""Coded newswire judged by reading, into docs/measurements.md: ``python -m benchmarks.judged [--write]``.

``events.csv`` and ``positions.csv`` hold ids and verdicts (y, n, - for what does not apply) on random samples, no text.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from benchmarks import page

HERE = Path(__file__).parent


def shares(path: Path) -> list[tuple[str, int, float]]:
    """For each verdict how often it was given and the share right; last that of findings without anything wrong."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    out = []
    for name in list(rows[0])[2:]:
        given = [row[name] for row in rows if row[name] in "yn"]
        out.append((name, len(given), given.count("y") / len(given)))
    whole = sum("n" not in list(row.values())[2:] for row in rows)
    return [*out, ("all of them", len(rows), whole / len(rows))]


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.judged", description="Shares of coded newswire judged right by reading.")
    asked.add_argument("--write", action="store_true", help="write the table in docs/measurements.md")
    given = asked.parse_args(argv)
    found = [(path.stem, name, str(count), f"{share:.2f}") for path in sorted(HERE.glob("*.csv")) for name, count, share in shares(path)]
    lines = page.table(("sample", "what", "judged", "right"), found)
    print("\n".join(lines))
    if given.write:
        page.write("measurements.md", "judged", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
