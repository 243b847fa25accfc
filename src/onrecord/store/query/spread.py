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
DAYS = {"day": STRING, "count": COUNT}
PLACES = {"name": STRING, "country": STRING, "geonameid": COUNT, "lat": polars.Float64, "lon": polars.Float64, "precision": STRING, "count": COUNT}


def days(connection: Connection, wanted: Wanted, *, placed: bool = False) -> Found:
    """How many events began on each day, in the order of days; events that are dated less exactly than a day are in the notes.

    Args:
        connection: the record.
        wanted: which events, as for :func:`onrecord.store.query.events`.
        placed: only those that have a place with coordinates.
    """
    filters = read(connection, wanted, of="events", by=FILTERS)
    counts: dict[str, int] = {}
    rough = 0
    for table, query in _both(connection, filters, placed):
        exact = table.c.date_precision == "day"
        day = case((exact, func.substr(table.c.date, 1, DAY)), else_=None)
        for name, count in connection.execute(query.with_only_columns(day, func.count()).where(table.c.date_from.is_not(None)).group_by(day)):
            if name is None:
                rough += count
            else:
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
    return connection.execute(select(func.max(articles.c.published_from))).scalar()


def _both(connection: Connection, filters: Filters, placed: bool) -> Iterator[tuple[Table, Select[Any]]]:
    for table, query in ((events, linked(connection, filters)), (event_mentions, unlinked(connection, filters))):
        if placed:  # few events have a place: they are found by its name
            query = query.where(table.c.place_name > "", table.c.place_lat.is_not(None))
            query = query.with_hint(table, f"INDEXED BY ix_{table.name}_place_name", "sqlite") if _only_placed(filters) else query
        yield table, query


def _only_placed(filters: Filters) -> bool:
    """Whether nothing narrows the events more than that they have a place."""
    return not (filters.place or filters.type)
