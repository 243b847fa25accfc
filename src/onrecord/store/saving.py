"""What can still be read of a damaged record, put into a new one."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import DBAPIError

from onrecord.operating import OperatingPoint
from onrecord.records import Article, Report
from onrecord.store import reviewing
from onrecord.store.clock import tick
from onrecord.store.errors import RecordError
from onrecord.store.linking import Linker
from onrecord.store.opening import writing
from onrecord.store.reading import article_columns, article_of
from onrecord.store.record import Record
from onrecord.store.schema import articles, codings, corrections, counters, forgotten, reviews, runs
from onrecord.store.unfolding import unpacked
from onrecord.store.upserting import upsert

AT_ONCE = 1_000
UNREADABLE = (RecordError, DBAPIError, ValueError, TypeError, zlib.error, msgspec.MsgspecError)
KEPT: tuple[Table, ...] = (reviews, corrections, forgotten)
"""What people said and asked for, which nothing else could tell."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Rescued:
    """What became of a damaged record.

    Attributes:
        saved: articles that the new record has with all that was found in them.
        uncoded: articles whose text could be read, but not what was found in them: to be coded again.
        lost: rows of which not even the text could be read, by number.
        notes: rows of reviews, corrections and what is to be forgotten that the new record has.
    """

    saved: int = 0
    uncoded: list[Article] = dataclasses.field(default_factory=list)
    lost: list[int] = dataclasses.field(default_factory=list)
    notes: int = 0


class _Again:
    """A coder that repeats what was found."""

    def __init__(self, name: str, point: OperatingPoint, reports: Iterable[Report]) -> None:
        self.name, self.point = name, point
        self._reports = {r.article.id: r for r in reports}

    def pipe(self, some: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:  # noqa: ARG002  # as a coder is asked
        return (self._reports[a.id] for a in some)


def save(damaged: Record, to: Record, *, linker: Linker | None = None) -> Rescued:
    """Bring the current articles of a damaged record into another, with what was found in them; they are linked anew.

    Every article is read by itself, so that a damaged page costs only what stands on it, and is checked: its text against its SHA-256, every finding
    against the text. Nothing is written to the damaged record. Earlier versions and codings stay behind.

    Args:
        damaged: the record.
        to: a new one.
        linker: finds what articles have in common.
    """
    done = Rescued()
    with damaged.engine.connect() as connection:
        coders = {r.key: (r.coder, OperatingPoint(**r.operating_point)) for r in connection.execute(select(runs))}
        done.notes += _kept(connection, to, (forgotten,))
        for run, found in groupby(_reports(connection, coders, done), key=lambda pair: pair[0]):
            while some := [report for _, report in islice(found, AT_ONCE)]:
                done.saved += to.add([r.article for r in some], _Again(*coders[run], some), linker=linker).added
        done.notes += _kept(connection, to, (reviews, corrections))
    with writing(to.engine) as connection:
        known = connection.execute(select(reviews.c.article).distinct()).scalars().all()
        reviewing.settle(connection, known, tick(connection))
    return done


def _reports(connection: Connection, coders: dict[int, Any], done: Rescued) -> Iterator[tuple[int, Report]]:
    last = connection.execute(select(counters.c.last).where(counters.c.name == "articles")).scalar() or 0
    query = select(*article_columns(), articles.c.text_sha256, articles.c.current)
    for key in range(1, last + 1):
        try:
            row = connection.execute(query.where(articles.c.key == key)).mappings().first()
            article = article_of(row) if row is not None and row["current"] else None
            if article is not None and row is not None and article.text_sha256 != row["text_sha256"]:
                raise ValueError("the text is not the text that was added")
        except UNREADABLE:
            done.lost.append(key)
            continue
        if article is None:
            continue
        try:
            coding = connection.execute(select(codings.c.run, codings.c.body).where(codings.c.article == key, codings.c.current)).one()
            report = unpacked(coding.body, article)
            if coding.run not in coders:
                raise ValueError("nobody knows what coded it")
        except (*UNREADABLE, LookupError):
            done.uncoded.append(article)
            continue
        yield coding.run, report


def _kept(connection: Connection, to: Record, tables: Sequence[Table]) -> int:
    """Copy rows as they are, as far as they can be read."""
    count = 0
    for table in tables:
        rows: list[dict[str, Any]] = []
        try:
            rows.extend(dict(r) for r in connection.execute(select(table)).mappings())
        except UNREADABLE:
            continue
        with writing(to.engine) as new:
            if rows:
                new.execute(insert(table), rows)
            if rows and "key" in table.c:
                upsert(new, counters, [{"name": table.name, "last": max(r["key"] for r in rows)}], key=("name",))
        count += len(rows)
    return count
