"""What a database says that is full, held, damaged or too slow, told so that a user knows what to do; and looking for damage."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, event

from onrecord.store.errors import BusyRecordError, DamagedRecordError, FullRecordError, RecordError, TooLongError

STEPS = 5_000
"""Steps of SQLite's between looks at the clock."""
FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
CANCELLED, NO_SPACE, NO_LOCK, CORRUPT = "57014", "53100", "55P03", ("XX001", "XX002")
"""What PostgreSQL calls them (its manual, appendix A)."""
SAVING = "nothing was written; restore a back-up, or save what can be read with `onrecord recover` (docs/faults.md)"


def tell(engine: Engine, name: str) -> None:
    """Have what an engine's database says about its faults raised as a :class:`RecordError`.

    Args:
        engine: the connections.
        name: the record as messages name it.
    """

    @event.listens_for(engine, "handle_error")
    def _(context: Any) -> None:
        if (told := of(context.original_exception, name)) is not None:
            raise told from context.original_exception


def of(error: BaseException, name: str) -> RecordError | None:
    """What a database's error means for a record; None where it is no fault of this kind."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _of_sqlite(code & 0xFF, error, name)
    state = getattr(error, "sqlstate", None)
    if state == CANCELLED:
        return TooLongError("it took longer than it may: ask for less")
    if state == NO_SPACE:
        return FullRecordError(f"{name}: the server's disk is full; what was added before stays: make room, then add the same paths again")
    if state == NO_LOCK:
        return BusyRecordError(f"{name}: another process is writing to it and has not let go: try again when it is done; nothing was lost")
    if state in CORRUPT:
        return DamagedRecordError(f"{name} is damaged ({error}): this is for the server's administrator; nothing was written")
    return None


def _of_sqlite(code: int, error: BaseException, name: str) -> RecordError | None:
    if code == sqlite3.SQLITE_CORRUPT:
        return DamagedRecordError(f"{name} is damaged ({error}): {SAVING}")
    if code in FULL:
        return FullRecordError(f"{name} can't be written ({error}): make room on its disk, then add the same paths again; what was added before stays")
    if code in HELD:
        return BusyRecordError(f"{name}: another process is writing to it and has not let go ({error}): try again when it is done; nothing was lost")
    if code == sqlite3.SQLITE_READONLY:
        return RecordError(f"{name} can't be written ({error}): this user may only read it")
    if code == sqlite3.SQLITE_INTERRUPT:
        return TooLongError("it took longer than it may: ask for less")
    return None


def look(path: str, *, seconds: float | None = None, thorough: bool = False, most: int = 20) -> list[str]:
    """What is wrong with the pages of a SQLite file, as SQLite says it; empty where nothing is, or nothing was found in time.

    Args:
        path: the file.
        seconds: how long to look; None for as long as it takes.
        thorough: whether to compare every index with its table, too, which takes longer.
        most: the most lines to give.
    """
    with contextlib.closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as connection:
        if seconds is not None:
            until = time.monotonic() + seconds
            connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
        try:
            said = [str(line) for (line,) in connection.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}({most})")]
        except sqlite3.DatabaseError as error:
            return [] if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT else [str(error)]
        return [] if said == ["ok"] else [" ".join(line.removeprefix("*** in database main ***").split()) for line in said]
