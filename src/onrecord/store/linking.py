"""What a linker reads and writes: which articles are copies, which tell one story, which mentions are of one event.

The store keeps what linking finds and never finds anything itself: a :class:`Linker` is handed in, and is called in the transaction in
which a batch of articles is written.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from onrecord.records import Article, Report
from onrecord.store import noting
from onrecord.store.noting import portions
from onrecord.store.reading import article_columns, article_of
from onrecord.store.reviewing import reviewed
from onrecord.store.schema import (
    articles,
    codings,
    event_members,
    event_mentions,
    events,
    events_log,
    origins,
    positions,
    signatories,
    statement_members,
    stories,
)
from onrecord.store.unfolding import Row, unpacked
from onrecord.store.upserting import upsert

What = Literal["made", "merged", "split", "emptied"]
Group = Literal["origin", "story"]
GROUPS: Mapping[Group, Table] = {"origin": origins, "story": stories}
THINGS = ("event", "state_of_affairs")
"""Kinds of objects that may be an event which another article tells."""


class Linker(Protocol):
    """Finds what articles have in common."""

    def link(self, links: Links) -> None:
        """Assign the unlinked articles to origins and stories, and their mentions to events."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """An article that has not been linked since it was last coded, with its report, and where it belonged before."""

    report: Report
    origin_id: str | None
    story_id: str | None
    added_at: str

    @property
    def article(self) -> Article:
        """The article."""
        return self.report.article


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event across articles. ``date_from`` and ``date_to`` are the first and last day it can lie within."""

    id: str
    type: str
    mode: str | None = None
    title: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_precision: str | None = None
    date_reason: str | None = None
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    place_name: str | None = None
    place_country: str | None = None
    place_geonameid: int | None = None
    place_lat: float | None = None
    place_lon: float | None = None
    place_precision: str | None = None
    status: str | None = None
    disagreements: Sequence[Mapping[str, Any]] = ()
    part_of: str | None = None
    merged_into: str | None = None
    confidence: float | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A mention of an event, by the id of the finding; ``confidence`` that it is of this event."""

    mention_id: str
    confidence: float | None = None
    reason: str | None = None


class Telling(NamedTuple):
    """A mention of an event, and where its trigger starts."""

    mention_id: str
    event_id: str
    start: int


class Unplaced(NamedTuple):
    """A position on something that its article has no event for, with the offsets of its evidence and the first day on which it can have been taken."""

    key: int
    article_id: str
    object: str
    start: int
    end: int
    said: datetime.date | None
    event_id: str | None
    reason: str | None


class Links:
    """The articles to link and what is known of the others, within one transaction.

    Args:
        connection: in a transaction that writes.
        at: the time that rows are marked with, ISO 8601 in UTC.
    """

    def __init__(self, connection: Connection, at: str) -> None:
        self.connection = connection
        self.at = at

    # Articles

    def unlinked(self, limit: int = 1_000) -> list[Unlinked]:
        """The articles that wait for linking, in the order in which they came, so many at most; their reports as reviews have them."""
        wanted = select(*article_columns(), articles.c.origin_id, articles.c.story_id, articles.c.added_at, codings.c.body)
        query = wanted.join(codings, codings.c.article == articles.c.key).where(articles.c.pending, codings.c.current).order_by(articles.c.key).limit(limit)
        rows = self.connection.execute(query).mappings().all()
        reports = reviewed(self.connection, [unpacked(row["body"], article_of(row)) for row in rows])
        return [
            Unlinked(report=report, origin_id=row["origin_id"], story_id=row["story_id"], added_at=row["added_at"])
            for row, report in zip(rows, reports, strict=True)
        ]

    def articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Some articles, by their ids."""
        out: dict[str, Article] = {}
        for some in portions(article_ids):
            query = select(*article_columns()).where(articles.c.id.in_(some), articles.c.current)
            out.update((row["id"], article_of(row)) for row in self.connection.execute(query).mappings())
        return out

    def done(self, article_ids: Iterable[str]) -> None:
        """Mark articles as linked."""
        for some in portions(article_ids):
            self.connection.execute(update(articles).where(articles.c.id.in_(some), articles.c.pending).values(pending=False))

    # What a linker remembers of anything, to find it again without reading all there is

    def block(self, kind: str, values: Mapping[str, Iterable[str]]) -> None:
        """Set the blocking keys of things (articles, stories, events), by their ids: the values by which :meth:`first` finds them."""
        noting.block(self.connection, kind, values)

    def first(self, kind: str, values: Iterable[str], *, most: int) -> Iterator[str]:
        """For each value the things that have it as a blocking key, at most ``most`` a value and those with the smallest ids; a thing
        comes once for each value it has."""
        for items in self.firsts(kind, values, most=most).values():
            yield from items

    def firsts(self, kind: str, values: Iterable[str], *, most: int) -> dict[str, list[str]]:
        """The same by value."""
        return noting.firsts(self.connection, kind, values, most=most)

    def note(self, kind: str, notes: Mapping[str, bytes | None]) -> None:
        """Keep bytes about things (a signature, a centre), by their ids; None keeps nothing any more."""
        noting.note(self.connection, kind, notes)

    def notes(self, kind: str, items: Iterable[str]) -> dict[str, bytes]:
        """What was kept about things, by their ids."""
        return noting.notes(self.connection, kind, items)

    # Origins and stories

    def group(self, kind: Group, id: str, article_ids: Iterable[str], *, title: str | None = None) -> None:
        """Put articles into an origin or a story, which is made if there is none of that id."""
        table = GROUPS[kind]
        known = self.connection.execute(select(table.c.id, table.c.made_at).where(table.c.id == id)).first()
        if known is None:
            self.connection.execute(insert(table).values(id=id, title=title, made_at=self.at))
        elif title is not None:
            self.connection.execute(update(table).where(table.c.id == id).values(title=title))
        column = articles.c[f"{kind}_id"]
        left: set[str] = {id}
        for some in portions(article_ids):
            mine = articles.c.id.in_(some) & articles.c.current
            left.update(x for x in self.connection.execute(select(column).where(mine).distinct()).scalars() if x)
            self.connection.execute(update(articles).where(mine).values({column.name: id}))
        for group in sorted(left):
            self._settle(table, column, group, keep=group == id)

    def grouped(self, kind: Group, ids: Iterable[str]) -> dict[str, list[str]]:
        """The ids of the articles in origins or stories, by the group's id."""
        column = articles.c[f"{kind}_id"]
        out: dict[str, list[str]] = defaultdict(list)
        for some in portions(ids):
            for group, article in self.connection.execute(select(column, articles.c.id).where(column.in_(some), articles.c.current).order_by(articles.c.key)):
                out[group].append(article)
        return dict(out)

    def groups_of(self, kind: Group, article_ids: Iterable[str]) -> dict[str, str]:
        """The origins or stories of articles that are in one."""
        column = articles.c[f"{kind}_id"]
        out: dict[str, str] = {}
        for some in portions(article_ids):
            query = select(articles.c.id, column).where(articles.c.id.in_(some), articles.c.current, column.is_not(None))
            out.update((row[0], row[1]) for row in self.connection.execute(query))
        return out

    def _settle(self, table: Table, column: Any, id: str, *, keep: bool) -> None:
        """Set the days between which a group's articles were published; a group that is left with none goes."""
        first, last, count = self.connection.execute(
            select(func.min(articles.c.published_from), func.max(articles.c.published_to), func.count()).where(column == id, articles.c.current)
        ).one()
        if count or keep:
            self.connection.execute(update(table).where(table.c.id == id).values(published_from=first, published_to=last))
        else:
            self.connection.execute(delete(table).where(table.c.id == id))

    # Statements

    def stated(self, attribution_ids: Iterable[str]) -> dict[str, str]:
        """The statements of attributions that are members of one."""
        out: dict[str, str] = {}
        for some in portions(attribution_ids):
            query = select(statement_members.c.attribution_id, statement_members.c.statement_id).where(statement_members.c.attribution_id.in_(some))
            out.update((r.attribution_id, r.statement_id) for r in self.connection.execute(query))
        return out

    def reporting(self, statement_ids: Iterable[str]) -> dict[str, list[str]]:
        """The attributions that report statements, by statement."""
        out: dict[str, list[str]] = defaultdict(list)
        for some in portions(statement_ids):
            query = select(statement_members.c.statement_id, statement_members.c.attribution_id).where(statement_members.c.statement_id.in_(some))
            for row in self.connection.execute(query.order_by(statement_members.c.attribution_id)):
                out[row.statement_id].append(row.attribution_id)
        return dict(out)

    def state(self, statement_id: str, members: Mapping[str, Iterable[str]]) -> None:
        """Make attributions members of a statement and of no other, each with the actors who sign it there."""
        upsert(self.connection, statement_members, [{"attribution_id": a, "statement_id": statement_id} for a in members], key=("attribution_id",))
        for some in portions(members):
            self.connection.execute(delete(signatories).where(signatories.c.attribution_id.in_(some)))
        rows = [{"attribution_id": a, "actor_id": who} for a, signed in members.items() for who in sorted(set(signed))]
        if rows:
            self.connection.execute(insert(signatories), rows)

    # Events

    def events(self, ids: Iterable[str]) -> dict[str, EventRow]:
        """Events by their ids."""
        names = [f.name for f in dataclasses.fields(EventRow)]
        out = {}
        for some in portions(ids):
            for row in self.connection.execute(select(*(events.c[n] for n in names)).where(events.c.id.in_(some))).mappings():
                out[row["id"]] = EventRow(**row)
        return out

    def stale(self) -> list[str]:
        """The events that have lost a mention since they were saved, and are to be saved again."""
        return list(self.connection.execute(select(events.c.id).where(events.c.stale).order_by(events.c.id)).scalars())

    def save(self, rows: Iterable[EventRow]) -> None:
        """Make events, or change those that are there; one with ``merged_into`` is no longer current."""
        new: list[Row] = []
        for row in rows:
            values = {**dataclasses.asdict(row), "disagreements": [dict(d) for d in row.disagreements]}
            new.append({**values, "current": row.merged_into is None, "stale": False, "made_at": self.at, "changed_at": self.at})
        if new:
            upsert(self.connection, events, [{**row, "part_of": None, "merged_into": None} for row in new], key=("id",), keep=("made_at",))
        for made in new:  # these may name events of the same call
            if made["part_of"] or made["merged_into"]:
                other = {name: made[name] for name in ("part_of", "merged_into")}
                self.connection.execute(update(events).where(events.c.id == made["id"]).values(**other))

    def assign(self, event_id: str, members: Iterable[Member]) -> None:
        """Make mentions members of an event, and of no other; positions on the mentions are on the event from then on."""
        rows = [{**dataclasses.asdict(m), "event_id": event_id} for m in members]
        if not rows:
            return
        upsert(self.connection, event_members, rows, key=("mention_id",))
        for some in portions(r["mention_id"] for r in rows):
            self.connection.execute(update(event_mentions).where(event_mentions.c.id.in_(some)).values(event_id=event_id))
            on = update(positions).where(positions.c.object_event_id.in_(some))
            self.connection.execute(on.values(event_id=event_id, event_reason="mention"))

    def members(self, event_ids: Iterable[str]) -> dict[str, list[Member]]:
        """The members of events."""
        out: dict[str, list[Member]] = defaultdict(list)
        for some in portions(event_ids):
            for row in self.connection.execute(select(event_members).where(event_members.c.event_id.in_(some)).order_by(event_members.c.mention_id)):
                out[row.event_id].append(Member(mention_id=row.mention_id, confidence=row.confidence, reason=row.reason))
        return dict(out)

    def memberships(self, mention_ids: Iterable[str]) -> dict[str, str]:
        """The events of mentions that are members of one."""
        out: dict[str, str] = {}
        for some in portions(mention_ids):
            query = select(event_members.c.mention_id, event_members.c.event_id).where(event_members.c.mention_id.in_(some))
            out.update((r.mention_id, r.event_id) for r in self.connection.execute(query))
        return out

    def mentioned_in(self, mention_ids: Iterable[str]) -> dict[str, str]:
        """The articles of mentions that are current, as article ids."""
        out: dict[str, str] = {}
        for some in portions(mention_ids):
            query = select(event_mentions.c.id, articles.c.id.label("article")).join(articles, articles.c.key == event_mentions.c.article)
            out.update((r.id, r.article) for r in self.connection.execute(query.where(event_mentions.c.id.in_(some), event_mentions.c.current)))
        return out

    def told_in(self, article_ids: Iterable[str]) -> list[Telling]:
        """The mentions that articles have of events, in the order of the articles."""
        out: list[Telling] = []
        for some in portions(article_ids):
            query = select(event_mentions.c.id, event_mentions.c.event_id, event_mentions.c.trigger_start)
            query = query.join(articles, articles.c.key == event_mentions.c.article)
            told = articles.c.id.in_(some) & event_mentions.c.current & event_mentions.c.event_id.is_not(None)
            out += [Telling(*row) for row in self.connection.execute(query.where(told).order_by(event_mentions.c.key))]
        return out

    def parts(self, event_ids: Iterable[str]) -> list[str]:
        """The events that are part of some."""
        return [id for some in portions(event_ids) for id in self.connection.execute(select(events.c.id).where(events.c.part_of.in_(some))).scalars()]

    def unplaced(self, article_ids: Iterable[str]) -> list[Unplaced]:
        """The positions of articles whose object is no event of the article, no actor and nothing proposed, and the events that they were placed on."""
        out: list[Unplaced] = []
        evidence = (positions.c.evidence_start, positions.c.evidence_end)
        columns = (positions.c.key, articles.c.id, positions.c.object, *evidence, positions.c.said_from, positions.c.event_id, positions.c.event_reason)
        for some in portions(article_ids):
            query = select(*columns).join(articles, articles.c.key == positions.c.article).order_by(positions.c.key)
            loose = positions.c.current & positions.c.object_event_id.is_(None) & positions.c.object_kind.in_(THINGS)
            out += [Unplaced(*row) for row in self.connection.execute(query.where(articles.c.id.in_(some), loose))]
        return out

    def place(self, key: int, event_id: str | None, *, reason: str | None = None, confidence: float | None = None) -> None:
        """Say which event across articles a position is on, or that none is known."""
        row = update(positions).where(positions.c.key == key)
        self.connection.execute(row.values(event_id=event_id, event_reason=reason, event_confidence=confidence))

    def log(self, what: What, event_id: str, others: Iterable[str] = (), *, reason: str | None = None) -> None:
        """Note in the log of events that one was made, or merged with or split from others."""
        last = self.connection.execute(select(func.coalesce(func.max(events_log.c.key), 0))).scalar_one()
        self.connection.execute(insert(events_log).values(key=last + 1, at=self.at, what=what, event_id=event_id, other_ids=sorted(others), reason=reason))
