"""How far a run has come."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(slots=True, kw_only=True)
class Tally:
    """How far it has come.

    Attributes:
        shards: how many there are to do.
        finished: how many are done.
        before: how many were done by earlier runs.
        bytes: of the shards to do.
        read: of these, how many have been read and coded.
        articles: how many were coded by this run.
        characters: of their texts.
        skipped: how many documents gave nothing.
        left_out: how many documents were not asked for.
        seconds: since the first was coded.
    """

    shards: int = 0
    finished: int = 0
    before: int = 0
    bytes: int = 0
    read: int = 0
    articles: int = 0
    characters: int = 0
    skipped: int = 0
    left_out: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that are left, as far as can be told."""
        return self.seconds * (self.bytes - self.read) / self.read if self.seconds and self.read else None
