"""What pages ask of a large record: positions on events by day, and how many articles of which outlets lie between two days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from onrecord.store.opening import gauge

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Take the step."""
    op.create_index("ix_articles_searched", "articles", ["current", "published_from", "published_to", "publisher", "origin_id"])
    linked = "event_id IS NOT NULL"
    here, there = sa.text(f"current = 1 AND {linked}"), sa.text(f"current AND {linked}")
    op.create_index("ix_positions_on_events", "positions", ["said_from", "id"], sqlite_where=here, postgresql_where=there)
    gauge(op.get_bind())
