"""What the articles around one have in common with it, from week to week.

In an archive of one subject every article shares the subject's words with every other. What tells the subject from the story is
time: a story's words come and go with it, the subject's are there in most weeks. And where articles like two ones were
printed all through the time between them, or around it, those two hardly tell of one event, though their words are alike.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.cluster.profiles import Overlap, Profile

NEAR = 75
"""Days around publication in which time is counted in weeks; beyond, in months."""
WEEK = 7
MONTH = 30
OF_A_STORY = 2
"""Weeks that a story may last before its words are taken for the subject's."""
UNSEEN = 6
"""Weeks that are taken to have nothing of the kind, so that a few articles say little."""
SPELL = 10
"""Days in a spell."""
LIKE = 0.2
"""The cosine of leads from which an article makes the spell in which it was printed a busy one."""
QUIET = 2
"""Busy spells around two articles that say nothing yet."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is around an article.

    ``stale`` says of words of the article what share of their weight they lose, above 0 and below 1; ``busy`` are the spells (days from
    year 1, divided by :data:`SPELL`) in which an article like it was printed, in order.
    """

    stale: Mapping[str, float] = dataclasses.field(default_factory=dict)
    busy: Sequence[int] = ()

    def between(self, one: int | None, other: int | None) -> int:
        """How many busy spells lie between two days, those of the days not counted; 0 where one isn't known."""
        if one is None or other is None:
            return 0
        first, last = sorted((one // SPELL, other // SPELL))
        return max(0, bisect_left(self.busy, last) - bisect_left(self.busy, first + 1))

    def crowd(self, one: int | None, other: int | None) -> int:
        """How many spells more than :data:`QUIET` are busy within :data:`NEAR` days of two days, those of the days not counted; 0 where one isn't known."""
        if one is None or other is None:
            return 0
        own, reach = {one // SPELL, other // SPELL}, NEAR // SPELL
        around = {s for day in own for s in self.busy[bisect_left(self.busy, day - reach) : bisect_left(self.busy, day + reach + 1)]}
        return max(0, len(around - own) - QUIET)


NOTHING = Surroundings()


def surroundings(of: Profile, others: Iterable[tuple[Profile, Overlap]]) -> Surroundings:
    """What is around an article.

    Args:
        of: the article.
        others: those that share telling words with it, and what they share; undated ones say nothing.
    """
    at: dict[tuple[int, int], set[str]] = defaultdict(set)
    busy = set()
    for other, both in others:
        if other.published is None:
            continue
        near = of.published is None or abs(of.published - other.published) <= NEAR
        at[(WEEK, other.published // WEEK) if near else (MONTH, other.published // MONTH)] |= both.telling
        if both.lead >= LIKE:
            busy.add(other.published // SPELL)
    seen = Counter(word for words in at.values() for word in words)
    stale = {word: (n - OF_A_STORY) / (len(at) + UNSEEN) for word, n in seen.items() if n > OF_A_STORY}
    return Surroundings(stale=stale, busy=sorted(busy))
