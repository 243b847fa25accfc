"""The last positions of a country, or of one act, are had from an index in their order; those on events are chosen by an index alone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from onrecord.store.opening import gauge

revision = "0011"
down_revision = "0010"

CURRENT: dict[str, Any] = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}
LINKED: dict[str, Any] = {name: sa.text(f"{now} AND event_id IS NOT NULL") for name, now in (("sqlite_where", "current = 1"), ("postgresql_where", "current"))}
ON_EVENTS = ["said_from", "id", "current", "event_id", "review", "confidence", "holder_id", "holder_country", "holder_sector", "act", "stance"]


def upgrade() -> None:
    """Take the step."""
    for name in ("holder_country", "act", "on_events"):
        op.drop_index(f"ix_positions_{name}", "positions")
    op.create_index("ix_positions_holder_country", "positions", ["holder_country", "said_from", "id"], **CURRENT)
    op.create_index("ix_positions_act", "positions", ["act", "said_from", "id"], **CURRENT)
    op.create_index("ix_positions_on_events", "positions", ON_EVENTS, **LINKED)
    gauge(op.get_bind())
