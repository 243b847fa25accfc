"""Errors as problem details (RFC 9457) for programs and as a page for people; neither tells a path, a stack or a query."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.explore.templating import rendered
from onrecord.store import BusyRecordError, DamagedRecordError, FullRecordError, NoRecordError, QueryError, TooLongError

log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
TOO_LONG = "this takes too long: ask for less, by an actor or by days"


class MovedError(Exception):
    """What was asked for has another id by now, under which it is to be asked for.

    Args:
        id: that id.
        at: which part of the page was meant.
    """

    def __init__(self, *, id: str, at: str = "") -> None:
        super().__init__(id)
        self.id = id
        self.at = at


class NotThereError(Exception):
    """What was asked for is not in the record; the message says what it was."""


def handle(app: FastAPI) -> None:
    """Answer an application's errors with problems."""
    app.add_exception_handler(MovedError, _moved)
    app.add_exception_handler(NotThereError, lambda r, e: problem(r, HTTPStatus.NOT_FOUND, str(e)))
    app.add_exception_handler(NoRecordError, lambda r, _: problem(r, HTTPStatus.SERVICE_UNAVAILABLE, "the record can't be reached"))
    app.add_exception_handler(QueryError, lambda r, e: problem(r, HTTPStatus.BAD_REQUEST, str(e)))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(
        TooLongError, lambda r, _: problem(r, HTTPStatus.SERVICE_UNAVAILABLE, "this takes too long: ask for less, by an actor or by days")
    )
    app.add_exception_handler(BusyRecordError, _busy)
    app.add_exception_handler(FullRecordError, _no_room)
    app.add_exception_handler(DamagedRecordError, _damaged)
    app.add_exception_handler(SQLAlchemyError, failed)
    app.add_exception_handler(Exception, failed)


def problem(request: Request, status: HTTPStatus, detail: str, **more: Any) -> Response:
    """A problem: a page where a page was asked for, else problem details."""
    reference = _id(request) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    if wants_page(request):
        page = rendered(request, "problem.html.jinja", title=status.phrase, detail=detail, status=status.value, reference=reference)
        return Response(page, status, media_type="text/html")
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **more}
    if reference:
        body["instance"] = f"urn:onrecord:request:{reference}"
    return Response(msgspec.json.encode(body), status, media_type=PROBLEM)


def wants_page(request: Request) -> bool:
    """Whether a person asks, with a browser, for a page."""
    plain = not request.url.path.endswith((".json", ".csv", ".jsonl", ".parquet"))
    return plain and "text/html" in request.headers.get("accept", "")


def _moved(request: Request, error: Exception) -> Response:
    """The way to the same page, or data, under the other id."""
    assert isinstance(error, MovedError)
    asked = [(name, error.id if name == "id" else value) for name, value in request.query_params.multi_items()]
    part = f"#{quote(error.at)}" if error.at and wants_page(request) else ""
    return RedirectResponse(f"{request.url.path}?{urlencode(asked)}{part}", HTTPStatus.TEMPORARY_REDIRECT)


def _invalid(request: Request, error: Exception) -> Response:
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    said = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:]) or e['loc'][0]}: {e['msg']}" for e in wrong)
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, said or "what was asked for can't be read")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    answer = problem(request, status, error.detail if error.detail != status.phrase else "")
    answer.headers.update(error.headers or {})
    return answer


def failed(request: Request, error: Exception) -> Response:
    """What is said where something went wrong here; the log says what, under the same id."""
    _logged(request, error)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the server's log says what")


def _busy(request: Request, _: Exception) -> Response:
    answer = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "the record is being written to: try again in a while")
    answer.headers["retry-after"] = "30"
    return answer


def _no_room(request: Request, error: Exception) -> Response:
    _logged(request, error)
    return problem(request, HTTPStatus.INSUFFICIENT_STORAGE, "there is no room for it on the server; nothing was written")


def _damaged(request: Request, error: Exception) -> Response:
    _logged(request, error)
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "what was asked for stands in a damaged part of the record; the server's log says more")


def _logged(request: Request, error: Exception) -> None:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error, extra={"fields": {"id": _id(request)}})


def _id(request: Request) -> str | None:
    return getattr(request.state, "id", None)
