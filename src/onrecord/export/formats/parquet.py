"""``parquet``: every table of findings as a folder of Parquet files, which Polars, pandas, DuckDB, Spark and R read as one table each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import polars

from onrecord.export.event import ExportEvent
from onrecord.export.formats.codes import penta_class, quad_class
from onrecord.export.formats.tables import joined, listed
from onrecord.export.rows import COLUMNS, rows
from onrecord.export.write import column_type
from onrecord.records import Report

PORTION = 1_000
ARTICLES = ("id", "title", "published", "published_reason", "publisher", "byline", "url", "language", "retrieved_at", "text_sha256", "text", "coder")
LINKED: Mapping[str, Any] = {
    **dict.fromkeys(("id", "type", "mode", "contexts", "cameo", "title", "date", "date_end", "date_precision"), polars.String),
    **dict.fromkeys(("quad", "quad_class", "penta_class"), polars.Int64),
    "score": polars.Float64,
    **dict.fromkeys(("actors", "actor_ids", "actor_countries", "recipients", "recipient_ids", "recipient_countries"), polars.String),
    **dict.fromkeys(("place", "place_country", "place_admin1"), polars.String),
    "place_geonameid": polars.Int64,
    "place_lat": polars.Float64,
    "place_lon": polars.Float64,
    "veridicality": polars.String,
    **dict.fromkeys(("mentions", "articles", "origins"), polars.Int64),
    **dict.fromkeys(("publishers", "mention_ids"), polars.String),
    "confidence": polars.Float64,
}


def write(reports: Iterable[Report], folder: Path, *, linked: Iterable[ExportEvent] | None = None, texts: bool = True) -> dict[str, int]:
    """Write the findings of reports, a folder for each kind; returns how many rows of each.

    Args:
        reports: what was found.
        folder: where to write; it is made where it is not there.
        linked: events across articles, for the table ``linked_events``.
        texts: whether the articles' texts are written with the articles.
    """
    counts: dict[str, int] = {}
    article_columns = {c: polars.String for c in ARTICLES if texts or c != "text"}
    number = 0
    for number, portion in enumerate(_portions(reports)):
        _part(folder, "articles", number, [_article(r) for r in portion], article_columns, counts)
        for what in COLUMNS:
            schema = {column: column_type(column) for column in COLUMNS[what]}
            _part(folder, what, number, list(rows(portion, what)), schema, counts)
    for number, some in enumerate(_portions(linked) if linked is not None else ()):
        _part(folder, "linked_events", number, [_linked(e) for e in some], LINKED, counts)
    return counts


def _portions(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Items in portions; one empty portion where there are none, so that every table is there with its columns."""
    each = iter(items)
    portion = list(islice(each, PORTION))
    yield portion
    while portion := list(islice(each, PORTION)):
        yield portion


def _part(folder: Path, table: str, number: int, found: list[dict[str, Any]], schema: Mapping[str, Any], counts: dict[str, int]) -> None:
    (folder / table).mkdir(parents=True, exist_ok=True)
    cells = [{c: row.get(c) for c in schema} for row in found]
    polars.DataFrame(cells, schema=dict(schema)).write_parquet(folder / table / f"part-{number:05}.parquet")
    counts[table] = counts.get(table, 0) + len(found)


def _article(report: Report) -> dict[str, Any]:
    article = report.article
    return {**{c: getattr(article, c) for c in ARTICLES if c != "coder"}, "coder": report.coder}


def _linked(event: ExportEvent) -> dict[str, Any]:
    where = event.where
    plain = ("id", "type", "mode", "quad", "cameo", "score", "title", "date", "date_end", "date_precision", "veridicality", "origins", "confidence")
    return {
        **{name: getattr(event, name) for name in plain},
        "quad_class": quad_class(event.cameo) if event.cameo else None,
        "penta_class": penta_class(event.cameo) if event.cameo else None,
        "contexts": joined(event.contexts, "; "),
        "actors": listed(p.name for p in event.actors),
        "actor_ids": listed(p.actor_id for p in event.actors),
        "actor_countries": listed(p.country for p in event.actors),
        "recipients": listed(p.name for p in event.recipients),
        "recipient_ids": listed(p.actor_id for p in event.recipients),
        "recipient_countries": listed(p.country for p in event.recipients),
        "place": where and where.name,
        "place_country": where and where.country,
        "place_admin1": where and where.admin1,
        "place_geonameid": where and where.geonameid,
        "place_lat": where and where.lat,
        "place_lon": where and where.lon,
        "mentions": len(event.mentions),
        "articles": len(event.stories),
        "publishers": joined(event.publishers, "; "),
        "mention_ids": joined((m.id for m in event.mentions), "; "),
    }
