"""Who did what to whom: events with their participants, date, place, figures, standing and voice."""

from onrecord.events.codebook import Codebook, CodebookError, place
from onrecord.events.extending import extended
from onrecord.events.finding import find
from onrecord.events.head import Head
from onrecord.events.lexicon import Lexicon
from onrecord.events.relation import classify

__all__ = ["Codebook", "CodebookError", "Head", "Lexicon", "classify", "extended", "find", "place"]
