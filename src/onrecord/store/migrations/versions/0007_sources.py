"""Indexes that answer who published what, and which of it are copies, without reading articles."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

CURRENT: dict[str, Any] = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}


def upgrade() -> None:
    """Take the step."""
    op.create_index("ix_articles_outlets", "articles", ["publisher", "published_from", "id", "origin_id"], **CURRENT)
    op.create_index("ix_articles_printed", "articles", ["origin_id", "published_from", "publisher"], **CURRENT)
