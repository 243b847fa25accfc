"""How long the questions to a record may take, for whoever answers strangers."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection

from onrecord.store.errors import TooLongError
from onrecord.store.faults import STEPS

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextlib.contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Give all questions that are asked here so many seconds together; later ones raise :class:`TooLongError`.

    Args:
        seconds: how long; None for as long as they take.
    """
    token = _until.set(None if seconds is None else time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


@contextlib.contextmanager
def bounded(connection: Connection) -> Iterator[None]:
    """Interrupt what is asked of a connection when its time is over.

    Args:
        connection: in a transaction.

    Raises:
        TooLongError: it is over already, or comes to be.
    """
    until = _until.get()
    if until is None:
        yield
        return
    if (left := until - time.monotonic()) <= 0:
        raise TooLongError("it took longer than it may: ask for less")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(left * 1000))}")
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: time.monotonic() > until, STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
