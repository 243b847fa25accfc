"""Which names a phrase puts into which: "Bria, Haute-Kotto", "Tripoli, in northern Lebanon", "the Lebanese city of Tripoli"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from onrecord.parse import Parsed
from onrecord.places.between import Between
from onrecord.places.evidence import Context, Evidence, holds
from onrecord.places.lexicon import Lexicon, Sense

CLOSING = frozenset({",", ".", ";", ")", "\n", ""})
LISTED = re.compile(r",? (?:and|or) ")
NO_MODIFIER = frozenset({"DT", "VBD", "VBZ", "VBP", "MD", "IN", "TO", "CC", "PRP", "PRP$", "WDT", "WP"})
"""Tags of words that don't stand between a country and what is called a city of it: "Russian *forces took the* town of …"."""


def contain(contexts: list[Context], parsed: Parsed, lexicon: Lexicon, note: Callable[[Context, Evidence, float], None]) -> None:
    """Fill in :attr:`Context.containers`, ``sure`` and ``contains`` of the names, and the evidence that they give.

    Args:
        contexts: the names of the article, in order.
        parsed: the article and its parse.
        lexicon: what the room knows.
        note: notes a piece of evidence on a name, so many times its weight.
    """
    tying, text = lexicon.between, parsed.flat
    for left, right in itertools.pairwise(contexts):
        between = text[left.name.end : right.name.start]
        if len(between) > 60 or "\n" in between:
            continue
        comma, inside = tying.comma.fullmatch(between) is not None, tying.inside.fullmatch(between) is not None
        if (comma or inside or tying.described.fullmatch(between)) and _fits(left, right, lexicon, demonym=False):
            if not _only_beside(left, right, text, sure=not inside, comma=comma):
                _put(left, right, sure=not inside, note=note)
        elif _owns(left, right, between, tying, parsed) and _fits(right, left, lexicon, demonym=True):
            _put(right, left, sure=True, note=note)
    _narrow(contexts)


def _fits(inner: Context, outer: Context, lexicon: Lexicon, *, demonym: bool) -> bool:
    uses = ("place", "demonym") if demonym else ("place",)
    return any(_belongs(s, o, lexicon) for s in inner.name.senses if s.use == "place" for o in outer.name.senses if o.use in uses)


def _belongs(inner: Sense, outer: Sense, lexicon: Lexicon) -> bool:
    """Whether one lies in the other; of a disputed place whatever country the article puts it into."""
    if holds(inner.entry, outer.entry):
        return True
    return outer.entry.kind == "country" and inner.entry.kind != "country" and lexicon.standing(inner.entry)[1] and not outer.entry.disputed


def _only_beside(inner: Context, outer: Context, text: str, *, sure: bool, comma: bool) -> bool:
    """Whether the two only stand beside each other: "on Kashmir, Pakistan said", "in Crimea, Ukraine and Moldova"."""
    if comma and inner.certain and _is_country(outer):
        after = text[outer.name.end : outer.name.end + 6]
        disputed = any(s.entry.disputed for s in inner.name.senses)
        return not disputed or after[:1] not in CLOSING or LISTED.match(after) is not None
    if comma and not _surely(inner, outer, text):
        return True
    return not sure and (inner.certain or "never" in inner.evidence)


def _surely(inner: Context, outer: Context, text: str) -> bool:
    """Not "officials in Paris, U.S. diplomats said", which puts no Paris anywhere."""
    if not _is_country(outer):
        return True
    country = outer.name.senses[0].entry.country
    return inner.top.country == country or text[outer.name.end : outer.name.end + 1] in CLOSING


def _is_country(context: Context) -> bool:
    return context.name.senses[0].entry.kind == "country"


def _owns(left: Context, right: Context, between: str, tying: Between, parsed: Parsed) -> bool:
    """Whether the first is said to own the second: "Nigeria's Borno", "the Lebanese city of Tripoli"."""
    if tying.owner.fullmatch(between):
        return True
    return tying.owned_kind.fullmatch(between) is not None and _described_by(left, right, parsed)


def _described_by(left: Context, right: Context, parsed: Parsed) -> bool:
    """Whether only describing words stand between a country and the kind of place: "Somalia's southern port city of"."""
    span = parsed.doc.char_span(left.name.end, right.name.start, alignment_mode="contract")
    return span is not None and all(t.tag_ not in NO_MODIFIER or t.lower_ == "of" for t in span)


def _put(inner: Context, outer: Context, *, sure: bool, note: Callable[[Context, Evidence, float], None]) -> None:
    inner.containers, inner.sure = (outer.number,), sure
    outer.contains = inner.number
    note(inner, "contained", 1.0 if sure else 0.5)
    note(outer, "contains", 1.0 if sure else 0.5)


def _narrow(contexts: list[Context]) -> None:
    """In "Hyderabad, in Pakistan's Sindh province" what holds Hyderabad is Sindh, where there is one in it."""
    by_number = {c.number: c for c in contexts}
    for inner in contexts:
        outer = by_number.get(inner.containers[0]) if inner.containers else None
        within = by_number.get(outer.number + 1) if outer is not None and outer.number > inner.number else None
        if outer is None or within is None or within.containers != (outer.number,):
            continue
        held = any(holds(s.entry, d.entry) and holds(d.entry, o.entry) for s in inner.name.senses for d in within.name.senses for o in outer.name.senses)
        if held:
            inner.containers = (within.number,)
