"""Where: toponyms found and resolved to GeoNames. ``find`` gives the places of one article."""

from onrecord.places.finding import find
from onrecord.places.lexicon import Lexicon
from onrecord.places.resolving import Candidate, resolve

__all__ = ["Candidate", "Lexicon", "find", "resolve"]
