"""Positions on one event, each told once however many articles carry it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars
from sqlalchemy import ColumnElement, Connection, and_, or_

from onrecord.store.query.standing import POSITIONS, full, marked, on_event, position_row
from onrecord.store.query.table import Row, Table, structure
from onrecord.store.query.wanted import standing
from onrecord.store.schema import articles, attributions, positions, statement_members

CARRIED = {**POSITIONS, "carried": polars.List(structure(**dict.fromkeys(("position", "article", "published", "publisher", "origin"), polars.String)))}
"""A position with the articles that carry it, those published first first; what stands beside it is as the first of them has it."""


def find(connection: Connection, event: str, *, as_of: datetime.date | None = None, limit: int | None = None) -> Table:
    """Positions on an event, the last said first; the same act of one holder in one statement, or in copies of one text, is one.

    Args:
        connection: the record.
        event: its id, or that of a mention of it.
        as_of: the last day that counts, both of saying it and of publishing it; None for all.
        limit: how many positions of articles are gone through, the last said first; None for all.
    """
    wanted = [*standing(positions), on_event(connection, [event])]
    if as_of is not None:
        wanted += [by(as_of), articles.c.published_from <= as_of]
    query = full(and_(*wanted)).add_columns(articles.c.origin_id, articles.c.published_from, statement_members.c.statement_id)
    query = query.outerjoin(statement_members, statement_members.c.attribution_id == attributions.c.id)
    rows = connection.execute(query.order_by(positions.c.said_from.is_(None), positions.c.said_from.desc(), positions.c.id.desc()).limit(limit)).mappings()
    groups: dict[tuple[Any, ...], list[Mapping[Any, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["holder_id"] or row["holder"].casefold(), *once(row)].append(row)
    return Table(marked(connection, [_together(group) for group in groups.values()]), CARRIED)


def by(day: datetime.date) -> ColumnElement[bool]:
    """Said by a day; what has no day of its own counts from its article's."""
    return or_(positions.c.said_from <= day, and_(positions.c.said_from.is_(None), articles.c.published_from <= day))


def once(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """What is the same of positions of one holder that are one: the act in one statement, or on one object in copies of one text."""
    statement = row["statement_id"]
    words = "" if statement else " ".join(row["object"].casefold().split())
    return statement or row["origin_id"] or row["article"], row["act"], row["stance"], words


def first_published(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Orders positions of articles by when these were published."""
    return row["published_from"] or datetime.date.max, row["key"]


def _together(group: Sequence[Mapping[Any, Any]]) -> Row:
    some = sorted(group, key=first_published)
    where = [{"position": r["id"], **{n: r[n] for n in ("article", "published", "publisher")}, "origin": r["origin_id"] or r["article"]} for r in some]
    return {**position_row(dict(some[0])), "carried": where}
