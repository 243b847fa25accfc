"""SQL of a user's own, which can read and nothing else."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import sqlite3
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import polars
from sqlalchemy import Engine

from onrecord.store.errors import QueryError
from onrecord.store.opening import BUSY
from onrecord.store.query.table import Table

Answer = tuple[list[str], list[tuple[Any, ...]], str | None]
"""The names of the columns, the rows, and what was left out."""

STEPS = 5_000
"""Steps of SQLite's between looks at the clock."""
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
FILES = {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "lsdir", "fsdir", "zipfile"}
"""Functions of SQLite that some builds have and that reach beyond the database."""
DESCRIBING = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list", "data_version"}
"""Pragmas that only tell what is there (the last is asked by the search in texts itself)."""

ASKING = re.compile(r"\s*(?:(?:--[^\n]*\n|/\*.*?\*/|\()\s*)*(?:select|with|values|table|explain|show)\b", re.IGNORECASE | re.DOTALL)
REACHING = re.compile(
    r"\b(?:pg_(?:terminate|cancel)_backend|pg_(?:read|ls|stat)_\w*(?:file|dir)\w*|pg_(?:reload|rotate|promote|switch|notify|sleep|logical|replication)\w*"
    r"|pg_(?:try_)?advisory\w*|lo_\w+|loread|lowrite|dblink\w*|set_config|\w*_to_xml\w*|ts_stat|ts_rewrite)\b|u&\s*[\"']",
    re.IGNORECASE,
)
"""Functions of PostgreSQL that act on the server or run other SQL, and the way to write their names so that they aren't seen."""
ABLE = "SELECT rolsuper OR pg_has_role(oid, 'pg_read_server_files', 'USAGE') OR pg_has_role(oid, 'pg_execute_server_program', 'USAGE')"
ROLE = f"{ABLE} OR pg_has_role(oid, 'pg_write_server_files', 'USAGE') FROM pg_roles WHERE rolname = session_user"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much a query may take; None is as much as it likes.

    Attributes:
        seconds: how long it may run.
        rows: the most rows that are given of it.
        size: the most bytes of text that are given of it.
    """

    seconds: float | None = None
    rows: int | None = None
    size: int | None = None

    @property
    def any(self) -> bool:
        """Whether anything is bounded: whoever asks is then not trusted with more than the record, either."""
        return (self.seconds, self.rows, self.size) != (None, None, None)


def ask(engine: Engine, query: str, bounds: Bounds | None = None) -> Table:
    """The rows of a query; ``notes`` of the table say where they are not all.

    Args:
        engine: the record.
        query: one statement.
        bounds: how much it may take.

    Raises:
        QueryError: it is not valid, does not only read, or takes longer than it may.
    """
    asked = bounds or Bounds()
    begin = time.monotonic()
    if "\x00" in query:
        raise QueryError("the query holds a NUL character")
    try:
        answer = _sqlite(str(engine.url.database), query, asked) if engine.dialect.name == "sqlite" else _postgresql(engine, query, asked)
    except (engine.dialect.loaded_dbapi.Error, sqlite3.Warning, ValueError) as error:
        if asked.seconds is not None and time.monotonic() - begin >= asked.seconds:
            raise QueryError(f"the query took longer than {asked.seconds:g} s: ask for less") from error
        raise QueryError(str(error).strip()) from error
    names, rows, note = answer
    return Table([dict(zip(names, row, strict=True)) for row in rows], _schema(names, rows), notes=[note] if note else ())


def _sqlite(path: str, query: str, bounds: Bounds) -> Answer:
    uri = f"file:{quote(path)}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=min(BUSY / 1000, bounds.seconds or BUSY))) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # attaching a file would make it
        connection.set_authorizer(_allowed)
        if bounds.size is not None:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, bounds.size)
        if bounds.seconds is not None:
            until = time.monotonic() + bounds.seconds
            connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
        cursor = connection.execute(query)
        return _names(cursor.description), *_taken(cursor, bounds)


def _allowed(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    """Whether SQLite may do something for a query: read, and call what stays within the database."""
    function = action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in FILES
    described = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in DESCRIBING
    declared = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"  # so SQLite makes its virtual tables known to itself; the file can't be written
    return sqlite3.SQLITE_OK if action in READING or function or described or declared else sqlite3.SQLITE_DENY


def _postgresql(engine: Engine, query: str, bounds: Bounds) -> Answer:
    with engine.connect().execution_options(postgresql_readonly=True) as connection, connection.begin():
        driver: Any = connection.connection.driver_connection
        if bounds.any:
            _harmless(driver, query)
        with driver.cursor() as cursor:
            if bounds.seconds is not None:
                cursor.execute(f"SET LOCAL statement_timeout = {max(1, round(bounds.seconds * 1000))}")
            if not bounds.any:
                cursor.execute(query, prepare=True)  # what is prepared can only be one statement
                return _names(cursor.description), cursor.fetchall(), None
            with contextlib.closing(cursor.stream(query)) as rows:  # one statement only, and no more rows than are taken
                found, note = _taken(rows, bounds)
            return _names(cursor.description), found, note


def _harmless(driver: Any, query: str) -> None:
    """Let through what a stranger may ask.

    Raises:
        QueryError: it is no question, it reaches beyond the database, or the database takes whoever asks for somebody who may.
    """
    if not ASKING.match(query):
        raise QueryError("the statement gives no rows: a record answers SELECT")
    if reaching := REACHING.search(query):
        raise QueryError(f"{reaching.group()} is not answered here")
    with driver.cursor() as cursor:
        if cursor.execute(ROLE).fetchone()[0]:
            raise QueryError("SQL is not answered here while the record is open as a role that can read or run files: open it as one that can't")


def _taken(rows: Iterable[tuple[Any, ...]], bounds: Bounds) -> tuple[list[tuple[Any, ...]], str | None]:
    """The rows that may be given, and what to say where there are more."""
    taken: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        if bounds.rows is not None and len(taken) >= bounds.rows:
            return taken, f"only the first {bounds.rows} rows are given"
        size += sum(len(cell) if isinstance(cell, str | bytes) else 8 for cell in row)
        if bounds.size is not None and size > bounds.size:
            return taken, f"only the first {len(taken)} rows are given: they are long"
        taken.append(row)
    return taken, None


def _names(description: Any) -> list[str]:
    """The names of the columns, each once."""
    if not description:
        raise QueryError("the statement gives no rows: a record answers SELECT")
    names: list[str] = []
    for name in (column[0] for column in description):
        known, number, own = set(names), 1, name
        while own in known:
            number += 1
            own = f"{name}_{number}"
        names.append(own)
    return names


def _schema(names: list[str], rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The types of the columns; text where the values of one are of several kinds."""
    try:
        return dict(polars.DataFrame(rows, schema=names, orient="row", infer_schema_length=None, strict=False).schema)
    except (polars.exceptions.PolarsError, OverflowError, TypeError, ValueError):
        return dict.fromkeys(names, polars.String)
