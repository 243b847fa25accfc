"""Pages of rows in the order of their days, the last first and the undated at the end."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, tuple_

from onrecord.store.errors import QueryError

Row = dict[str, Any]
Place = tuple[datetime.date | None, str]
"""Where in that order a row stands: its day and its id."""
PORTION = 500


def page(connection: Connection, query: Select[Any], day: ColumnElement[Any], id: ColumnElement[Any], *, limit: int | None, after: Place | None) -> list[Row]:
    """Rows of a query in order.

    Args:
        connection: the record.
        query: the rows.
        day: the column by which they are ordered.
        id: the column that decides between rows of one day.
        limit: the most rows.
        after: the row after which to begin.
    """
    rows: list[Row] = []
    if after is None or after[0] is not None:
        dated = query.where(day.is_not(None))
        if after is not None:
            dated = dated.where(and_(day <= after[0], tuple_(day, id) < tuple_(*after)))
        rows += _rows(connection, dated.order_by(day.desc(), id.desc()).limit(limit))
        after = None
    if limit is None or len(rows) < limit:
        undated = query.where(day.is_(None))
        if after is not None:
            undated = undated.where(id < after[1])
        rows += _rows(connection, undated.order_by(id.desc()).limit(None if limit is None else limit - len(rows)))
    return rows


def whole(connection: Connection, query: Select[Any], key: ColumnElement[Any], rows: Sequence[Row]) -> list[Row]:
    """Rows that a page was made of by their numbers alone, with all that a query has of each: what it joins is looked up for these only.

    Args:
        connection: the record.
        query: what is wanted of rows, with their number as ``key``.
        key: the column that it selects them by.
        rows: the page, each row with its ``key``.
    """
    known: dict[int, Row] = {}
    for at in range(0, len(rows), PORTION):
        some = [r["key"] for r in rows[at : at + PORTION]]
        known.update((r["key"], r) for r in _rows(connection, query.where(key.in_(some))))
    return [known[r["key"]] for r in rows]


def cut(rows: Sequence[Row], limit: int | None, place: Callable[[Row], Place]) -> tuple[list[Row], str | None]:
    """The first rows, and the cursor to those that follow: one more than the limit was asked for."""
    if limit is None or len(rows) <= limit:
        return list(rows), None
    return list(rows[:limit]), written(place(rows[limit - 1]))


def more(limit: int | None) -> int | None:
    """One row more than is wanted, to know whether there are more."""
    return None if limit is None else limit + 1


def written(place: Sequence[Any]) -> str:
    """A cursor."""
    first, id = place
    return base64.urlsafe_b64encode(json.dumps([first.isoformat() if isinstance(first, datetime.date) else first, id]).encode()).decode().rstrip("=")


def read(cursor: str | None) -> Place | None:
    """The place that a cursor over days names.

    Raises:
        QueryError: it is none.
    """
    if cursor is None:
        return None
    first, id = decoded(cursor)
    try:
        return (datetime.date.fromisoformat(first) if first is not None else None), id
    except (TypeError, ValueError) as error:
        raise QueryError(f"{cursor!r} is no cursor of these rows") from error


def decoded(cursor: str) -> tuple[Any, str]:
    """What a cursor holds.

    Raises:
        QueryError: it is none.
    """
    try:
        first, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError) as error:
        raise QueryError(f"{cursor!r} is no cursor: give the one that came with the rows before") from error
    return first, str(id)


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    result = connection.execute(query)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]
