"""What the rules propose, in words: what the heads read beside the encoder's states."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

SOURCE, CUE, CONTENT = 1, 2, 3
WEAKER = 3
"""Added to a role where the rule is less sure (an attitude, a weak cue)."""
UNTOUCHED = 7
"""A word that a draft with this cue leaves alone."""
FLAGS = 8
"""Columns of :func:`flags`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's attribution in word numbers; ``anchor`` is the cue's head word, -1 where it has no cue."""

    anchor: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    sure: bool


def flags(found: Iterable[Candidate], count: int) -> Floats:
    """For each word which roles any rule gives it: source, cue, content, head of a cue; sure ones before the others."""
    out = np.zeros((count, FLAGS), np.float32)
    for each in found:
        shift = 0 if each.sure else FLAGS // 2
        for column, role in enumerate((each.source, each.cue, each.content)):
            out[list(role), shift + column] = 1
        if each.anchor >= 0:
            out[each.anchor, shift + 3] = 1
    return out


def ruled(found: Iterable[Candidate], anchor: int, count: int) -> Ints:
    """What the rule with this cue makes of each word."""
    out = np.zeros(count, np.int32)
    for each in found:
        if each.anchor == anchor:
            out[:] = UNTOUCHED
            for role, where in ((CONTENT, each.content), (SOURCE, each.source), (CUE, each.cue)):
                out[list(where)] = role if each.sure else role + WEAKER
    return out
