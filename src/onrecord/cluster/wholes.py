"""Events that others are part of: a battle and a shelling in it, a summit and a meeting at it."""

from __future__ import annotations

import csv
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from importlib.resources import files
from types import MappingProxyType

from onrecord.cluster.eventcards import Card
from onrecord.cluster.eventpairs import places_agree

Homes = Mapping[str, str]
NOWHERE: Homes = MappingProxyType({})


@functools.cache
def wide() -> Mapping[str, frozenset[str]]:
    """The words for events that others are part of, with the types of those."""
    out: dict[str, set[str]] = defaultdict(set)
    with files("onrecord.cluster").joinpath("weights/wide.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            out[row["word"]].add(row["type"])
    return {word: frozenset(types) for word, types in out.items()}


def holds(words: Collection[str]) -> frozenset[str]:
    """The types of events that can be part of one that these words tell."""
    return frozenset().union(*(wide()[w] for w in words if w in wide()))


def part_of(small: Card, others: Iterable[Card], *, stories: Homes = NOWHERE) -> tuple[str, str] | None:
    """The event of which another is part, and why: a word for a wider event, within its days and place, told in one article or story.

    Args:
        small: the event.
        others: those it may be part of.
        stories: by article id its story.
    """
    mine = _homes(small.articles, stories)
    found = []
    for big in others:
        words = sorted(w for w in big.words if small.type in wide().get(w, ()))
        if big.id == small.id or not words or holds(small.words):
            continue
        within = small.where is not None and big.where is not None and places_agree(small.where, big.where) > 0
        longer = _days_around(small, big)
        if within and longer is not None and mine & _homes(big.articles, stories):
            found.append((longer, big.id, f"{words[0]}: same story, within its days and place"))
    return min(found)[1:] if found else None


def _days_around(small: Card, big: Card) -> int | None:
    """How many days an event lasts; None if another is not within them."""
    if small.first is None or small.last is None or big.first is None or big.last is None:
        return None
    return big.last - big.first if big.first <= small.first and small.last <= big.last else None


def _homes(articles: Collection[str], stories: Homes) -> set[str]:
    return set(articles) | {stories[a] for a in articles if a in stories}
