"""What takes long works in threads of its own, so that no page waits behind it."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Literal, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

Kind = Literal["sql", "file"]
SLOTS: dict[Kind, int] = {"sql": 3, "file": 3}
"""Threads for statements of SQL, of which two are worked at and one waits, and for lists, exports and briefs that are taken away."""
Found = TypeVar("Found")


class Longer:
    """The threads for what takes long, of one application."""

    def __init__(self) -> None:
        self._limiters = {kind: CapacityLimiter(count) for kind, count in SLOTS.items()}

    async def run(self, kind: Kind, work: Callable[[], Found]) -> Found:
        """Do something in one of the threads for what is of its kind, when one is free."""
        return await run_sync(work, limiter=self._limiters[kind])

    async def pieces(self, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces of a file, each made in one of the threads; between two of them, while somebody takes the one, the thread is free."""
        try:
            while (piece := await self.run("file", functools.partial(next, pieces, None))) is not None:
                yield piece
        finally:
            if (close := getattr(pieces, "close", None)) is not None:
                close()


def longer(kind: Kind, find: Callable[..., Found]) -> Callable[..., Awaitable[Found]]:
    """What finds an answer, working in the threads for what takes long; one of its parameters is ``request``."""

    @functools.wraps(find)
    async def found(**given: Any) -> Found:
        threads: Longer = given["request"].app.state.longer
        return await threads.run(kind, functools.partial(find, **given))

    return found
