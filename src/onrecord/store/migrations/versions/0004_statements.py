"""Statements: which attributions, of any article, report one utterance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "statement_members",
        sa.Column("attribution_id", sa.Text(), nullable=False),
        sa.Column("statement_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("attribution_id", name="pk_statement_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statement_members_statement_id", "statement_members", ["statement_id"])
    op.create_table(
        "signatories",
        sa.Column("attribution_id", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["attribution_id"], ["statement_members.attribution_id"], name="fk_signatories_attribution_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attribution_id", "actor_id", name="pk_signatories"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_signatories_actor_id", "signatories", ["actor_id"])
