"""Where: toponyms found and resolved to GeoNames. ``find`` gives the places of one article."""

from onrecord.places.find import find
from onrecord.places.lexicon import Lexicon
from onrecord.places.phrase import Candidate, resolve

__all__ = ["Candidate", "Lexicon", "find", "resolve"]
