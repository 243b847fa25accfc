"""Who says what: source, cue, content, speaker, channel and nesting."""

from onrecord.attribution.finding import find
from onrecord.attribution.lexicon import Lexicon

__all__ = ["Lexicon", "find"]
