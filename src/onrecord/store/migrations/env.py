"""What alembic runs to take the steps: on the connection it is given, in the transaction that is open."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection

from onrecord.store.schema import metadata

BESIDE = ("articles_fts", "ix_articles_words")
"""What SQLite's FTS5 and PostgreSQL's text search need beside the common tables."""


def ours(_item: Any, name: str | None, _kind: str, _reflected: bool, _compared: Any) -> bool:
    """Whether alembic is to compare it with the schema."""
    return not (name or "").startswith(BESIDE)


def run(connection: Connection) -> None:
    """Take the steps."""
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False, include_object=ours)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
