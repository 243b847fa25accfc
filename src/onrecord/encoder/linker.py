"""What every head that links words does: words beside an anchor, scored for the roles they may play for it.

In the manner of biaffine dependency parsers (Dozat and Manning 2017): a product of the two words' states, and a
small network that also reads how the parse, the layout and the rules relate the two.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder.encoder import Encoder, ModelError
from onrecord.encoder.layers import linear
from onrecord.encoder.pairs import COLUMNS

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """The weights of a head that links words.

    Attributes:
        weights: arrays by name.
        labels: how many dependency labels its pair features know, the unknown one included.
    """

    weights: Mapping[str, Floats]
    labels: int

    def words(self, vectors: Floats, flags: Floats) -> Floats:
        """Words as the head reads them: their states with what the rules flag."""
        return np.maximum(self.linear("word", np.concatenate([vectors, flags], axis=1)), 0)

    def roles(self, anchors: Floats, words: Floats, around: Ints) -> Floats:
        """Logits, (anchors, words, roles), of words beside anchors, given their pair features (anchors, words, columns)."""
        count = len(self.weights["out.bias"])
        left = self.linear("cue_side", anchors).reshape(len(anchors), count, -1)
        right = self.linear("word_side", words).reshape(len(words), count, -1)
        product: Floats = np.einsum("crd,wrd->cwr", left, right, optimize=True) / np.float32(np.sqrt(left.shape[2]))
        mixed = self.linear("cue_mix", anchors)[:, None, :] + (words @ self.weights["word_mix.weight"].T)[None, :, :]
        for column in range(len(COLUMNS)):
            mixed = mixed + self.weights[f"pair.{column}.weight"][around[..., column]]
        return product + self.linear("out", np.maximum(mixed, 0))

    def linear(self, name: str, values: Floats) -> Floats:
        """One layer."""
        return linear(self.weights, name, values)


def linker_weights(encoder: Encoder, name: str, flags: int) -> dict[str, Floats]:
    """The weights of a linking head that was trained with an encoder.

    Args:
        encoder: the encoder.
        name: the head's.
        flags: how many columns the rules' flags have.

    Raises:
        ModelError: they are missing, or were trained for other features than this version makes.
    """
    about = encoder.about
    if about.columns != COLUMNS:
        raise ModelError(f"{encoder.folder} is for the pair features {', '.join(about.columns)}, this version makes {', '.join(COLUMNS)}")
    weights = encoder.head(name)
    if weights["word.weight"].shape[1] != about.width + flags:
        raise ModelError(f"{encoder.folder}: {name}.npz wants other flags of the rules than this version makes")
    return weights
