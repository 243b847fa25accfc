"""Which words: loaded terms and scare quotes, with the voice that uses them and what they are said of.

In come a :class:`~onrecord.parse.Parsed`, its :class:`~onrecord.records.Cast`, places, events and attributions, and the encoder's
:class:`~onrecord.encoder.States` for the :class:`Head`; out go :class:`~onrecord.records.Framing`.
"""

from onrecord.framing.finding import find
from onrecord.framing.head import Head
from onrecord.framing.lexicon import Lexicon

__all__ = ["Head", "Lexicon", "find"]
