"""What linking makes of articles, mentions and attributions across articles (onrecord.store.linking), and what it remembers."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from onrecord.store.schema.columns import CURRENT, MAPPED, PLACED, STALE, Id, Json, days, flag, key, maybe, metadata, texts

origins = Table("origins", metadata, Column("id", Id, primary_key=True), *maybe("title"), *days("published"), *texts("made_at"))

stories = Table("stories", metadata, Column("id", Id, primary_key=True), *maybe("title"), *days("published"), *texts("made_at"))

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    flag("current"),
    flag("stale"),
    *texts("type"),
    *maybe("mode", "title"),
    *maybe("date", "date_end", "date_precision", "date_reason"),
    *days("date"),
    *maybe("place_name", "place_country"),
    Column("place_geonameid", Integer),
    Column("place_lat", Float),
    Column("place_lon", Float),
    *maybe("place_precision", "status"),
    Column("disagreements", Json, nullable=False),
    Column("part_of", Text, ForeignKey("events.id", ondelete="SET NULL"), index=True),
    Column("merged_into", Text, ForeignKey("events.id", ondelete="SET NULL"), index=True),
    Column("confidence", Float),
    *texts("made_at", "changed_at"),
    Index(None, "stale", **STALE),
    Index("ix_events_type", "type", "date_from", **CURRENT),
    Index("ix_events_date", "date_from", "id", **CURRENT),
    Index("ix_events_place", "place_country", "date_from", **CURRENT),
    Index("ix_events_place_name", "place_name", "date_from", **CURRENT),
    Index("ix_events_place_geonameid", "place_geonameid", "date_from", **CURRENT),
    Index("ix_events_map", *MAPPED, "id", **PLACED),
)

event_members = Table(
    "event_members",
    metadata,
    Column("mention_id", Text, primary_key=True),
    Column("event_id", Text, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("confidence", Float),
    *maybe("reason"),
    sqlite_with_rowid=False,
)

events_log = Table(
    "events_log",
    metadata,
    key(),
    *texts("at", "what", "event_id"),
    Column("other_ids", Json, nullable=False),
    *maybe("reason"),
    Index(None, "event_id"),
    CheckConstraint("what IN ('made', 'merged', 'split', 'emptied')", name="what"),
)

statement_members = Table(
    "statement_members",
    metadata,
    Column("attribution_id", Text, primary_key=True),
    Column("statement_id", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)

signatories = Table(
    "signatories",
    metadata,
    Column("attribution_id", Text, ForeignKey("statement_members.attribution_id", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", Text, primary_key=True),
    Index(None, "actor_id"),
    sqlite_with_rowid=False,
)

blocking_keys = Table(
    "blocking_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("item", Id, primary_key=True),
    sqlite_with_rowid=False,
)
"""``key`` is a hash of what a thing is found by."""

link_notes = Table(
    "link_notes",
    metadata,
    Column("item", Id, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""With row ids in SQLite: without them rows as large as these would take twice the space."""
