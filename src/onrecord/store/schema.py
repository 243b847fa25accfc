"""The tables of a record, the same in SQLite and PostgreSQL. docs/record.md tells what each column means.

A finding stands in a row with its article and run, so that every row says what it was read from and what made it; ids are the
report's own. A row is ``current`` until a later run has coded its article anew; it is kept then, and marked. Offsets are 0-based
code points into ``articles.text``, end exclusive; days are bounds, both inclusive, within which a date lies.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

Key = BigInteger().with_variant(Integer, "sqlite")
Id = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by code point everywhere, as cursors need it."""
Json = JSON().with_variant(JSONB, "postgresql")
CURRENT: dict[str, Any] = {"sqlite_where": text("current = 1"), "postgresql_where": text("current")}
ALONE: dict[str, Any] = {"sqlite_where": text("current = 1 AND event_id IS NULL"), "postgresql_where": text("current AND event_id IS NULL")}
PENDING: dict[str, Any] = {"sqlite_where": text("pending = 1"), "postgresql_where": text("pending")}
STALE: dict[str, Any] = {"sqlite_where": text("stale = 1"), "postgresql_where": text("stale")}


def _key() -> Column[Any]:
    return Column("key", Key, primary_key=True, autoincrement=False)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean(create_constraint=False), nullable=False)


def _text(*names: str) -> list[Column[Any]]:
    """Columns that must hold text."""
    return [Column(name, Id if name == "id" else Text, nullable=False) for name in names]


def _maybe(*names: str) -> list[Column[Any]]:
    """Columns that may hold text."""
    return [Column(name, Text) for name in names]


def _span(name: str) -> list[Column[Any]]:
    """The characters of an article, and where they stand."""
    return [Column(name, Text, nullable=False), *_offsets(name)]


def _offsets(name: str) -> list[Column[Any]]:
    return [Column(f"{name}_start", Integer, nullable=False), Column(f"{name}_end", Integer, nullable=False)]


def _days(name: str) -> list[Column[Any]]:
    return [Column(f"{name}_from", Date), Column(f"{name}_to", Date)]


def _finding(name: str, *columns: Column[Any] | Index) -> Table:
    """A table of findings: each row with its article, run, id, reason and whether it is current."""
    return Table(
        name,
        metadata,
        _key(),
        *_text("id"),
        Column("article", Key, nullable=False),
        Column("run", Key, nullable=False),
        _flag("current"),
        *columns,
        *_text("reason"),
        ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], ondelete="CASCADE"),
        Index(None, "article", "run"),
        Index(None, "id"),
    )


def _part(name: str, of: Table, *columns: Column[Any] | Index, key: tuple[str, ...] = ("n",)) -> Table:
    """A table of what belongs to a finding: gone when the finding goes."""
    owner = Column("finding", Key, ForeignKey(of.c.key, ondelete="CASCADE"), primary_key=True)
    ids = [Column(k, Integer if k == "n" else Text, primary_key=True) for k in key]
    return Table(name, metadata, owner, *ids, *columns, sqlite_with_rowid=False)


def _confidence() -> Column[Any]:
    return Column("confidence", Float, nullable=False)


# What the record rests on

counters = Table("counters", metadata, Column("name", Text, primary_key=True), Column("last", Key, nullable=False))

articles = Table(
    "articles",
    metadata,
    _key(),
    *_text("id"),
    _flag("current"),
    *_text("fingerprint", "text_sha256", "language"),
    *_maybe("title", "published", "published_reason", "publisher", "byline", "url"),
    *_days("published"),
    *_text("added_at"),
    *_maybe("retrieved_at"),
    _flag("pending"),
    Column("origin_id", Text, ForeignKey("origins.id", ondelete="SET NULL"), index=True),
    Column("story_id", Text, ForeignKey("stories.id", ondelete="SET NULL"), index=True),
    *_text("text"),  # last: what stands behind it in a row could only be had by reading through it
    UniqueConstraint("id", "fingerprint"),
    Index("ix_articles_id_current", "id", unique=True, **CURRENT),
    Index(None, "published_from"),
    Index(None, "publisher"),
    Index(None, "pending", **PENDING),
)

runs = Table(
    "runs",
    metadata,
    _key(),
    Column("id", Id, nullable=False, unique=True),
    *_text("coder", "version"),
    *_maybe("model"),
    Column("codebooks", Json, nullable=False),
    Column("operating_point", Json, nullable=False),
    *_text("status", "started_at"),
    *_maybe("finished_at"),
    Column("superseded_by", Key, ForeignKey("runs.key", ondelete="SET NULL"), index=True),
    CheckConstraint("status IN ('running', 'stopped', 'finished')", name="status"),
)

codings = Table(
    "codings",
    metadata,
    Column("article", Key, ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("run", Key, ForeignKey("runs.key", ondelete="CASCADE"), primary_key=True),
    _flag("current"),
    *_text("coded_at"),
    *_maybe("superseded_at"),
    Column("superseded_by", Key, ForeignKey("runs.key", ondelete="SET NULL"), index=True),
    Column("warnings", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "run", "current"),
    sqlite_with_rowid=False,
)

skips = Table(
    "skips",
    metadata,
    _key(),
    *_text("source"),
    Column("line", Integer),
    *_text("reason", "message", "skipped_at"),
    Index(None, "source"),
)

forgotten = Table("forgotten", metadata, Column("id_sha256", Text, primary_key=True), *_text("forgotten_at"))

# Who, where, when

actors = Table("actors", metadata, Column("id", Id, primary_key=True), *_text("name"), *_maybe("country", "sector"), *_text("kind"))

actor_names = Table(
    "actor_names",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
    Index(None, "name"),
    sqlite_with_rowid=False,
)

article_actors = _finding(
    "article_actors",
    *_text("name"),
    *_maybe("country", "sector"),
    *_text("kind"),
    *_maybe("role", "affiliation", "affiliation_id"),
    Index(None, "country", "sector"),
)
actor_mentions = _part("actor_mentions", article_actors, *_span("text"), Column("head", Integer, nullable=False), *_text("form", "reason"))

places = _finding(
    "places",
    *_span("text"),
    Column("geonameid", Integer),
    *_text("name"),
    *_maybe("country"),
    *_text("use"),
    *_maybe("as_written"),
    _flag("disputed"),
    Column("lat", Float),
    Column("lon", Float),
    *_text("precision"),
    _confidence(),
    Index(None, "country"),
    Index(None, "geonameid"),
)

times = _finding("times", *_span("text"), *_text("type", "value"), *_days("day"), _confidence())

# Who says what, who did what to whom, who stands where, in what words

attributions = _finding(
    "attributions",
    *_text("kind"),
    *_maybe("speaker_id", "speaker_name", "speaker_role", "speaker_affiliation", "on_behalf_of"),
    _flag("anonymous"),
    *_maybe("source", "cue", "cue_class"),
    *_text("content"),
    Column("content_start", Integer),
    Column("content_end", Integer),
    *_maybe("channel", "parent"),
    *_days("published"),
    _confidence(),
    Index("ix_attributions_published", "published_from", "id", **CURRENT),
    Index(None, "speaker_id"),
    Index(None, "speaker_name"),
    Index(None, "on_behalf_of"),
)
attribution_spans = _part("attribution_spans", attributions, *_offsets("text"), key=("part", "n"))

event_mentions = _finding(
    "event_mentions",
    *_text("type"),
    *_maybe("mode"),
    Column("quad", Integer),
    *_maybe("cameo"),
    Column("contexts", Json, nullable=False),
    *_span("trigger"),
    *_span("evidence"),
    *_maybe("date", "date_end", "date_precision", "date_reason"),
    *_days("date"),
    *_maybe("place_id", "place_name", "place_country"),
    Column("place_geonameid", Integer),
    Column("place_lat", Float),
    Column("place_lon", Float),
    *_maybe("place_precision"),
    *_text("veridicality"),
    *_maybe("claimed_by"),
    _confidence(),
    Column("event_id", Text, ForeignKey("events.id", ondelete="SET NULL")),
    Index(None, "event_id"),
    Index("ix_event_mentions_alone", "date_from", "id", **ALONE),
    Index("ix_event_mentions_type", "type", "date_from", **CURRENT),
    Index("ix_event_mentions_date", "date_from", "id", **CURRENT),
    Index("ix_event_mentions_place", "place_country", "date_from", **CURRENT),
    Index("ix_event_mentions_place_name", "place_name", "date_from", **CURRENT),
    Index("ix_event_mentions_place_geonameid", "place_geonameid", "date_from", **CURRENT),
)
participants = _part(
    "participants",
    event_mentions,
    *_span("text"),
    *_maybe("actor_id", "country", "sector"),
    Index(None, "actor_id"),
    Index(None, "country", "sector"),
    key=("role", "n"),
)
magnitudes = _part(
    "magnitudes",
    event_mentions,
    *_text("what"),
    Column("low", Float),
    Column("high", Float),
    *_maybe("unit"),
    *_span("text"),
    *_maybe("claimed_by"),
)

positions = _finding(
    "positions",
    *_span("holder"),
    *_maybe("holder_id", "holder_country", "holder_sector"),
    *_text("act", "stance"),
    *_span("object"),
    *_text("object_kind"),
    *_maybe("object_event_id", "object_actor_id"),
    *_span("evidence"),
    *_maybe("said"),
    *_text("said_precision", "said_reason"),
    *_days("said"),
    *_text("status"),
    *_maybe("addressee", "addressee_id", "act_event_id"),
    *_text("basis"),
    *_maybe("attribution"),
    _confidence(),
    Column("event_id", Text, ForeignKey("events.id", ondelete="SET NULL")),
    *_maybe("event_reason"),
    Index("ix_positions_event", "event_id", "said_from"),
    Index(None, "object_event_id"),
    Index(None, "object_actor_id"),
    Index("ix_positions_holder", "holder_id", "said_from", **CURRENT),
    Index("ix_positions_holder_country", "holder_country", "holder_sector", "said_from", **CURRENT),
    Index("ix_positions_act", "act", "stance", "said_from", **CURRENT),
    Index("ix_positions_said", "said_from", "id", **CURRENT),
)

framing = _finding("framing", *_text("about"), *_span("term"), *_text("category"), *_maybe("attribution"), _confidence(), Index(None, "about"))

# Across articles: what clustering makes of them (onrecord.store.linking)

origins = Table("origins", metadata, Column("id", Id, primary_key=True), *_maybe("title"), *_days("published"), *_text("made_at"))

stories = Table("stories", metadata, Column("id", Id, primary_key=True), *_maybe("title"), *_days("published"), *_text("made_at"))

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    _flag("current"),
    _flag("stale"),
    *_text("type"),
    *_maybe("mode", "title"),
    *_maybe("date", "date_end", "date_precision", "date_reason"),
    *_days("date"),
    *_maybe("place_name", "place_country"),
    Column("place_geonameid", Integer),
    Column("place_lat", Float),
    Column("place_lon", Float),
    *_maybe("place_precision", "status"),
    Column("disagreements", Json, nullable=False),
    Column("part_of", Text, ForeignKey("events.id", ondelete="SET NULL"), index=True),
    Column("merged_into", Text, ForeignKey("events.id", ondelete="SET NULL"), index=True),
    Column("confidence", Float),
    *_text("made_at", "changed_at"),
    Index(None, "stale", **STALE),
    Index("ix_events_type", "type", "date_from", **CURRENT),
    Index("ix_events_date", "date_from", "id", **CURRENT),
    Index("ix_events_place", "place_country", "date_from", **CURRENT),
    Index("ix_events_place_name", "place_name", "date_from", **CURRENT),
    Index("ix_events_place_geonameid", "place_geonameid", "date_from", **CURRENT),
)

event_members = Table(
    "event_members",
    metadata,
    Column("mention_id", Text, primary_key=True),
    Column("event_id", Text, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("confidence", Float),
    *_maybe("reason"),
    sqlite_with_rowid=False,
)

events_log = Table(
    "events_log",
    metadata,
    _key(),
    *_text("at", "what", "event_id"),
    Column("other_ids", Json, nullable=False),
    *_maybe("reason"),
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
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Index(None, "kind", "item"),
    sqlite_with_rowid=False,
)

link_notes = Table(
    "link_notes",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

FINDINGS = {
    "actors": article_actors,
    "places": places,
    "times": times,
    "attributions": attributions,
    "events": event_mentions,
    "positions": positions,
    "framing": framing,
}
"""The table of each room of a report."""
