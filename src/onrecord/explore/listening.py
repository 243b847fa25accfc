"""The server behind which an explorer runs, and what it bears from those who connect: how many, how large heads, how slow."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.explore.limiting import HEAD

CONNECTIONS = 500
"""Connections at once; a request on one more is answered 503."""
HEAD_SECONDS = 15.0
"""Within which they must have come, on a new connection or after the first byte of a later request."""
IDLE_SECONDS = 30
"""How long a connection stays open between requests."""
TAKEN_SECONDS = 60.0
"""Within which a visitor must take what waits to be sent."""


class Patient(H11Protocol):
    """A connection that is closed where its other end neither says what it wants nor takes what it asked for."""

    _head: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what comes; waiting ends when a request's head is there."""
        if self._head is None and self._idle():
            self._wait()
        super().data_received(data)
        if not self._idle():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop()
        super().connection_lost(exc)
        if self._taking is not None:
            self._taking.cancel()

    def pause_writing(self) -> None:
        """Wait until what was sent is taken."""
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(TAKEN_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._head = self.loop.call_later(HEAD_SECONDS, self._late)

    def _stop(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _late(self) -> None:
        self._head = None
        if self._idle() and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()


def config(app: Any, **more: Any) -> uvicorn.Config:
    """How an explorer is served; what ``more`` says comes on top."""
    bounds: dict[str, Any] = {"limit_concurrency": CONNECTIONS, "h11_max_incomplete_event_size": HEAD, "timeout_keep_alive": IDLE_SECONDS}
    told: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False, "date_header": False}
    return uvicorn.Config(app, **{"http": Patient, "ws": "none", **bounds, **told, **more})
