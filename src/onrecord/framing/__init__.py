"""To be written."""

from __future__ import annotations

from onrecord.parse import Parsed
from onrecord.records import Attribution, Cast, Event, Framing

__all__ = ["Lexicon", "find"]


class Lexicon:
    """What the room knows, loaded once."""

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        return cls()


def find(parsed: Parsed, cast: Cast, events: tuple[Event, ...], attributions: tuple[Attribution, ...], *, lexicon: Lexicon) -> tuple[Framing, ...]:
    return ()
