"""Who stands where on an event or an issue, as of a day: each holder's latest position, and the earlier ones.

Positions of one holder that one statement or copies of one text carry are one, told by the article that came first. Where nothing
is found of a holder who was asked for, what was looked through is said: nobody is called silent.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, cast, func, select

from onrecord.issues import Issue, Matcher, Proposal, Side, Stand, proposed, sided
from onrecord.records import Stance
from onrecord.records.showing import Shown
from onrecord.store.days import moved
from onrecord.store.errors import QueryError
from onrecord.store.query.carried import by, first_published, once
from onrecord.store.query.doing import DOING, DONE, does, verb
from onrecord.store.query.events import portions
from onrecord.store.query.wanted import standing
from onrecord.store.reviewing import retractions
from onrecord.store.schema import actors, articles, attributions, event_members, event_mentions, events, origins, positions, statement_members

HELD = ("taken", "conditional", "withdrawn", "refused", "abstained")
"""Statuses of positions that are somebody's own; what is only expected of somebody is not."""
COUNTED = 5_000
"""Articles up to which their origins are counted one by one; of more, the origins whose first and last article do not both lie before or behind."""
A_YEAR = 366
"""Days within which at most the day can lie on which something was said or published."""
AFTERWARDS = 31
"""Days behind an event within which articles are counted as looked through, where no day is given."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One position, with what it rests on.

    ``stance`` is on the question asked: on an event that is the stance on the event itself; ``stance_on_object`` is on the
    object's own words. ``verb`` is what the source calls what the holder does, ``cue`` how whoever says so is quoted. ``day`` is when it was said,
    ``said_reason`` how that is known. ``origins`` counts the independent texts that carry it. ``review`` is what a reviewer says of it,
    ``retracted`` whether its article has been corrected or retracted (``correction``, ``retraction``).
    """

    position: str
    stance: Stance
    stance_on_object: Stance
    act: str
    verb: str | None
    cue: str | None
    status: str
    object: str
    quotation: str
    basis: str
    said_by: str | None
    day: datetime.date | None
    said_reason: str
    article: str
    publisher: str | None
    title: str | None
    url: str | None
    published: str | None
    confidence: float
    articles: int
    origins: int
    review: str | None = None
    retracted: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A holder's latest position and the earlier ones, latest first.

    ``opposite`` is the latest position on the other side, where there is one: both are shown, neither is judged.
    """

    id: str
    name: str
    country: str | None
    sector: str | None
    latest: Basis
    earlier: tuple[Basis, ...]
    opposite: Basis | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was looked through: how many articles and origins of how many outlets, between which days."""

    articles: int
    origins: int
    outlets: int
    since: datetime.date | None
    until: datetime.date | None

    def __str__(self) -> str:
        """As it is said of somebody of whom nothing was found."""
        between = f" between {self.since} and {self.until}" if self.since and self.until else f" up to {self.until}" if self.until else ""
        return f"no statement found in {self.articles} article(s) of {self.outlets} outlet(s){between}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stands(Shown):
    """Who stands where on a question.

    ``without`` names holders who were asked for and of whom nothing was found.
    """

    question: str
    as_of: datetime.date | None
    holders: tuple[Holder, ...]
    without: tuple[str, ...]
    searched: Searched


def on_event(connection: Connection, event_id: str, *, as_of: datetime.date | None = None, holders: Sequence[str] = ()) -> Stands:
    """Who stands where on an event.

    Args:
        connection: the record.
        event_id: of an event across articles, or of a mention of one.
        as_of: the last day that counts; None for all.
        holders: actor ids or country codes from whom a statement is looked for.

    Raises:
        QueryError: the record has no such event.
    """
    event = _event(connection, event_id)
    linked = event["linked"]
    mine = positions.c.event_id == event["id"] if linked else positions.c.object_event_id == event["id"]
    found = [(row, "for") for row in connection.execute(_query(and_(mine, _by(as_of)))).mappings()]
    since = event["date_from"] and moved(event["date_from"], -1)
    until = as_of or (event["date_to"] and max([moved(event["date_to"], AFTERWARDS), *(r["said_from"] for r, _ in found if r["said_from"])]))
    searched = _searched(connection, since, until)
    marks = retractions(connection, (row["article"] for row, _ in found))
    return _stands(event["title"] or f"{event['type']} {event['date'] or ''}".strip(), found, as_of, holders, searched, marks)  # type: ignore[arg-type]


def on_issue(connection: Connection, issue: Issue, *, as_of: datetime.date | None = None, holders: Sequence[str] = (), most: int | None = None) -> Stands:
    """Who stands where on an issue; arguments as for :func:`on_event`.

    Args:
        connection: the record.
        issue: the question.
        as_of: the last day that counts; None for all.
        holders: actor ids or country codes from whom a statement is looked for, besides those of the issue.
        most: how many positions to look through, the last said first; None for all. What was looked through is said in ``searched``.
    """
    until = min(filter(None, (as_of, issue.until)), default=None)
    matcher = Matcher(issue)
    keys, since = _near(connection, matcher, until, most)
    found: list[tuple[Any, Side]] = []
    texts: dict[int, str] = {}
    for some in portions(sorted(keys)):
        for row in connection.execute(_query(positions.c.key.in_(some))).mappings():
            text = ""
            if issue.context and row["event_id"] not in issue.events:
                text = texts.get(row["article_key"]) or texts.setdefault(row["article_key"], _text(connection, row["article_key"]))
            side = matcher.side(row["object"], event_id=row["event_id"], article_text=text)
            if side is not None:
                found.append((row, side))
    searched = _searched(connection, since, until)
    marks = retractions(connection, (row["article"] for row, _ in found))
    return _stands(issue.question, found, as_of, (*holders, *(h for h in issue.holders if h not in holders)), searched, marks)


def _near(connection: Connection, matcher: Matcher, until: datetime.date | None, most: int | None) -> tuple[list[int], datetime.date | None]:
    """The positions whose objects can belong to an issue, whatever their articles' words, and the day since when was looked."""
    issue, p = matcher.issue, positions.c
    held = and_(*standing(positions), p.status.in_(HELD))
    dated = [held, p.said_from.is_not(None)]
    undated = [held, p.said_from.is_(None)]
    if until:
        dated.append(p.said_from <= until)
        undated.append(articles.c.published_from <= until)
    if issue.since:
        dated += [p.said_from >= moved(issue.since, -A_YEAR), p.said_to >= issue.since]
        undated.append(articles.c.published_to >= issue.since)
    light = select(p.key, p.object, p.event_id, p.said_from)
    listed = [light.where(p.event_id.in_(some), *dated) for some in portions(issue.events)]
    rows = [r for query in listed for r in connection.execute(query)]
    since = issue.since
    if issue.matters:
        last = connection.execute(light.where(*dated).order_by(p.said_from.desc(), p.id.desc()).limit(most)).all()
        if most is not None and len(last) == most:
            since = max(filter(None, (issue.since, last[-1].said_from)))
        rows += last
    rows += connection.execute(light.join(articles, articles.c.key == p.article).where(*undated).limit(most)).all()
    return [r.key for r in {r.key: r for r in rows}.values() if matcher.names(r.object, event_id=r.event_id) is not None], since


def propose(
    connection: Connection, *, fewest: int = 2, since: datetime.date | None = None, until: datetime.date | None = None, most: int | None = None
) -> list[Proposal]:
    """Questions that the positions of a record suggest, those with most holders first.

    Args:
        connection: the record.
        fewest: holders that a question needs.
        since, until: the days between which the positions were taken.
        most: how many positions to look at, the last said first; None for all.
    """
    wanted = [*standing(positions), positions.c.status.in_(HELD), positions.c.holder_id.is_not(None)]
    if since:
        wanted += [positions.c.said_from >= moved(since, -A_YEAR), positions.c.said_to >= since]
    if until:
        wanted.append(positions.c.said_from <= until)
    columns = (positions.c.key, positions.c.id, positions.c.holder_id, positions.c.object, positions.c.event_id, articles.c.story_id, positions.c.said_from)
    query = select(*columns).join(articles, articles.c.key == positions.c.article).where(*wanted)
    query = query.order_by(positions.c.key) if most is None else query.order_by(positions.c.said_from.desc(), positions.c.id.desc()).limit(most)
    rows = sorted((r for r in connection.execute(query) if r.story_id), key=lambda r: int(r.key))
    stands = (Stand(holder=r.holder_id, object=r.object, event_id=r.event_id, story=r.story_id, said=r.said_from, position=r.id) for r in rows)
    return proposed(stands, fewest=fewest)


def _event(connection: Connection, id: str) -> dict[str, Any]:
    """An event across articles, by its id or that of a mention; a mention that is a member of none stands for itself."""
    names = ("id", "type", "title", "date", "date_from", "date_to")
    member = connection.execute(select(event_members.c.event_id).where(event_members.c.mention_id == id)).scalar()
    row = connection.execute(select(*(events.c[n] for n in names), events.c.merged_into).where(events.c.id == (member or id))).mappings().first()
    while row is not None and row["merged_into"]:
        row = connection.execute(select(*(events.c[n] for n in names), events.c.merged_into).where(events.c.id == row["merged_into"])).mappings().first()
    if row is not None:
        return {**row, "linked": True}
    columns = (event_mentions.c[n] for n in names if n != "title")
    mention = connection.execute(select(*columns, event_mentions.c.trigger).where(event_mentions.c.id == id, event_mentions.c.current)).mappings().first()
    if mention is None:
        raise QueryError(f"the record has no event {id!r}: `onrecord events` lists those it has")
    return {**mention, "title": mention["trigger"], "linked": False}


def _by(day: datetime.date | None) -> ColumnElement[bool]:
    """Said by a day; what has no day of its own counts from its article's."""
    held = and_(*standing(positions), positions.c.status.in_(HELD))
    return held if day is None else and_(held, by(day))


def _query(wanted: ColumnElement[bool]) -> Select[Any]:
    own = [c for c in positions.columns if c.name != "article"]
    of = (
        *(articles.c.key.label("article_key"), articles.c.id.label("article"), articles.c.origin_id, articles.c.publisher),
        *(articles.c.title, articles.c.url, articles.c.published, articles.c.published_from),
    )
    voice = and_(attributions.c.id == positions.c.attribution, attributions.c.article == positions.c.article, attributions.c.run == positions.c.run)
    said = (attributions.c.speaker_name, attributions.c.source, attributions.c.cue, statement_members.c.statement_id, *DONE)
    query = select(*own, *of, actors.c.name, *said).select_from(positions)
    query = query.join(articles, articles.c.key == positions.c.article).outerjoin(actors, actors.c.id == positions.c.holder_id).outerjoin(attributions, voice)
    query = query.outerjoin(statement_members, statement_members.c.attribution_id == attributions.c.id).outerjoin(DOING, does)
    return query.where(wanted).order_by(positions.c.key)


def _text(connection: Connection, key: int) -> str:
    row = connection.execute(select(articles.c.title, articles.c.text).where(articles.c.key == key)).one()
    return f"{row.title or ''}\n{row.text}"


def _searched(connection: Connection, since: datetime.date | None, until: datetime.date | None) -> Searched:
    wanted: list[ColumnElement[bool]] = [articles.c.current]
    if since:
        wanted += [articles.c.published_from >= moved(since, -A_YEAR), articles.c.published_to >= since]
    if until:
        wanted.append(articles.c.published_from <= until)
    told = articles.c.origin_id
    counted = select(func.count(), func.count(func.distinct(articles.c.publisher))).where(*wanted)
    found, outlets = connection.execute(counted).one()
    if found <= COUNTED:
        alone = func.coalesce(told, cast(articles.c.key, Text))
        independent = connection.execute(select(func.count(func.distinct(alone))).where(*wanted)).scalar_one()
    else:
        lie = ([origins.c.published_to >= since] if since else []) + ([origins.c.published_from <= until] if until else [])
        independent = connection.execute(select(func.count()).select_from(origins).where(*lie)).scalar_one()
        independent = min(found, independent + connection.execute(select(func.count()).where(told.is_(None), *wanted)).scalar_one())
    return Searched(articles=found, origins=independent, outlets=outlets, since=since, until=until)


def _stands(
    question: str,
    found: Sequence[tuple[Any, Side]],
    as_of: datetime.date | None,
    wanted: Sequence[str],
    searched: Searched,
    marks: Mapping[str, str],
) -> Stands:
    by_holder: dict[str, list[tuple[Any, Side]]] = defaultdict(list)
    for row, side in found:
        by_holder[row["holder_id"] or f"_.{row['holder'].casefold()}"].append((row, side))
    holders = [_holder(id, rows, marks) for id, rows in by_holder.items()]
    holders.sort(key=lambda h: (h.latest.day is None, -(h.latest.day or datetime.date.min).toordinal(), h.name))
    known = {h.id for h in holders} | {h.country for h in holders}
    return Stands(question=question, as_of=as_of, holders=tuple(holders), without=tuple(w for w in wanted if w not in known), searched=searched)


def _holder(id: str, found: Sequence[tuple[Any, Side]], marks: Mapping[str, str]) -> Holder:
    bases = sorted(_bases(found, marks), key=lambda b: (b.day or datetime.date.min, b.confidence, b.position), reverse=True)
    row = found[0][0]
    latest = bases[0]
    opposite = next((b for b in bases[1:] if {b.stance, latest.stance} == {"support", "oppose"}), None)
    name = row["name"] or row["holder"]
    return Holder(
        id=id, name=name, country=row["holder_country"], sector=row["holder_sector"], latest=latest, earlier=tuple(bases[1:]), opposite=opposite
    )  # fmt: skip


def _bases(found: Sequence[tuple[Any, Side]], marks: Mapping[str, str]) -> Iterator[Basis]:
    """One holder's positions; the same act in one statement that many articles carry, or on one object in copies of one text, is one."""
    groups: dict[tuple[Any, ...], list[tuple[Any, Side]]] = defaultdict(list)
    for row, side in found:
        groups[once(row)].append((row, side))
    for group in groups.values():
        row, side = min(group, key=lambda x: first_published(x[0]))
        day = row["said_from"] or row["published_from"]
        yield Basis(
            position=row["id"],
            stance=sided(row["stance"], side),
            stance_on_object=row["stance"],
            act=row["act"],
            verb=verb(row),
            cue=row["cue"],
            status=row["status"],
            object=row["object"],
            quotation=row["evidence"],
            basis=row["basis"],
            said_by=row["speaker_name"] or row["source"],
            day=day,
            said_reason=row["said_reason"] if row["said_from"] else "publication",
            article=row["article"],
            publisher=row["publisher"],
            title=row["title"],
            url=row["url"],
            published=row["published"],
            confidence=row["confidence"],
            articles=len({r["article"] for r, _ in group}),
            origins=len({r["origin_id"] or r["article"] for r, _ in group}),
            review=row["review"],
            retracted=marks.get(row["article"]),
        )
