"""Who did what to whom: events with their participants, date, place, figures, standing and voice."""

from onrecord.events.coding import find
from onrecord.events.head import Head
from onrecord.events.lexicon import Lexicon
from onrecord.events.relation import classify

__all__ = ["Head", "Lexicon", "classify", "find"]
