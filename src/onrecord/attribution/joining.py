"""From the head's scores to attributions: each cue with the words that score best beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.decoding import runs
from onrecord.attribution.pairs import ROLES

Floats = NDArray[np.float32]
Range = tuple[int, int]

SURE = 6.0
"""No single word's score counts for more."""
LEAST, PRICE, SOURCE_BIAS = -0.4, 1.5, 0.3
"""Chosen on development articles; docs/models.md has the figures around them."""
RUNS = 3
"""Most pieces of a content."""
UNWANTED = -1.0
"""The score of a word of its own source or cue as content: low, but a content may go around it."""
SOURCE, CUE, CONTENT = (ROLES.index(role) for role in ("source", "cue", "content"))


@dataclasses.dataclass(frozen=True, slots=True)
class Scored:
    """A cue's head word, how far it heads a cue (a logit), the window's first word, and the role scores of the window's words."""

    anchor: int
    score: float
    start: int
    roles: Floats


@dataclasses.dataclass(frozen=True, slots=True)
class Relation:
    """An attribution in words: ranges of source, cue and content, its cue's head and how sure the head is of it."""

    anchor: int
    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    score: float


def relations(cues: Sequence[Scored], *, least: float = LEAST, price: float = PRICE, source_bias: float = SOURCE_BIAS) -> list[Relation]:
    """The attributions of an article, none inside another's content.

    Where two cues want the same words, those whose scores add up to more get them; the other cue has the rest,
    or is left out where it stands inside the first one's content.

    Args:
        cues: its scored cues.
        least: the logit above which a word heads a cue.
        price: what a run of content must earn more than.
        source_bias: added to every source score: a missing source costs more than a wide one.
    """
    kept = [_Wanting(c, source_bias) for c in cues if c.score > least]
    for one in kept:
        one.choose(price)
    for at, one in enumerate(kept):
        for two in kept[at + 1 :]:
            if one.scored.start == two.scored.start:
                _settle(one, two, price)
    return [w.relation() for w in sorted(kept, key=lambda w: w.scored.anchor) if w.content]


class _Wanting:
    """A cue with the words it wants, numbered in its window."""

    __slots__ = ("at", "content", "cue", "scored", "source", "wants")

    def __init__(self, scored: Scored, source_bias: float) -> None:
        self.scored = scored
        self.at = scored.anchor - scored.start
        scores = np.clip(scored.roles, -SURE, SURE)
        own = np.arange(len(scores)) == self.at
        self.cue = runs((scores[:, CUE] + np.where(own, 2 * SURE, 0)).tolist(), price=1.0, most=1)
        source = scores[:, SOURCE] + source_bias
        self.wants = scores[:, CONTENT].copy()
        for a, b in self.cue:
            source[a:b] = -SURE
            self.wants[a:b] = np.minimum(self.wants[a:b], UNWANTED)
        self.source = runs(source.tolist(), price=0.0, most=1)
        for a, b in self.source:
            self.wants[a:b] = np.minimum(self.wants[a:b], UNWANTED)
        self.content: list[Range] = []

    def choose(self, price: float) -> None:
        """Take the best runs of content."""
        self.content = runs(self.wants.tolist(), price=price, most=RUNS)

    def relation(self) -> Relation:
        """The attribution, in the article's words."""

        def put(found: list[Range]) -> tuple[Range, ...]:
            return tuple((a + self.scored.start, b + self.scored.start) for a, b in found)

        return Relation(self.scored.anchor, put(self.source), put(self.cue), put(self.content), self.scored.score)


def _settle(one: _Wanting, two: _Wanting, price: float) -> None:
    """Give words that both want to the cue that wants them more."""
    shared = [n for a, b in one.content for n in range(a, b) if any(c <= n < d for c, d in two.content)]
    if not shared:
        return
    wins, yields = (one, two) if one.wants[shared].sum() >= two.wants[shared].sum() else (two, one)
    if any(a <= yields.at < b for a, b in wins.content):
        yields.content = []
        return
    yields.wants[min(shared) : max(shared) + 1] = -SURE
    yields.choose(price)
