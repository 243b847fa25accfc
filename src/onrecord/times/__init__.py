"""When: time expressions, normalised to TIMEX3 values against the article's date or its own story."""

from onrecord.times.finding import find
from onrecord.times.lexicon import Lexicon
from onrecord.times.resolving import resolve

__all__ = ["Lexicon", "find", "resolve"]
