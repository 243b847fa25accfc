"""Reviews of findings, corrections and retractions of articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
FINDINGS = ("article_actors", "attributions", "event_mentions", "framing", "places", "positions", "times")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "reviews",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("finding", ID, nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_start", sa.Integer(), nullable=False),
        sa.Column("words_end", sa.Integer(), nullable=False),
        sa.Column("says", JSON, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("holds_for", ID),
        sa.PrimaryKeyConstraint("key", name="pk_reviews"),
        sa.CheckConstraint("verdict IN ('confirmed', 'corrected', 'rejected')", name="ck_reviews_verdict"),
    )
    op.create_index("ix_reviews_finding", "reviews", ["finding"])
    op.create_index("ix_reviews_article", "reviews", ["article"])
    op.create_table(
        "corrections",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_corrections"),
        sa.CheckConstraint("kind IN ('correction', 'retraction', 'lifted')", name="ck_corrections_kind"),
    )
    op.create_index("ix_corrections_article", "corrections", ["article"])
    some = sa.text("review IS NOT NULL")
    for table in FINDINGS:
        op.add_column(table, sa.Column("review", sa.Text()))
        op.create_index(f"ix_{table}_review", table, ["review"], sqlite_where=some, postgresql_where=some)
