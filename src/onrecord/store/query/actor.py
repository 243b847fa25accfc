"""One actor: what it does and what is done to it, where it stands and who stands where on it, what it is called and in which roles.

An actor can be in every article of a record: only what was added last is looked at, and the answer says how much that is.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from onrecord.operating import OperatingPoint
from onrecord.records import WORDS_OF
from onrecord.store.query.events import portions, these
from onrecord.store.query.standing import OF_ARTICLE, QUOTES, marked, quoted
from onrecord.store.query.table import Row, Table
from onrecord.store.query.wanted import standing
from onrecord.store.schema import (
    actor_mentions,
    actor_names,
    actors,
    article_actors,
    articles,
    attribution_spans,
    attributions,
    event_mentions,
    participants,
    positions,
)

LATEST = 2_000
"""Event mentions, positions and articles of an actor that are looked at, those added last."""
TOLD = 150
"""Articles in which is looked for what others say of an actor, and how they write it: those added last."""
FORMS = ("name", "acronym", "demonym", "seat")
NAMES, ROLES, COUNTERPARTS, EXAMPLES, EVENTS = 20, 20, 25, 3, 8
STANCES = ("support", "oppose", "neutral")
MONTH = len("2021-03")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a record holds of an actor.

    Attributes:
        actor: ``id``, ``name``, ``country``, ``sector``, ``kind``.
        names: what it is called, by in how many articles: ``name``, ``articles``.
        written: as what it is written (not by pronouns), by in how many of the articles added last: ``text``, ``articles``.
        articles: how many articles it is in, as far as they are looked at.
        whole: whether all of it was looked at, and not only what was added last.
        roles: what articles say it is: ``role``, ``affiliation``, ``affiliation_id``, ``articles``, ``origins`` (independent texts), ``evidence`` (``article``,
            ``title``, ``publisher``, ``published``, ``start``).
        months: a row for each month: ``month``, ``does`` and ``undergoes`` (events, each once however many articles report it), ``held_support``,
            ``held_oppose``, ``held_neutral`` (positions it takes) and ``on_support``, ``on_oppose``, ``on_neutral`` (positions on it).
        acts_on: on whom it acts: ``id``, ``name``, ``kind``, ``events``, ``types`` (of each how many), those of most events first.
        acted_on_by: who acts on it, likewise.
        events: the latest of the events, as rows of events are.
    """

    actor: Row
    names: Sequence[Row]
    written: Sequence[Row]
    articles: int
    whole: bool
    roles: Sequence[Row]
    months: Sequence[Row]
    acts_on: Sequence[Row]
    acted_on_by: Sequence[Row]
    events: Sequence[Row]


def profile(connection: Connection, id: str, point: OperatingPoint) -> Profile | None:
    """What is known of an actor; None where the record has none of that id.

    Args:
        connection: the record.
        id: the actor's.
        point: how sure findings must be.
    """
    actor = connection.execute(select(actors).where(actors.c.id == id)).mappings().first()
    if actor is None:
        return None
    names = connection.execute(
        select(actor_names.c.name, actor_names.c.articles)
        .where(actor_names.c.id == id)
        .order_by(actor_names.c.articles.desc(), actor_names.c.name)
        .limit(NAMES)
    ).mappings()
    entries = connection.execute(
        select(*(article_actors.c[n] for n in ("key", "article", "role", "affiliation", "affiliation_id")))
        .where(article_actors.c.id == id, *standing(article_actors))
        .order_by(article_actors.c.key.desc())
        .limit(LATEST)
    ).all()
    mentions, all_events = _mentions(connection, id, point.events)
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for role, name in (("actor", "does"), ("recipient", "undergoes")):
        for month, _ in {(_month(m), m["event"]) for m in mentions if m["role"] == role}:
            if month:
                months[month][name] += 1
    all_held = _stands(connection, id, point.positions, months, held=True)
    all_on = _stands(connection, id, point.positions, months, held=False)
    columns = ("does", "undergoes", *(f"{what}_{stance}" for what in ("held", "on") for stance in STANCES))
    others = _others(connection, id, mentions)
    return Profile(
        actor=dict(actor),
        names=[dict(r) for r in names],
        written=_written(connection, [e.key for e in entries[:TOLD]]),
        articles=len(entries),
        whole=len(entries) < LATEST and all_events and all_held and all_on,
        roles=_roles(connection, entries),
        months=[{"month": month, **{c: months[month][c] for c in columns}} for month in sorted(months)],
        acts_on=_counted(connection, others["actor"]),
        acted_on_by=_counted(connection, others["recipient"]),
        events=these(connection, _last(mentions)),
    )


def _last(mentions: Sequence[Row]) -> list[str]:
    """The latest events of mentions."""
    days: dict[str, datetime.date] = {}
    for m in mentions:
        if m["date_from"] is not None:
            days[m["event"]] = max(m["date_from"], days.get(m["event"], m["date_from"]))
    return sorted(days, key=lambda event: (days[event], event), reverse=True)[:EVENTS]


def _written(connection: Connection, entries: Sequence[int]) -> list[Row]:
    """The names under which articles mention an actor, each counted once an article."""
    count = func.count(func.distinct(actor_mentions.c.finding))
    query = select(actor_mentions.c.text, count.label("articles")).where(actor_mentions.c.finding.in_(entries), actor_mentions.c.form.in_(FORMS))
    rows = connection.execute(query.group_by(actor_mentions.c.text).order_by(count.desc(), actor_mentions.c.text).limit(NAMES)).mappings()
    return [dict(r) for r in rows]


def _month(row: Row) -> str | None:
    """The month in which something lies, where that is known so exactly."""
    day: datetime.date | None = row["date_from"]
    return day.isoformat()[:MONTH] if day is not None and row["date_precision"] != "year" else None


def _mentions(connection: Connection, id: str, least: float) -> tuple[list[Row], bool]:
    """The mentions of events that an actor takes part in, and whether these are all."""
    latest = select(participants.c.finding, participants.c.role).where(participants.c.actor_id == id).order_by(participants.c.finding.desc()).limit(LATEST)
    some = latest.subquery()
    event = func.coalesce(event_mentions.c.event_id, event_mentions.c.id).label("event")
    query = select(some.c.finding, some.c.role, event, event_mentions.c.type, event_mentions.c.date_from, event_mentions.c.date_precision)
    query = query.join(event_mentions, event_mentions.c.key == some.c.finding)
    rows = connection.execute(query.where(*standing(event_mentions), event_mentions.c.confidence >= least)).mappings()
    found = [dict(r) for r in rows]
    return found, connection.execute(select(func.count()).select_from(some)).scalar_one() < LATEST


def _stands(connection: Connection, id: str, least: float, months: dict[str, Counter[str]], *, held: bool) -> bool:
    """Count the positions that an actor takes, or that others take on it, by month; says whether all were counted."""
    of = positions.c.holder_id if held else positions.c.object_actor_id
    columns = (positions.c.stance, positions.c.said_from, positions.c.said_precision, positions.c.confidence, positions.c.review)
    order = positions.c.said_from.desc() if held else positions.c.key.desc()
    rows = connection.execute(select(*columns).where(of == id, positions.c.current).order_by(order).limit(LATEST)).all()
    for r in rows:
        month = _month({"date_from": r.said_from, "date_precision": r.said_precision})
        if month and r.confidence >= least and r.review != "rejected":
            months[month][f"{'held' if held else 'on'}_{r.stance}"] += 1
    return len(rows) < LATEST


def _others(connection: Connection, id: str, mentions: Sequence[Row]) -> dict[str, dict[str, dict[str, str]]]:
    """Those on the other side of an actor's events: by the actor's role, for each of them the types of the events by their ids."""
    of: dict[int, list[Row]] = defaultdict(list)
    for m in mentions:
        of[m["finding"]].append(m)
    out: dict[str, dict[str, dict[str, str]]] = {"actor": defaultdict(dict), "recipient": defaultdict(dict)}
    for some in portions(list(of)):
        query = select(participants.c.finding, participants.c.role, participants.c.actor_id).where(participants.c.finding.in_(some))
        for p in connection.execute(query.where(participants.c.actor_id.is_not(None), participants.c.actor_id != id)):
            for m in of[p.finding]:
                if p.role != m["role"]:
                    out[m["role"]][p.actor_id][m["event"]] = m["type"]
    return out


def _counted(connection: Connection, others: dict[str, dict[str, str]]) -> list[Row]:
    most = sorted(others, key=lambda other: (-len(others[other]), other))[:COUNTERPARTS]
    named = connection.execute(select(actors.c.id, actors.c.name, actors.c.kind).where(actors.c.id.in_(most))).mappings()
    known = {r["id"]: dict(r) for r in named}
    unknown = {"name": None, "kind": None}
    return [{**known.get(o, {"id": o, **unknown}), "events": len(others[o]), "types": dict(Counter(others[o].values()).most_common())} for o in most]


def _roles(connection: Connection, entries: Sequence[Any]) -> list[Row]:
    """The roles that articles give an actor, each with some that say so."""
    held: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for e in entries:
        if e.role or e.affiliation:
            held[e.role, e.affiliation, e.affiliation_id].append(e)
    most = sorted(held, key=lambda role: (-len(held[role]), tuple(str(x) for x in role)))[:ROLES]
    where = _articles(connection, {e.article for role in most for e in held[role]})
    names = {r.id: r.name for r in connection.execute(select(actors.c.id, actors.c.name).where(actors.c.id.in_([a for _, _, a in most if a])))}
    shown = [e.key for role in most for e in held[role][:EXAMPLES]]
    starts: dict[int, int] = {}
    for some in portions(shown):
        query = select(actor_mentions.c.finding, actor_mentions.c.text_start).where(actor_mentions.c.finding.in_(some), actor_mentions.c.n == 0)
        starts.update((r.finding, r.text_start) for r in connection.execute(query))
    out = []
    for role in most:
        entries_of = [e for e in held[role] if e.article in where]
        evidence = [{**where[e.article], "start": starts.get(e.key)} for e in entries_of[:EXAMPLES]]
        texts = len({where[e.article]["origin"] or where[e.article]["article"] for e in entries_of})
        row = {"role": role[0], "affiliation": role[1] or names.get(role[2]), "affiliation_id": role[2]}
        out.append({**row, "articles": len(entries_of), "origins": texts, "evidence": [{k: v for k, v in e.items() if k != "origin"} for e in evidence]})
    return out


def _articles(connection: Connection, keys: Iterable[int]) -> dict[int, Row]:
    out: dict[int, Row] = {}
    columns = (*OF_ARTICLE[:3], articles.c.title, articles.c.origin_id.label("origin"))
    for some in portions(sorted(keys)):
        rows = connection.execute(select(articles.c.key, *columns).where(articles.c.key.in_(some))).mappings()
        out.update((r["key"], {name: value for name, value in r.items() if name != "key"}) for r in rows)
    return out


def said_of(connection: Connection, id: str, *, least: float, limit: int) -> Table:
    """What others are quoted with that names an actor, of the articles added last.

    Args:
        connection: the record.
        id: the actor's.
        least: the least confidence of who says it; attitudes, which are no words, are left out anyway.
        limit: the most rows.
    """
    some = select(article_actors.c.key, article_actors.c.article, article_actors.c.run).where(article_actors.c.id == id, article_actors.c.current)
    latest = some.order_by(article_actors.c.key.desc()).limit(TOLD).subquery()
    within = and_(
        attribution_spans.c.finding == attributions.c.key,
        attribution_spans.c.part == "content",
        attribution_spans.c.text_start <= actor_mentions.c.text_start,
        attribution_spans.c.text_end >= actor_mentions.c.text_end,
    )
    words = and_(attributions.c.article == latest.c.article, attributions.c.run == latest.c.run, attributions.c.confidence >= max(least, WORDS_OF))
    named = select(attributions.c.key).select_from(latest).join(attributions, words).join(actor_mentions, actor_mentions.c.finding == latest.c.key)
    named = named.join(attribution_spans, within).where(*standing(attributions), attributions.c.speaker_id.is_distinct_from(id))
    keys = list(connection.execute(named.distinct().order_by(attributions.c.key.desc()).limit(limit)).scalars())
    query = select(*OF_ARTICLE, *(c for c in attributions.columns if c.name != "article")).join(articles, articles.c.key == attributions.c.article)
    rows = connection.execute(query.where(attributions.c.key.in_(keys)).order_by(attributions.c.published_from.desc(), attributions.c.id)).mappings()
    return Table(marked(connection, [quoted(dict(r)) for r in rows]), QUOTES)
