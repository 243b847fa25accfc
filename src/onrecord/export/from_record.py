"""Events of a record as formats for others' tools write them: those across articles, and the mentions that are members of none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from onrecord.export.event import ExportEvent, Pair, Party, Where, dyads
from onrecord.export.from_report import division_of, of_report
from onrecord.ontology import EVENT_TYPES, PACKAGED
from onrecord.records import Report
from onrecord.store import Record
from onrecord.store.query.wanted import standing
from onrecord.store.reading import article_columns, article_of
from onrecord.store.reviewing import reviewed
from onrecord.store.schema import articles, codings, event_members, event_mentions, events
from onrecord.store.unfolding import unpacked

PORTION = 200
UNKNOWN = "_"
"""How the ids of actors begin of whom only a description is known."""
KEPT = 2_000
"""So many articles are kept in memory: events that follow one another are told by the same ones."""


def from_record(record: Record) -> Iterator[ExportEvent]:
    """The events of a record: those across articles by their dates, the undated at the end, then each mention that is a member of none."""
    with record.engine.connect() as connection:
        read = _Reports(connection)
        for rows in _pages(connection):
            members = _members(connection, [r["id"] for r in rows])
            for row in rows:
                parts = read.parts(members.get(row["id"], []))
                if parts:
                    yield merged(row, parts)
        yield from _alone(connection)


def reports_of(record: Record) -> Iterator[Report]:
    """The current reports of a record as their reviews have them, in the order in which their articles came."""
    with record.engine.connect() as connection:
        after = 0
        columns = [*article_columns(), articles.c.key, codings.c.body]
        query = select(*columns).join(codings, codings.c.article == articles.c.key).where(articles.c.current, codings.c.current)
        while rows := connection.execute(query.where(articles.c.key > after).order_by(articles.c.key).limit(PORTION)).mappings().all():
            after = rows[-1]["key"]
            yield from reviewed(connection, [unpacked(r["body"], article_of(r)) for r in rows])


def gone(record: Record) -> Iterator[tuple[str, str | None, str]]:
    """The events across articles that are no more, since they went into others or lost all mentions: id, country and when."""
    query = select(events.c.id, events.c.place_country, events.c.changed_at).where(~events.c.current).order_by(events.c.changed_at, events.c.id)
    with record.engine.connect() as connection:
        yield from (tuple(row) for row in connection.execute(query))


def merged(row: Mapping[Any, Any], parts: Sequence[ExportEvent]) -> ExportEvent:
    """An event across articles.

    Args:
        row: its row in the table ``events``, which says when and where it was.
        parts: its mentions, each as an event of one article.

    Its parties are those of all mentions, the most often named first, and its pairs those that some mention tells: who did it to whom in one
    article did not do it to whomever another names. It is asserted where any mention asserts it, and else what most of them say.
    """
    parts = sorted(parts, key=lambda p: (p.first.story.published or "9999", p.first.story.article_id, p.first.trigger.start))
    type, mode = row["type"], row["mode"]
    alike = [p for p in parts if (p.type, p.mode) == (type, mode)] or [p for p in parts if p.type == type] or parts
    known = EVENT_TYPES.get(type)
    put = Counter(p.veridicality for p in parts)
    put_as = "asserted" if put["asserted"] else put.most_common(1)[0][0]
    actors, recipients = _parties(p.actors for p in parts), _parties(p.recipients for p in parts)
    mentions = tuple(p.first for p in parts)
    return ExportEvent(
        id=row["id"],
        type=type,
        mode=mode,
        contexts=tuple(dict.fromkeys(c for p in parts for c in p.contexts)),
        quad=known.quad if known else alike[0].quad,
        cameo=PACKAGED.cameo(type, mode) if known else alike[0].cameo,
        score=known.score if known else None,
        title=row["title"] or parts[0].title,
        date=row["date"],
        date_end=row["date_end"],
        date_precision=row["date_precision"],
        actors=actors,
        recipients=recipients,
        pairs=_pairs(parts, actors, recipients),
        typical=_typical([p for p in parts if p.veridicality == put_as]),
        where=_where(row, parts),
        veridicality=put_as,
        confidence=row["confidence"] if row["confidence"] is not None else max((p.confidence for p in parts if p.confidence is not None), default=None),
        mentions=mentions,
        origins=len({m.story.origin or m.story.article_id for m in mentions}),
        changed_at=row["changed_at"],
        coder=parts[0].coder,
    )


def _parties(groups: Iterable[Sequence[Party]]) -> tuple[Party, ...]:
    """The parties of several mentions, each once, the most often named first."""
    listed = [list({p.key: p for p in group}.values()) for group in groups]
    count = Counter(p.key for group in listed for p in group)
    first: dict[str, Party] = {}
    for group in listed:
        for party in group:
            first.setdefault(party.key, party)
    resolved = [k for k, p in first.items() if p.actor_id and not p.actor_id.startswith(UNKNOWN)] or list(first)
    return tuple(first[k] for k in sorted(resolved, key=lambda k: -count[k]))


def _pairs(parts: Sequence[ExportEvent], actors: Sequence[Party], recipients: Sequence[Party]) -> tuple[Pair, ...]:
    """The pairs that some mention tells, the most often told first; one with a side that is not told only where no other has the other side."""
    known = {p.key: p for p in (*actors, *recipients)}
    count: Counter[tuple[str, str]] = Counter()
    back: dict[tuple[str, str], bool] = {}
    for part in parts:
        told = {(a if a in known else "", b if b in known else ""): d.pair.reverse for d in dyads(part) for a, b in [d.pair.key]}
        count.update(told.keys())
        for key, reverse in told.items():
            back[key] = back.get(key, True) and reverse
    whole = {k for k in count if all(k)}
    doers, done_to = {a for a, _ in whole}, {b for _, b in whole}
    kept = [k for k in count if k in whole or (k[0] and k[0] not in doers) or (k[1] and k[1] not in done_to)] or [("", "")]
    ordered = sorted(kept, key=lambda k: -count[k])
    return tuple(Pair(actor=known.get(a), recipient=known.get(b), reverse=back.get((a, b), False)) for a, b in ordered)


def _typical(parts: Sequence[ExportEvent]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The parties of the mention whose pair most mentions tell, of several the earliest; one with both sides goes before one with one."""
    count = Counter(key for p in parts for key in {d.pair.key for d in dyads(p)})

    def weight(part: ExportEvent) -> tuple[bool, int, int]:
        keys = [d.pair.key for d in dyads(part)]
        whole = [k for k in keys if all(k)]
        return bool(whole), max(count[k] for k in whole or keys), -len(keys)

    best = max(parts, key=weight)
    return best.actors, best.recipients


def _where(row: Mapping[Any, Any], parts: Sequence[ExportEvent]) -> Where | None:
    if row["place_name"] is None:
        return None
    same = next((p.where for p in parts if p.where and (p.where.geonameid, p.where.name) == (row["place_geonameid"], row["place_name"])), None)
    return same or Where(
        text=row["place_name"],
        name=row["place_name"],
        country=row["place_country"],
        admin1=division_of(row["place_geonameid"]),
        geonameid=row["place_geonameid"],
        lat=row["place_lat"],
        lon=row["place_lon"],
        precision=row["place_precision"] or "region",
    )


def _pages(connection: Connection) -> Iterator[Sequence[Mapping[Any, Any]]]:
    """The rows of current events in portions, those of one time together: they are told by the same articles."""
    dated = events.c.date_from.is_not(None)
    after: ColumnElement[bool] = dated
    while rows := _portion(connection, after):
        yield rows
        day, id = rows[-1]["date_from"], rows[-1]["id"]
        after = and_(dated, or_(events.c.date_from > day, and_(events.c.date_from == day, events.c.id > id)))
    after = events.c.date_from.is_(None)
    while rows := _portion(connection, after):
        yield rows
        after = and_(events.c.date_from.is_(None), events.c.id > rows[-1]["id"])


def _portion(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Mapping[Any, Any]]:
    query = select(events).where(events.c.current, condition).order_by(events.c.date_from, events.c.id).limit(PORTION)
    return connection.execute(query).mappings().all()


def _members(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """The current mentions of events, as the number of their article and their id."""
    query = select(event_members.c.event_id, event_mentions.c.article, event_mentions.c.id).join(
        event_mentions, event_mentions.c.id == event_members.c.mention_id
    )
    out: dict[str, list[tuple[int, str]]] = {}
    for event_id, article, id in connection.execute(query.where(event_members.c.event_id.in_(ids), event_mentions.c.current)):
        out.setdefault(event_id, []).append((article, id))
    return out


def _alone(connection: Connection) -> Iterator[ExportEvent]:
    """The mentions that are members of no event, each an event of its own."""
    member = select(event_members.c.mention_id).where(event_members.c.mention_id == event_mentions.c.id).exists()
    query = select(event_mentions.c.key, event_mentions.c.article, event_mentions.c.id).where(*standing(event_mentions), ~member)
    read = _Reports(connection)
    after = 0
    while rows := connection.execute(query.where(event_mentions.c.key > after).order_by(event_mentions.c.key).limit(PORTION)).all():
        after = rows[-1].key
        yield from read.parts([(r.article, r.id) for r in rows])


class _Reports:
    """The events of articles, read as they are asked for and kept for a while."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[int, dict[str, ExportEvent]] = {}

    def parts(self, mentions: Sequence[tuple[int, str]]) -> list[ExportEvent]:
        """The mentions, each as an event of one article."""
        missing = sorted({article for article, _ in mentions if article not in self._kept})
        if missing:
            if len(self._kept) + len(missing) > KEPT:
                self._kept.clear()
                missing = sorted({article for article, _ in mentions})
            for at in range(0, len(missing), PORTION):
                self._read(missing[at : at + PORTION])
        return [part for article, id in mentions if (part := self._kept.get(article, {}).get(id)) is not None]

    def _read(self, numbers: Sequence[int]) -> None:
        columns = [*article_columns(), articles.c.key, articles.c.origin_id, articles.c.added_at, codings.c.body]
        query = select(*columns).join(codings, codings.c.article == articles.c.key).where(articles.c.key.in_(numbers), articles.c.current, codings.c.current)
        rows = self._connection.execute(query).mappings().all()
        reports = reviewed(self._connection, [unpacked(row["body"], article_of(row)) for row in rows])
        for row, report in zip(rows, reports, strict=True):
            self._kept[row["key"]] = {e.id: e for e in of_report(report, origin=row["origin_id"], added_at=row["added_at"])}
