"""Who may do what, and what a browser may do with a page.

Reading on this machine needs nothing. Writing, and reading from elsewhere, needs the token: as ``Authorization: Bearer TOKEN``, or given once
on the page ``/sign-in``, after which a cookie that scripts can't read and other sites can't send stands for it.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Form, Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.explore.problems import problem
from onrecord.explore.settings import Settings
from onrecord.explore.templating import rendered

PLOT = "sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww="
"""The one style sheet that Observable Plot puts into each chart, always the same."""
POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' '{PLOT}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # under no-referrer, browsers send forms of our own with the origin null
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "onrecord_session"
LARGEST = 20_000_000
"""Bytes that a request may bring."""
SAFE = ("GET", "HEAD", "OPTIONS")
OPEN = ("/sign-in", "/static/")
"""What anybody may see: the page to sign in, and what it is made of."""
HEALTH = "/healthz"
"""What anybody may ask, under any name: it tells nothing but whether the explorer works."""

router = APIRouter(include_in_schema=False)


class TooLargeError(HTTPException):
    """A request brings more than is taken."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {LARGEST // 1_000_000} MB")


class Guard:
    """Middleware that lets in who may come in, and says with each response what a browser may do with it."""

    def __init__(self, app: ASGIApp, *, settings: Settings, sessions: set[str]) -> None:
        self.app, self.settings, self.sessions = app, settings, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if head := scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        request = Request(scope, receive)
        request.state.head = head
        request.state.signed_in = self._signed_in(request)
        refused = self._refused(request)
        taken = 0

        async def measured() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST:
                raise TooLargeError
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if refused is not None:
            await refused(scope, receive, guarded)
            return
        try:
            await self.app(scope, measured, guarded)
        except TooLargeError as error:
            await problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error.detail)(scope, receive, guarded)

    def _signed_in(self, request: Request) -> bool:
        token = self.settings.token
        if token is None:
            return False
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and secrets.compare_digest(given.strip().encode(), token.encode()):
            return True
        return request.cookies.get(COOKIE, "") in self.sessions

    def _refused(self, request: Request) -> Response | None:
        """What is answered instead to a request that may not come in."""
        settings = self.settings
        if request.url.path == HEALTH and request.method in SAFE:
            return None
        if "*" not in settings.hosts and _name(request.headers.get("host", "")) not in settings.hosts:
            return problem(request, HTTPStatus.MISDIRECTED_REQUEST, "this explorer is not called by that name: start it with --host-name to allow it")
        if request.url.path.startswith(OPEN):
            return None if request.method in SAFE or _own_origin(request) else problem(request, HTTPStatus.FORBIDDEN, "the request comes from another site")
        if not settings.open_reading and not request.state.signed_in:
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
            return _unauthorised(request)
        if request.method in SAFE:
            return None
        if not settings.write:
            return problem(request, HTTPStatus.FORBIDDEN, "this explorer only reads: start it with --write to change the record")
        if not request.state.signed_in:
            return _unauthorised(request)
        return None if _own_origin(request) else problem(request, HTTPStatus.FORBIDDEN, "the request comes from another site")


def protect(app: FastAPI, settings: Settings) -> None:
    """Guard an application."""
    app.state.sessions = set()
    app.include_router(router)
    app.add_middleware(Guard, settings=settings, sessions=app.state.sessions)


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """Ask for the token."""
    return Response(rendered(request, "sign-in.html.jinja", title="Sign in", wrong=False), media_type="text/html")


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Take the token, and remember who gave it."""
    expected = request.app.state.settings.token
    if expected is None or not secrets.compare_digest(token.strip().encode(), expected.encode()):
        page = rendered(request, "sign-in.html.jinja", title="Sign in", wrong=True)
        return Response(page, HTTPStatus.FORBIDDEN, media_type="text/html")
    session = secrets.token_urlsafe(32)
    request.app.state.sessions.add(session)
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return answer


def _unauthorised(request: Request) -> Response:
    answer = problem(request, HTTPStatus.UNAUTHORIZED, "give the token: Authorization: Bearer TOKEN, or on the page /sign-in")
    answer.headers["www-authenticate"] = "Bearer"
    return answer


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    return host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdecimal() else host


def _own_origin(request: Request) -> bool:
    """Whether a page of this explorer, or a program, makes the request, and not a page of another site."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
