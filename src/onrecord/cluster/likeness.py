"""How likely two articles are of one story: what they have in common, and what each of that counts."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Collection, Mapping
from functools import cache

import msgspec

from onrecord import lexicons
from onrecord.cluster.profiles import Overlap, Profile, Vector, cosine, overlap
from onrecord.cluster.surroundings import NOTHING, Surroundings

UNKNOWN_GAP = 7
"""Days taken to lie between two articles one of which has no date."""
MOST_EVIDENCE = 4.0
"""The log-odds at which a likeness is cut off: one pair never outweighs many."""
OTHER_TITLE = 0.2
"""The cosine below which two titles over one stub are of two articles."""


class _Weight(msgspec.Struct, frozen=True, kw_only=True):
    feature: str
    weight: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What two articles have in common.

    ``lead`` and ``title`` are cosines of their words; ``mass`` is how much the telling words of both weigh together and ``short``
    how long the shorter one is, as logarithms; ``gap`` is the logarithm of the days between their publication where one
    of them names no day of its own, ``apart`` the same where both do; ``same_day`` is 1 where they name one day; ``between`` is the logarithm
    of the busy spells between them, ``rush`` the logarithm of the days between their publication where many spells around them are busy (times that of how
    many). Words that are stale around the first weigh less.
    """

    lead: float
    title: float
    mass: float
    short: float
    gap: float
    apart: float
    same_day: float
    between: float
    rush: float


NAMES = tuple(f.name for f in dataclasses.fields(Features))


def features(a: Profile, b: Profile, around: Surroundings = NOTHING, both: Overlap | None = None) -> Features:
    """What two articles have in common; the same in either order where the surroundings are.

    Args:
        a: one article.
        b: the other.
        around: what is around the first.
        both: what the two share, where it is known.
    """
    both = both or overlap(a, b)
    known = a.published is not None and b.published is not None
    gap = math.log1p(abs((a.published or 0) - (b.published or 0)) if known else UNKNOWN_GAP)
    named, stale = bool(a.days and b.days), around.stale
    lost = both.telling & stale.keys()
    one, other = a.telling, b.telling
    mass = math.fsum([min(one[t], other[t]) for t in both.telling]) - math.fsum([min(one[t], other[t]) * stale[t] for t in lost])
    return Features(
        lead=both.lead - _lost(a.lead, b.lead, lost, stale),
        title=cosine(a.title, b.title) - _lost(a.title, b.title, lost, stale),
        mass=math.log1p(mass),
        short=math.log(min(a.words, b.words) + 20),
        gap=0.0 if named else gap,
        apart=gap if named else 0.0,
        same_day=float(not a.days.isdisjoint(b.days)),
        between=math.log1p(around.between(a.published, b.published)),
        rush=(gap if known else 0.0) * math.log1p(around.crowd(a.published, b.published)),
    )


def _lost(a: Vector, b: Vector, words: Collection[str], stale: Mapping[str, float]) -> float:
    return math.fsum([a[t] * b[t] * stale[t] for t in words if t in a and t in b])


@cache
def learned() -> dict[str, float]:
    """What each feature counts, and ``bias``; ``models/stories.py`` fits them."""
    return {row.feature: row.weight for row in lexicons.table("cluster/stories", _Weight)}


def evidence(a: Profile, b: Profile, around: Surroundings = NOTHING, both: Overlap | None = None) -> float:
    """The log-odds that two articles are of one story, between -4 and 4; the arguments are those of :func:`features`."""
    if is_stub(a, b):
        return -MOST_EVIDENCE
    found, by = features(a, b, around, both), learned()
    odds: float = by["bias"] + sum([by[name] * getattr(found, name) for name in NAMES])
    return max(-MOST_EVIDENCE, min(MOST_EVIDENCE, odds))


def is_stub(a: Profile, b: Profile) -> bool:
    """Whether two articles are one text that an outlet prints under many titles, so that it tells nothing."""
    return bool(a.stub) and a.stub == b.stub and cosine(a.title, b.title) < OTHER_TITLE
