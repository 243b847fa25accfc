"""Conditions on event mentions and on their events across articles, shared by the queries that ask about events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, or_, select

from onrecord.store.query.walking import frequent, per_article
from onrecord.store.query.wanted import Filters, among, articles_wanted, one_of, standing
from onrecord.store.query.words import having_them
from onrecord.store.schema import articles, event_mentions, participants

DIGITS = 18
"""That a number may have which a database keeps; what has more is the number of nothing."""


def mentions_wanted(connection: Connection, filters: Filters, *, each: bool = False) -> list[ColumnElement[bool]]:
    """Conditions on event mentions: that they stand, who takes part in them, in which articles and how sure they are.

    Args:
        connection: the record.
        filters: what is asked for.
        each: whether who takes part is looked up for each mention, which is quick where little else is to be looked at; else all of whom they do are listed.
    """
    wanted = standing(event_mentions, filters.reviewed)
    who = _taking_part(filters)
    if who and each:
        wanted.append(exists().where(participants.c.finding == event_mentions.c.key, *who))
    elif who:
        wanted.append(event_mentions.c.key.in_(select(participants.c.finding).where(and_(*who))))
    if filters.source is not None or filters.target is not None:
        wanted.append(event_mentions.c.key.in_(_between(filters)))
    wanted += articles_wanted(connection, filters, event_mentions.c.article)
    if filters.min_confidence:
        wanted.append(event_mentions.c.confidence >= filters.min_confidence)
    return wanted


def _taking_part(filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on who takes part, in whatever role."""
    who = [participants.c.actor_id.in_(filters.actor)] if filters.actor is not None else []
    return who + [one_of(participants.c[name], getattr(filters, name)) for name in ("country", "sector") if getattr(filters, name)]


def _between(filters: Filters) -> Select[Any]:
    """The mentions of what some do, of what is done to some, or of what the former do to the latter."""
    done = participants.alias("done")
    does = and_(participants.c.actor_id.in_(filters.source or ()), participants.c.role == "actor")
    to = and_(done.c.actor_id.in_(filters.target or ()), done.c.role == "recipient")
    if filters.target is None:
        return select(participants.c.finding).where(does)
    if filters.source is None:
        return select(done.c.finding).where(to)
    return select(participants.c.finding).join(done, done.c.finding == participants.c.finding).where(does, to)


def many_are(connection: Connection, filters: Filters) -> bool:
    """Whether the first of very many events are asked for: by who takes part, by words or by outlet, and by nothing else that tells of their mentions.

    Then going through all events by day finds the first soonest.
    """
    who = _taking_part(filters)
    within = [select(articles.c.key).where(articles.c.publisher.in_(filters.publisher))] if filters.publisher else []
    within += [having_them(connection, filters.text)] if filters.text is not None else []
    if filters.limit is None or bool(who) + len(within) != 1 or any((filters.source, filters.target, filters.article, filters.story)):
        return False
    if who:
        return frequent(connection, event_mentions, select(participants.c.finding).where(*who), limit=filters.limit, missed=1)
    return frequent(connection, event_mentions, within[0], limit=filters.limit, each=per_article(connection, event_mentions), missed=1)


def itself_wanted(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on the type, place and date that an event, or a mention of one, has itself."""
    wanted = [one_of(table.c.type, [t.upper() for t in filters.type])] if filters.type else []
    if filters.place:
        wanted.append(at_place(table, filters.place))
    if filters.since or filters.until:
        wanted.append(among(table.c.date_from, table.c.date_to, filters))
    return wanted


def at_place(table: Table, places: tuple[str, ...]) -> ColumnElement[bool]:
    """A condition that an event happened in one of some places, by name, country code or GeoNames id."""
    numbers = [int(p) for p in places if p.isdecimal() and len(p) <= DIGITS]
    codes = [p.upper() for p in places if len(p) == len("CHL") and p.isalpha()]
    parts = [table.c.place_name.in_(places)]
    parts += [table.c.place_country.in_(codes)] if codes else []
    parts += [table.c.place_geonameid.in_(numbers)] if numbers else []
    return or_(*parts)
