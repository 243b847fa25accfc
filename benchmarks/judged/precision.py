"""How right the fields of events and positions are, by region, outlet and year: ``python -m benchmarks.judged.precision [--write]``.

Reads the verdicts in ``balanced/*.csv`` (ids, strata and verdicts: y right, n wrong, - nothing to judge) and writes the tables of
docs/precision.md. Intervals are Wilson's (Wilson 1927, *Probable inference*), at 95 %.
"""

from __future__ import annotations

import argparse
import csv
import itertools
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
BANDS = {"events": (0.5, 0.6, 0.7, 0.8), "positions": (0.6, 0.75, 0.87)}
"""Bounds of confidence; the last is the operating point ``strict``."""
TOO_FEW = ("place",)
"""Fields with so few verdicts that they are given for the whole sample only."""
Row = dict[str, str]


def read(kind: str) -> list[Row]:
    """The verdicts on events or positions."""
    with (HERE / "balanced" / f"{kind}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def wilson(right: float, judged: float, z: float = 1.96) -> tuple[float, float]:
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


def weights(kind: str) -> dict[str, float]:
    """How much a finding of each region counts for the sample to have regions as the articles coded have them."""
    with (HERE / "balanced" / "found.csv").open(encoding="utf-8", newline="") as lines:
        found = {row["region"]: int(row["found"]) for row in csv.DictReader(lines) if row["kind"] == kind}
    drawn = Counter(row["region"] for row in read(kind))
    return {region: found[region] / count for region, count in drawn.items()}


def weighted(kind: str, fields: Sequence[str]) -> str:
    """The share of findings with nothing wrong in some fields, weighted by region, with the interval of as many as the weights leave (Kish 1965)."""
    by_region = weights(kind)
    judged = [row for row in read(kind) if len(fields) > 1 or row[fields[0]] in "yn"]
    each = [by_region[row["region"]] for row in judged]
    right = sum(w for w, row in zip(each, judged, strict=True) if all(row[field] != "n" for field in fields))
    share, left = right / sum(each), sum(each) ** 2 / sum(w * w for w in each)
    low, high = wilson(share * left, left)
    return f"{share:.2f} [{low:.2f}, {high:.2f}]"


def whole(rows: Sequence[Row], fields: Sequence[str]) -> tuple[int, int]:
    """How many findings have nothing wrong in some fields, and how many there are."""
    return sum(all(row[field] != "n" for field in fields) for row in rows), len(rows)


def fields_table(kind: str) -> list[str]:
    """Every field over the whole sample."""
    rows = read(kind)
    out = [(f"`{f}`", str(of_field(rows, f)[1]), told(*of_field(rows, f)), "" if f in TOO_FEW else weighted(kind, (f,))) for f in FIELDS[kind]]
    core = " and ".join((", ".join(CORE[kind][:-1]), CORE[kind][-1]))
    out.append((f"core: {core}", str(len(rows)), told(*whole(rows, CORE[kind])), weighted(kind, CORE[kind])))
    out.append(("nothing wrong at all", str(len(rows)), told(*whole(rows, FIELDS[kind])), weighted(kind, FIELDS[kind])))
    return page.table(("field", "judged", "right [95 %]", "weighted [95 %]"), out)


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


def confidence_table(kind: str) -> list[str]:
    """The core fields by how sure the coder was, and the mean of what it said beside what was right."""
    rows = read(kind)
    edges = (0.0, *BANDS[kind], 1.01)
    out = []
    for low, high in itertools.pairwise(edges):
        some = [row for row in rows if low <= float(row["confidence"]) < high]
        name = f"from {low:.2f}" if high > 1 else f"{low:.2f} to below {high:.2f}"
        mean = sum(float(row["confidence"]) for row in some) / len(some) if some else 0.0
        cells = [told(*of_field(some, field)) for field in CORE[kind]]
        out.append((name, str(len(some)), f"{mean:.2f}", *cells, told(*whole(some, CORE[kind]))))
    return page.table(("confidence", "n", "mean", *CORE[kind], "core"), out)


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
        out[f"{kind} by confidence"] = confidence_table(kind)
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
