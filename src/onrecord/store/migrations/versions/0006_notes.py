"""What linking remembers takes less space: blocking keys as numbers, notes compressed and in a table with row ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from onrecord.store.noting import KEYS, hashed, packed, written_keys

revision = "0006"
down_revision = "0005"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
PORTION = 5_000


def upgrade() -> None:
    """Take the step."""
    op.drop_index("ix_blocking_keys_kind_item", "blocking_keys")
    for table in ("blocking_keys", "link_notes"):
        op.rename_table(table, f"{table}_before")
    if op.get_bind().dialect.name == "postgresql":  # constraints keep their names when a table is renamed
        for table in ("blocking_keys", "link_notes"):
            op.execute(f"ALTER TABLE {table}_before RENAME CONSTRAINT pk_{table} TO pk_{table}_before")
    keys = op.create_table(
        "blocking_keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("item", ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "item", name="pk_blocking_keys"),
        sqlite_with_rowid=False,
    )
    notes = op.create_table(
        "link_notes",
        sa.Column("item", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item", "kind", name="pk_link_notes"),
    )
    for rows in _portions("SELECT item, kind, body FROM link_notes_before"):
        op.bulk_insert(notes, [{"item": r.item, "kind": r.kind, "body": packed(bytes(r.body))} for r in rows])
    of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rows in _portions("SELECT kind, value, item FROM blocking_keys_before"):
        for r in rows:
            of[r.item, r.kind].append(hashed(r.kind, r.value))
    listed = sorted(of)
    for at in range(0, len(listed), PORTION):
        some = listed[at : at + PORTION]
        op.bulk_insert(keys, [{"key": key, "item": item} for item, kind in some for key in sorted(set(of[item, kind]))])
        op.bulk_insert(notes, [{"item": item, "kind": KEYS + kind, "body": packed(written_keys(sorted(set(of[item, kind]))))} for item, kind in some])
    for table in ("blocking_keys", "link_notes"):
        op.drop_table(f"{table}_before")


def _portions(query: str) -> Iterator[Sequence[Any]]:
    found = op.get_bind().execute(sa.text(query))
    while rows := found.fetchmany(PORTION):
        yield rows
