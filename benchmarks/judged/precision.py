"""How right the fields of events and positions are, by region, outlet and year: ``python -m benchmarks.judged.precision [--write]``.

Reads the verdicts in ``balanced/*.csv`` (ids, strata and verdicts: y right, n wrong, - nothing to judge) and writes the tables of
docs/precision.md. Intervals are Wilson's (Wilson 1927, *Probable inference*), at 95 %.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import page
from benchmarks.judged.draw import EVENT_FIELDS, POSITION_FIELDS

HERE = Path(__file__).parent
SMALL = 30
"""Below so many judged findings a share is marked as small."""
FIELDS = {"events": ("real", *EVENT_FIELDS), "positions": ("real", *POSITION_FIELDS)}
CORE = {"events": ("real", "type", "actor", "recipient"), "positions": ("real", "holder", "act", "stance", "object")}
"""What must be right for a finding to be usable as who did what to whom, or who stands where on what."""
TOO_FEW = ("place",)
"""Fields with so few verdicts that they are given for the whole sample only."""
Row = dict[str, str]


def read(kind: str) -> list[Row]:
    """The verdicts on events or positions."""
    with (HERE / "balanced" / f"{kind}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def wilson(right: int, judged: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share.

    >>> [round(x, 3) for x in wilson(9, 10)]
    [0.596, 0.982]
    """
    if not judged:
        return 0.0, 1.0
    share, spread = right / judged, z * z / judged
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / judged + spread / (4 * judged)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def told(right: int, judged: int) -> str:
    """A share with its interval, marked with ° where few were judged."""
    if not judged:
        return "–"
    low, high = wilson(right, judged)
    return f"{right / judged:.2f} [{low:.2f}, {high:.2f}]{'°' if judged < SMALL else ''}"


def of_field(rows: Iterable[Row], field: str) -> tuple[int, int]:
    """How many verdicts on a field are right, and how many there are."""
    given = [row[field] for row in rows if row[field] in "yn"]
    return given.count("y"), len(given)


def whole(rows: Sequence[Row], fields: Sequence[str]) -> tuple[int, int]:
    """How many findings have nothing wrong in some fields, and how many there are."""
    return sum(all(row[field] != "n" for field in fields) for row in rows), len(rows)


def fields_table(kind: str) -> list[str]:
    """Every field over the whole sample."""
    rows = read(kind)
    out = [(f"`{field}`", str(of_field(rows, field)[1]), told(*of_field(rows, field))) for field in FIELDS[kind]]
    out.append((" and ".join((", ".join(CORE[kind][:-1]), CORE[kind][-1])), str(len(rows)), told(*whole(rows, CORE[kind]))))
    out.append(("nothing wrong at all", str(len(rows)), told(*whole(rows, FIELDS[kind]))))
    return page.table(("field", "judged", "right [95 %]"), out)


def strata_table(kind: str, stratum: str) -> list[str]:
    """Every field by region, outlet or year, with how many findings each has."""
    rows = read(kind)
    counts = Counter(row[stratum] for row in rows)
    names = sorted(counts) if stratum == "year" else [name for name, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
    fields = [field for field in FIELDS[kind] if field not in TOO_FEW]
    out = []
    for name in names:
        some = [row for row in rows if row[stratum] == name]
        cells = [told(*of_field(some, field)) for field in fields]
        out.append((name, str(len(some)), *cells, told(*whole(some, CORE[kind]))))
    return page.table((stratum, "n", *fields, "core"), out)


def composition_table() -> list[str]:
    """What the sample is made of: findings and articles by file."""
    out = []
    both = {kind: read(kind) for kind in FIELDS}
    for file in sorted({row["file"] for rows in both.values() for row in rows}):
        some = {kind: [row for row in rows if row["file"] == file] for kind, rows in both.items()}
        articles = {row["article"] for rows in some.values() for row in rows}
        years = sorted({row["year"] for rows in some.values() for row in rows})
        named = {row["outlet"] for rows in some.values() for row in rows}
        out.append((f"`{file}`", str(len(articles)), str(len(some["events"])), str(len(some["positions"])), str(len(named)), f"{years[0]}–{years[-1]}"))
    return page.table(("file", "articles", "events", "positions", "outlets", "years"), out)


def parts() -> dict[str, list[str]]:
    """Every table of the page by the name of its place."""
    out = {"composition": composition_table()}
    for kind in FIELDS:
        out[f"{kind} fields"] = fields_table(kind)
        for stratum in ("region", "outlet", "year"):
            out[f"{kind} by {stratum}"] = strata_table(kind, stratum)
    return out


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.judged.precision", description="How right fields are, by region, outlet and year.")
    options.add_argument("--write", action="store_true", help="write the tables of docs/precision.md")
    given = options.parse_args(argv)
    for name, lines in parts().items():
        print(f"{name}\n\n" + "\n".join(lines) + "\n")
        if given.write:
            page.write("precision.md", name, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
