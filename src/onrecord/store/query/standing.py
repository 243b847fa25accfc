"""Positions and quotations: who stands where, and who says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true

from onrecord.store.query import paging
from onrecord.store.query.doing import DOING, DONE, does, verb
from onrecord.store.query.mentions import at_place
from onrecord.store.query.table import Row, Table, structure
from onrecord.store.query.walking import as_read, many_have
from onrecord.store.query.wanted import Filters, Wanted, among, articles_wanted, one_of, read, standing
from onrecord.store.reviewing import retractions
from onrecord.store.schema import actors, articles, attributions, event_mentions, events, positions

POSITION_FILTERS = (
    *("actor", "about", "country", "sector", "type", "act", "stance", "event", "place", "publisher", "text", "article", "story"),
    *("since", "until", "min_confidence", "reviewed"),
)
QUOTE_FILTERS = ("actor", "country", "sector", "type", "publisher", "text", "article", "story", "since", "until", "min_confidence", "reviewed")

STRING = polars.String
ARTICLE = {"article": STRING, "published": STRING, "publisher": STRING, "url": STRING}
SPAN = {"text": STRING, "start": polars.Int64, "end": polars.Int64}
POSITIONS = {
    "id": STRING,
    "holder": structure(name=STRING, id=STRING, country=STRING, sector=STRING),
    "act": STRING,
    "verb": STRING,
    "stance": STRING,
    "object": structure(**SPAN, kind=STRING, event_id=STRING, actor_id=STRING),
    "event": STRING,
    "event_reason": STRING,
    "event_confidence": polars.Float64,
    "said": structure(value=STRING, precision=STRING, reason=STRING),
    "status": STRING,
    "basis": STRING,
    "addressee": STRING,
    "said_by": STRING,
    "cue": STRING,
    "evidence": structure(**SPAN),
    **ARTICLE,
    "confidence": polars.Float64,
    "reason": STRING,
    "review": STRING,
    "retracted": STRING,
}
QUOTES = {
    "id": STRING,
    "kind": STRING,
    "speaker": structure(name=STRING, id=STRING, role=STRING, affiliation=STRING, on_behalf_of=STRING, anonymous=polars.Boolean),
    "cue": STRING,
    "content": structure(**SPAN),
    "channel": STRING,
    "parent": STRING,
    **ARTICLE,
    "confidence": polars.Float64,
    "reason": STRING,
    "review": STRING,
    "retracted": STRING,
}
OF_ARTICLE = (articles.c.id.label("article"), articles.c.published, articles.c.publisher, articles.c.url)


def positions_found(connection: Connection, wanted: Wanted) -> Table:
    """Positions, the last said first and the undated at the end.

    Args:
        connection: the record.
        wanted: which, how many, and after which.
    """
    filters = read(connection, wanted, of="positions", by=POSITION_FILTERS)
    limit = paging.more(filters.limit)
    p = positions.c
    query = select(p.key, p.said_from, p.id).where(*positions_wanted(connection, filters, walked=many_positions(connection, filters)))
    found = paging.page(connection, query, p.said_from, p.id, limit=limit, after=paging.read(filters.after))
    found = paging.whole(connection, full(true()), p.key, found)
    rows, following = paging.cut(found, filters.limit, lambda r: (r["said_from"], r["id"]))
    return Table(marked(connection, [position_row(r) for r in rows]), POSITIONS, next=following, notes=filters.notes)


def positions_wanted(connection: Connection, filters: Filters, *, walked: bool = False) -> list[ColumnElement[bool]]:
    """Conditions on positions.

    Args:
        connection: the record.
        filters: what is asked for.
        walked: whether the positions are gone through by an index of the caller's choice, and none by holder, act or stance is to be taken instead.
    """
    wanted = standing(positions, filters.reviewed)
    if filters.actor is not None:
        wanted.append(as_read(positions.c.holder_id, walked).in_(filters.actor))
    if filters.about is not None:
        wanted.append(as_read(positions.c.object_actor_id, walked).in_(filters.about))
    for column, values in (
        (positions.c.holder_country, filters.country),
        (positions.c.holder_sector, filters.sector),
        (positions.c.act, filters.act),
        (positions.c.stance, filters.stance),
    ):
        if values:
            wanted.append(one_of(as_read(column, walked), values))
    if filters.event:
        wanted.append(on_event(connection, filters.event))
    about = [one_of(event_mentions.c.type, [t.upper() for t in filters.type])] if filters.type else []
    if filters.place:
        about.append(at_place(event_mentions, filters.place))
    if about:
        wanted.append(positions.c.object_event_id.in_(select(event_mentions.c.id).where(event_mentions.c.current, *about)))
    if filters.since or filters.until:
        wanted.append(among(positions.c.said_from, positions.c.said_to, filters))
    if filters.min_confidence:
        wanted.append(positions.c.confidence >= filters.min_confidence)
    return wanted + articles_wanted(connection, filters, positions.c.article)


def many_positions(connection: Connection, filters: Filters) -> bool:
    """Whether so many positions are of those holders, on those actors, of those acts, that going through all is the sooner way to the first."""
    p = positions.c
    columns = ((p.holder_id, filters.actor), (p.object_actor_id, filters.about), (p.holder_country, filters.country), (p.act, filters.act))
    return many_have(connection, positions, [and_(p.current, column.in_(values)) for column, values in columns if values], limit=filters.limit)


def full(wanted: ColumnElement[bool]) -> Select[Any]:
    """Positions with their article, their holder's name and whoever says so, as :func:`position_row` reads them."""
    voice = and_(attributions.c.id == positions.c.attribution, attributions.c.article == positions.c.article, attributions.c.run == positions.c.run)
    own = [c for c in positions.columns if c.name != "article"]
    query = select(*own, *OF_ARTICLE, actors.c.name, attributions.c.speaker_name, attributions.c.source, attributions.c.cue, *DONE)
    query = query.select_from(positions).join(articles, articles.c.key == positions.c.article)
    return query.outerjoin(actors, actors.c.id == positions.c.holder_id).outerjoin(attributions, voice).outerjoin(DOING, does).where(wanted)


def on_event(connection: Connection, ids: Sequence[str]) -> ColumnElement[bool]:
    """A condition that a position is on one of some events, given by their ids or by those of mentions; a merged event is what it was merged into."""
    across: set[str] = set()
    asked = set(ids)
    while asked:
        found = connection.execute(select(events.c.id, events.c.merged_into).where(events.c.id.in_(asked))).all()
        across |= {r.id for r in found}
        asked = {r.merged_into for r in found if r.merged_into} - across
    mentions = set(ids) - across
    parts = [column.in_(sorted(some)) for column, some in ((positions.c.event_id, across), (positions.c.object_event_id, mentions)) if some]
    return or_(*parts)


def marked(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    """Rows with what is noted of their article: ``correction``, ``retraction`` or nothing."""
    marks = retractions(connection, (r["article"] for r in rows))
    return [{**r, "retracted": marks.get(r["article"])} for r in rows]


def position_row(r: Row) -> Row:
    """A position as a row of the table; what is noted of its article is for :func:`marked` to say."""
    return {
        "id": r["id"],
        "holder": {"name": r["name"] or r["holder"], "id": r["holder_id"], "country": r["holder_country"], "sector": r["holder_sector"]},
        "act": r["act"],
        "verb": verb(r),
        "stance": r["stance"],
        "object": {**_span(r, "object"), "kind": r["object_kind"], "event_id": r["object_event_id"], "actor_id": r["object_actor_id"]},
        "event": r["event_id"],
        "event_reason": r["event_reason"],
        "event_confidence": r["event_confidence"],
        "said": {"value": r["said"], "precision": r["said_precision"], "reason": r["said_reason"]},
        "status": r["status"],
        "basis": r["basis"],
        "addressee": r["addressee"],
        "said_by": r["speaker_name"] or r["source"],
        "cue": r["cue"],
        "evidence": _span(r, "evidence"),
        **{name: r[name] for name in ARTICLE},
        "confidence": r["confidence"],
        "reason": r["reason"],
        "review": r["review"],
    }


def quotes_found(connection: Connection, wanted: Wanted) -> Table:
    """Attributions, of the articles published last first.

    Args:
        connection: the record.
        wanted: which, how many, and after which; ``type`` is how they are put: ``direct``, ``indirect`` or ``mixed``.
    """
    filters = read(connection, wanted, of="quotes", by=QUOTE_FILTERS)
    limit = paging.more(filters.limit)
    a = attributions.c
    found = paging.page(
        connection, select(a.key, a.published_from, a.id).where(*_quotes_wanted(connection, filters)), a.published_from, a.id,
        limit=limit, after=paging.read(filters.after),
    )  # fmt: skip
    query = select(*OF_ARTICLE, *(c for c in attributions.columns if c.name != "article")).join(articles, articles.c.key == a.article)
    found = paging.whole(connection, query, a.key, found)
    rows, following = paging.cut(found, filters.limit, lambda r: (r["published_from"], r["id"]))
    return Table(marked(connection, [quoted(r) for r in rows]), QUOTES, next=following, notes=filters.notes)


def _quotes_wanted(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = standing(attributions, filters.reviewed)
    speaks = (attributions.c.speaker_id, attributions.c.on_behalf_of)
    if filters.actor is not None:
        walked = any(many_have(connection, attributions, [column.in_(filters.actor)], limit=filters.limit) for column in speaks)
        wanted.append(or_(*(as_read(column, walked).in_(filters.actor) for column in speaks)))
    if filters.country or filters.sector:
        who = select(actors.c.id).where(one_of(actors.c.country, filters.country), one_of(actors.c.sector, filters.sector))
        walked = many_have(connection, attributions, [attributions.c.speaker_id.in_(who)], limit=filters.limit)
        wanted.append(as_read(attributions.c.speaker_id, walked).in_(who))
    if filters.type:
        wanted.append(one_of(attributions.c.kind, filters.type))
    if filters.since or filters.until:
        wanted.append(among(attributions.c.published_from, attributions.c.published_to, filters))
    if filters.min_confidence:
        wanted.append(attributions.c.confidence >= filters.min_confidence)
    return wanted + articles_wanted(connection, filters, attributions.c.article)


def quoted(r: Row) -> Row:
    """A row of the table of attributions, with its article, as a quotation."""
    return {
        "id": r["id"],
        "kind": r["kind"],
        "speaker": {
            "name": r["speaker_name"] or r["source"],
            "id": r["speaker_id"],
            "role": r["speaker_role"],
            "affiliation": r["speaker_affiliation"],
            "on_behalf_of": r["on_behalf_of"],
            "anonymous": r["anonymous"],
        },
        "cue": r["cue"],
        "content": _span(r, "content"),
        "channel": r["channel"],
        "parent": r["parent"],
        **{name: r[name] for name in ARTICLE},
        "confidence": r["confidence"],
        "reason": r["reason"],
        "review": r["review"],
    }


def _span(r: Row, name: str) -> Row:
    return {"text": r[name], "start": r[f"{name}_start"], "end": r[f"{name}_end"]}
