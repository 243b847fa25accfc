"""Sentences that can matter → states: one small encoder, each sentence read once.

In come a :class:`~onrecord.parse.Parsed` and the sentences to read; out go :class:`States`, a vector for each word that was read.
The heads stand in the rooms whose questions they answer; here is what they share: pair features, layers, :class:`Linker`.
"""

from onrecord.encoder.encoder import Encoder, ModelError, States, fed
from onrecord.encoder.features import FEATURES, SIZES, Words, labels, words_of
from onrecord.encoder.layers import linear, log_softmax, softmax
from onrecord.encoder.linker import Linker, linker_weights
from onrecord.encoder.windows import windows
from onrecord.encoder.words import anchor_of, heads_of, spans_of, touched

__all__ = [
    "FEATURES",
    "SIZES",
    "Encoder",
    "Linker",
    "ModelError",
    "States",
    "Words",
    "anchor_of",
    "fed",
    "heads_of",
    "labels",
    "linear",
    "linker_weights",
    "log_softmax",
    "softmax",
    "spans_of",
    "touched",
    "windows",
    "words_of",
]
