"""Articles → origins: the texts that are copies of one text are one origin, however many mastheads print it.

Adding an article costs the same at any size of the record: an :class:`Index` gives the articles that share
slots of its signature (at most :data:`MOST` for each slot), and only those are compared. An origin is a connected
component of verified copies, so the order of arrival changes nothing, save where each slot that two copies share is shared
by more than :data:`MOST` articles and neither is among the first of those.
"""

from __future__ import annotations

import dataclasses
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from onrecord.agencies import Credit, credit
from onrecord.cluster.components import components
from onrecord.cluster.copies import Sketch, Tie, sketch, tie
from onrecord.records import Article, digest

LEAST = 2
"""Slots that two signatures share at least before their texts are compared."""
MOST = 64
"""Articles that are looked at for one slot: those with the smallest ids, so that arrival plays no part."""


class Index(Protocol):
    """Where sketches are kept: in memory (:class:`Memory`) or in a database."""

    def add(self, sketch: Sketch) -> None:
        """Keeps a sketch; one of the same article takes the place of an earlier one."""

    def holders(self, keys: Sequence[int], *, most: int) -> Iterable[str]:
        """For each key the ids of articles that have it, at most ``most`` a key and those the smallest; an id comes once for each key it has."""

    def sketches(self, ids: Sequence[str]) -> Mapping[str, Sketch]:
        """The sketches of these articles."""


class Memory:
    """An index in memory."""

    def __init__(self) -> None:
        self._sketches: dict[str, Sketch] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)

    def add(self, sketch: Sketch) -> None:
        """Keeps a sketch; one of the same article takes the place of an earlier one."""
        if old := self._sketches.get(sketch.article_id):
            for key in old.keys:
                self._holders[key].remove(sketch.article_id)
        self._sketches[sketch.article_id] = sketch
        for key in sketch.keys:
            insort(self._holders[key], sketch.article_id)

    def holders(self, keys: Sequence[int], *, most: int) -> Iterable[str]:
        """For each key the ids of articles that have it, at most ``most`` a key and those the smallest."""
        for key in keys:
            yield from self._holders.get(key, ())[:most]

    def sketches(self, ids: Sequence[str]) -> Mapping[str, Sketch]:
        """The sketches of these articles."""
        return {i: self._sketches[i] for i in ids}


def copies(new: Sketch, index: Index) -> dict[str, Tie]:
    """The articles in an index of which a text is a copy, or that are copies of it, by id."""
    shared = Counter(index.holders(new.keys, most=MOST))
    shared.pop(new.article_id, None)
    likely = sorted(i for i, n in shared.items() if n >= LEAST)
    found = ((i, tie(new, old)) for i, old in index.sketches(likely).items())
    return {i: how for i, how in found if how is not None}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One text, and the articles that print it.

    ``articles`` are ids, sorted. ``earliest`` is the first published of them (an undated one comes last; of several of one
    day the longest), ``longest`` the one with most text. ``credit`` is the agency that most of them name, if
    any names one; ``id`` is derived from ``earliest``.
    """

    id: str
    articles: tuple[str, ...]
    earliest: str
    longest: str
    credit: Credit | None


def origin(articles: Iterable[Article]) -> Origin:
    """The origin that these articles make; they are taken to be copies of one text."""
    members = sorted(articles, key=lambda a: a.id)
    earliest = min(members, key=lambda a: (not a.published, (a.published or "")[:10], -len(a.text), a.id))
    longest = min(members, key=lambda a: (-len(a.text), a.id))
    credits = [found for a in members if (found := credit(a))]
    votes = Counter(c.agency for c in credits)
    best = min(credits, key=lambda c: (-votes[c.agency], c.agency)) if credits else None
    return Origin(id=f"or-{digest('origin', earliest.id)}", articles=tuple(a.id for a in members), earliest=earliest.id, longest=longest.id, credit=best)


def origins(articles: Iterable[Article]) -> list[Origin]:
    """The origins of a set of articles, in the order of their ids; each article is in exactly one.

    How many there are is how many independent texts the set holds.
    """
    by_id = {a.id: a for a in articles}
    index = Memory()
    ties: list[tuple[str, str]] = []
    for article_id in sorted(by_id):
        new = sketch(by_id[article_id])
        ties += [(article_id, other) for other in copies(new, index)]
        index.add(new)
    groups = components(by_id, ties)
    return sorted((origin(by_id[i] for i in group) for group in groups), key=lambda o: o.id)
