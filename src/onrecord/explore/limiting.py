"""How much a visitor may take: requests at once, time for an answer, time to bring a body."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.explore.problems import failed, problem
from onrecord.explore.settings import Settings
from onrecord.store import within

LOG = logging.getLogger(__name__)
BODY = 60.0
"""Seconds in which the body of a request must have come: 20 MB at 350 kB a second."""
HEAD = 32_768
"""Bytes that the address and headers of a request may have."""
LARGE = ("/data/", "/brief")
"""What gathers very much, and may take ten times as long."""
FREE = ("/healthz", "/static/")


class SlowError(HTTPException):
    """A request's body did not come in time."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_TIMEOUT, f"the request's body did not come within {BODY:g} s", headers={"connection": "close"})


class Limiting:
    """Middleware that answers a bounded number of requests at once, each within a bounded time; whatever fails is a problem, too.

    Args:
        app: what answers.
        settings: how many, and how long.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or say that there are too many."""
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if len(scope["path"]) + len(scope["query_string"]) + sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD:
            await problem(request, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"more than {HEAD} bytes of address and headers")(scope, receive, send)
            return
        if self._now >= self.settings.at_once:
            busy = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "too many ask at once: ask again in a moment")
            busy.headers["retry-after"] = "2"
            await busy(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        self._now += 1
        try:
            with within(self.settings.seconds * (10 if scope["path"].startswith(LARGE) else 1)):
                await self.app(scope, patient(receive), noted)
        except HTTPException:
            raise
        except Exception as error:
            if begun:
                raise
            await failed(request, error)(scope, receive, noted)
        finally:
            self._now -= 1


def patient(receive: Receive) -> Receive:
    """Waits for a body no longer than it may take."""
    loop = asyncio.get_running_loop()
    until = loop.time() + BODY
    whole = False

    async def received() -> Message:
        nonlocal whole
        if whole:  # what comes now is only that the visitor has gone
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError as error:
            raise SlowError from error
        whole = not message.get("more_body", False)
        return message

    return received
