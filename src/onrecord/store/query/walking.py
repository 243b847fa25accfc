"""Whether the first rows in their order are found soonest by going through all rows in that order, or by listing those wanted first.

Of what very many rows have, a page is full after a few rows gone through; of what few have, the list is short. Databases guess between the two
from averages, which names, words and outlets are far from.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, func, select

PAGE = 50
MISSED = 4
"""Of so many rows that have what is looked for, one is as sure, or as recent, as is asked for besides."""
LEAST = 500
"""Rows that are always quickly listed."""
COUNTED = 16
"""So many times more rows than decide are counted, where several conditions hold together."""


def decisive(connection: Connection, table: Table, limit: int | None = None, missed: int = MISSED) -> int:
    """How many rows a condition must have for going through all in order to be the sooner way to the first of them.

    If n of N rows have it, evenly spread, ``limit`` of them are met after ``limit * N / n`` rows, and listing takes n: the two meet at the
    square root of ``limit * N``. Not all that have it satisfy what else is asked for, which tells on the way through only.
    """
    every = connection.execute(select(func.max(table.c.key))).scalar() or 0
    return max(LEAST, isqrt(missed * max(PAGE, limit or 0) * every))


def frequent(connection: Connection, table: Table, listed: Select[Any], *, limit: int | None = None, each: int = 1, missed: int = MISSED) -> bool:
    """Whether a list has so many rows that going through the table in order is the sooner way to the first of them.

    Args:
        connection: the record.
        table: what is gone through.
        listed: what a condition lists.
        limit: how many rows are wanted.
        each: how many rows of the table one that is listed stands for.
        missed: of how many rows that have what is listed one satisfies what else is asked for; less where listing takes more than going through.
    """
    return connection.execute(listed.offset(decisive(connection, table, limit, missed) // each).limit(1)).first() is not None


def many_have(connection: Connection, table: Table, conditions: Sequence[ColumnElement[bool]], *, limit: int | None) -> bool:
    """The same for rows that satisfy several conditions, each of which an index alone counts; as if one told nothing of the other."""
    if limit is None or not conditions:
        return False
    every = connection.execute(select(func.max(table.c.key))).scalar() or 0
    enough = decisive(connection, table, limit)
    most = enough + 1 if len(conditions) == 1 else COUNTED * enough
    share = 1.0
    for condition in conditions:
        some = select(table.c.key).where(condition).limit(most).subquery()
        found = connection.execute(select(func.count()).select_from(some)).scalar_one()
        if found <= enough:
            return False
        share *= found / every
    return share * every > enough or len(conditions) == 1


def per_article(connection: Connection, table: Table) -> int:
    """About how many rows of a table one article has."""
    rows, held = (connection.execute(select(func.max(t.c.key))).scalar() or 0 for t in (table, table.metadata.tables["articles"]))
    return max(1, rows // max(1, held))


def as_read(column: Column[str], unindexed: bool) -> ColumnElement[str]:
    """A column, or the same as an expression that no index is of, so that rows are gone through and it is read in each."""
    return column.concat("") if unindexed else column
