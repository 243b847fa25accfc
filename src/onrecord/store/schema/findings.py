"""The findings of articles: who, where and when, who says what, who did what to whom, who stands where, in what words."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text

from onrecord.store.schema.columns import (
    ALONE,
    CURRENT,
    LINKED,
    MAPPED,
    MEMBER,
    PLACED_ALONE,
    Id,
    Json,
    confidence,
    days,
    finding,
    flag,
    maybe,
    metadata,
    offsets,
    part,
    span,
    texts,
)

actors = Table(
    "actors",
    metadata,
    Column("id", Id, primary_key=True),
    *texts("name"),
    *maybe("country", "sector"),
    *texts("kind"),
    Column("articles", Integer, nullable=False, server_default="0"),
    Index(None, "articles", "id"),
    Index(None, "country", "sector"),
    Index(None, "country", "articles", "id"),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
    Index(None, "name"),
    sqlite_with_rowid=False,
)

article_actors = finding(
    "article_actors",
    *texts("name"),
    *maybe("country", "sector"),
    *texts("kind"),
    *maybe("role", "affiliation", "affiliation_id"),
    Index(None, "country", "sector"),
)
actor_mentions = part("actor_mentions", article_actors, *span("text"), Column("head", Integer, nullable=False), *texts("form", "reason"))

places = finding(
    "places",
    *span("text"),
    Column("geonameid", Integer),
    *texts("name"),
    *maybe("country"),
    *texts("use"),
    *maybe("as_written"),
    flag("disputed"),
    Column("lat", Float),
    Column("lon", Float),
    *texts("precision"),
    confidence(),
    Index(None, "country"),
    Index(None, "geonameid"),
)

times = finding("times", *span("text"), *texts("type", "value"), *days("day"), confidence())

# Who says what, who did what to whom, who stands where, in what words

attributions = finding(
    "attributions",
    *texts("kind"),
    *maybe("speaker_id", "speaker_name", "speaker_role", "speaker_affiliation", "on_behalf_of"),
    flag("anonymous"),
    *maybe("source", "cue", "cue_class"),
    *texts("content"),
    Column("content_start", Integer),
    Column("content_end", Integer),
    *maybe("channel", "parent"),
    *days("published"),
    confidence(),
    Index("ix_attributions_published", "published_from", "id", **CURRENT),
    Index(None, "speaker_id"),
    Index(None, "speaker_name"),
    Index(None, "on_behalf_of"),
)
attribution_spans = part("attribution_spans", attributions, *offsets("text"), by=("part", "n"))

event_mentions = finding(
    "event_mentions",
    *texts("type"),
    *maybe("mode"),
    Column("quad", Integer),
    *maybe("cameo"),
    Column("contexts", Json, nullable=False),
    *span("trigger"),
    *span("evidence"),
    *maybe("date", "date_end", "date_precision", "date_reason"),
    *days("date"),
    *maybe("place_id", "place_name", "place_country"),
    Column("place_geonameid", Integer),
    Column("place_lat", Float),
    Column("place_lon", Float),
    *maybe("place_precision"),
    *texts("veridicality"),
    *maybe("claimed_by"),
    confidence(),
    Column("event_id", Text, ForeignKey("events.id", ondelete="SET NULL")),
    Index(None, "event_id", **MEMBER),
    Index("ix_event_mentions_type", "type", "date_from", **CURRENT),
    Index("ix_event_mentions_date", "date_from", "id", **CURRENT),
    Index("ix_event_mentions_place", "place_country", "date_from", **CURRENT),
    Index("ix_event_mentions_place_name", "place_name", "date_from", **CURRENT),
    Index("ix_event_mentions_place_geonameid", "place_geonameid", "date_from", **CURRENT),
)
Index("ix_event_mentions_alone", *(event_mentions.c[name] for name in ("date_from", "id", "confidence", "review", "place_lat")), **ALONE)
Index("ix_event_mentions_map", *(event_mentions.c[name] for name in (*MAPPED, "confidence", "review")), **PLACED_ALONE)
Index("ix_event_mentions_sure", *(event_mentions.c[name] for name in ("event_id", "confidence", "review")), **LINKED)

participants = part(
    "participants",
    event_mentions,
    *span("text"),
    *maybe("actor_id", "country", "sector"),
    Index(None, "actor_id"),
    Index(None, "country", "sector"),
    by=("role", "n"),
)
magnitudes = part(
    "magnitudes",
    event_mentions,
    *texts("what"),
    Column("low", Float),
    Column("high", Float),
    *maybe("unit"),
    *span("text"),
    *maybe("claimed_by"),
)

ON_EVENTS = ("said_from", "id", "current", "event_id", "review", "confidence", "holder_id", "holder_country", "holder_sector", "act", "stance")
"""What positions on events are chosen by."""
positions = finding(
    "positions",
    *span("holder"),
    *maybe("holder_id", "holder_country", "holder_sector"),
    *texts("act", "stance"),
    *span("object"),
    *texts("object_kind"),
    *maybe("object_event_id", "object_actor_id"),
    *span("evidence"),
    *maybe("said"),
    *texts("said_precision", "said_reason"),
    *days("said"),
    *texts("status"),
    *maybe("addressee", "addressee_id", "act_event_id"),
    *texts("basis"),
    *maybe("attribution"),
    confidence(),
    Column("event_id", Text, ForeignKey("events.id", ondelete="SET NULL")),
    *maybe("event_reason"),
    Column("event_confidence", Float),
    Index("ix_positions_event", "event_id", "said_from"),
    Index(None, "object_event_id"),
    Index(None, "object_actor_id"),
    Index("ix_positions_holder", "holder_id", "said_from", **CURRENT),
    Index("ix_positions_holder_country", "holder_country", "said_from", "id", **CURRENT),
    Index("ix_positions_act", "act", "said_from", "id", **CURRENT),
    Index("ix_positions_said", "said_from", "id", **CURRENT),
)
Index("ix_positions_on_events", *(positions.c[name] for name in ON_EVENTS), **LINKED)

framing = finding("framing", *texts("about"), *span("term"), *texts("category"), *maybe("attribution"), confidence(), Index(None, "about"))

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
