"""Across articles: which print one text, which of them tell one story, and which event mentions are of one event.

In come articles and reports, or what a record has waiting (:class:`onrecord.store.Links`); out go groups of their ids: origins,
stories, statements, events. :class:`onrecord.cluster.linker.Linker` does all of it for a record, a batch at a time.
"""

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
