"""Who says what: source, cue, content, speaker, channel and nesting."""

from onrecord.attribution.finding import find, is_sure, propose
from onrecord.attribution.gate import matters
from onrecord.attribution.head import Head
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.quoted import Quotes

__all__ = ["Head", "Lexicon", "Quotes", "find", "is_sure", "matters", "propose"]
