"""Articles → stories: articles that tell of one event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.cluster.similarity import average_link, pairs, terms, vectors
from onrecord.records import Article

LEAST = 0.11
YEAR = 365
YEARS_APART = 2
FADE = 0.3


def stories(articles: Sequence[Article]) -> list[int]:
    """A story number for each article, in their order.

    Likeness counts for less the further apart two articles were published (up to 30 % less after a year),
    and two articles more than two years apart are never one story, however alike: a second election in
    the same region is another story.
    """
    items = vectors(terms(f"{a.title or ''}\n{a.title or ''}\n{a.text}") for a in articles)
    days = [_day(a.published) for a in articles]

    def apart(i: int, j: int) -> int:
        a, b = days[i], days[j]
        return abs((a - b).days) if a and b else 0

    alike = {(i, j): s * (1 - FADE * min(1.0, apart(i, j) / YEAR)) for (i, j), s in pairs(items, least=LEAST / 4).items()}
    return average_link(len(items), alike, least=LEAST, allowed=lambda i, j: apart(i, j) <= YEARS_APART * YEAR)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
