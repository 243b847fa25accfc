"""How events are spread over days and over places: counts, without the events themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import polars
from sqlalchemy import Connection, Select, Table, case, func, select

from onrecord.store.query.events import FILTERS, linked, unlinked
from onrecord.store.query.table import Row
from onrecord.store.query.table import Table as Found
from onrecord.store.query.wanted import Filters, Wanted, read
from onrecord.store.schema import articles, event_mentions, events

STRING, COUNT = polars.String, polars.Int64
DAY = len("2021-03-07")
LATEST = "9999"
SLACK = datetime.timedelta(days=31)
"""How far the first day on which an event may have begun can lie before the day that is given for it."""
DAYS = {"day": STRING, "count": COUNT}
PLACES = {"name": STRING, "country": STRING, "geonameid": COUNT, "lat": polars.Float64, "lon": polars.Float64, "precision": STRING, "count": COUNT}


def days(connection: Connection, wanted: Wanted, *, placed: bool = False) -> Found:
    """How many events began on each day, in the order of days; how many are dated less exactly than a day is in the notes.

    Args:
        connection: the record.
        wanted: which events, as for :func:`onrecord.store.query.events`; of those that lasted into the days asked for, only those that began in them.
        placed: only those that have a place with coordinates.
    """
    filters = read(connection, wanted, of="events", by=FILTERS)
    first, last = (day.isoformat() if day else edge for day, edge in ((filters.since, ""), (filters.until, LATEST)))
    counts: dict[str, int] = {}
    rough = 0
    for table, query in _both(connection, filters, placed):
        day = case((table.c.date_precision == "day", func.substr(table.c.date, 1, DAY)), else_=None)
        begun = table.c.date_from >= filters.since - SLACK if filters.since else table.c.date_precision.is_not(None)
        for name, count in connection.execute(query.with_only_columns(day, func.count()).where(begun).group_by(day)):
            if name is None:
                rough += count
            elif first <= name <= last:
                counts[name] = counts.get(name, 0) + count
    notes = [*filters.notes, *([f"{rough} event(s) are dated less exactly than a day"] if rough else [])]
    return Found([{"day": day, "count": counts[day]} for day in sorted(counts)], DAYS, notes=notes)


def places(connection: Connection, wanted: Wanted) -> Found:
    """How many events happened at each place that has coordinates, the most first.

    Args:
        connection: the record.
        wanted: which events, as for :func:`onrecord.store.query.events`; ``limit`` is of places.
    """
    filters = read(connection, wanted, of="events", by=FILTERS)
    found: dict[Any, Row] = {}
    for table, query in _both(connection, filters, True):
        where = tuple(table.c[f"place_{n}"] for n in ("name", "country", "geonameid", "lat", "lon", "precision"))
        for *place, count in connection.execute(query.with_only_columns(*where, func.count()).group_by(*where)):
            row = found.setdefault(tuple(place), {**dict(zip(PLACES, (*place, 0), strict=True))})
            row["count"] += count
    rows = sorted(found.values(), key=lambda r: (-r["count"], r["name"], r["lat"]))
    return Found(rows[: filters.limit], PLACES, notes=filters.notes)


def last_day(connection: Connection) -> datetime.date | None:
    """The last day on which an article of the record was published."""
    return connection.execute(select(func.max(articles.c.published_from)).where(articles.c.current)).scalar()


def _both(connection: Connection, filters: Filters, placed: bool) -> Iterator[tuple[Table, Select[Any]]]:
    yield events, linked(connection, filters, placed=placed)
    yield event_mentions, unlinked(connection, filters, placed=placed)
