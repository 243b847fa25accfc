"""Articles → stories: articles that tell of one event.

Adding an article costs the same at any size of the record: an :class:`Index` gives the articles near in time that share its
telling words, and only those are compared. A story is what average link makes of the likenesses in one connected
component of them, so it does not depend on the order of arrival.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Protocol

from onrecord.cluster.components import components
from onrecord.cluster.likeness import MOST_EVIDENCE, evidence
from onrecord.cluster.profiles import OPENING, Overlap, Profile, overlap, profile
from onrecord.cluster.similarity import average_link
from onrecord.cluster.surroundings import Surroundings, surroundings
from onrecord.records import Article, Time
from onrecord.times import Lexicon, resolve

ALONE = 0.35
"""What likeness (0 to 1, 0.5 being even odds) one article needs on average to join a story."""
SETTLED = 0.65
"""What two stories of :data:`MANY` articles or more need to be one; smaller ones need less, since many likenesses say more than a few."""
MANY = 5
YEARS_APART = 2 * 365
"""Days after which no article is of a story any more: a second election in one region is another story."""
LEAST_KEYS = 2
"""Telling words that two articles share at least before they are compared."""
COMPARED = 70
"""Articles that one is compared with at most: those that share most telling words with it."""
MOST = 100
"""Articles that are looked at for one word: those published next to the new one."""
LEAST_SHARED = 0.05
"""The cosine of leads from which two articles are compared."""

Links = dict[tuple[str, str], float]


class Index(Protocol):
    """Where profiles are kept: in memory (:class:`Recent`) or in a database."""

    def add(self, profile: Profile) -> None:
        """Keeps a profile; one of the same article takes the place of an earlier one."""

    def near(self, words: Sequence[str], published: int | None, *, most: int) -> Iterable[str]:
        """For each word the ids of articles that have it among their keys, at most ``most`` a word and those published nearest; ties by id."""

    def profiles(self, ids: Sequence[str]) -> Mapping[str, Profile]:
        """The profiles of these articles."""


def keys(of: Profile) -> list[str]:
    """The words under which an index keeps a profile: those of its title and lead that tell something."""
    return sorted(t for t in of.lead if t in of.telling)


class Recent:
    """An index in memory."""

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}
        self._holders: dict[str, list[tuple[int, str]]] = defaultdict(list)

    def add(self, profile: Profile) -> None:
        """Keeps a profile; one of the same article takes the place of an earlier one."""
        if old := self._profiles.get(profile.article_id):
            for key in keys(old):
                self._holders[key].remove((old.published or 0, old.article_id))
        self._profiles[profile.article_id] = profile
        for key in keys(profile):
            insort(self._holders[key], (profile.published or 0, profile.article_id))

    def near(self, words: Sequence[str], published: int | None, *, most: int) -> Iterable[str]:
        """For each word the ids of articles that have it among their keys, at most ``most`` a word and those published nearest."""
        day = published or 0
        for word in words:
            holders = self._holders.get(word, [])
            if len(holders) > most:
                middle = bisect_left(holders, (day, ""))
                holders = sorted(holders[max(0, middle - most) : middle + most], key=lambda h: (abs(h[0] - day), h[1]))[:most]
            yield from (article_id for _, article_id in holders)

    def profiles(self, ids: Sequence[str]) -> Mapping[str, Profile]:
        """The profiles of these articles."""
        return {i: self._profiles[i] for i in ids}


def compared(new: Profile, index: Index) -> tuple[list[tuple[Profile, Overlap]], Surroundings]:
    """The articles of an index with which a new one is compared, in the order of their ids, with what they share, and what is around the new one."""
    shared = Counter(index.near(keys(new), new.published, most=MOST))
    shared.pop(new.article_id, None)
    likely = heapq.nsmallest(COMPARED, [(-n, i) for i, n in shared.items() if n >= LEAST_KEYS])
    near = [(old, overlap(new, old)) for old in index.profiles(sorted(i for _, i in likely)).values()]
    return [(old, both) for old, both in near if both.lead >= LEAST_SHARED and not _too_far(new, old)], surroundings(new, near)


def links(new: Iterable[Profile], index: Index) -> Links:
    """The likenesses, above 0 and at most 1, of new articles to those of an index, by the pair of ids; what is missing has none.

    Args:
        new: the articles. Where both of a pair are new, what is around either counts.
        index: holds them and the others.
    """
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in new:
        old, around = compared(one, index)
        for other, both in old:
            likeness = (evidence(one, other, around, both) + MOST_EVIDENCE) / (2 * MOST_EVIDENCE)
            found[min(one.article_id, other.article_id), max(one.article_id, other.article_id)].append(likeness)
    return {pair: mean for pair, some in found.items() if (mean := sum(some) / len(some)) > 0}


def likeness(one: Profile, two: Profile) -> float:
    """How alike two articles are by themselves, whatever is around them: from 0 (not of one story) to 1, 0.5 being even odds."""
    both = overlap(one, two)
    if _too_far(one, two) or both.lead < LEAST_SHARED:
        return 0.0
    return (evidence(one, two, both=both) + MOST_EVIDENCE) / (2 * MOST_EVIDENCE)


def _too_far(a: Profile, b: Profile) -> bool:
    return a.published is not None and b.published is not None and abs(a.published - b.published) > YEARS_APART


def group(ids: Iterable[str], likeness: Links) -> list[list[str]]:
    """The stories that articles make: each a sorted list of ids, in the order of their first.

    Args:
        ids: the articles.
        likeness: of pairs of them, in either order, once each.
    """
    out: list[list[str]] = []
    inside: dict[str, list[tuple[str, str]]] = defaultdict(list)
    strong = [pair for pair, s in likeness.items() if s >= ALONE]
    groups = [sorted(g) for g in components(ids, strong)]
    home = {i: g[0] for g in groups for i in g}
    for a, b in likeness:
        if home[a] == home[b]:
            inside[home[a]].append((a, b))
    for members in groups:
        number = {i: n for n, i in enumerate(members)}
        near = {(min(number[a], number[b]), max(number[a], number[b])): likeness[a, b] for a, b in sorted(inside[members[0]])}
        made: dict[int, list[str]] = defaultdict(list)
        for member, label in zip(members, average_link(len(members), near, least=ALONE, settled=SETTLED, many=MANY), strict=True):
            made[label].append(member)
        out += made.values()
    return sorted(out)


def stories(articles: Sequence[Article], times: Sequence[Iterable[Time]] | None = None) -> list[int]:
    """A story number for each article, in their order.

    Args:
        articles: in any order, which changes nothing.
        times: for each article the times of its report; without them the days that its opening names are read without a parse, which
            can't tell a coming Sunday from the last.
    """
    index = Recent()
    made = [profile(a, _named(a) if times is None else times[n]) for n, a in enumerate(articles)]
    for each in made:
        index.add(each)
    found = links(made, index)
    story = {i: n for n, members in enumerate(group(sorted(p.article_id for p in made), found)) for i in members}
    return [story[a.id] for a in articles]


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load()


def _named(article: Article) -> tuple[Time, ...]:
    return resolve(article.text[:OPENING], date=article.published, lexicon=_lexicon())
