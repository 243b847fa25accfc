"""The door: paths in, articles and skips out, one after the other."""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.read.dates import published_date
from onrecord.read.finish import finished, has_value
from onrecord.read.outcomes import MAX_BYTES, Draft, Note, ReadOptions, Skip, SkipReason, shown
from onrecord.read.sources import SNIFFED, SUFFIXES, Format, Missing, Source, TooLargeError, sniff, sources
from onrecord.records import Article

LOG = logging.getLogger("onrecord.read")

# Loaded when the first file of the format is met: together their libraries would cost a second of every start.
MODULES: dict[Format, str] = {
    "plain": "onrecord.read.plain",
    "webpage": "onrecord.read.webpage",
    "jsonl": "onrecord.read.json_lines",
    "json": "onrecord.read.json_document",
    "csv": "onrecord.read.delimited",
    "parquet": "onrecord.read.parquet",
    "pdf": "onrecord.read.pdf",
    "word": "onrecord.read.word",
    "rtf": "onrecord.read.rich_text",
}
INSTEAD = {
    ".doc": "save it as .docx",
    ".odt": "save it as .docx",
    ".pages": "save it as .docx",
    ".wpd": "save it as .docx",
    ".epub": "save its text as .txt or .html",
    ".md": "name it .txt",
    ".xls": "save it as .csv",
    ".xlsx": "save it as .csv",
    ".ods": "save it as .csv",
    ".zip": "unpack it",
    ".tar": "unpack it",
    ".tgz": "unpack it",
    ".7z": "unpack it",
    ".bz2": "unpack it",
    ".xz": "unpack it",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
    ".webarchive": "save the page as .html",
}


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: Any = None,
    publisher: str | None = None,
    url: str | None = None,
    max_chars: int = 1_000_000,
    languages: Iterable[str] = ("en",),
    day_first: bool | None = None,
    stdin: BinaryIO | None = None,
    on_note: Callable[[Note], None] | None = None,
) -> Iterator[Article | Skip]:
    """The articles of some files, in order, with a :class:`Skip` for each document that gave none.

    Args:
        paths: files, directories (read to the bottom, in the order of names), globs, or ``-`` for standard input.
        published: the publication date of the whole run, used where a document says nothing itself.
        publisher: likewise, who published.
        url: likewise, the address.
        max_chars: an article of more characters is skipped as ``too_long``.
        languages: two-letter codes of the languages to read; none reads them all.
        day_first: how ``03/04/2011`` in a date column reads; None leaves such a date unread, with a note.
        stdin: what ``-`` reads; the process's own standard input by default.
        on_note: called with what is worth knowing about an article that was read (an unclear date); by
            default such notes go to the log ``onrecord.read``.

    Raises:
        ValueError: ``published`` is no date, ``max_chars`` is not positive, or ``languages`` is a string.

    >>> from onrecord.read import read
    >>> [skip.reason.value for skip in read(["no-such-file.txt"])]
    ['unreadable']
    """
    if isinstance(languages, str):
        raise ValueError(f"languages takes a list of codes: [{languages!r}]")
    options = ReadOptions(published=published, publisher=publisher, url=url, max_chars=max_chars, languages=tuple(languages), day_first=day_first)
    if has_value(published) and published_date(published, day_first=day_first) is None:
        raise ValueError(f"published {published!r} is not a whole date that reads in one way: write it as YYYY-MM-DD")
    if max_chars < 1:
        raise ValueError(f"max_chars must be positive, got {max_chars}")
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    return _read(listed, options, stdin, on_note or (lambda note: LOG.warning("%s", note.message)))


def _read(paths: Iterable[str | os.PathLike[str]], options: ReadOptions, stdin: BinaryIO | None, on_note: Callable[[Note], None]) -> Iterator[Article | Skip]:
    for source in sources(paths, stdin or sys.stdin.buffer):
        if isinstance(source, Missing):
            yield _missing(source)
            continue
        for outcome in _outcomes(source):
            if isinstance(outcome, Skip):
                yield outcome
                continue
            for item in finished(outcome, source.path, options):
                if isinstance(item, Note):
                    on_note(item)
                else:
                    yield item


def _missing(missing: Missing) -> Skip:
    message = {
        "file": f"there is no file {missing.path}: check the path",
        "match": f"no file matches {missing.path}: check the pattern",
        "content": f"there is no file below the directory {missing.path}",
        "access": f"the directory {missing.path} may not be read: change its permissions",
        "bytes": f"{missing.path} is no file but a pipe, socket or device: give it by name, or pipe it in as -",
    }[missing.looked_for]
    reason = SkipReason.EMPTY if missing.looked_for == "content" else SkipReason.UNREADABLE
    return Skip(path=missing.path, reason=reason, message=message)


def _outcomes(source: Source) -> Iterator[Draft | Skip]:
    """What a source holds; whatever goes wrong with it ends in a skip, and nothing at all is a skip too."""
    empty = True
    try:
        for outcome in _drafts(source):
            empty = False
            yield outcome
    except TooLargeError:
        yield Skip(
            path=source.path,
            reason=SkipReason.TOO_LONG,
            message=f"{shown(source.path)} is larger than {MAX_BYTES // 2**20} MB: split it, or give it as JSON Lines",
        )
        return
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Skip(path=source.path, reason=SkipReason.UNREADABLE, message=f"{shown(source.path)} could not be read to its end: {why}")
        return
    except ImportError:  # a broken installation is no fault of the document's
        raise
    except Exception as error:  # a library stumbled over the file; the batch goes on
        LOG.debug("reading %s", source.path, exc_info=True)
        yield Skip(
            path=source.path, reason=SkipReason.UNREADABLE, message=f"{shown(source.path)} could not be read: {type(error).__name__}: {str(error)[:200]}"
        )
        return
    if empty:
        yield Skip(path=source.path, reason=SkipReason.EMPTY, message=f"{shown(source.path)} is empty: nothing to code")


def _drafts(source: Source) -> Iterator[Draft | Skip]:
    suffix = source.suffix
    if source.stream is not None:
        yield from _standard_input(source)
    elif suffix in SUFFIXES:
        yield from _module(SUFFIXES[suffix]).drafts(source)
    elif suffix in SNIFFED:
        data = source.data()
        if data:
            yield from _module(sniff(data)).drafts(source.of_bytes(data))
    else:
        instead = INSTEAD.get(suffix, f"readable are {' '.join(sorted(SUFFIXES))}, each also with .gz")
        yield Skip(path=source.path, reason=SkipReason.UNSUPPORTED, message=f"{shown(source.path)}: {suffix} files are not read: {instead}")


def _standard_input(source: Source) -> Iterator[Draft | Skip]:
    """Standard input: streamed where its first line is a JSON object, else read whole and told by its first bytes."""
    with source.opened() as stream:
        first = stream.readline(MAX_BYTES)
        if _is_object(first):
            yield from _module("jsonl").drafts(Source(path=source.path, stream=stream, first=first))
            return
        data = first + stream.read(MAX_BYTES + 1 - len(first))
    if len(data) > MAX_BYTES:
        raise TooLargeError
    if data.startswith(b"\x1f\x8b"):
        data = zlib.decompress(data, wbits=31)
    if data:
        yield from _module(sniff(data)).drafts(source.of_bytes(data))


def _is_object(line: bytes) -> bool:
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode("utf-8-sig", "replace")), dict)
    except (ValueError, RecursionError):
        return False


def _module(name: Format) -> Any:
    return importlib.import_module(MODULES[name])
