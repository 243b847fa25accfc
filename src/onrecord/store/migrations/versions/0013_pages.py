"""Articles are gone through in the order of their days by an index alone, and a country's actors by how many articles they are in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from onrecord.store.opening import gauge

revision = "0013"
down_revision = "0012"

CURRENT: dict[str, Any] = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}


def upgrade() -> None:
    """Take the step."""
    op.drop_index("ix_articles_published_from", "articles")
    op.create_index("ix_articles_published", "articles", ["published_from", "id"], **CURRENT)
    op.create_index("ix_actors_country_articles_id", "actors", ["country", "articles", "id"])
    gauge(op.get_bind())
