"""Where: toponyms found and resolved to GeoNames.

In come a :class:`~onrecord.parse.Parsed` and its :class:`~onrecord.records.Cast`; out go :class:`~onrecord.records.Place`, none
overlapping another. :func:`resolve` takes one name without an article and gives each :class:`Candidate` with its share.
"""

from onrecord.places.finding import find
from onrecord.places.lexicon import Lexicon
from onrecord.places.resolving import Candidate, resolve

__all__ = ["Candidate", "Lexicon", "find", "resolve"]
