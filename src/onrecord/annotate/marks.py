"""What annotation tools know of an article: marks on its characters, events that tie them, and links between two of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.records import Span

Piece = tuple[int, int]
Pieces = tuple[Piece, ...]

KINDS = {
    "state": "State",
    "de_facto": "DeFactoEntity",
    "body": "Body",
    "group": "Group",
    "organisation": "Organisation",
    "person": "Person",
    "unresolved": "Unresolved",
}
"""The mark of each kind of actor."""
PARTIES = (*KINDS.values(), "Place", "Source")
"""Marks of what can take part."""
ENTITIES = (*KINDS.values(), "Place", "Time", "Source", "Content", "Object", "LoadedTerm", "Figure")
ATTRIBUTION = "Attribution"
SAYS = "Says"
ROLES = ("Actor", "Recipient", "Place", "Figure")
SAID = ("Source", "Content")
VERIDICALITY = ("asserted", "denied", "hypothetical", "planned", "demanded")
BREAKS = "\\t\\r\\n\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029"
LINE = re.compile(f"[^{BREAKS}]+")
BETWEEN = re.compile(f"\\s*[{BREAKS}]\\s*")


class AnnotationError(ValueError):
    """Annotations can't be read; the message names the file, the line or region, and why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A label on characters, in one piece or several.

    Attributes:
        id: its name in the file.
        type: the label.
        pieces: where it stands.
        coded: ids and codes of what it was made from, as they were written.
        note: what an annotator says of it.
        where: the file and line, or task and region, for messages.
    """

    id: str
    type: str
    pieces: Pieces
    coded: tuple[str, ...] = ()
    note: str = ""
    where: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A mark that ties others by roles: an event, or an attribution on its cue."""

    id: str
    type: str
    trigger: str
    roles: tuple[tuple[str, str], ...]
    attributes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    coded: tuple[str, ...] = ()
    note: str = ""
    where: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation of two marks: a position from its holder to its object, or words without a cue from their source."""

    id: str
    type: str
    source: str
    target: str
    coded: tuple[str, ...] = ()
    note: str = ""
    where: str = ""


@dataclasses.dataclass(slots=True, kw_only=True)
class Marked:
    """An article as an annotation tool has it; ``problems`` say what findings have no place for, and is left out."""

    text: str
    marks: dict[str, Mark] = dataclasses.field(default_factory=dict)
    groups: list[Group] = dataclasses.field(default_factory=list)
    links: list[Link] = dataclasses.field(default_factory=list)
    problems: list[str] = dataclasses.field(default_factory=list)


def pieces_of(spans: Iterable[Span]) -> Pieces:
    """Where some spans stand, in order, those that touch as one."""
    return merged((s.start, s.end) for s in spans)


def merged(pieces: Iterable[Piece]) -> Pieces:
    """Pieces in order, those that touch or overlap as one."""
    out: list[Piece] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def lines(text: str, pieces: Iterable[Piece]) -> Pieces:
    """The parts of pieces that lie in one line each, without the blanks at their ends; a piece of blanks is one part."""
    return tuple(part for start, end in pieces for part in _lines(text, start, end))


def _lines(text: str, start: int, end: int) -> Iterator[Piece]:
    if not text[start:end].strip():
        yield start, end
        return
    for m in LINE.finditer(text, start, end):
        words = m[0].strip()
        if words:
            first = m.start() + len(m[0]) - len(m[0].lstrip())
            yield first, first + len(words)


def normal(text: str, pieces: Iterable[Piece]) -> Pieces:
    """Pieces as every tool keeps them, so that they can be compared."""
    return lines(text, merged(pieces))


def joined(text: str, pieces: Sequence[Piece]) -> Pieces:
    """Pieces, those that only a line break parts as one."""
    out: list[Piece] = []
    for start, end in sorted(pieces):
        if out and BETWEEN.fullmatch(text, out[-1][1], start):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)
