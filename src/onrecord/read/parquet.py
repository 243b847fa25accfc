"""Parquet, a thousand rows at a time, only the columns that say something about an article.

Where there is a condition, the columns that it asks of are read first, and the texts of a thousand rows only if one of them may meet it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import polars as pl

from onrecord.read.outcomes import Draft, LeftOut, Skip, SkipReason, shown
from onrecord.read.rows import asked_columns, draft_of_row, facts_of_row, has_text_column, known_columns
from onrecord.read.sources import Source

BATCH = 1000


def drafts(source: Source) -> Iterator[Draft | Skip | LeftOut]:
    """A draft or a skip for each row."""
    given: Any = io.BytesIO(source.data()) if source.stream is not None or source.is_packed else source.path
    table = pl.scan_parquet(given)
    names = table.collect_schema().names()
    if not has_text_column(names):
        message = f"{shown(source.path)} has no text column: name one text, body or content (its columns are {', '.join(names[:12])[:200]})"
        yield Skip(path=source.path, reason=SkipReason.NO_TEXT, message=message)
        return
    wanted = table.select(known_columns(names))
    asked = asked_columns(names) if source.wanted is not None else []
    number = 0
    while True:
        out = _left_out(table.select(asked).slice(number, BATCH).collect(), source) if asked else []
        if out and all(out):
            batch = None
            yield from (LeftOut(path=source.path) for _ in out)
        else:
            batch = wanted.slice(number, BATCH).collect()
            for at, row in enumerate(batch.iter_rows(named=True)):
                if out and out[at]:
                    yield LeftOut(path=source.path)
                else:
                    yield draft_of_row(row, path=source.path, record=number + at + 1, unit="row")
        came = len(out) if batch is None else batch.height
        number += came
        if came < BATCH:
            return


def _left_out(batch: pl.DataFrame, source: Source) -> list[bool]:
    """Of each row, whether it surely isn't asked for."""
    return [source.wanted is not None and source.wanted.of(facts_of_row(row)) is False for row in batch.iter_rows(named=True)]
