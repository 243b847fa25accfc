"""Which words: loaded terms and scare quotes, with the voice that uses them and what they are said of."""

from onrecord.framing.finding import find
from onrecord.framing.lexicon import Lexicon

__all__ = ["Lexicon", "find"]
