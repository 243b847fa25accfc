"""Opening a record: its address, its connections and its transactions."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from onrecord.store import faults
from onrecord.store.errors import NewerRecordError, NoRecordError, RecordError
from onrecord.store.migrations import revisions

BUSY = 60_000
"""How long, in milliseconds, a writer waits for another."""

PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is forgotten is overwritten
    "temp_store = MEMORY",
    "cache_size = -32000",
)
WRITES = "onrecord_writes"
PAUSE = 0.02
"""Seconds between tries of what SQLite does not wait for."""
LOCK = 0x6F6E_7265
"""The number of the lock in PostgreSQL that lets one process migrate at a time."""


def address(where: str | Path) -> URL:
    """The database URL of a record: a path is a SQLite file, ``postgresql://`` a database there.

    Raises:
        RecordError: it is neither.

    >>> address("record.db").drivername
    'sqlite'
    """
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise RecordError(f"{where!r} is no address of a record: give a path, or postgresql://user@host/database") from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        if find_spec("psycopg") is None:
            raise RecordError("a record in PostgreSQL needs psycopg: pip install 'onrecord[postgres]'")
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or url.database in (None, "", ":memory:"):
        raise RecordError(f"{where!r} is no address of a record: give the path of a file, or postgresql://user@host/database")
    return url


def opened(url: URL, *, create: bool, read_only: bool = False) -> Engine:
    """The engine of a record whose tables are up to date.

    Args:
        url: what :func:`address` made.
        create: whether to make the record where there is none.
        read_only: whether nothing is to be written by it.

    Raises:
        NoRecordError: there is none, and none is to be made.
        NewerRecordError: a newer version of onrecord made it.
        RecordError: it is a file or database of something else, can't be reached, or would have to be brought up to date to be read.
    """
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and not create and not Path(url.database or "").is_file():
        raise NoRecordError(f"there is no record {url.database}: make one with `onrecord add PATH… --db {url.database}`")
    engine = _sqlite(url, read_only=read_only) if sqlite else _postgresql(url, read_only=read_only)
    try:
        with engine.connect() as connection:
            version = _version(connection)
        if version is None and not create:
            raise NoRecordError(f"{shown(url)} holds no record yet: make one with `onrecord add PATH… --db`")
        if version != revisions()[-1] and read_only:
            raise RecordError(f"{shown(url)} was made by an earlier version of onrecord: `onrecord check {shown(url)}` brings it up to date")
        if version != revisions()[-1]:
            _migrate(engine)
    except (OperationalError, DatabaseError) as error:
        engine.dispose()
        raise RecordError(f"{shown(url)} can't be opened as a record: {error.orig}") from error
    except RecordError:
        engine.dispose()
        raise
    return engine


def _version(connection: Connection) -> str | None:
    """The last step that a record's tables have taken; None where there are no tables.

    Raises:
        NewerRecordError: this version does not know the step.
        RecordError: there are tables, and they are no record's.
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise RecordError(f"{shown(connection.engine.url)} is a database of something else: give a record another file or database")
        return None
    version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if version not in revisions():
        raise NewerRecordError(
            f"{shown(connection.engine.url)} was made by a newer version of onrecord (its tables are {version}, known are those up to {revisions()[-1]}):"
            " upgrade with pip install --upgrade onrecord"
        )
    return version


def _migrate(engine: Engine) -> None:
    """Take the steps that are missing, unless another process has just taken them."""
    with writing(engine) as connection:
        if _version(connection) != revisions()[-1]:
            import_module("onrecord.store.migrating").migrate(connection)


def shown(url: URL) -> str:
    """An address as messages name it: no password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: it waits for other writers first, so that it never fails half way for one of them."""
    server = engine.dialect.name == "postgresql"
    options = {"isolation_level": "READ COMMITTED"} if server else {WRITES: True}  # who has waited is to see what was written meanwhile
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if server:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY}")
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


def gauge(connection: Connection) -> None:
    """Let SQLite look at a sample of each index, so that it chooses well among them; PostgreSQL does so by itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 400")
        connection.exec_driver_sql("ANALYZE")


def _sqlite(url: URL, *, read_only: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY / 1000, "check_same_thread": False}, hide_parameters=True)  # no words of articles in messages
    faults.tell(engine, shown(url))

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing of its own: see below
        connection.execute(f"PRAGMA busy_timeout = {BUSY}")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            _read_while_written(connection)

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    return engine


def _read_while_written(connection: sqlite3.Connection) -> None:
    """Have reading go on while one writes (WAL). SQLite refuses at once, and does not wait, where another is just changing to it."""
    until = time.monotonic() + BUSY / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def _postgresql(url: URL, *, read_only: bool) -> Engine:
    options = {"postgresql_readonly": True} if read_only else {}
    # reading sees one state throughout
    engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ", hide_parameters=True, execution_options=options)
    faults.tell(engine, shown(url))
    return engine
