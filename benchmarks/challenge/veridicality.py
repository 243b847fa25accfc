"""Standing and voice of events on our own sentences: ``python -m benchmarks.challenge.veridicality [--model none|small] [--errors]``.

A row of ``tests/challenge/veridicality.csv`` names the words of one event in a text with its type, its standing and
whose words it is in: a mention of the speaker, empty for the article's own voice, ``*`` for words of somebody unnamed.
"""

from __future__ import annotations

import argparse
import collections
import csv
import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord.pipeline import Coder
from onrecord.records import Event, Report

ROWS = Path(__file__).parents[2] / "tests" / "challenge" / "veridicality.csv"
UNNAMED = "*"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event of a text and what is to be said of it."""

    id: str
    kind: str
    text: str
    trigger: str
    type: str
    veridicality: str
    claimed_by: str


class Judged(msgspec.Struct, frozen=True):
    """A row with what came out for it: ``found`` is the event at its words, of its type if there is one, or None."""

    row: Row
    found: Event | None
    typed: bool
    standing: bool
    voice: bool
    said: str


def read(path: Path = ROWS) -> list[Row]:
    """The rows of the challenge set."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [msgspec.convert(row, Row) for row in csv.DictReader(lines)]


def judge(coder: Coder, rows: Sequence[Row]) -> Iterator[Judged]:
    """What the coder makes of each row; rows of one text stand together and are coded once."""
    for text, same in itertools.groupby(rows, key=lambda r: r.text):
        report = coder.code(text)
        yield from (_judged(row, report) for row in same)


def score(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """Shares of rows and, of events that are denied, hypothetical, planned or demanded, precision and recall."""
    return figures(list(judge(coder, rows)))


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """The figures of judged rows.

    ``found`` and ``found_typed`` are shares of rows; ``standing`` and ``voice`` are of all rows, ``…_of_found`` of those found.
    What is not asserted counts as right only with the right one of the four standings.
    """
    found = [j for j in judged if j.found is not None]
    put = [j for j in found if j.found is not None and j.found.veridicality != "asserted"]
    wanted = [j for j in judged if j.row.veridicality != "asserted"]
    right = sum(j.standing for j in put)
    return {
        "rows": len(judged),
        "found": _share(len(found), len(judged)),
        "found_typed": _share(sum(j.typed for j in judged), len(judged)),
        "standing": _share(sum(j.standing for j in judged), len(judged)),
        "standing_of_found": _share(sum(j.standing for j in found), len(found)),
        "not_asserted_precision": _share(right, len(put)),
        "not_asserted_recall": _share(right, len(wanted)),
        "not_asserted_f1": _share(2 * right, len(put) + len(wanted)),
        "voice": _share(sum(j.voice for j in judged), len(judged)),
        "voice_of_found": _share(sum(j.voice for j in found), len(found)),
    }


def _share(some: int, of_all: int) -> float:
    return round(some / of_all, 4) if of_all else 0.0


def _judged(row: Row, report: Report) -> Judged:
    places = _places(row.trigger, row.text)
    here = [e for e in report.events if any(e.trigger.start < end and start < e.trigger.end for start, end in places)]
    best = next((e for e in here if e.type == row.type), here[0] if here else None)
    voice = next((a for a in report.attributions if best is not None and a.id == best.claimed_by), None)
    mentions = _places(row.claimed_by, row.text)
    if row.claimed_by == UNNAMED:
        spoken = voice is not None and not voice.source
    elif row.claimed_by:
        spoken = voice is not None and any(s.start < end and start < s.end for s in voice.source for start, end in mentions)
    else:
        spoken = voice is None
    return Judged(
        row=row,
        found=best,
        typed=best is not None and best.type == row.type,
        standing=best is not None and best.veridicality == row.veridicality,
        voice=best is not None and spoken,
        said="" if voice is None else " … ".join(s.text for s in voice.source) or UNNAMED,
    )


def _places(words: str, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] if words else []


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.challenge.veridicality", description="Standing and voice of events on our own sentences.")
    asked.add_argument("--model", default="small", help="as for Coder: small, none, or the folder of other weights")
    asked.add_argument("--errors", action="store_true", help="list the rows that come out wrong")
    args = asked.parse_args(argv)
    judged = list(judge(Coder(model=args.model), read()))
    by_kind: dict[str, list[Judged]] = collections.defaultdict(list)
    for one in judged:
        by_kind[one.row.kind].append(one)
    columns = list(figures(judged))
    print(f"{'kind':20}" + "".join(f"{c:>23}" for c in columns))
    for kind, some in (*sorted(by_kind.items()), ("all", judged)):
        print(f"{kind:20}" + "".join(f"{v:>23}" for v in figures(some).values()))
    if args.errors:
        for one in judged:
            if one.found is None or not (one.standing and one.voice):
                print(_line(one))
    return 0


def _line(one: Judged) -> str:
    row = one.row
    got = "nothing" if one.found is None else f"{one.found.type} {one.found.veridicality} by {one.said or '-'}"
    return f"{row.id}\t{row.trigger} {row.type} {row.veridicality} by {row.claimed_by or '-'}\t{got}\t{row.text}"


if __name__ == "__main__":
    sys.exit(main())
