"""A finding in the making: token ranges and character spans that later rooms of this package may still change."""

from __future__ import annotations

import dataclasses

from spacy.tokens import Doc, Token

from onrecord.attribution.lexicon import Use
from onrecord.attribution.syntax import Range, phrase, trimmed

Chars = tuple[int, int]


@dataclasses.dataclass(slots=True)
class Draft:
    """An attribution not yet resolved.

    ``head`` is the token index of the cue, ``source`` that of the source's head word; ``content`` and ``cue``
    are character spans; ``why`` are the enums that follow the rule in the reason;
    ``outer`` is the cue that the parser put this one inside of by mistake, whose content ends before this one.
    """

    rule: str
    head: int
    use: Use
    source: int | None
    source_span: Chars | None
    cue: list[Chars]
    content: list[Chars]
    why: list[str] = dataclasses.field(default_factory=list)
    carried: bool = False
    outer: int | None = None


def chars(doc: Doc, found: Range) -> Chars | None:
    """The characters of a token range, trimmed; None where nothing is left."""
    start, end = trimmed(doc, *found)
    if start >= end:
        return None
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)


def spans(doc: Doc, found: list[Range]) -> list[Chars]:
    """The character spans of token ranges, empty ones left out."""
    return [c for r in sorted(found) if (c := chars(doc, r)) is not None]


def source_chars(source: Token | None) -> Chars | None:
    """The characters of the noun phrase a source's head word is in."""
    if source is None:
        return None
    start, end = phrase(source)
    doc = source.doc
    if source.dep_ == "poss" and end - 1 > start and doc[end - 1].tag_ == "POS":
        end -= 1
    while start < source.i and doc[start].text in ('"', "''", ","):
        start += 1
    return chars(doc, (start, end)) or (source.idx, source.idx + len(source.text))
