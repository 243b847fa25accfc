"""The attribution head: which words head a cue, and which words are each cue's source, cue and content.

Every word is scored as the head of a cue, and each likely one beside every word of its window.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.candidates import FLAGS, Candidate, flags
from onrecord.attribution.joining import Scored
from onrecord.attribution.pairs import beside
from onrecord.encoder import Encoder, Linker, States, linker_weights

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

LEAST = -1.5
"""The logit above which a word is worth scoring beside the others."""
INTRODUCES = 3.0
"""Added to the logit of a cue that by a rule introduces a quotation: the marks are firmer ground than the words. Chosen on
development articles, where it gains two points of direct speech and loses no precision."""
QUOTED = 0.7
"""The share of a content in quotation marks from which it is a quotation."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head(Linker):
    """The head's weights, and the logit above which a word heads a cue."""

    least: float

    @classmethod
    def load(cls, encoder: Encoder) -> Head:
        """The head that was trained with an encoder.

        Raises:
            ModelError: it was trained for other features.
        """
        return cls(weights=linker_weights(encoder, "attribution", FLAGS), labels=len(encoder.about.labels) + 1, least=encoder.about.least)

    def score(self, states: States, heads: Ints, proposed: Sequence[Candidate]) -> list[Scored]:
        """The likely cues of an article with the scores of the words around them.

        Args:
            states: the encoder's states of the article.
            heads: the number of each word's head.
            proposed: what the rules found.
        """
        count = len(states.words.texts)
        every = flags(proposed, count)
        known = introducing(proposed, states.words.quotations)
        out: list[Scored] = []
        for start, end in states.windows:
            words = self.words(states.vectors[start:end], every[start:end])
            logits = self.linear("anchor", words)[:, 0] + known[start:end]
            anchors = np.flatnonzero(logits > LEAST)
            if not len(anchors):
                continue
            around = beside(states.words, heads, proposed, (start, end), anchors.tolist(), labels=self.labels)
            roles = self.roles(words[anchors], words, around)
            out += [Scored(int(a) + start, float(logits[a]), start, roles[k]) for k, a in enumerate(anchors)]
        return out


def introducing(proposed: Sequence[Candidate], quotations: Ints) -> Floats:
    """What is added to each word's logit: :data:`INTRODUCES` where a rule is sure that it introduces a quotation.

    Args:
        proposed: what the rules found.
        quotations: the number of each word's quotation, -1 outside.
    """
    out = np.zeros(len(quotations), np.float32)
    for each in proposed:
        if each.anchor >= 0 and each.sure and each.content and (quotations[list(each.content)] >= 0).mean() >= QUOTED:
            out[each.anchor] = INTRODUCES
    return out
