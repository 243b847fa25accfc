"""Feeds that are watched, the items that stood in them, and the hosts that were asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from onrecord.store.schema.columns import Json

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "watched_feeds",
        sa.Column("address", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("moved_to", "title", "etag", "modified", "checked_at", "answered_at", "due_at")),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("address", name="pk_watched_feeds"),
    )
    op.create_table(
        "watched_items",
        sa.Column("address", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("link", "seen_at", "status")),
        *(sa.Column(name, sa.Text()) for name in ("article", "etag", "modified", "fetched_at", "due_at", "why")),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.Column("entry", Json),
        sa.PrimaryKeyConstraint("address", name="pk_watched_items"),
    )
    op.create_index("ix_watched_items_article", "watched_items", ["article"])
    due = sa.text("due_at IS NOT NULL")
    op.create_index("ix_watched_items_due_at", "watched_items", ["due_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "watched_entries",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("item", "version", "seen_at")),
        sa.PrimaryKeyConstraint("feed", "guid", name="pk_watched_entries"),
        sa.ForeignKeyConstraint(["feed"], ["watched_feeds.address"], name="fk_watched_entries_feed", ondelete="CASCADE"),
    )
    op.create_index("ix_watched_entries_item", "watched_entries", ["item"])
    op.create_table(
        "watched_hosts",
        sa.Column("site", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("robots", "robots_at", "not_before")),
        sa.Column("sure", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_watched_hosts"),
    )
