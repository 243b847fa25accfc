"""Who stands where on what: the positions that an article puts on record.

In come a :class:`~onrecord.parse.Parsed` and what earlier rooms found in it: the cast, times, attributions and events. Out go
:class:`~onrecord.records.Position`, each with its holder, act, object, evidence and basis. :func:`leanings` reads the same article
with the stance head: which of two who share a sentence is for or against the other.
"""

from onrecord.positions.finding import find
from onrecord.positions.head import Head
from onrecord.positions.leaning import Leaning, leanings
from onrecord.positions.lexicon import Lexicon

__all__ = ["Head", "Leaning", "Lexicon", "find", "leanings"]
