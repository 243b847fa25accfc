"""What maps, timelines and lists of events ask: places with their days, and which mentions are sure enough, without reading the mentions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

PLACE = [f"place_{name}" for name in ("name", "country", "geonameid", "lat", "lon", "precision")]
PLACE += ["date_from", "date_to", "date_precision", "date", "type"]


def upgrade() -> None:
    """Take the step."""
    member = sa.text("event_id IS NOT NULL")
    op.drop_index("ix_event_mentions_event_id", "event_mentions")
    op.create_index("ix_event_mentions_event_id", "event_mentions", ["event_id"], sqlite_where=member, postgresql_where=member)
    op.drop_index("ix_event_mentions_alone", "event_mentions")
    op.create_index("ix_event_mentions_alone", "event_mentions", ["date_from", "id", "confidence", "review", "place_lat"], **_where("event_id IS NULL"))
    op.create_index("ix_events_map", "events", [*PLACE, "id"], **_where("place_lat IS NOT NULL"))
    op.create_index("ix_event_mentions_map", "event_mentions", [*PLACE, "confidence", "review"], **_where("event_id IS NULL AND place_lat IS NOT NULL"))
    op.create_index("ix_event_mentions_sure", "event_mentions", ["event_id", "confidence", "review"], **_where("event_id IS NOT NULL"))


def _where(more: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(f"current = 1 AND {more}"), "postgresql_where": sa.text(f"current AND {more}")}
