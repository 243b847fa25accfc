"""Articles and reports as they were when they were added."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, select

from onrecord.records import Article, Report
from onrecord.store.schema import articles, codings
from onrecord.store.unfolding import unpacked

FIELDS = tuple(f.name for f in dataclasses.fields(Article))


def article_columns() -> list[Column[Any]]:
    """The columns that make an article."""
    return [articles.c[name] for name in FIELDS]


def article_of(row: Mapping[Any, Any]) -> Article:
    """The article of a row with those columns."""
    return Article(**{name: row[name] for name in FIELDS})


def report(connection: Connection, article_id: str) -> Report | None:
    """The current report on an article; None where the record has none."""
    query = select(*article_columns(), codings.c.body).join(codings, codings.c.article == articles.c.key)
    row = connection.execute(query.where(articles.c.id == article_id, articles.c.current, codings.c.current)).mappings().first()
    return None if row is None else unpacked(row["body"], article_of(row))


def past_reports(connection: Connection, article_id: str) -> list[Report]:
    """All reports on an article that were ever current, in all its versions, oldest first."""
    query = select(*article_columns(), codings.c.body).join(codings, codings.c.article == articles.c.key).where(articles.c.id == article_id)
    rows = connection.execute(query.order_by(codings.c.coded_at, codings.c.article, codings.c.run)).mappings()
    return [unpacked(row["body"], article_of(row)) for row in rows]
