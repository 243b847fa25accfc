"""Who stands where on what: the positions that an article puts on record."""

from __future__ import annotations

from onrecord.parse import Parsed
from onrecord.positions.head import Head
from onrecord.positions.leaning import Leaning, leanings
from onrecord.positions.lexicon import Lexicon
from onrecord.positions.room import Room
from onrecord.records import Attribution, Cast, Event, Position, Time

__all__ = ["Head", "Leaning", "Lexicon", "find", "leanings"]


def find(
    parsed: Parsed, cast: Cast, times: tuple[Time, ...], attributions: tuple[Attribution, ...], events: tuple[Event, ...], *, lexicon: Lexicon
) -> tuple[Position, ...]:
    """The positions of an article, in text order.

    Args:
        parsed: the article.
        cast: its actors.
        times: its time expressions.
        attributions: who says what in it.
        events: what happens in it.
        lexicon: the words that take positions.
    """
    return Room(parsed, cast, times, attributions, events, lexicon).positions()
