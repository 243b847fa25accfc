"""What a query asks for: filters, how many rows, and after which."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import TypedDict

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, func, select, true

from onrecord.store.days import bounds
from onrecord.store.errors import QueryError
from onrecord.store.naming import called, unknown
from onrecord.store.query.walking import frequent, per_article
from onrecord.store.query.words import having
from onrecord.store.schema import articles, event_mentions, events

One = str | Iterable[str]
Day = str | datetime.date


class Wanted(TypedDict, total=False):
    """What can be asked for. Several values of one filter are alternatives, several filters hold together.

    Attributes:
        actor: actor ids (``CHL.GOV``) or names: who takes part, holds the position or speaks.
        country: their country, ISO 3166 alpha-3 or as docs/report-format.md has it.
        sector: their PLOVER sector.
        type: of an event; of the event that a position is on; ``direct``, ``indirect`` or ``mixed`` of a quotation.
        act: of a position (``condemn``).
        stance: of a position: ``oppose``, ``support``, ``neutral``.
        event: the id of an event, or of one mention of it, that a position is on.
        place: the name, country code or GeoNames id of an event's place.
        publisher: of the article.
        text: words of the article or its title: all of them, ``"in this order"``, ``-without`` or ``this OR that``.
        article: article ids.
        story: the story that the article belongs to, by id.
        source: actor ids or names: who does what the event is.
        target: actor ids or names: to whom it is done.
        about: actor ids or names: whom a position is on.
        since: the first day (``2021-03-09``, ``2021-03``, ``2021``) of the event, of what was said, or of publication.
        until: the last day.
        min_confidence: the least confidence.
        reviewed: ``any`` but what was rejected, unless another is given: ``confirmed`` (as it was, or corrected), ``unreviewed``,
            ``with-rejected``, or ``rejected`` alone.
        limit: the most rows.
        after: ``next`` of the table before.
    """

    actor: One
    country: One
    sector: One
    type: One
    act: One
    stance: One
    event: One
    place: One
    publisher: One
    text: str
    article: One
    story: One
    source: One
    target: One
    about: One
    since: Day
    until: Day
    min_confidence: float
    reviewed: str
    limit: int | None
    after: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The same, read: lists are tuples, days are dates, actors are ids, outlets are as articles name them."""

    actor: tuple[str, ...] | None = None
    country: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    text: str | None = None
    article: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    source: tuple[str, ...] | None = None
    target: tuple[str, ...] | None = None
    about: tuple[str, ...] | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    min_confidence: float = 0.0
    reviewed: str = "any"
    limit: int | None = None
    after: str | None = None
    notes: tuple[str, ...] = ()


PAGED = {"limit", "after"}
REVIEWED = ("any", "confirmed", "unreviewed", "with-rejected", "rejected")
HELD = ("confirmed", "corrected")
"""Verdicts of somebody who holds a finding to be right, as it was or as corrected."""
NAMING = ("actor", "source", "target", "about")
"""The filters that name actors."""


def read(connection: Connection, wanted: Wanted, *, of: str, by: Sequence[str]) -> Filters:
    """Read what is asked for.

    Args:
        connection: looks up actors' names.
        wanted: what is asked for.
        of: what rows are asked for, for messages.
        by: the filters that these rows have.

    Raises:
        QueryError: there is no such filter, or a value can't be read.
    """
    unknown = [name for name in wanted if name not in PAGED and name not in by]
    if unknown:
        raise QueryError(f"{of} can't be filtered by {', '.join(unknown)}: choose from {', '.join(by)}")
    values = {name: value for name, value in wanted.items() if value is not None}
    found: dict[str, object] = {}
    for name, value in values.items():
        match name:
            case "since" | "until":
                found[name] = _day(str(value), last=name == "until")
            case "limit" | "min_confidence" | "text" | "after" | "reviewed":
                found[name] = value
            case _:
                found[name] = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
    limit = found.get("limit")
    if isinstance(limit, int) and limit < 1:
        raise QueryError(f"limit must be positive, got {limit}")
    if found.get("reviewed", "any") not in REVIEWED:
        raise QueryError(f"reviewed can't be {found['reviewed']!r}: choose from {', '.join(REVIEWED)}")
    notes: list[str] = []
    for name in NAMING:
        if names := found.get(name):
            found[name] = ids_of(connection, names, notes)  # type: ignore[arg-type]
    if names := found.get("place"):
        found["place"] = _places(connection, names, notes)  # type: ignore[arg-type]
    if outlets := found.get("publisher"):
        found["publisher"] = tuple(spelled(connection, outlets)) or outlets  # type: ignore[arg-type]
    found["notes"] = tuple(notes)
    return Filters(**found)  # type: ignore[arg-type]


def _day(value: str, *, last: bool) -> datetime.date:
    day = bounds(value)[last]
    if day is None:
        raise QueryError(f"{value!r} is no date: write 2021-03-09, 2021-03 or 2021")
    return day


def ids_of(connection: Connection, names: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    """The ids that names mean; of a name that means nobody a note is taken."""
    ids: list[str] = []
    for name in names:
        found = called(connection, name)
        if not found:
            notes.append(unknown(connection, name))
        ids += found
    return tuple(ids)


def resolved(connection: Connection, names: Sequence[str]) -> tuple[str, ...]:
    """The ids of the actors that ids or names mean, in any case."""
    return ids_of(connection, names, [])


def _places(connection: Connection, places: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    """Places as events name them, whatever the case they are asked for in; codes and numbers as they are."""
    out: list[str] = []
    for place in places:
        known = [select(t.c.place_name).where(t.c.place_name == place).limit(1) for t in (event_mentions, events)]
        found = {place} if any(connection.execute(k).first() for k in known) else set()
        if not found and not place.isdecimal():
            for table in (event_mentions, events):
                found |= set(connection.execute(select(table.c.place_name).where(func.lower(table.c.place_name) == place.lower()).distinct()).scalars())
        code = place.isdecimal() or (len(place) == len("CHL") and place.isalpha())
        if not found and not code:
            notes.append(f"the record has no event at {place!r}")
        out += [*sorted(found - {place}), place]
    return tuple(out)


def spelled(connection: Connection, publishers: Sequence[str]) -> list[str]:
    """Outlets as articles name them, whatever the case they are asked for in."""
    named = articles.c.publisher
    known = connection.execute(select(named).where(articles.c.current, func.lower(named).in_([p.lower() for p in publishers])).distinct())
    return sorted(known.scalars())


def standing(table: Table, reviewed: str = "any") -> list[ColumnElement[bool]]:
    """Conditions that a finding is current, and reviewed as is asked for."""
    wanted: list[ColumnElement[bool]] = [table.c.current]
    match reviewed:
        case "confirmed":
            wanted.append(table.c.review.in_(HELD))
        case "unreviewed":
            wanted.append(table.c.review.is_(None))
        case "rejected":
            wanted.append(table.c.review == "rejected")
        case "any":
            wanted.append(table.c.review.is_distinct_from("rejected"))
    return wanted


def one_of(column: ColumnElement[str] | Column[str], values: Sequence[str]) -> ColumnElement[bool]:
    """A condition that a column has one of some values; true where there are none to have."""
    return column.in_(values) if values else true()


def among(first: Column[datetime.date], last: Column[datetime.date], filters: Filters) -> ColumnElement[bool]:
    """A condition that a date can lie within the days asked for; one that is not known does not."""
    since = last >= filters.since if filters.since else true()
    until = first <= filters.until if filters.until else true()
    return and_(since, until)


def articles_wanted(connection: Connection, filters: Filters, key: Column[int]) -> list[ColumnElement[bool]]:
    """Conditions on the article that a row is of.

    Args:
        connection: the record.
        filters: what is asked for.
        key: the column that holds the article's number.
    """
    own: list[ColumnElement[bool]] = []
    if filters.publisher:
        own.append(articles.c.publisher.in_(filters.publisher))
    if filters.article:
        own.append(articles.c.id.in_(filters.article))
    if filters.story:
        own.append(articles.c.story_id.in_(filters.story))
    if own and key is not articles.c.key:
        listed = select(articles.c.key).where(*own)  # what an outlet published is had from an index alone; no finding of a replaced version is current
        listed = listed if filters.publisher and len(own) == 1 else listed.where(articles.c.current)
        many = filters.limit is not None and frequent(connection, key.table, listed, limit=filters.limit, each=per_article(connection, key.table))
        own = [(key + 0 if many else key).in_(listed)]  # of many, rows are gone through in their own order
    return own if filters.text is None else [*own, having(connection, filters.text, key, few=filters.limit is None)]
