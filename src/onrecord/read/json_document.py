"""A JSON file: one article, a list of them, an object that holds such a list; or JSON Lines under another name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.read.characters import decode
from onrecord.read.json_lines import draft_of_line
from onrecord.read.outcomes import Draft, Skip, SkipReason, shown
from onrecord.read.rows import draft_of_row, has_text_column
from onrecord.read.sources import Source

LISTS = ("articles", "data", "documents", "docs", "items", "results", "rows", "stories", "hits", "records")


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """A draft or a skip for each article of the file."""
    text = decode(source.data())
    if not text.strip():
        return
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield from _as_lines(text, source.path, error)
        return
    rows = _rows(body)
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            yield draft_of_row(row, path=source.path, record=None if row is body else number, unit="article")
        else:
            message = f"{shown(source.path)}, article {number} is not an object but {type(row).__name__}: write a list of objects with a text"
            yield Skip(path=source.path, record=number, reason=SkipReason.BAD_ROW, message=message)


def _rows(body: Any) -> list[Any]:
    if isinstance(body, list):
        return body
    if isinstance(body, Mapping) and not has_text_column(body):
        for name in LISTS:
            if isinstance(body.get(name), list):
                return list(body[name])
    return [body]


def _as_lines(text: str, path: str, error: Exception) -> Iterator[Draft | Skip]:
    """JSON Lines if the first line is an object of its own; else one skip for the file."""
    lines = text.split("\n")
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    first = draft_of_line(numbered[0][1], path=path, number=numbered[0][0])
    if isinstance(first, Skip) and first.reason is SkipReason.BAD_ROW:
        yield Skip(path=path, reason=SkipReason.BAD_ROW, message=f"{shown(path)} is not JSON ({str(error)[:120]}): repair it, or write one object a line")
        return
    for number, line in numbered:
        yield draft_of_line(line, path=path, number=number)
