"""What people say of findings and of articles: reviews, corrections and retractions. Recoding leaves them as they are."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table

from onrecord.store.schema.columns import Id, Json, flag, key, maybe, metadata, span, texts

reviews = Table(
    "reviews",
    metadata,
    key(),
    Column("finding", Id, nullable=False),
    *texts("room", "article", "verdict"),
    Column("fields", Json, nullable=False),
    *texts("reviewer", "at"),
    *maybe("note"),
    *span("words"),
    Column("says", Json, nullable=False),
    flag("current"),
    Column("holds_for", Id),
    Index(None, "finding"),
    Index(None, "article"),
    CheckConstraint("verdict IN ('confirmed', 'corrected', 'rejected')", name="verdict"),
)

corrections = Table(
    "corrections",
    metadata,
    key(),
    *texts("article", "kind", "reviewer", "at"),
    *maybe("note"),
    Index(None, "article"),
    CheckConstraint("kind IN ('correction', 'retraction', 'lifted')", name="kind"),
)
