"""Across articles: which print one text, which of them tell one story, and which event mentions are of one event."""

from onrecord.cluster.agencies import Credit, credit
from onrecord.cluster.chains import EventMention, chains
from onrecord.cluster.copies import Sketch, Tie, sketch, tie
from onrecord.cluster.origins import Index, Memory, Origin, components, copies, origin, origins
from onrecord.cluster.stories import stories

__all__ = [
    "Credit",
    "EventMention",
    "Index",
    "Memory",
    "Origin",
    "Sketch",
    "Tie",
    "chains",
    "components",
    "copies",
    "credit",
    "origin",
    "origins",
    "sketch",
    "stories",
    "tie",
]
