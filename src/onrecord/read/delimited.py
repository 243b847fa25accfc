"""CSV and TSV with a header line, read as a stream with the line each row begins on.

The standard library's reader is used, not a data-frame one: it keeps line numbers, goes on after a bad row and
costs nothing to load.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.read.characters import mark_of, repair_escapes
from onrecord.read.outcomes import BrokenError, Draft, Skip, SkipReason, broken, shown
from onrecord.read.rows import draft_of_row, has_text_column
from onrecord.read.sources import Source

LONGEST_CELL = 2**31 - 1
DELIMITERS = ",;\t|"

csv.field_size_limit(LONGEST_CELL)  # an article may be longer than the 128 KB that are the reader's default


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """A draft or a skip for each row."""
    with source.opened() as stream:
        text = _text_stream(stream)
        before = 1
        header_line = text.readline()
        while header_line and header_line.isspace():
            before += 1
            header_line = text.readline()
        if not header_line:
            return
        delimiter = "\t" if source.suffix == ".tsv" else _delimiter(header_line)
        header = [repair_escapes(name) for name in next(csv.reader([header_line], delimiter=delimiter), [])]
        if not has_text_column(header):
            names = ", ".join(header[:12])[:200]
            message = f"{shown(source.path)} has no text column: name one text, body or content (its columns are {names})"
            yield Skip(path=source.path, reason=SkipReason.NO_TEXT, message=message)
            return
        yield from _rows(csv.reader(text, delimiter=delimiter), header, source.path, before)


def _rows(reader: Iterator[list[str]], header: list[str], path: str, before: int) -> Iterator[Draft | Skip]:
    cut = False  # whether the next row may lack its beginning
    while True:
        line = 1 + before + getattr(reader, "line_num", 0)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skip(
                path=path,
                record=line,
                reason=SkipReason.BAD_ROW,
                message=f"{shown(path)}, line {line} can't be read as CSV ({error}): check its quotation marks",
            )
            continue
        except BrokenError as error:
            yield broken(path, line, error)
            cut = True
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if cut and len(cells) < len(header):
            message = f"{shown(path)}, line {line} has {len(cells)} cells where the header has {len(header)}: what is broken before it may have cut it off"
            yield Skip(path=path, record=line, reason=SkipReason.BAD_ROW, message=message)
            cut = False
            continue
        cut = False
        if len(cells) > len(header):
            message = (
                f"{shown(path)}, line {line} has {len(cells)} cells where the header has {len(header)}: put quotation marks round cells that hold a separator"
            )
            yield Skip(path=path, record=line, reason=SkipReason.BAD_ROW, message=message)
            continue
        row = {name: repair_escapes(cell) for name, cell in zip(header, cells, strict=False)}
        yield draft_of_row(row, path=path, record=line, unit="line")


def _text_stream(stream: BinaryIO) -> io.TextIOWrapper:
    """The characters: by byte-order mark, else UTF-8 whose broken bytes are repaired cell by cell."""
    buffered = stream if hasattr(stream, "peek") else io.BufferedReader(stream)  # type: ignore[type-var]
    marked = mark_of(buffered.peek(4)[:4])
    encoding = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-32-le": "utf-32", "utf-32-be": "utf-32"}.get(marked[0] if marked else "", "utf-8-sig")
    return io.TextIOWrapper(buffered, encoding=encoding, errors="surrogateescape" if encoding == "utf-8-sig" else "replace", newline="")


def _delimiter(header: str) -> str:
    """The separator that the header has most of outside quotation marks; a comma in doubt."""
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)
