"""The attribution head: which words head a cue, and which words are each cue's source, cue and content.

A joint tagger and linker in the manner of biaffine dependency parsers (Dozat and Manning 2017): every word
is scored as the head of a cue, and each likely one beside every word of its window, by a product of their
states and by a small network that also reads how the parse, the layout and the rules relate the two.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.candidates import FLAGS, Candidate, flags
from onrecord.attribution.joining import Scored
from onrecord.attribution.pairs import COLUMNS, ROLES, beside
from onrecord.encoder import Encoder, ModelError, States

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
class Head:
    """The head's weights."""

    weights: Mapping[str, Floats]
    labels: int
    least: float

    @classmethod
    def load(cls, encoder: Encoder) -> Head:
        """The head that was trained with an encoder.

        Raises:
            ModelError: it was trained for other features.
        """
        about = encoder.about
        if about.columns != COLUMNS:
            raise ModelError(f"{encoder.folder} is for the pair features {', '.join(about.columns)}, this version makes {', '.join(COLUMNS)}")
        weights = encoder.head("attribution")
        if weights["word.weight"].shape[1] != about.width + FLAGS:
            raise ModelError(f"{encoder.folder}: attribution.npz wants other flags of the rules than this version makes")
        return cls(weights=weights, labels=len(about.labels) + 1, least=about.least)

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
            words = self._linear("word", np.concatenate([states.vectors[start:end], every[start:end]], axis=1))
            words = np.maximum(words, 0)
            logits = self._linear("anchor", words)[:, 0] + known[start:end]
            anchors = np.flatnonzero(logits > LEAST)
            if not len(anchors):
                continue
            around = beside(states.words, heads, proposed, (start, end), anchors.tolist(), labels=self.labels)
            roles = self._roles(words[anchors], words, around)
            out += [Scored(int(a) + start, float(logits[a]), start, roles[k]) for k, a in enumerate(anchors)]
        return out

    def _roles(self, cues: Floats, words: Floats, around: Ints) -> Floats:
        """Logits, (cues, words, roles)."""
        roles = len(ROLES)
        left = self._linear("cue_side", cues).reshape(len(cues), roles, -1)
        right = self._linear("word_side", words).reshape(len(words), roles, -1)
        product: Floats = np.einsum("crd,wrd->cwr", left, right, optimize=True) / np.float32(np.sqrt(left.shape[2]))
        mixed = self._linear("cue_mix", cues)[:, None, :] + (words @ self.weights["word_mix.weight"].T)[None, :, :]
        for column in range(len(COLUMNS)):
            mixed = mixed + self.weights[f"pair.{column}.weight"][around[..., column]]
        return product + self._linear("out", np.maximum(mixed, 0))

    def _linear(self, name: str, values: Floats) -> Floats:
        found: Floats = values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return found


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
