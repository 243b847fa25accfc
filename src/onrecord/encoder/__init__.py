"""Sentences that can matter → states: one small encoder, each sentence read once."""

from onrecord.encoder.encoder import Encoder, ModelError, States, fed
from onrecord.encoder.features import FEATURES, SIZES, Words, labels, words_of
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
    "linker_weights",
    "spans_of",
    "touched",
    "windows",
    "words_of",
]
