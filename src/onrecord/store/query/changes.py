"""The change feed: what of a record is new, changed or gone since a point.

A point is the time of a change and the number of changes taken of that time, so that a reader who comes back with the last
``next`` gets every change once, also where many have one time.
"""

from __future__ import annotations

import re
from typing import Any

import polars
from sqlalchemy import Connection, Select, literal, null, select, union_all

from onrecord.store.errors import QueryError
from onrecord.store.query.mentions import DIGITS
from onrecord.store.query.table import Table
from onrecord.store.schema import articles, codings, events, events_log, forgotten, runs

STRING = polars.String
SCHEMA = {"at": STRING, "what": STRING, "kind": STRING, "id": STRING, "others": STRING, "run": STRING}
BETWEEN = "~"
TIME = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?Z?)?)?)?", re.ASCII)
"""A time in UTC or the beginning of one, as the record writes it: what is compared is the text."""


def changes(connection: Connection, since: str | None = None, *, limit: int | None = None) -> Table:
    """What is new, changed or gone, oldest first.

    Args:
        connection: the record.
        since: an ISO 8601 time, or ``next`` of an earlier answer; None for everything.
        limit: the most rows.

    Returns:
        ``what`` is ``added``, ``coded`` (by a run, anew where it had been), ``replaced`` (an article has another text now), ``forgotten`` (``id`` is the
        SHA-256 of the article's id), ``made``, ``merged``, ``split``, ``emptied`` or ``changed`` (of an event). ``next`` is always given.

    Raises:
        QueryError: ``since`` is no point.
    """
    at, taken = _point(since)
    feed = union_all(*_feeds()).subquery()
    query = select(feed).order_by(feed.c.at, feed.c.what, feed.c.id, feed.c.others)
    if at:
        query = query.where(feed.c.at >= at)
    found = [dict(row) for row in connection.execute(query.limit(None if limit is None else limit + taken)).mappings()]
    same = [r for r in found if r["at"] == at][:taken]
    rows = found[len(same) :]
    if limit is not None:
        rows = rows[:limit]
    last = rows[-1]["at"] if rows else at
    count = sum(r["at"] == last for r in rows) + (len(same) if last == at else 0)
    return Table(rows, SCHEMA, next=f"{last}{BETWEEN}{count}" if last else None)


def _point(since: str | None) -> tuple[str, int]:
    at, _, taken = (since or "").partition(BETWEEN)
    if since and not (TIME.fullmatch(at) and (not taken or (taken.isdecimal() and len(taken) <= DIGITS))):
        raise QueryError(f"{since!r} is no point in the feed of changes: give a time in UTC (2021-03-09T12:00:00) or what the last answer ended with")
    return at if taken else at.removesuffix("Z"), int(taken or 0)


def _feeds() -> list[Select[Any]]:
    def row(at: Any, what: Any, kind: str, id: Any, others: Any = None, run: Any = None) -> Select[Any]:
        cells = (at.label("at"), what.label("what"), literal(kind).label("kind"), id.label("id"))
        return select(*cells, (null() if others is None else others).label("others"), (null() if run is None else run).label("run"))

    coded = row(codings.c.coded_at, literal("coded"), "article", articles.c.id, run=runs.c.id)
    coded = coded.join(articles, articles.c.key == codings.c.article).join(runs, runs.c.key == codings.c.run)
    return [
        row(articles.c.added_at, literal("added"), "article", articles.c.id),
        row(codings.c.superseded_at, literal("replaced"), "article", articles.c.id)
        .join(articles, articles.c.key == codings.c.article)
        .where(codings.c.superseded_at.is_not(None), articles.c.current.is_(False)),
        coded,
        row(forgotten.c.forgotten_at, literal("forgotten"), "article", forgotten.c.id_sha256),
        row(events_log.c.at, events_log.c.what, "event", events_log.c.event_id, events_log.c.other_ids.cast(events.c.id.type)),
        row(events.c.changed_at, literal("changed"), "event", events.c.id).where(events.c.changed_at != events.c.made_at, events.c.current),
    ]
