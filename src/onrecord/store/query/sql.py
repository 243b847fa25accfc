"""SQL of a user's own, which can read and nothing else."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import Any
from urllib.parse import quote

import polars
from sqlalchemy import Engine

from onrecord.store.errors import QueryError
from onrecord.store.opening import BUSY
from onrecord.store.query.table import Table

Answer = tuple[list[str], list[tuple[Any, ...]]]


def ask(engine: Engine, query: str) -> Table:
    """The rows of a query.

    Args:
        engine: the record.
        query: one statement.

    Raises:
        QueryError: it is not valid, or it does not only read.
    """
    try:
        names, rows = _sqlite(str(engine.url.database), query) if engine.dialect.name == "sqlite" else _postgresql(engine, query)
    except (engine.dialect.loaded_dbapi.Error, sqlite3.Warning) as error:
        raise QueryError(str(error).strip()) from error
    frame = polars.DataFrame(rows, schema=names, orient="row", infer_schema_length=None, strict=False)
    return Table([dict(zip(names, row, strict=True)) for row in rows], dict(frame.schema))


def _sqlite(path: str, query: str) -> Answer:
    uri = f"file:{quote(path)}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY / 1000)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # attaching a file would make it
        cursor = connection.execute(query)
        return _names(cursor.description), cursor.fetchall()


def _postgresql(engine: Engine, query: str) -> Answer:
    with engine.connect().execution_options(postgresql_readonly=True) as connection, connection.begin():
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor:
            cursor.execute(query, prepare=True)  # what is prepared can only be one statement
            return _names(cursor.description), cursor.fetchall()


def _names(description: Any) -> list[str]:
    """The names of the columns, each once."""
    if not description:
        raise QueryError("the statement gives no rows: a record answers SELECT")
    names: list[str] = []
    for name in (column[0] for column in description):
        same = names.count(name)
        names.append(f"{name}_{same + 1}" if same else name)
    return names
