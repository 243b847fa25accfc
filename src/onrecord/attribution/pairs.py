"""What the parse, the layout and the rules say of a word from the point of view of a cue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.candidates import Candidate, ruled
from onrecord.encoder import Words, pairs

Ints = NDArray[np.int32]

ROLES = ("source", "cue", "content")


def beside(words: Words, heads: Ints, proposed: Sequence[Candidate], window: tuple[int, int], anchors: Sequence[int], *, labels: int) -> Ints:
    """The features of every word of a window beside each of several cues: (cues, words, columns).

    Args:
        words: the article's words.
        heads: the number of each word's head.
        proposed: what the rules found.
        window: the first word and the one behind the last.
        anchors: the cues' head words, numbered in the window.
        labels: how many dependency labels there are, the unknown one included.
    """
    start, end = window
    said = [ruled(proposed, anchor + start, len(words.texts))[start:end] for anchor in anchors]
    return pairs.beside(words, heads, said, window, anchors, labels=labels)
