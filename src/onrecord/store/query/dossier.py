"""One event with all that the record has on it: its mentions, who said so and in which words, what its sources differ on, and its history."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import polars
from sqlalchemy import Connection, and_, func, select

from onrecord.records.showing import Shown
from onrecord.store.query.events import described, portions
from onrecord.store.query.table import Row, Table, structure
from onrecord.store.query.wanted import standing
from onrecord.store.reviewing import retractions
from onrecord.store.schema import actors, articles, attributions, event_members, event_mentions, events, events_log, framing, magnitudes, participants, places

MOST = 200
"""Mentions that are told in full."""
FURTHEST = 20
"""How many times an event's id is followed to the event into which it was merged."""

STRING = polars.String
SPAN = structure(text=STRING, start=polars.Int64, end=polars.Int64)
MENTIONS = {
    **dict.fromkeys(("id", "article", "headline", "published", "publisher", "url", "origin"), STRING),
    "evidence": SPAN,
    "trigger": SPAN,
    "veridicality": STRING,
    **dict.fromkeys(("said_by", "said_by_id", "said_by_role", "cue"), STRING),
    "date": structure(value=STRING, end=STRING, precision=STRING, reason=STRING),
    "place": structure(name=STRING, country=STRING),
    "who": polars.List(structure(text=STRING, role=STRING, name=STRING, id=STRING)),
    "figures": polars.List(structure(what=STRING, text=STRING, low=polars.Float64, high=polars.Float64, unit=STRING)),
    "confidence": polars.Float64,
    "review": STRING,
    "retracted": STRING,
    "reason": STRING,
}
"""A mention as an article has it; ``said_by`` is whose words it is in, where they are not the article's own."""
TERMS = {
    **dict.fromkeys(("id", "about", "about_name"), STRING),
    "term": SPAN,
    **dict.fromkeys(("category", "said_by", "article", "publisher"), STRING),
    "confidence": polars.Float64,
}
"""A loaded term for an event or for somebody in it; ``about_name`` is whom it is about, None where it is the event."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Another event."""

    id: str
    title: str
    date: str | None
    status: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line of an event's log: it was ``made``, ``merged`` with others, ``split``, or ``emptied``."""

    at: str
    what: str
    others: tuple[str, ...]
    reason: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(Shown):
    """All that a record has on an event.

    Attributes:
        asked: the id that was asked for; ``event["id"]`` is another one where that was merged into this, or is a mention of this.
        event: as a row of the list of events.
        across: whether it is an event across articles; else it is one mention.
        first, last: the days within which it lies.
        place_precision: ``city``, ``admin1``, ``country`` or ``region``.
        disputed: whether several states claim the place.
        mentions: the mentions, of the articles published first first; at most :data:`MOST`.
        terms: loaded terms for it and for those in it, in the articles of these mentions.
        disagreements: what its sources differ on, each with its versions, and each of those with its articles and words.
        part_of, parts: the wider event, and those within.
        log: what became of it, oldest first.
    """

    asked: str
    event: Row
    across: bool
    first: str | None
    last: str | None
    place_precision: str | None
    disputed: bool
    mentions: Table
    terms: Table
    disagreements: tuple[Row, ...] = ()
    part_of: Named | None = None
    parts: tuple[Named, ...] = ()
    log: tuple[Change, ...] = ()


def find(connection: Connection, id: str, *, least_framing: float = 0.0) -> Dossier | None:
    """All that a record has on an event.

    Args:
        connection: the record.
        id: of an event across articles, one that was merged into another, or a mention.
        least_framing: the least confidence of loaded terms.

    Returns:
        None where there is no such event, or where no article mentions it any more.
    """
    event_id = connection.execute(select(event_members.c.event_id).where(event_members.c.mention_id == id)).scalar() or id
    row = connection.execute(select(events).where(events.c.id == event_id)).mappings().first()
    for _ in range(FURTHEST):
        if row is None or row["merged_into"] is None:
            break
        row = connection.execute(select(events).where(events.c.id == row["merged_into"])).mappings().first()
    if row is not None:
        return _across(connection, id, dict(row), least_framing) if row["current"] else None
    alone = select(event_mentions).where(event_mentions.c.id == id, *standing(event_mentions))
    mention = connection.execute(alone).mappings().first()
    return None if mention is None else _alone(connection, id, dict(mention), least_framing)


def _across(connection: Connection, asked: str, row: Row, least: float) -> Dossier:
    listed = {name: value for name, value in row.items() if name != "key"}
    (event,) = described(connection, [listed])
    parts = select(events).where(events.c.part_of == row["id"], events.c.current).order_by(events.c.date_from, events.c.id).limit(MOST)
    wider = select(events).where(events.c.id == row["part_of"], events.c.current)
    within = [_named(r) for r in connection.execute(wider).mappings()] if row["part_of"] else []
    log = select(events_log).where(events_log.c.event_id == row["id"]).order_by(events_log.c.key).limit(MOST)
    return Dossier(
        asked=asked,
        event=event,
        across=True,
        **_told(connection, event, row, least),
        disagreements=tuple(row["disagreements"]),
        part_of=within[0] if within else None,
        parts=tuple(_named(r) for r in connection.execute(parts).mappings()),
        log=tuple(Change(at=r.at, what=r.what, others=tuple(r.other_ids), reason=r.reason) for r in connection.execute(log)),
    )


def _alone(connection: Connection, asked: str, row: Row, least: float) -> Dossier:
    (event,) = described(connection, [row])
    return Dossier(asked=asked, event=event, across=False, **_told(connection, event, row, least))


def _named(row: Any) -> Named:
    return Named(id=row["id"], title=row["title"] or "", date=row["date"], status=row["status"])


def _told(connection: Connection, event: Row, row: Row, least: float) -> dict[str, Any]:
    found = _mentions(connection, event["mentions"])
    names = {w["id"]: w["name"] for m in found for w in m["who"] if w["id"]}
    terms = _terms(connection, {m.pop("article_key") for m in found}, {**dict.fromkeys(event["mentions"]), **names}, least)
    ids = [i for m in found if (i := m.pop("place_id"))]
    disputed = select(places.c.key).where(places.c.id.in_(ids), places.c.disputed, places.c.current).limit(1)
    return {
        "first": row["date_from"] and row["date_from"].isoformat(),
        "last": row["date_to"] and row["date_to"].isoformat(),
        "place_precision": row["place_precision"],
        "disputed": bool(ids) and connection.execute(disputed).first() is not None,
        "mentions": Table(found, MENTIONS),
        "terms": Table(terms, TERMS),
    }


def _mentions(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """Mentions as their articles have them, those published first first."""
    m, a = event_mentions.c, articles.c
    voice = and_(attributions.c.id == m.claimed_by, attributions.c.article == m.article, attributions.c.run == m.run)
    of = (a.id.label("article"), a.key.label("article_key"), a.title, a.published, a.published_from, a.publisher, a.url, a.origin_id)
    said = (attributions.c.speaker_name, attributions.c.source, attributions.c.speaker_id, attributions.c.speaker_role, attributions.c.cue)
    own = [c for c in event_mentions.columns if c.name not in ("article", "contexts")]
    query = select(*own, *of, *said).join(articles, a.key == m.article).outerjoin(attributions, voice).where(*standing(event_mentions))
    rows = [dict(r) for some in portions(ids) for r in connection.execute(query.where(m.id.in_(some))).mappings()]
    rows.sort(key=lambda r: (r["published_from"] is None, str(r["published_from"]), r["article"], r["evidence_start"], r["id"]))
    rows = rows[:MOST]
    keys = [r["key"] for r in rows]
    who, figures = _who(connection, keys), _figures(connection, keys)
    marks = retractions(connection, (r["article"] for r in rows))
    return [{**_mention(r, who[r["key"]], figures[r["key"]]), "retracted": marks.get(r["article"])} for r in rows]


def _mention(r: Row, who: list[Row], figures: list[Row]) -> Row:
    return {
        **{
            name: r[name]
            for name in ("id", "article", "published", "publisher", "url", "veridicality", "cue", "confidence", "review", "reason", "article_key", "place_id")
        },
        "headline": r["title"],
        "origin": r["origin_id"] or r["article"],
        "evidence": {"text": r["evidence"], "start": r["evidence_start"], "end": r["evidence_end"]},
        "trigger": {"text": r["trigger"], "start": r["trigger_start"], "end": r["trigger_end"]},
        "said_by": (r["speaker_name"] or r["source"] or "somebody") if r["claimed_by"] else None,
        "said_by_id": r["speaker_id"],
        "said_by_role": r["speaker_role"],
        "date": r["date"] and {"value": r["date"], "end": r["date_end"], "precision": r["date_precision"], "reason": r["date_reason"]},
        "place": r["place_name"] and {"name": r["place_name"], "country": r["place_country"]},
        "who": who,
        "figures": figures,
    }


def _who(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row]]:
    out: dict[int, list[Row]] = defaultdict(list)
    query = select(participants, actors.c.name).outerjoin(actors, actors.c.id == participants.c.actor_id)
    query = query.where(participants.c.finding.in_(keys)).order_by(participants.c.finding, participants.c.role, participants.c.n)
    for r in connection.execute(query):
        out[r.finding].append({"text": r.text, "role": r.role, "name": r.name or r.text, "id": r.actor_id})
    return out


def _figures(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row]]:
    out: dict[int, list[Row]] = defaultdict(list)
    for r in connection.execute(select(magnitudes).where(magnitudes.c.finding.in_(keys)).order_by(magnitudes.c.finding, magnitudes.c.n)):
        out[r.finding].append({"what": r.what, "text": r.text, "low": r.low, "high": r.high, "unit": r.unit})
    return out


def _terms(connection: Connection, keys: Iterable[int], about: dict[str, str | None], least: float) -> list[Row]:
    """The loaded terms of some articles that are about the mentions or those who take part."""
    voice = and_(attributions.c.id == framing.c.attribution, attributions.c.article == framing.c.article, attributions.c.run == framing.c.run)
    said = func.coalesce(attributions.c.speaker_name, attributions.c.source)
    query = select(framing, articles.c.id.label("article_id"), articles.c.publisher, said.label("said_by")).join(articles, articles.c.key == framing.c.article)
    query = query.outerjoin(attributions, voice).where(framing.c.article.in_(sorted(keys)), framing.c.confidence >= least, *standing(framing))
    return [
        {
            **{name: r[name] for name in ("id", "about", "category", "publisher", "confidence")},
            "about_name": about[r["about"]],
            "term": {"text": r["term"], "start": r["term_start"], "end": r["term_end"]},
            "said_by": (r["said_by"] or "somebody") if r["attribution"] else None,
            "article": r["article_id"],
        }
        for r in connection.execute(query.order_by(framing.c.key)).mappings()
        if r["about"] in about
    ]
