"""Across articles: which of them tell one story, and which event mentions are of one event."""

from onrecord.cluster.chains import EventMention, chains
from onrecord.cluster.stories import stories

__all__ = ["EventMention", "chains", "stories"]
