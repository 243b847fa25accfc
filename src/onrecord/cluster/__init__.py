"""Across articles: which print one text, which of them tell one story, and which event mentions are of one event."""

from onrecord.agencies import Credit, credit
from onrecord.cluster.chains import PairScorer, chains
from onrecord.cluster.components import components
from onrecord.cluster.copies import Sketch, Tie, sketch, tie
from onrecord.cluster.mentions import MentionText, mention_texts
from onrecord.cluster.origins import Index, Memory, Origin, copies, origin, origins
from onrecord.cluster.stories import stories

__all__ = [
    "Credit",
    "Index",
    "Memory",
    "MentionText",
    "Origin",
    "PairScorer",
    "Sketch",
    "Tie",
    "chains",
    "components",
    "copies",
    "credit",
    "mention_texts",
    "origin",
    "origins",
    "sketch",
    "stories",
    "tie",
]
