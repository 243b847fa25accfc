"""The positions challenge: one sentence for every act, construction, status and basis, and sentences without any position.

``python -m benchmarks.challenge.positions`` prints the figures; ``--errors`` the rows missed.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.challenge.command import run
from onrecord.pipeline import Coder
from onrecord.records import Article, Position, Report

Row = dict[str, str]
Range = tuple[int, int]

ROWS = Path(__file__).parents[2] / "tests" / "challenge" / "positions.csv"
NONE = "none"
"""The kind of the rows that have no position."""


def rows(path: Path) -> list[Row]:
    """The rows of a challenge file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def reports(coder: Coder, given: Iterable[Row]) -> dict[str, Report]:
    """The report on each text, which several rows may share."""
    texts = list(dict.fromkeys(row["text"] for row in given))
    return dict(zip(texts, coder.pipe(Article.make(text) for text in texts), strict=True))


def occurrences(text: str, words: str) -> list[Range]:
    """Where the words of an answer stand in a text; an answer may also be a whole of which the text has the parts."""
    found, at = [], text.find(words)
    while words and at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def overlaps(position: Range, ranges: Iterable[Range]) -> bool:
    """Whether one range shares a character with any of the others."""
    return any(position[0] < end and start < position[1] for start, end in ranges)


def is_held_by(position: Position, report: Report, holder: str) -> bool:
    """Whether a position is that of a holder: it stands on their words, or on another mention of the actor they are."""
    where = occurrences(report.article.text, holder)
    if overlaps((position.holder.start, position.holder.end), where):
        return True
    actor = next((a for a in report.actors if a.id == position.holder.actor_id), None)
    return actor is not None and any(overlaps((m.start, m.end), where) for m in actor.mentions)


def is_about(position: Position, report: Report, thing: str) -> bool:
    """Whether a position is on a thing, by its words."""
    return overlaps((position.object.start, position.object.end), occurrences(report.article.text, thing))


def answered(row: Row, report: Report) -> dict[str, bool]:
    """What of a row's answer the best of the positions of its holder has; ``held``, ``found``, ``object``, ``status``, ``basis``."""
    best = dict.fromkeys(("held", "found", "object", "status", "basis"), False)
    for position in report.positions:
        if position.stance != row["stance"] or not is_held_by(position, report, row["holder"]):
            continue
        found = position.act == row["act"]
        got = {
            "held": True,
            "found": found,
            "object": found and is_about(position, report, row["object"]),
            "status": found and position.status == row["status"],
            "basis": found and position.basis == row["basis"],
        }
        best = max(best, got, key=lambda g: (sum(g[k] for k in ("held", "found", "object")), g["status"], g["basis"]))
    return best


def share(hits: Iterable[bool]) -> float:
    """The share of hits, 0 where there is nothing to hit."""
    listed = list(hits)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def score(coder: Coder, given: list[Row]) -> dict[str, float]:
    """The figures of a coder on challenge rows.

    Returns:
        ``held`` (holder and stance right), ``found`` (and the act), ``object`` (and the object overlaps), as
        shares of the rows with a position; ``status`` and ``basis``, as shares of those found;
        ``false_alarms``, the share of the rows without a position that were given one; ``found.KIND`` for
        each kind of row.
    """
    read = reports(coder, given)
    results = [(row, answered(row, read[row["text"]])) for row in given if row["kind"] != NONE]
    found = [got for _, got in results if got["found"]]
    kinds: dict[str, list[bool]] = defaultdict(list)
    for row, got in results:
        kinds[row["kind"]].append(got["found"])
    return {
        "held": share(got["held"] for _, got in results),
        "found": share(got["found"] for _, got in results),
        "object": share(got["object"] for _, got in results),
        "status": share(got["status"] for got in found),
        "basis": share(got["basis"] for got in found),
        "false_alarms": share(bool(read[row["text"]].positions) for row in given if row["kind"] == NONE),
        **{f"found.{kind}": share(hits) for kind, hits in sorted(kinds.items())},
    }


def errors(coder: Coder, given: list[Row]) -> Iterator[str]:
    """The rows that are wrong in some way, each with what came out."""
    read = reports(coder, given)
    for row in given:
        report = read[row["text"]]
        wrong = ["false_alarm"] if report.positions else []
        if row["kind"] != NONE:
            wrong = [what for what, right in answered(row, report).items() if not right]
        if wrong:
            asked = " / ".join(row[k] for k in ("holder", "act", "stance", "object", "status", "basis"))
            yield "\n".join((f"{row['id']} {row['kind']}: {', '.join(wrong)}", f"  {row['text']}", f"  asked {asked}", *map(shown, report.positions)))


def shown(position: Position) -> str:
    """A position in one line."""
    return (
        f"  found {position.holder.text} [{position.holder.actor_id}] / {position.act} / {position.stance} / {position.object.text}"
        f" / {position.status} / {position.basis} ({position.reason}, {position.confidence})"
    )


if __name__ == "__main__":
    sys.exit(run("positions", rows(ROWS), score, errors, sys.argv[1:]))
