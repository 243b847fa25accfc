"""What the parse, the layout and the rules say of a word from the point of view of another: a cue, a trigger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder.features import FEATURES, Words

Ints = NDArray[np.int32]

NEAR = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 23, 30, 42, 60, 100)
"""Distances in words at which a new step begins."""
STEPS = 2 * len(NEAR) + 1
SENTENCES = 7
"""Sentences away, from three before to three behind."""
QUOTED = 10
DEP, QUOTE = FEATURES.index("dep"), FEATURES.index("quote")
COLUMNS = ("path", "distance", "sentence", "quotation", "rule")
RULED = 8


def path_sizes(labels: int) -> int:
    """How many values the path feature takes with that many dependency labels."""
    return 3 * labels + 3


def sizes(labels: int) -> tuple[int, ...]:
    """How many values each of :data:`COLUMNS` takes with that many dependency labels."""
    return path_sizes(labels), STEPS, SENTENCES * 2, QUOTED, RULED


def beside(words: Words, heads: Ints, ruled: Sequence[Ints], window: tuple[int, int], anchors: Sequence[int], *, labels: int) -> Ints:
    """The features of every word of a window beside each of several anchors: (anchors, words, columns).

    Args:
        words: the article's words.
        heads: the number of each word's head.
        ruled: for each anchor what a rule's finding with it makes of each word of the window, below :data:`RULED`.
        window: the first word and the one behind the last.
        anchors: words, numbered in the window.
        labels: how many dependency labels there are, the unknown one included.
    """
    start, end = window
    mine = heads[start:end] - start
    mine = np.where((mine < 0) | (mine >= end - start), np.arange(end - start), mine).astype(np.int32)
    rows = [
        features(
            anchor,
            heads=mine,
            deps=words.features[start:end, DEP],
            sentences=words.sentences[start:end],
            blocks=words.blocks[start:end],
            quotations=words.quotations[start:end],
            states=words.features[start:end, QUOTE],
            ruled=said,
            labels=labels,
        )
        for anchor, said in zip(anchors, ruled, strict=True)
    ]
    return np.array(rows, np.int32).reshape(len(rows), end - start, len(COLUMNS))


def features(anchor: int, *, heads: Ints, deps: Ints, sentences: Ints, blocks: Ints, quotations: Ints, states: Ints, ruled: Ints, labels: int) -> Ints:
    """The features of every word of a window beside one anchor.

    Args:
        anchor: a word, numbered in the window.
        heads: the number of each word's head in the window; a word whose head is outside is its own.
        deps: each word's dependency label.
        sentences: each word's sentence.
        blocks: each word's block.
        quotations: each word's quotation, -1 outside.
        states: each word's quotation state.
        ruled: what a rule's finding with this anchor makes of each word, below :data:`RULED`.
        labels: how many dependency labels there are.

    Returns:
        A row for each word, a column for each of :data:`COLUMNS`.
    """
    count = len(heads)
    out = np.zeros((count, len(COLUMNS)), np.int32)
    out[:, 0] = _paths(anchor, heads, deps, sentences, labels)
    away = np.arange(count) - anchor
    step = np.searchsorted(NEAR, np.abs(away), side="right")
    out[:, 1] = np.where(away < 0, len(NEAR) - step, len(NEAR) + step)
    beside = np.clip(sentences - sentences[anchor], -(SENTENCES // 2), SENTENCES // 2) + SENTENCES // 2
    out[:, 2] = beside * 2 + (blocks != blocks[anchor])
    mine = quotations[anchor]
    inside = quotations >= 0
    same = inside & (quotations == mine)
    out[:, 3] = np.where(same, 5 + np.minimum(states, 4), np.where(inside, np.minimum(states, 4), 0))
    out[:, 4] = ruled
    return out


def _paths(anchor: int, heads: Ints, deps: Ints, sentences: Ints, labels: int) -> Ints:
    """How each word hangs with the anchor: beneath which of its children, above it, or beneath which other child of a word above it."""
    out = np.zeros(len(heads), np.int32)
    above: dict[int, int] = {}
    at, depth = anchor, 0
    while at not in above:
        above[at] = depth
        at, depth = int(heads[at]), depth + 1
    first, last = np.searchsorted(sentences, sentences[anchor]), np.searchsorted(sentences, sentences[anchor], side="right")
    made: dict[int, int] = {anchor: 1}
    made.update({word: 2 if word == int(heads[anchor]) else 3 + 2 * labels + int(deps[word]) for word in above if word != anchor})
    for word in range(int(first), int(last)):
        trail = []
        at = word
        while at not in made and int(heads[at]) != at:
            trail.append(at)
            at = int(heads[at])
        if at not in made:  # another tree of the same sentence
            made[at] = 0
        for each in reversed(trail):
            up = int(heads[each])
            if up in above:
                made[each] = 3 + int(deps[each]) + (0 if up == anchor else labels)
            else:
                made[each] = made[up]
        out[word] = made[word]
    return out
