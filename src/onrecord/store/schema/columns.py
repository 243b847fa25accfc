"""The kinds of column that tables are made of, and the two shapes of table that findings stand in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

Key = BigInteger().with_variant(Integer, "sqlite")
Id = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by code point everywhere, as cursors need it."""
Json = JSON().with_variant(JSONB, "postgresql")
CURRENT: dict[str, Any] = {"sqlite_where": text("current = 1"), "postgresql_where": text("current")}
ALONE: dict[str, Any] = {"sqlite_where": text("current = 1 AND event_id IS NULL"), "postgresql_where": text("current AND event_id IS NULL")}
LINKED: dict[str, Any] = {"sqlite_where": text("current = 1 AND event_id IS NOT NULL"), "postgresql_where": text("current AND event_id IS NOT NULL")}
PLACED: dict[str, Any] = {"sqlite_where": text("current = 1 AND place_lat IS NOT NULL"), "postgresql_where": text("current AND place_lat IS NOT NULL")}
PLACED_ALONE: dict[str, Any] = {
    "sqlite_where": text("current = 1 AND event_id IS NULL AND place_lat IS NOT NULL"),
    "postgresql_where": text("current AND event_id IS NULL AND place_lat IS NOT NULL"),
}
MEMBER: dict[str, Any] = {"sqlite_where": text("event_id IS NOT NULL"), "postgresql_where": text("event_id IS NOT NULL")}
"""Without the rows that have none: SQLite would take an index with them for the quickest way to those, and they are many."""
PENDING: dict[str, Any] = {"sqlite_where": text("pending = 1"), "postgresql_where": text("pending")}
REVIEWED: dict[str, Any] = {"sqlite_where": text("review IS NOT NULL"), "postgresql_where": text("review IS NOT NULL")}
STALE: dict[str, Any] = {"sqlite_where": text("stale = 1"), "postgresql_where": text("stale")}

MAPPED = (
    *("place_name", "place_country", "place_geonameid", "place_lat", "place_lon", "place_precision"),
    *("date_from", "date_to", "date_precision", "date", "type"),
)
"""What a map and a timeline need to know of an event."""


def key() -> Column[Any]:
    """The number of a row."""
    return Column("key", Key, primary_key=True, autoincrement=False)


def flag(name: str) -> Column[Any]:
    """A column that is true or false."""
    return Column(name, Boolean(create_constraint=False), nullable=False)


def texts(*names: str) -> list[Column[Any]]:
    """Columns that must hold text."""
    return [Column(name, Id if name == "id" else Text, nullable=False) for name in names]


def maybe(*names: str) -> list[Column[Any]]:
    """Columns that may hold text."""
    return [Column(name, Text) for name in names]


def span(name: str) -> list[Column[Any]]:
    """The characters of an article, and where they stand."""
    return [Column(name, Text, nullable=False), *offsets(name)]


def offsets(name: str) -> list[Column[Any]]:
    """Where characters of an article stand: 0-based code points, end exclusive."""
    return [Column(f"{name}_start", Integer, nullable=False), Column(f"{name}_end", Integer, nullable=False)]


def days(name: str) -> list[Column[Any]]:
    """The first and the last day that a date can mean."""
    return [Column(f"{name}_from", Date), Column(f"{name}_to", Date)]


def finding(name: str, *columns: Column[Any] | Index) -> Table:
    """A table of findings: each row with its article, run, id, reason and whether it is current."""
    return Table(
        name,
        metadata,
        key(),
        *texts("id"),
        Column("article", Key, nullable=False),
        Column("run", Key, nullable=False),
        flag("current"),
        *columns,
        *texts("reason"),
        *maybe("review"),  # last, as it came last
        ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], ondelete="CASCADE"),
        Index(None, "article", "run"),
        Index(None, "id"),
        Index(None, "review", **REVIEWED),
    )


def part(name: str, of: Table, *columns: Column[Any] | Index, by: tuple[str, ...] = ("n",)) -> Table:
    """A table of what belongs to a finding: gone when the finding goes."""
    owner = Column("finding", Key, ForeignKey(of.c.key, ondelete="CASCADE"), primary_key=True)
    ids = [Column(k, Integer if k == "n" else Text, primary_key=True) for k in by]
    return Table(name, metadata, owner, *ids, *columns, sqlite_with_rowid=False)


def confidence() -> Column[Any]:
    """How sure a finding is, between 0 and 1."""
    return Column("confidence", Float, nullable=False)
