"""The stance head: is one who is mentioned in a sentence for or against another.

Every word of the sentence is looked at from the point of view of the two: by its state, by theirs, and by how the parse
relates it to each. What is looked at hardest, with the two and the sentence, tells the stance.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder import Encoder, ModelError, States, anchor_of, linear, pairs, softmax
from onrecord.records import Stance

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Range = tuple[int, int]

NAME = "stance"
STANCES: tuple[Stance, ...] = ("neutral", "support", "oppose")
SEEN = tuple(pairs.COLUMNS.index(name) for name in ("path", "distance", "quotation"))
"""The pair features that the head reads."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """One who is mentioned in a sentence, as the head reads them.

    Attributes:
        state: the mean state of their words, (width,).
        holding: what each word of the sentence is to them as a holder, (words, width).
        held: what each word of the sentence is to them as an object, (words, width).
    """

    state: Floats
    holding: Floats
    held: Floats


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence as the head reads it: its words, (words, width), and the mean of their states."""

    words: Floats
    mean: Floats
    range: Range


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head's weights, arrays by name, and how many dependency labels its pair features know."""

    weights: Mapping[str, Floats]
    labels: int

    @classmethod
    def load(cls, encoder: Encoder) -> Head:
        """The head that was trained on an encoder's states.

        Raises:
            ModelError: it is missing, or was trained for other states or features.
        """
        weights, labels = encoder.head(NAME), len(encoder.about.labels) + 1
        expected = [pairs.sizes(labels)[c] for c in SEEN] * 2
        if encoder.about.columns != pairs.COLUMNS or [len(weights[f"beside.{n}.weight"]) for n in range(len(expected))] != expected:
            raise ModelError(f"{encoder.folder}: {NAME}.npz was made for other pair features than this version makes")
        return cls(weights=weights, labels=labels)

    def sentence(self, states: States, words: Range) -> Sentence:
        """A range of words."""
        own = states.vectors[slice(*words)]
        return Sentence(words=linear(self.weights, "word", own), mean=own.mean(axis=0), range=words)

    def mentioned(self, states: States, heads: Ints, sentence: Sentence, words: Sequence[int]) -> Mentioned:
        """One who is mentioned, by the numbers of their words in the article."""
        start, end = sentence.range
        state: Floats = states.vectors[list(words)].mean(axis=0)
        none = np.zeros(end - start, np.int32)
        around = pairs.beside(states.words, heads, [none], sentence.range, [anchor_of(words, heads) - start], labels=self.labels)[0]
        tables = [self.weights[f"beside.{n}.weight"][around[:, SEEN[n % len(SEEN)]]] for n in range(2 * len(SEEN))]
        holding = self.weights["holder.weight"] @ state + sum(tables[: len(SEEN)])
        held = self.weights["object.weight"] @ state + sum(tables[len(SEEN) :])
        return Mentioned(state=state, holding=holding, held=held)

    def chances(self, sentence: Sentence, holder: Mentioned, target: Mentioned) -> Floats:
        """How likely the holder has each of :data:`STANCES` on the target."""
        words = np.maximum(sentence.words + holder.holding + target.held, 0)
        looked = softmax(linear(self.weights, "look", words), axis=0)
        pair = np.maximum(linear(self.weights, "pair", np.concatenate([holder.state, target.state, sentence.mean])), 0)
        return softmax(linear(self.weights, "out", np.concatenate([(looked.T @ words).ravel(), pair])), axis=0)
