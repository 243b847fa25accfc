"""How feeds are watched."""

from __future__ import annotations

import dataclasses

from onrecord.read import ReadOptions

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How feeds are watched.

    Attributes:
        every: seconds between two polls of a feed; longer where the feed asks for it.
        from_feed: whether an item's own text is taken where its feed has all of it, and its page is left alone.
        revisit: seconds after which an item's page is looked at again, for what was revised without its feed saying so.
        reading: what holds for the articles.
        at_once: how many hosts are asked side by side.
        of_host: how many items of one host are fetched before others have their turn.
        of_round: how many items are fetched before they are coded and written.
        tries: how often an item is tried before it is given up.
        kept: seconds for which an item is remembered that is in no feed any more.
    """

    every: float = 30 * MINUTE
    from_feed: bool = False
    revisit: tuple[float, ...] = (6 * HOUR, DAY)
    reading: ReadOptions = dataclasses.field(default_factory=ReadOptions)
    at_once: int = 4
    of_host: int = 8
    of_round: int = 64
    tries: int = 8
    kept: float = 90 * DAY
