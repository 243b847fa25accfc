"""Which words: loaded terms and scare quotes, with the voice that uses them and what they are said of."""

from onrecord.framing.finding import find
from onrecord.framing.head import Head
from onrecord.framing.lexicon import Lexicon

__all__ = ["Head", "Lexicon", "find"]
