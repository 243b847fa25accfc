"""The event head: which words trigger an event of which type, who does it and to whom.

Every word is scored for every type, and each likely trigger beside every word of its sentence for the roles of
actor and recipient; the lexicon's proposals are among what it reads. The type between two given participants is
scored by the triggers that link them and by the states of the two and the sentence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder import Encoder, Linker, ModelError, States, linker_weights, log_softmax, pairs
from onrecord.events.candidates import FLAGS, MODES, STANDINGS, TYPES, Candidate, ruled

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Range = tuple[int, int]

NAME = "events"
LIKELY = 8
"""Triggers of a sentence that a pair's score sums over."""
MODE_TOLD = 0.5
"""A mode is only told where it is likelier than all others of its type together: most attacks are of none that is told."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence's words as the head reads them.

    Attributes:
        start: the number of its first word in the article.
        words: the words, (words, width).
        types: the log-probability of no event and of each of :data:`~onrecord.events.candidates.TYPES` for each word.
        read: whether the encoder read it.
    """

    start: int
    words: Floats
    types: Floats
    read: bool

    @property
    def events(self) -> Floats:
        """How likely each word triggers an event."""
        found: Floats = 1 - np.exp(self.types[:, 0])
        return found


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head(Linker):
    """The head's weights."""

    @classmethod
    def load(cls, encoder: Encoder) -> Head:
        """The head that was trained with an encoder.

        Raises:
            ModelError: it was trained for other features or types.
        """
        weights = linker_weights(encoder, NAME, FLAGS)
        if len(weights["kind.bias"]) != len(TYPES) + 1 or len(weights["mode.bias"]) != len(MODES) or len(weights["standing.bias"]) != len(STANDINGS):
            raise ModelError(f"{encoder.folder}: {NAME}.npz was made for other event types than this version has")
        return cls(weights=weights, labels=len(encoder.about.labels) + 1)

    def sentence(self, states: States, flags: Floats, words: Range) -> Sentence:
        """The scores of a range of words, given their flags."""
        start, end = words
        made = self.words(states.vectors[start:end], flags[start:end])
        read = any(a <= start and end <= b for a, b in states.windows)
        return Sentence(start=start, words=made, types=log_softmax(self.linear("kind", made), axis=1), read=read)

    def who(self, states: States, heads: Ints, proposed: Sequence[Candidate], sentence: Sentence, anchors: Sequence[int]) -> Floats:
        """Logits of actor and recipient, (anchors, words, 2), for triggers numbered in the sentence."""
        count, start = len(sentence.words), sentence.start
        end = start + count
        near = [c for c in proposed if start <= c.anchor < end]
        said = [ruled(near, a + start, len(states.words.texts))[start:end] for a in anchors]
        around = pairs.beside(states.words, heads, said, (start, end), anchors, labels=self.labels)
        return self.roles(sentence.words[list(anchors)], sentence.words, around)

    def mode(self, sentence: Sentence, anchor: int, event_type: str) -> str | None:
        """The likeliest mode of a type for a trigger; None where the type has none, or none is likelier than all others together."""
        own = [n for n, (name, _) in enumerate(MODES) if name == event_type]
        if not own:
            return None
        logits = self.linear("mode", sentence.words[anchor])[own]
        chances = np.exp(logits - np.logaddexp.reduce(logits))
        best = int(chances.argmax())
        return MODES[own[best]][1] if chances[best] > MODE_TOLD else None

    def between(
        self, states: States, heads: Ints, proposed: Sequence[Candidate], flags: Floats, sentence: Sentence, source: Sequence[int], target: Sequence[int]
    ) -> Floats:
        """A score for each type of the event from a source to a target, given by their words numbered in the sentence."""
        likely = sentence.types[:, 1:]
        anchors = np.argsort(-likely.max(axis=1), kind="stable")[:LIKELY].tolist()
        roles = -np.logaddexp(0, -self.who(states, heads, proposed, sentence, anchors))
        linked = roles[:, list(source), 0].max(axis=1) + roles[:, list(target), 1].max(axis=1)
        by_triggers: Floats = np.logaddexp.reduce(likely[anchors] + linked[:, None], axis=0)
        inside = slice(sentence.start, sentence.start + len(sentence.words))
        own = states.vectors[inside]
        pooled = np.concatenate([own[list(source)].mean(axis=0), own[list(target)].mean(axis=0), own.mean(axis=0), flags[inside].max(axis=0)])
        found: Floats = by_triggers + self.linear("pair_out", np.maximum(self.linear("pair_in", pooled), 0))
        return found
