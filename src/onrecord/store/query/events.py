"""Events: those across articles, and the mentions that are members of none, each an event of its own until they are linked."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import polars
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, select
from sqlalchemy import Table as Schema

from onrecord.store.query import paging
from onrecord.store.query.mentions import itself_wanted, many_are, mentions_wanted
from onrecord.store.query.table import Row, Table, structure
from onrecord.store.query.wanted import HELD, Filters, Wanted, read, standing
from onrecord.store.reviewing import retractions
from onrecord.store.schema import actors, articles, event_members, event_mentions, events, magnitudes, participants, positions

FILTERS = (
    "actor",
    "source",
    "target",
    "country",
    "sector",
    "type",
    "place",
    "publisher",
    "text",
    "article",
    "story",
    "since",
    "until",
    "min_confidence",
    "reviewed",
)
LONGEST = 110
ONLY = ("confirmed", "rejected")
"""What reviews say that an event has only if a mention of it does."""
PORTION = 500

STRING = polars.String
SCHEMA = {
    "id": STRING,
    "type": STRING,
    "mode": STRING,
    "title": STRING,
    "date": structure(value=STRING, end=STRING, precision=STRING, reason=STRING),
    "place": structure(name=STRING, country=STRING, geonameid=polars.Int64, lat=polars.Float64, lon=polars.Float64),
    "actors": polars.List(structure(name=STRING, id=STRING, country=STRING, sector=STRING, role=STRING)),
    "magnitudes": polars.List(structure(what=STRING, low=polars.Float64, high=polars.Float64, unit=STRING)),
    "status": STRING,
    "origins": polars.List(structure(id=STRING, articles=polars.List(STRING), publishers=polars.List(STRING))),
    "positions": polars.List(structure(**dict.fromkeys(("id", "holder", "holder_id", "act", "stance", "status", "said", "article"), STRING))),
    "mentions": polars.List(STRING),
    "confidence": polars.Float64,
    "review": STRING,
    "retracted": STRING,
}
OWN = ("id", "type", "mode", "date", "date_end", "date_precision", "date_reason", "date_from")
WHERE = ("place_name", "place_country", "place_geonameid", "place_lat", "place_lon")
ALONE = (*OWN, *WHERE, "key", "evidence", "evidence_start", "trigger_start", "veridicality", "confidence", "review")
"""What is needed of a mention that is an event of its own."""


def find(connection: Connection, wanted: Wanted, *, placed: bool = False) -> Table:
    """Events, the latest first and the undated at the end.

    Args:
        connection: the record.
        wanted: which, how many, and after which; an event across articles is one if any of its mentions satisfies the filters.
        placed: only those that have a place with coordinates.
    """
    filters = read(connection, wanted, of="events", by=FILTERS)
    after = paging.read(filters.after)
    limit = paging.more(filters.limit)
    across, single = linked(connection, filters, placed=placed), unlinked(connection, filters, placed=placed)
    found = paging.page(connection, across, events.c.date_from, events.c.id, limit=limit, after=after)
    alone = paging.page(connection, single, event_mentions.c.date_from, event_mentions.c.id, limit=limit, after=after)
    merged = sorted([*found, *alone], key=lambda r: (r["date_from"] is not None, str(r["date_from"]), r["id"]), reverse=True)
    rows, following = paging.cut(merged, filters.limit, lambda r: (r["date_from"], r["id"]))
    return Table(list(described(connection, rows)), SCHEMA, next=following, notes=filters.notes)


def linked(connection: Connection, filters: Filters, *, placed: bool = False) -> Select[Any]:
    """The events across articles that are asked for; of those that have a place, which are few, if asked for."""
    each = placed or many_are(connection, filters)
    mentions = mentions_wanted(connection, filters, each=each)
    conditions = [events.c.current, *(_mapped(events, filters) if placed else itself_wanted(events, filters))]
    if filters.reviewed == "unreviewed":
        seen = select(event_mentions.c.event_id).where(event_mentions.c.review.is_not(None), event_mentions.c.current, event_mentions.c.event_id.is_not(None))
        conditions.append(events.c.id.not_in(seen))
    own = len(mentions) - len(standing(event_mentions, filters.reviewed))
    if each or (
        own == 1 and filters.min_confidence and filters.reviewed not in ONLY
    ):  # most are sure enough: look at each event's own mentions, as events come
        conditions.append(exists().where(event_mentions.c.event_id == events.c.id, *mentions))
    elif filters.reviewed in ONLY or own:
        conditions.append(events.c.id.in_(select(event_mentions.c.event_id).where(and_(*mentions))))
    return select(*(events.c[n] for n in (*OWN, *WHERE, "title", "status", "confidence"))).where(and_(*conditions))


def unlinked(connection: Connection, filters: Filters, *, placed: bool = False) -> Select[Any]:
    """The mentions asked for that are members of no event; of those that have a place if asked for."""
    own = _mapped(event_mentions, filters) if placed else itself_wanted(event_mentions, filters)
    each = placed or many_are(connection, filters)
    conditions = [*mentions_wanted(connection, filters, each=each), *own, event_mentions.c.event_id.is_(None)]
    return select(*(event_mentions.c[n] for n in ALONE)).where(and_(*conditions))


def these(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """Some events, by their ids or those of mentions that are members of none, the latest first."""
    rows = [dict(r) for r in connection.execute(linked(connection, Filters()).where(events.c.id.in_(ids))).mappings()]
    single = select(*(event_mentions.c[n] for n in ALONE)).where(event_mentions.c.id.in_(sorted(set(ids) - {r["id"] for r in rows})), *standing(event_mentions))
    rows += [dict(r) for r in connection.execute(single).mappings()]
    return list(described(connection, sorted(rows, key=lambda r: (r["date_from"] is not None, str(r["date_from"]), r["id"]), reverse=True)))


def _mapped(table: Schema, filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on an event that it has a place, and on its type, place and date; the type is not looked up by its own index, which has far more."""
    types = [(table.c.type + "").in_([t.upper() for t in filters.type])] if filters.type else []
    return [table.c.place_lat.is_not(None), *types, *itself_wanted(table, dataclasses.replace(filters, type=()))]


def described(connection: Connection, rows: Sequence[Row]) -> Iterable[Row]:
    """Rows with who took part, where it was reported and who stands where on it."""
    alone = {r["id"]: r["id"] for r in rows if "key" in r}
    members = {**_members(connection, [r["id"] for r in rows if "key" not in r]), **alone}
    mentions = list(_mentions(connection, members))
    who, starts = _participants(connection, members, mentions)
    figures = _magnitudes(connection, members, mentions)
    reported = _reported(members, mentions)
    marks = retractions(connection, (m["article"] for m in mentions))
    stands = _positions(connection, [r["id"] for r in rows if "key" not in r], list(alone))
    of: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[Row]] = defaultdict(list)
    for mention, event in members.items():
        of[event].append(mention)
    for m in mentions:
        found[members[m["id"]]].append(m)
    for row in rows:
        id = row["id"]
        title, status = row.get("title"), row.get("status")
        if "key" in row:
            title = _title(row, starts[id], who[id].values())
            status = f"{row['veridicality']} by 1 origin"
        yield {
            "id": id,
            "type": row["type"],
            "mode": row["mode"],
            "title": title,
            "date": _structure(row, "date", value="date", end="date_end", precision="date_precision", reason="date_reason"),
            "place": _structure(row, "place_name", name="place_name", country="place_country", geonameid="place_geonameid", lat="place_lat", lon="place_lon"),
            "actors": list(who[id].values()),
            "magnitudes": figures[id],
            "status": status,
            "origins": reported[id],
            "positions": stands[id],
            "mentions": sorted(of[id]),
            "confidence": row["confidence"],
            "review": _review([m["review"] for m in found[id]]),
            "retracted": _retracted([marks.get(m["article"]) for m in found[id]]),
        }


def _review(verdicts: Sequence[str | None]) -> str | None:
    """What reviews say of an event: what they say of a mention of it, what holds it to be right before what does not."""
    return next((v for v in (*HELD, "rejected") if v in verdicts), None)


def _retracted(marks: Sequence[str | None]) -> str | None:
    """``retraction`` or ``correction`` where all articles that report an event are so marked, ``some`` where some are."""
    kinds = set(marks) - {None}
    return None if not kinds else "some" if None in marks else "correction" if "correction" in kinds else "retraction"


def _structure(row: Row, present: str, **fields: str) -> Row | None:
    return None if row[present] is None else {name: row[column] for name, column in fields.items()}


def _title(row: Row, starts: Sequence[int], who: Iterable[Row]) -> str:
    """The words of the article from the first participant or the trigger on; whoever does it stands before them where they don't name anybody."""
    begin = min([row["trigger_start"], *(s for s in starts if s >= row["evidence_start"])]) - row["evidence_start"]
    words = " ".join(row["evidence"][max(begin, 0) :].split())
    if words[:1].islower():
        doer = next((w["name"] for w in who if w["role"] == "actor" and w["name"][:1].isupper()), None)
        words = f"{doer}: {words}" if doer and doer not in words else words[:1].upper() + words[1:]
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _members(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The events of the mentions that are members of some events."""
    out: dict[str, str] = {}
    for some in portions(ids):
        query = select(event_members.c.mention_id, event_members.c.event_id).where(event_members.c.event_id.in_(some)).order_by(event_members.c.mention_id)
        out.update((r.mention_id, r.event_id) for r in connection.execute(query))
    return out


def _mentions(connection: Connection, ids: Iterable[str]) -> Iterable[Row]:
    columns = (event_mentions.c.key, event_mentions.c.id, event_mentions.c.review, articles.c.id.label("article"), articles.c.publisher, articles.c.origin_id)
    query = select(*columns).join(articles, articles.c.key == event_mentions.c.article).order_by(articles.c.key, event_mentions.c.key)
    for some in portions(list(ids)):
        for row in connection.execute(query.where(event_mentions.c.id.in_(some), event_mentions.c.current)).mappings():
            yield dict(row)


def _participants(connection: Connection, members: dict[str, str], mentions: Sequence[Row]) -> tuple[dict[str, dict[Any, Row]], dict[str, list[int]]]:
    """Who takes part in each event, each once a role, and where the participants of each mention begin."""
    of = {m["key"]: m["id"] for m in mentions}
    who: dict[str, dict[Any, Row]] = defaultdict(dict)
    starts: dict[str, list[int]] = defaultdict(list)
    query = select(*participants.columns, actors.c.name).outerjoin(actors, actors.c.id == participants.c.actor_id)
    query = query.order_by(participants.c.finding, participants.c.role, participants.c.n)
    for some in portions(list(of)):
        rows = connection.execute(
            query.where(participants.c.finding.in_(some)).order_by(participants.c.finding, participants.c.role, participants.c.n)
        ).mappings()
        for p in rows:
            mention = of[p["finding"]]
            starts[mention].append(p["text_start"])
            name = p["name"] or p["text"]
            row = {"name": name, "id": p["actor_id"], "country": p["country"], "sector": p["sector"], "role": p["role"]}
            who[members[mention]].setdefault((p["role"], p["actor_id"] or name), row)
    return who, starts


def _magnitudes(connection: Connection, members: dict[str, str], mentions: Sequence[Row]) -> dict[str, list[Row]]:
    of = {m["key"]: members[m["id"]] for m in mentions}
    out: dict[str, list[Row]] = defaultdict(list)
    for some in portions(list(of)):
        for m in connection.execute(select(magnitudes).where(magnitudes.c.finding.in_(some)).order_by(magnitudes.c.finding, magnitudes.c.n)):
            row = {"what": m.what, "low": m.low, "high": m.high, "unit": m.unit}
            if row not in out[of[m.finding]]:
                out[of[m.finding]].append(row)
    return out


def _reported(members: dict[str, str], mentions: Sequence[Row]) -> dict[str, list[Row]]:
    """The origins of each event; an article that is a copy of none is its own."""
    found: dict[str, dict[str, dict[str, str | None]]] = defaultdict(lambda: defaultdict(dict))
    for m in mentions:
        found[members[m["id"]]][m["origin_id"] or m["article"]][m["article"]] = m["publisher"]
    return defaultdict(
        list,
        {
            event: [{"id": origin, "articles": list(by), "publishers": sorted({p for p in by.values() if p})} for origin, by in origins.items()]
            for event, origins in found.items()
        },
    )


def _positions(connection: Connection, linked: Sequence[str], alone: Sequence[str]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    columns = ("id", "holder", "holder_id", "act", "stance", "status", "said", "event_id", "object_event_id")
    query = select(*(positions.c[n] for n in columns), actors.c.name, articles.c.id.label("article")).join(articles, articles.c.key == positions.c.article)
    query = query.outerjoin(actors, actors.c.id == positions.c.holder_id).where(*standing(positions)).order_by(positions.c.said_from, positions.c.key)
    for column, ids in ((positions.c.event_id, linked), (positions.c.object_event_id, alone)):
        for some in portions(ids):
            for p in connection.execute(query.where(column.in_(some))).mappings():
                row = {"id": p["id"], "holder": p["name"] or p["holder"], **{n: p[n] for n in ("holder_id", "act", "stance", "status", "said", "article")}}
                out[p[column.name]].append(row)
    return out


def portions(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Values in portions that one query takes."""
    return (values[at : at + PORTION] for at in range(0, len(values), PORTION))
