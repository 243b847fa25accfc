"""How an explorer is run."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from onrecord.workers import Coder

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How an explorer is run.

    Attributes:
        token: what a visitor must give to write, and to read where ``open_reading`` is false.
        write: whether articles can be added and findings reviewed at all.
        open_reading: whether reading needs no token: only for an explorer that this machine alone can reach.
        hosts: the names by which it may be called; a request under another name is refused (DNS rebinding).
        coder: makes what codes articles that are added from a page; without it none can be.
        rows: how many rows a page shows.
        at_once: how many requests are answered at once; one more is asked to come again.
        seconds: how long the questions of one page may take together; of a whole list, an export or a brief ten times as long.
    """

    token: str | None = None
    write: bool = False
    open_reading: bool = True
    hosts: tuple[str, ...] = LOOPBACK
    coder: Callable[[], Coder] | None = None
    rows: int = 50
    at_once: int = 100
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.token is None and (self.write or not self.open_reading):
            raise ValueError("writing, and reading from another machine, need a token")
