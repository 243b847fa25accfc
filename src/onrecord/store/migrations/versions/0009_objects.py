"""How sure it is that a position is on the event it was put on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take the step."""
    op.add_column("positions", sa.Column("event_confidence", sa.Float()))
