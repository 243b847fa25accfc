"""Who says what: source, cue, content, speaker, channel and nesting.

In come a :class:`~onrecord.parse.Parsed` and its :class:`~onrecord.records.Cast`; with the encoder's
:class:`~onrecord.encoder.States` the :class:`Head` decides on what the rules propose. Out go :class:`~onrecord.records.Attribution`.
"""

from onrecord.attribution.finding import find, is_sure, propose
from onrecord.attribution.gate import matters
from onrecord.attribution.head import Head
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.quoted import Quotes

__all__ = ["Head", "Lexicon", "Quotes", "find", "is_sure", "matters", "propose"]
