"""The door: paths in, articles and skips out, one after the other."""

from __future__ import annotations

import dataclasses
import gzip
import importlib
import io
import json
import logging
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.read.dates import published_date
from onrecord.read.finish import has_value, wanted
from onrecord.read.metering import Meter
from onrecord.read.outcomes import MAX_BYTES, Draft, LeftOut, Note, ReadOptions, Skip, SkipReason, shown
from onrecord.read.sources import SNIFFED, SUFFIXES, Format, Missing, Source, TooLargeError, sniff, sources
from onrecord.read.where import Where
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
    "warc": "onrecord.read.warc",
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
    ".wat": "give the WARC or WET file of the same name",
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

WARC = b"WARC/1."
PANIC = "PanicException"
"""What a library written in Rust raises where it has not foreseen what a file holds; no Exception of Python's, so that it must be told by name."""
PACKED: dict[bytes, Callable[[io.BytesIO], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"\x28\xb5\x2f\xfd": lambda file: importlib.import_module("backports.zstd").ZstdFile(file),
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
    where: str | Iterable[str] = (),
    stdin: BinaryIO | None = None,
    on_note: Callable[[Note], None] | None = None,
    meter: Meter | None = None,
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
        where: which documents are wanted, ``"host in (bbc.co.uk, *.gov.uk) and date >= 2021-01"``; several must all
            hold. Others are left out without a skip, and counted by the ``meter``.
        stdin: what ``-`` reads; the process's own standard input by default.
        on_note: called with what is worth knowing about an article that was read (an unclear date); by
            default such notes go to the log ``onrecord.read``.
        meter: counts what comes of the documents, and how much has been read.

    Raises:
        WhereError: ``where`` can't be understood; the message says at which character.
        ValueError: ``published`` is no date, ``max_chars`` is not positive, or ``languages`` is a string.

    >>> from onrecord.read import read
    >>> [skip.reason.value for skip in read(["no-such-file.txt"])]
    ['unreadable']
    """
    if isinstance(languages, str):
        raise ValueError(f"languages takes a list of codes: [{languages!r}]")
    options = ReadOptions(
        published=published, publisher=publisher, url=url, max_chars=max_chars, languages=tuple(languages), day_first=day_first, where=Where.parse(where)
    )
    if has_value(published) and published_date(published, day_first=day_first) is None:
        raise ValueError(f"published {published!r} is not a whole date that reads in one way: write it as YYYY-MM-DD")
    if max_chars < 1:
        raise ValueError(f"max_chars must be positive, got {max_chars}")
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    return _read(listed, options, stdin, on_note or (lambda note: LOG.warning("%s", note.message)), meter or Meter())


def _read(
    paths: Iterable[str | os.PathLike[str]], options: ReadOptions, stdin: BinaryIO | None, on_note: Callable[[Note], None], meter: Meter
) -> Iterator[Article | Skip]:
    for source in sources(paths, stdin or sys.stdin.buffer):
        if isinstance(source, Missing):
            meter.skipped += 1
            yield _missing(source)
            continue
        source = dataclasses.replace(source, wanted=options.where, meter=meter)
        for outcome in _outcomes(source):
            for item in [outcome] if isinstance(outcome, (Skip, LeftOut)) else wanted(outcome, source.path, options):
                match item:
                    case Note():
                        on_note(item)
                    case LeftOut():
                        meter.left_out += 1
                    case Skip():
                        meter.skipped += item.count
                        yield item
                    case _:
                        meter.read += 1
                        meter.record = getattr(outcome, "record", None)
                        yield item
        meter.end(_size(source))


def _size(source: Source) -> int:
    try:
        return 0 if source.stream is not None else os.path.getsize(source.path)
    except OSError:
        return 0


def read_bytes(data: bytes, name: str, format: Format, options: ReadOptions, *, on_note: Callable[[Note], None]) -> Iterator[Article | Skip]:
    """The articles of a document of a known format that is no file, with a :class:`Skip` where it gave none.

    Args:
        data: the document.
        name: what messages call it.
        format: how it is read.
        options: what holds for it.
        on_note: called with what is worth knowing about an article that was read.
    """
    source = Source(path=name, stream=io.BytesIO(data), wanted=options.where)
    for outcome in _outcomes(source, format):
        for item in [outcome] if isinstance(outcome, (Skip, LeftOut)) else wanted(outcome, name, options):
            if isinstance(item, Note):
                on_note(item)
            elif not isinstance(item, LeftOut):
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


def _outcomes(source: Source, format: Format | None = None) -> Iterator[Draft | Skip | LeftOut]:
    """What a source holds; whatever goes wrong with it ends in a skip, and nothing at all is a skip too."""
    empty = True
    try:
        for outcome in _module(format).drafts(source) if format else _drafts(source):
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
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        LOG.debug("reading %s", source.path, exc_info=True)
        yield Skip(path=source.path, reason=SkipReason.UNREADABLE, message=f"{shown(source.path)} could not be read: it is broken inside")
        return
    if empty:
        yield Skip(path=source.path, reason=SkipReason.EMPTY, message=f"{shown(source.path)} is empty: nothing to code")


def _drafts(source: Source) -> Iterator[Draft | Skip | LeftOut]:
    suffix = source.suffix
    if source.stream is not None:
        yield from _standard_input(source)
    elif suffix in SUFFIXES:
        yield from _module(SUFFIXES[suffix]).drafts(source)
    elif suffix in SNIFFED:
        yield from _told_by_bytes(source, source.data())
    else:
        instead = INSTEAD.get(suffix, f"readable are {' '.join(sorted(SUFFIXES))}, each also with .gz or .zst")
        yield Skip(path=source.path, reason=SkipReason.UNSUPPORTED, message=f"{shown(source.path)}: {suffix} files are not read: {instead}")


def _standard_input(source: Source) -> Iterator[Draft | Skip | LeftOut]:
    """Standard input: streamed where its first line is a JSON object, else read whole and told by its first bytes."""
    with source.opened() as stream:
        first = stream.readline(MAX_BYTES)
        if _is_object(first):
            yield from _module("jsonl").drafts(Source(path=source.path, stream=stream, first=first))
            return
        data = first + stream.read(MAX_BYTES + 1 - len(first))
    if len(data) > MAX_BYTES:
        raise TooLargeError
    yield from _told_by_bytes(source, data)


def _told_by_bytes(source: Source, data: bytes) -> Iterator[Draft | Skip | LeftOut]:
    """A document told by its first bytes, unpacked where they say that it is compressed."""
    packed = next((unpacked for mark, unpacked in PACKED.items() if data.startswith(mark)), None)
    if packed is not None:
        with packed(io.BytesIO(data)) as stream:
            head = stream.read(len(WARC))
            if head == WARC:  # an archive goes on behind what of it is damaged
                yield from _module("warc").drafts(source.of_bytes(data))
                return
            data = head + stream.read(MAX_BYTES + 1 - len(head))
        if len(data) > MAX_BYTES:
            raise TooLargeError
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
