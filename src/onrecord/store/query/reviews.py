"""The reviews of findings and what is noted of articles, and what they say of rows."""

from __future__ import annotations

import json

import polars
from sqlalchemy import ColumnElement, Connection, Select, Table, select

from onrecord.store.errors import QueryError
from onrecord.store.query import paging
from onrecord.store.query.table import Table as Found
from onrecord.store.schema import articles, corrections, reviews

STRING = polars.String
REVIEWS = {
    **dict.fromkeys(("finding", "room", "article", "verdict", "fields", "reviewer", "at", "note", "words"), STRING),
    "current": polars.Boolean,
    "holds_for": STRING,
}
CORRECTIONS = dict.fromkeys(("article", "title", "publisher", "kind", "reviewer", "at", "note"), STRING)


def reviews_found(
    connection: Connection,
    *,
    finding: str | None = None,
    article: str | None = None,
    verdict: str | None = None,
    room: str | None = None,
    reviewer: str | None = None,
    earlier: bool = False,
    limit: int | None = None,
    after: str | None = None,
) -> Found:
    """The reviews, the last first. ``fields`` is JSON; ``holds_for`` is the id that the finding has now, None where it is found no more.

    Raises:
        QueryError: ``after`` is no cursor.
    """
    wanted: list[ColumnElement[bool]] = [] if earlier else [reviews.c.current]
    given = {"finding": finding, "article": article, "verdict": verdict, "room": room, "reviewer": reviewer}
    wanted += [reviews.c[name] == value for name, value in given.items() if value is not None]
    query = select(reviews.c.key, *(reviews.c[name] for name in REVIEWS)).where(*wanted)
    rows, following = _page(connection, query, reviews, limit, after)
    return Found([{**row, "fields": json.dumps(row["fields"], ensure_ascii=False)} for row in rows], REVIEWS, next=following)


def corrections_found(connection: Connection, *, article: str | None = None, limit: int | None = None, after: str | None = None) -> Found:
    """What is noted of articles, the last first: ``correction``, ``retraction``, or ``lifted`` where an earlier note no longer holds."""
    of = (articles.c.title, articles.c.publisher)
    own = (corrections.c[name] for name in CORRECTIONS if name in corrections.c)
    query = select(corrections.c.key, *own, *of).outerjoin(articles, (articles.c.id == corrections.c.article) & articles.c.current)
    if article is not None:
        query = query.where(corrections.c.article == article)
    rows, following = _page(connection, query, corrections, limit, after)
    return Found([{name: row[name] for name in CORRECTIONS} for row in rows], CORRECTIONS, next=following)


def any_rejected(connection: Connection) -> bool:
    """Whether anything is rejected at all, which is quickly said."""
    return connection.execute(select(reviews.c.key).where(reviews.c.verdict == "rejected", reviews.c.current).limit(1)).first() is not None


def _page(
    connection: Connection, query: Select[tuple[object, ...]], table: Table, limit: int | None, after: str | None
) -> tuple[list[dict[str, object]], str | None]:
    """Rows by their numbers, the last first, and the cursor to those that follow."""
    if after is not None:
        first, _ = paging.decoded(after)
        if not isinstance(first, int):
            raise QueryError(f"{after!r} is no cursor of these rows")
        query = query.where(table.c.key < first)
    found = [dict(r) for r in connection.execute(query.order_by(table.c.key.desc()).limit(paging.more(limit))).mappings()]
    following = None
    if limit is not None and len(found) > limit:
        found = found[:limit]
        following = paging.written((found[-1]["key"], ""))
    return [{name: value for name, value in r.items() if name != "key"} for r in found], following
