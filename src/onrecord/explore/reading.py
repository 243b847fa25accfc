"""The text of an article as a page shows it: as written, cut where marks begin and end, with what can't be seen made visible."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from onrecord.explore.told import Told
from onrecord.explore.visible import visible
from onrecord.export.marking import STOPS, Mark, marks, pieces
from onrecord.records import Report

BLOCK = 400
"""Characters after which a line break begins a new block: a browser lays out blocks one by one."""
DRAWN = {"trigger", "who", "object", "source", "cue", "content", "where", "when", "meant", "mention", "term"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters that are marked alike.

    Attributes:
        html: the characters, escaped.
        start: where they begin in the text.
        classes: what they are to the findings that are shown.
        first: the finding that a reader who chooses them is led to.
        here: the ids of all findings that are known by them, shown or not.
    """

    html: Markup
    start: int
    classes: str
    first: Told | None
    here: tuple[str, ...]


def blocks(report: Report, shown: Sequence[Told]) -> list[list[Run]]:
    """The text of an article in blocks of lines, each in runs of characters that are marked alike.

    Args:
        report: what was found in the article.
        shown: the findings to mark; of the others only the place is kept, so that an address can lead there.
    """
    text = report.article.text
    by_id = {t.id: t for t in shown}
    drawn: list[Mark] = []
    known: dict[int, list[str]] = defaultdict(list)
    for mark in marks(report):
        if mark.role in STOPS:
            known[mark.start].append(mark.id)
        if mark.id in by_id:
            drawn.append(mark)
    cuts = _breaks(text)
    first = set(cuts)
    out: list[list[Run]] = [[]]
    for piece in pieces(text, drawn, cuts=[*cuts, *known]):
        if piece.start in first:
            out.append([])
        out[-1].append(_run(piece.text, piece.start, piece.roles, [by_id[m.id] for m in piece.begins if m.role in STOPS], known.get(piece.start, ())))
    return out


def _run(text: str, start: int, roles: Sequence[str], stops: Sequence[Told], here: Iterable[str]) -> Run:
    first = stops[0] if stops else None
    classes = [f"m-{role}" for role in roles if role in DRAWN]
    if first is not None:
        classes += ["mark", f"k-{first.kind}", *(["hearsay-mark"] if first.hearsay else [])]
    return Run(html=visible(text), start=start, classes=" ".join(classes), first=first, here=tuple(here))


def _breaks(text: str) -> list[int]:
    """Where blocks begin: behind line breaks, none shorter than a few lines."""
    out: list[int] = []
    last = 0
    at = text.find("\n", BLOCK)
    while at >= 0 and at + 1 < len(text):
        out.append(at + 1)
        last = at + 1
        at = text.find("\n", last + BLOCK)
    return out
