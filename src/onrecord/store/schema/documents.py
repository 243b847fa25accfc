"""What a record rests on: articles, the runs that coded them, what was skipped and what was forgotten."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from onrecord.store.schema.columns import CURRENT, PENDING, Id, Json, Key, days, flag, key, maybe, metadata, texts

counters = Table("counters", metadata, Column("name", Text, primary_key=True), Column("last", Key, nullable=False))

articles = Table(
    "articles",
    metadata,
    key(),
    *texts("id"),
    flag("current"),
    *texts("fingerprint", "text_sha256", "language"),
    *maybe("title", "published", "published_reason", "publisher", "byline", "url"),
    *days("published"),
    *texts("added_at"),
    *maybe("retrieved_at"),
    flag("pending"),
    Column("origin_id", Text, ForeignKey("origins.id", ondelete="SET NULL"), index=True),
    Column("story_id", Text, ForeignKey("stories.id", ondelete="SET NULL"), index=True),
    *texts("text"),  # last: what stands behind it in a row could only be had by reading through it
    UniqueConstraint("id", "fingerprint"),
    Index("ix_articles_id_current", "id", unique=True, **CURRENT),
    Index("ix_articles_published", "published_from", "id", **CURRENT),
    Index("ix_articles_searched", "current", "published_from", "published_to", "publisher", "origin_id"),
    Index(None, "publisher"),
    Index(None, "pending", **PENDING),
    Index("ix_articles_outlets", "publisher", "published_from", "id", "origin_id", **CURRENT),
    Index("ix_articles_printed", "origin_id", "published_from", "publisher", **CURRENT),
)

runs = Table(
    "runs",
    metadata,
    key(),
    Column("id", Id, nullable=False, unique=True),
    *texts("coder", "version"),
    *maybe("model"),
    Column("codebooks", Json, nullable=False),
    Column("operating_point", Json, nullable=False),
    *texts("status", "started_at"),
    *maybe("finished_at"),
    Column("superseded_by", Key, ForeignKey("runs.key", ondelete="SET NULL"), index=True),
    CheckConstraint("status IN ('running', 'stopped', 'finished')", name="status"),
)

codings = Table(
    "codings",
    metadata,
    Column("article", Key, ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("run", Key, ForeignKey("runs.key", ondelete="CASCADE"), primary_key=True),
    flag("current"),
    *texts("coded_at"),
    *maybe("superseded_at"),
    Column("superseded_by", Key, ForeignKey("runs.key", ondelete="SET NULL"), index=True),
    Column("warnings", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "run", "current"),
    sqlite_with_rowid=False,
)

skips = Table(
    "skips",
    metadata,
    key(),
    *texts("source"),
    Column("line", Integer),
    *texts("reason", "message", "skipped_at"),
    Index(None, "source"),
)

forgotten = Table("forgotten", metadata, Column("id_sha256", Text, primary_key=True), *texts("forgotten_at"))
