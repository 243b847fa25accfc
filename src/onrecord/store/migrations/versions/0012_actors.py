"""In how many articles an actor is, so that those in the most are found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

FILL = "UPDATE actors SET articles = (SELECT coalesce(sum(n.articles), 0) FROM actor_names n WHERE n.id = actors.id)"


def upgrade() -> None:
    """Take the step."""
    op.add_column("actors", sa.Column("articles", sa.Integer(), nullable=False, server_default="0"))
    op.execute(FILL)
    op.create_index("ix_actors_articles_id", "actors", ["articles", "id"])
    op.create_index("ix_actors_country_sector", "actors", ["country", "sector"])
