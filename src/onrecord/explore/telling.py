"""A line of the log for each request, and an id by which an error that a visitor sees is found there.

A line has the path, the names of what was asked with it, status, length and time; not the values, which tell what somebody searches for, nor who asked.
"""

from __future__ import annotations

import logging
import secrets
import time
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("onrecord.explore.requests")
HEADER = "x-request-id"
LONGEST = 200
"""Characters of a path that are told."""


class Telling:
    """Middleware that gives each request an id and tells how it was answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and tell."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id = scope.setdefault("state", {})["id"] = secrets.token_hex(6)
        begin = time.monotonic()
        status, size = 0, 0

        async def told(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = id
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            if LOG.isEnabledFor(logging.INFO):
                asked = {"id": id, "method": scope["method"], "path": scope["path"][:LONGEST], "asked": _names(scope["query_string"])}
                LOG.info("request", extra={"fields": {**asked, "status": status, "bytes": size, "ms": round((time.monotonic() - begin) * 1000, 1)}})


def _names(query: bytes) -> list[str]:
    """The names in a query, each once, without their values."""
    try:
        return sorted({name[:LONGEST] for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=100)})
    except ValueError:
        return ["…"]
