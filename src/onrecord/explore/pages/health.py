"""Whether the explorer works, for whatever starts and watches it."""

from __future__ import annotations

import asyncio
import logging
import threading

import anyio
import msgspec
from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from onrecord.explore.depending import Opened
from onrecord.store import RecordError, within

LOG = logging.getLogger(__name__)
SECONDS = 5.0
router = APIRouter()
AT_ONCE = 2
_asking = threading.BoundedSemaphore(AT_ONCE)


@router.get(
    "/healthz",
    tags=["health"],
    summary="Whether the record can be read",
    response_class=Response,
    responses={200: {"description": "It can", "content": {"application/json": {"schema": {"type": "object"}}}}, 503: {"description": "It can't"}},
)
async def healthz(record: Opened) -> Response:
    """``ok`` where the record can be read just now, else that it can't; nothing about the machine, so that it needs no token."""

    def ask() -> None:
        with _asking, within(SECONDS):
            record.answers()

    try:
        async with asyncio.timeout(SECONDS):
            # a limiter of its own: not behind all who wait for pages
            await anyio.to_thread.run_sync(ask, limiter=anyio.CapacityLimiter(1), abandon_on_cancel=True)
    except TimeoutError:
        return _said(503, "the record does not answer in time")
    except (RecordError, SQLAlchemyError, OSError) as error:
        LOG.warning("the record can't be read", exc_info=error)
        return _said(503, "the record can't be read")
    return _said(200, None)


def _said(status: int, problem: str | None) -> Response:
    body = {"status": "ok"} if problem is None else {"status": "failing", "problem": problem}
    return Response(msgspec.json.encode(body), status, media_type="application/json", headers={"cache-control": "no-store"})
