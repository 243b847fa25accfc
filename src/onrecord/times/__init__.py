"""When: time expressions, normalised to TIMEX3 values against the article's date or its own story.

In comes a :class:`~onrecord.parse.Parsed`; out go :class:`~onrecord.records.Time`. :func:`resolve` takes one expression and the day on
which it was said.
"""

from onrecord.times.finding import find
from onrecord.times.lexicon import Lexicon
from onrecord.times.resolving import resolve

__all__ = ["Lexicon", "find", "resolve"]
