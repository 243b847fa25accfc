"""Rows that are inserted, or take the place of those with the same key."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.store.unfolding import Row


def upsert(connection: Connection, table: Table, rows: list[Row], *, key: Sequence[str], keep: Collection[str] = ()) -> None:
    """Insert rows; where the key is there already, the row takes the new values.

    Args:
        connection: in a transaction that writes.
        table: the table.
        rows: a value for every column.
        key: the columns that no two rows share.
        keep: columns that keep their value.
    """
    statement = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(table)
    new = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in key and c.name not in keep}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=new), rows)
