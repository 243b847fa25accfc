"""Event mentions → chains: mentions in any article that are of one event.

A first version: articles are grouped by topic, then mentions with the same head lemma within a
topic are one chain. It knows nothing of participants, place and time yet.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from onrecord.cluster.similarity import average_link, pairs, vectors

TOPIC = 0.2


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """A mention to be chained: the number of its document, and the lemma of its head."""

    document: int
    lemma: str


def chains(documents: Sequence[Sequence[str]], mentions: Sequence[EventMention]) -> list[int]:
    """A chain number for each mention, in their order.

    Args:
        documents: the lemmas of each document.
        mentions: their mentions, in any order.
    """
    items = vectors(documents)
    topics = average_link(len(items), pairs(items, least=TOPIC / 4), least=TOPIC)
    seen: dict[tuple[int, str], int] = {}
    return [seen.setdefault((topics[m.document], m.lemma), len(seen)) for m in mentions]
