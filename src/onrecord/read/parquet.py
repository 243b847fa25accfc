"""Parquet, a thousand rows at a time, only the columns that say something about an article."""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl

from onrecord.read.outcomes import Draft, Skip, SkipReason, shown
from onrecord.read.rows import draft_of_row, has_text_column, known_columns
from onrecord.read.sources import Source

BATCH = 1000


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """A draft or a skip for each row."""
    given = io.BytesIO(source.data()) if source.stream is not None or source.is_gzip else source.path
    table = pl.scan_parquet(given)
    names = table.collect_schema().names()
    if not has_text_column(names):
        message = f"{shown(source.path)} has no text column: name one text, body or content (its columns are {', '.join(names[:12])[:200]})"
        yield Skip(path=source.path, reason=SkipReason.NO_TEXT, message=message)
        return
    wanted = table.select(known_columns(names))
    number = 0
    while True:
        batch = wanted.slice(number, BATCH).collect()
        for row in batch.iter_rows(named=True):
            number += 1
            yield draft_of_row(row, path=source.path, record=number, unit="row")
        if batch.height < BATCH:
            return
