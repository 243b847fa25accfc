"""In which state a record is: whether anything in it has changed since."""

from __future__ import annotations

import sqlite3
import threading
from urllib.parse import quote

from sqlalchemy import Engine, text

SNAPSHOT = text("SELECT pg_current_snapshot()::text")


class State:
    """Tells the state of a record, for as long as this lives.

    SQLite counts what others write for each connection that asks, so that one connection is kept for asking; PostgreSQL says which transactions
    can be seen.

    Args:
        engine: the record.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def now(self) -> str:
        """A text that is another whenever something has changed."""
        if self._engine.dialect.name == "postgresql":
            with self._engine.connect() as connection:
                return str(connection.execute(SNAPSHOT).scalar())
        with self._lock:
            if self._connection is None:
                self._connection = sqlite3.connect(f"file:{quote(str(self._engine.url.database))}?mode=ro", uri=True, check_same_thread=False)
            return str(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the connection that asks."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
