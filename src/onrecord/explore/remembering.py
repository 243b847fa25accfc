"""Answers that were given are given again while the record is as it was: most readers ask for the same pages."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from weakref import WeakValueDictionary

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1_000_000
"""Bytes of an answer that is remembered."""
PATIENCE = 10.0
"""Seconds for which a page is given again to who only reads, though the record has changed: while articles are added, it changes all the time."""
MOST = 64_000_000
"""Bytes of all answers that are remembered; those that were not asked for longest go first."""
NEVER = ("/static/", "/data/", "/sign-in", "/add", "/adding", "/review", "/correction", "/brief", "/openapi.json", "/healthz")
"""What is quick, is of one person, tells of something under way, or is too large."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer, and the state of the record that it is of."""

    version: str
    headers: list[tuple[bytes, bytes]]
    tag: str
    body: bytes
    at: float


class Remembering:
    """Middleware that gives an answer again where the same is asked for and the record has not changed.

    Args:
        app: what answers.
        version: tells the state of the record: the same only where every answer is.
        patience: for how many seconds a page is given again to readers though the record has changed.
    """

    def __init__(self, app: ASGIApp, *, version: Callable[[], str], patience: float = PATIENCE) -> None:
        self.app, self.version, self.patience = app, version, patience
        self._given: OrderedDict[bytes, Given] = OrderedDict()
        self._asking = CapacityLimiter(1)  # a thread of its own: what is remembered does not wait for what has to be made
        self._size = 0
        self._lock = threading.Lock()
        self._making: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give an answer again, or hand the request on and remember what is answered."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NEVER):
            await self.app(scope, receive, send)
            return
        version = await run_sync(self.version, limiter=self._asking)  # before anything is read, so that nothing older is taken for newer
        headers = Headers(scope=scope)
        key = _key(scope, headers)
        async with self._making.setdefault(key, asyncio.Lock()):  # of many who ask for the same at once, one has it made
            known = self._known(key, version, _may_be_late(scope, headers))
            if known is None:
                await self.app(_unconditional(scope), receive, self._remembering(key, version, headers, send))
        if known is not None:
            await _again(known, headers, send)

    def _remembering(self, key: bytes, version: str, asked: Headers, send: Send) -> Send:
        """Takes an answer: a whole one of a good length is remembered, anything else only sent."""
        start: Message | None = None
        pieces: list[bytes] = []

        async def taken(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _may_be_kept(message):
                start = message
                return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            pieces.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(pieces)
            tag = Headers(raw=start["headers"]).get("etag", "")
            given = Given(version=version, headers=list(start["headers"]), tag=tag, body=body, at=time.monotonic())
            self._keep(key, given)
            await _again(given, asked, send)

        return taken

    def _known(self, key: bytes, version: str, late: bool) -> Given | None:
        with self._lock:
            found = self._given.get(key)
            if found is None or (found.version != version and not (late and time.monotonic() - found.at < self.patience)):
                return None
            self._given.move_to_end(key)
            return found

    def _keep(self, key: bytes, given: Given) -> None:
        with self._lock:
            old = self._given.pop(key, None)
            self._size -= len(old.body) if old else 0
            self._given[key] = given
            self._size += len(given.body)
            while self._size > MOST:
                _, gone = self._given.popitem(last=False)
                self._size -= len(gone.body)


def _key(scope: Scope, headers: Headers) -> bytes:
    """What an answer depends on besides the record: the address, what is wanted, and who asks."""
    asks = (headers.get(name, "") for name in ("host", "accept", "cookie", "sec-fetch-site"))
    signed = scope.get("state", {}).get("signed_in", False)
    return b"\x00".join([scope["path"].encode(), scope["query_string"], *(a.encode() for a in asks), str(signed).encode()])


def _may_be_late(scope: Scope, headers: Headers) -> bool:
    """Whether it is a page that is asked for, by somebody who can't have changed anything."""
    return "text/html" in headers.get("accept", "") and not scope["path"].endswith((".json", ".csv")) and not scope.get("state", {}).get("signed_in", False)


def _unconditional(scope: Scope) -> Scope:
    """The request as one that has nothing yet, so that the whole answer is made."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]}


def _may_be_kept(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    length = int(headers.get("content-length", LARGEST + 1))
    return message["status"] == HTTPStatus.OK and "etag" in headers and "set-cookie" not in headers and length <= LARGEST


async def _again(given: Given, asked: Headers, send: Send) -> None:
    same = given.tag in (tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(","))
    status = HTTPStatus.NOT_MODIFIED if same else HTTPStatus.OK
    kept = [(n, v) for n, v in given.headers if not same or n not in (b"content-length", b"content-type")]
    await send({"type": "http.response.start", "status": status.value, "headers": kept})
    await send({"type": "http.response.body", "body": b"" if same else given.body})
