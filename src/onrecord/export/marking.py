"""What of a text findings mark, and the text cut where marks begin and end."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from onrecord.records import Report

STOPS = {
    "trigger": "event",
    "object": "position",
    "cue": "quotation",
    "where": "place",
    "when": "time",
    "meant": "actor",
    "term": "term",
}
"""The mark by which each kind of finding is known in the text: one for each finding."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """Characters that a finding marks, and as what.

    Attributes:
        start: the first character.
        end: behind the last.
        role: what they are to the finding: ``trigger``, ``who``, ``object``, ``source``, ``cue``, ``content``, ``where``, ``when``, ``meant``
            (the first mention of an actor), ``mention`` (the others) or ``term``.
        id: of the finding.
    """

    start: int
    end: int
    role: str
    id: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters in which no mark begins or ends.

    Attributes:
        start: where it begins in the text.
        text: the characters.
        roles: what they are to the findings that mark them, each once.
        begins: the marks that begin with it.
    """

    start: int
    text: str
    roles: tuple[str, ...]
    begins: tuple[Mark, ...]


def marks(report: Report) -> Iterator[Mark]:
    """All that the findings of a report mark."""
    for e in report.events:
        yield Mark(e.trigger.start, e.trigger.end, "trigger", e.id)
        yield from (Mark(p.start, p.end, "who", e.id) for p in (*e.actors, *e.recipients))
    for s in report.positions:
        yield Mark(s.object.start, s.object.end, "object", s.id)
        yield Mark(s.holder.start, s.holder.end, "who", s.id)
    for a in report.attributions:
        yield from (Mark(x.start, x.end, "source", a.id) for x in a.source)
        yield from (Mark(x.start, x.end, "cue" if n == 0 else "source", a.id) for n, x in enumerate(a.cue or a.content[:1]))
        yield from (Mark(x.start, x.end, "content", a.id) for x in a.content)
    yield from (Mark(p.start, p.end, "where", p.id) for p in report.places)
    yield from (Mark(t.start, t.end, "when", t.id) for t in report.times)
    for actor in report.actors:
        yield from (Mark(m.start, m.end, "mention" if n else "meant", actor.id) for n, m in enumerate(actor.mentions))
    yield from (Mark(f.term.start, f.term.end, "term", f.id) for f in report.framing)


def pieces(text: str, found: Iterable[Mark], *, cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """The text in pieces: put together they are the text, character for character; marks may overlap and nest.

    Args:
        text: the text.
        found: what is marked in it.
        cuts: where else to cut.

    >>> [(p.text, p.roles) for p in pieces("Chad left.", [Mark(0, 10, "content", "a"), Mark(5, 9, "trigger", "e")])]
    [('Chad ', ('content',)), ('left', ('content', 'trigger')), ('.', ('content',))]
    """
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in found:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    current: Counter[str] = Counter()
    for start, end in pairwise(sorted({0, len(text), *opening, *closing, *cuts})):
        current.subtract(m.role for m in closing.get(start, ()))
        begun = opening.get(start, ())
        current.update(m.role for m in begun)
        yield Piece(start=start, text=text[start:end], roles=tuple(sorted(role for role, count in current.items() if count)), begins=tuple(begun))
