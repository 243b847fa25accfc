"""The holders challenge: hearsay, experts, former officials, legislators, unnamed sources, relayed quotations, joint statements.

Each row has whose position it is and who, though named nearby, does not hold it.
``python -m benchmarks.challenge.holders`` prints the figures; ``--errors`` the rows missed.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.challenge.command import run
from benchmarks.challenge.positions import Row, is_about, is_held_by, occurrences, reports, rows, share, shown
from onrecord.pipeline import Coder
from onrecord.records import Mention, Position, Report

ROWS = Path(__file__).parents[2] / "tests" / "challenge" / "holders.csv"


def right(row: Row, report: Report) -> Position | None:
    """The position that is the row's: its holder and stance, and its act or its object."""
    found = [
        p
        for p in report.positions
        if p.stance == row["stance"]
        and (p.act == row["act"] or is_about(p, report, row["object"]))
        and is_held_by(p, report, row["holder"])
        and not is_misheld(p, row, report)
    ]
    return max(found, key=lambda p: (p.basis == row["basis"], p.act == row["act"]), default=None)


def misheld(row: Row, report: Report) -> Position | None:
    """A position like the row's (its stance, and its act, its object or the words of its holder) that is laid to somebody who doesn't hold it."""
    for position in report.positions:
        on_right_words = any(position.holder.overlaps(*where) for where in occurrences(report.article.text, row["holder"]))
        like = position.stance == row["stance"] and (position.act == row["act"] or is_about(position, report, row["object"]) or on_right_words)
        if like and is_misheld(position, row, report):
            return position
    return None


def is_misheld(position: Position, row: Row, report: Report) -> bool:
    """Whether a position is laid to one of the row's ``not_holder``: it stands on no more than their words, or is that actor's.

    An actor whom the words of the right holder mean as well ("an Ethiopian diplomat" and "Addis Ababa" are both
    the code of one government) is no wrong one where the position stands on the right words.
    """
    text, at = report.article.text, position.holder
    on_right_words = any(at.start < end and start < at.end for start, end in occurrences(text, row["holder"]))
    mentions = [(m, a.id) for a in report.actors for m in a.mentions]
    own = {id for m, id in mentions for start, end in occurrences(text, row["holder"]) if _is(m, start, end)}
    for words in filter(None, row["not_holder"].split(";")):
        for start, end in occurrences(text, words):
            if start <= at.start and at.end <= end + len("'s") and not on_right_words:
                return True
            if at.actor_id is not None and any(id == at.actor_id and _is(m, start, end) for m, id in mentions) and at.actor_id not in own:
                return True
    return False


def _is(mention: Mention, start: int, end: int) -> bool:
    """Whether a mention is of what the words mean: their head lies within it, and it starts with them."""
    return start <= mention.head < end and mention.start <= start + len("the ") and mention.end <= end + len("'s")


def score(coder: Coder, given: list[Row]) -> dict[str, float]:
    """The figures of a coder on challenge rows.

    Returns:
        ``right``, the share of the rows with a holder whose position is theirs; ``basis``, the share of those
        with the right basis; ``misheld``, the share of all rows where a position is laid to a ``not_holder``;
        ``right.KIND`` and ``misheld.KIND`` for each kind.
    """
    read = reports(coder, given)
    found = [(row, right(row, read[row["text"]])) for row in given if row["holder"]]
    wrong = [(row, misheld(row, read[row["text"]]) is not None) for row in given]
    kinds: dict[str, list[bool]] = defaultdict(list)
    for row, position in found:
        kinds[f"right.{row['kind']}"].append(position is not None)
    for row, is_wrong in wrong:
        kinds[f"misheld.{row['kind']}"].append(is_wrong)
    return {
        "right": share(p is not None for _, p in found),
        "basis": share(p.basis == row["basis"] for row, p in found if p is not None),
        "misheld": share(is_wrong for _, is_wrong in wrong),
        **{kind: share(hits) for kind, hits in sorted(kinds.items())},
    }


def errors(coder: Coder, given: list[Row]) -> Iterator[str]:
    """The rows that are wrong in some way, each with what came out."""
    read = reports(coder, given)
    for row in given:
        report = read[row["text"]]
        position, wrong = right(row, report), []
        if row["holder"] and position is None:
            wrong.append("missed")
        if position is not None and position.basis != row["basis"]:
            wrong.append("basis")
        if misheld(row, report) is not None:
            wrong.append("MISHELD")
        if wrong:
            asked = " / ".join(row[k] for k in ("holder", "act", "stance", "object", "basis"))
            head = f"{row['id']} {row['kind']}: {', '.join(wrong)}"
            yield "\n".join((head, f"  {row['text']}", f"  asked {asked}, not {row['not_holder']}", *map(shown, report.positions)))


if __name__ == "__main__":
    sys.exit(run("holders", rows(ROWS), score, errors, sys.argv[1:]))
