"""To be written."""

from __future__ import annotations

from onrecord.parse import Parsed
from onrecord.records import Attribution, Cast, Event, Position, Time

__all__ = ["Lexicon", "find"]


class Lexicon:
    """What the room knows, loaded once."""

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        return cls()


def find(parsed: Parsed, cast: Cast, times: tuple[Time, ...], attributions: tuple[Attribution, ...], events: tuple[Event, ...], *, lexicon: Lexicon) -> tuple[Position, ...]:
    return ()
