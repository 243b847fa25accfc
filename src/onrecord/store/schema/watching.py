"""What watching feeds remembers: the feeds, the items that stood in them, and the hosts that were asked. Times are ISO 8601 in UTC."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from onrecord.store.schema.columns import Json, maybe, metadata, texts

DUE: dict[str, Any] = {"sqlite_where": text("due_at IS NOT NULL"), "postgresql_where": text("due_at IS NOT NULL")}

watched_feeds = Table(
    "watched_feeds",
    metadata,
    Column("address", Text, primary_key=True),
    *maybe("moved_to", "title", "etag", "modified", "checked_at", "answered_at", "due_at"),
    Column("failures", Integer, nullable=False),
    *texts("status"),
    *maybe("why"),
)

watched_items = Table(
    "watched_items",
    metadata,
    Column("address", Text, primary_key=True),
    *texts("link", "seen_at", "status"),
    *maybe("article", "etag", "modified", "fetched_at", "due_at", "why"),
    Column("tries", Integer, nullable=False),
    Column("fetches", Integer, nullable=False),
    Column("entry", Json),
    Index(None, "article"),
    Index(None, "due_at", **DUE),
)

watched_entries = Table(
    "watched_entries",
    metadata,
    Column("feed", Text, ForeignKey("watched_feeds.address", ondelete="CASCADE"), primary_key=True),
    Column("guid", Text, primary_key=True),
    *texts("item", "version", "seen_at"),
    Index(None, "item"),
)

watched_hosts = Table(
    "watched_hosts",
    metadata,
    Column("site", Text, primary_key=True),
    *maybe("robots", "robots_at", "not_before"),
    Column("sure", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
)
