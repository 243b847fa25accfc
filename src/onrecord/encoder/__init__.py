"""Sentences that can matter → states: one small encoder, each sentence read once."""

from onrecord.encoder.encoder import Encoder, ModelError, States
from onrecord.encoder.features import FEATURES, SIZES, Words, labels, words_of
from onrecord.encoder.windows import windows

__all__ = ["FEATURES", "SIZES", "Encoder", "ModelError", "States", "Words", "labels", "windows", "words_of"]
