"""The reviews of findings, and what they say of rows."""

from __future__ import annotations

import json

import polars
from sqlalchemy import ColumnElement, Connection, select

from onrecord.store.query.table import Table as Found
from onrecord.store.schema import reviews

STRING = polars.String
REVIEWS = {
    **dict.fromkeys(("finding", "room", "article", "verdict", "fields", "reviewer", "at", "note", "words"), STRING),
    "current": polars.Boolean,
    "holds_for": STRING,
}


def reviews_found(connection: Connection, *, finding: str | None, article: str | None, verdict: str | None, earlier: bool) -> Found:
    """The reviews, the last first. ``fields`` is JSON; ``holds_for`` is the id that the finding has now, None where it is found no more."""
    wanted: list[ColumnElement[bool]] = [] if earlier else [reviews.c.current]
    wanted += [reviews.c[name] == value for name, value in (("finding", finding), ("article", article), ("verdict", verdict)) if value is not None]
    rows = connection.execute(select(*(reviews.c[name] for name in REVIEWS)).where(*wanted).order_by(reviews.c.key.desc())).mappings()
    return Found([{**row, "fields": json.dumps(row["fields"], ensure_ascii=False)} for row in rows], REVIEWS)
