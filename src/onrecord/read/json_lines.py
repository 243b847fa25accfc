"""JSON Lines, one article a line, read as a stream: a line that is no object costs that line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator

from onrecord.read.characters import from_1252, mark_of
from onrecord.read.outcomes import MAX_BYTES, BrokenError, Draft, Skip, SkipReason, broken, shown
from onrecord.read.rows import draft_of_row
from onrecord.read.sources import Source


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """A draft or a skip for each line that isn't blank."""
    for number, line in enumerate(_decoded(source.lines()), 1):
        if isinstance(line, BrokenError):
            yield broken(source.path, number, line)
        elif line and not line.isspace():
            yield draft_of_line(line, path=source.path, number=number)


def draft_of_line(line: str, *, path: str, number: int) -> Draft | Skip:
    """What one line holds."""

    def bad(why: str, todo: str) -> Skip:
        return Skip(path=path, record=number, reason=SkipReason.BAD_ROW, message=f"{shown(path)}, line {number} {why}: {todo}")

    if len(line) >= MAX_BYTES:
        return Skip(
            path=path, record=number, reason=SkipReason.TOO_LONG, message=f"{shown(path)}, line {number} is longer than {MAX_BYTES // 2**20} MB: split it"
        )
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return bad(f"is not JSON ({error.msg}, column {error.colno})", "write one whole object a line")
    except (ValueError, RecursionError) as error:
        return bad(f"can't be read as JSON ({str(error)[:80]})", "write one plain object a line")
    if not isinstance(row, dict):
        return bad(f"is not an object but {type(row).__name__}", 'write {"text": …} a line')
    return draft_of_row(row, path=path, record=number, unit="line")


def _decoded(lines: Iterable[bytes | BrokenError]) -> Iterator[str | BrokenError]:
    """Each line's characters: by the file's byte-order mark, else UTF-8, else, for a line that is not, Windows-1252."""
    lines = iter(lines)
    first = next(lines, b"")
    marked = None if isinstance(first, BrokenError) else mark_of(first)
    if marked and marked[0] != "utf-8" and isinstance(first, bytes):
        yield from _wide(marked[0], first[marked[1] :], lines)
        return
    yield _characters(first.removeprefix(codecs.BOM_UTF8)) if isinstance(first, bytes) else first
    for line in lines:
        yield _characters(line) if isinstance(line, bytes) else line


def _characters(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return from_1252(line)


def _wide(encoding: str, first: bytes, lines: Iterable[bytes | BrokenError]) -> Iterator[str | BrokenError]:
    """UTF-16 and UTF-32, where a byte 0A need not be a line feed."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    held = decoder.decode(first)
    for line in lines:
        if isinstance(line, BrokenError):
            decoder.reset()
            yield held  # a line whose end was cut in two
            held = ""
            yield line
            continue
        held += decoder.decode(line)
        *whole, held = held.split("\n")
        yield from whole
    yield from (held + decoder.decode(b"", final=True)).split("\n")
