"""Between words, which heads number, and the parse and its characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder.features import Words
from onrecord.parse import Parsed

Ints = NDArray[np.int32]


def spans_of(parsed: Parsed, words: Words) -> Ints:
    """The start and end of each word in characters: (words, 2)."""
    start, length = parsed.doc.to_array(["IDX", "LENGTH"]).reshape(-1, 2)[words.tokens].T
    spans: Ints = np.stack([start, start + length], axis=1).astype(np.int32)
    return spans


def heads_of(parsed: Parsed, words: Words) -> Ints:
    """The number of each word's head; a word at the top of its sentence is its own."""
    own = np.arange(len(words.tokens))
    number = np.full(len(parsed.doc), -1)
    number[words.tokens] = own
    away = parsed.doc.to_array(["HEAD"]).reshape(-1).astype(np.int64)[words.tokens]
    found = number[words.tokens + away]
    heads: Ints = np.where(found < 0, own, found).astype(np.int32)
    return heads


def anchor_of(some: Sequence[int], heads: Ints) -> int:
    """The word of several that the others hang on."""
    inside = set(some)
    return next((n for n in some if int(heads[n]) not in inside or int(heads[n]) == n), some[0])


def touched(spans: Ints, wanted: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """The words that any of the character ranges touches, given the start and end of each word in characters."""
    out: set[int] = set()
    for start, end in wanted:
        first = int(np.searchsorted(spans[:, 1], start, side="right"))
        out.update(range(first, int(np.searchsorted(spans[:, 0], end, side="left"))))
    return tuple(sorted(out))
