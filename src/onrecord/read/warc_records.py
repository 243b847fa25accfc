"""The records of a web archive, one after the other, past whatever of it is damaged.

Records of a compressed archive are compressed each on its own, so that what one of them hides costs that one: the next is looked for by
the mark that compressed data begins with, and in an archive that is not compressed by the line that a record begins with.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import itertools
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from backports.zstd import ZstdError
from fastwarc.stream_io import GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord

from onrecord.read.outcomes import BrokenError
from onrecord.read.packed import FIRST_BYTES, GZIP, ZSTD, UpToDamage, following, unpacked

LINE = b"WARC/1."
MARKS = (GZIP, ZSTD, LINE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record as it stands in the archive, not read yet.

    Attributes:
        record: fastwarc's; only good until the next is asked for.
        offset: the byte of the file at which it begins, or the compressed data that it is in.
    """

    record: WarcRecord
    offset: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A part of the archive that can't be read.

    Attributes:
        offset: the byte of the file at which it begins.
        until: the byte at which reading goes on; None where nothing more can be read.
        why: what is wrong with it.
    """

    offset: int
    until: int | None
    why: str


class Archive:
    """The records of an archive.

    Args:
        stream: the file; it can be sought in.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        stream.seek(0)
        head = stream.read(len(ZSTD))
        self._mark = next((m for m in (GZIP, ZSTD) if head.startswith(m)), LINE)
        self._reader: Any = None
        self.position = 0

    def __iter__(self) -> Iterator[Found | Damage]:
        """Records and damage in the order of the file."""
        at: int | None = 0
        while at is not None:
            damage = None
            for found in self._from(at):
                if isinstance(found, Damage):
                    damage = found
                    yield found
                else:
                    yield found
            at = damage.until if damage else None

    def _from(self, start: int) -> Iterator[Found | Damage]:
        """Records from an offset to the first damage, or to the end."""
        self._stream.seek(start)
        self._reader = {GZIP: GzipReader, ZSTD: ZstdReader}.get(self._mark, lambda s: s)(self._stream)
        last: Found | None = None
        length = 0
        try:
            records = ArchiveIterator(self._reader, parse_http=False, strict_mode=False, stream_detect=False)
            for record in records:
                if self._mark is not LINE and last is not None and self._offset(start, record) == last.offset:
                    yield from self._together(last.offset, skip=1)
                    return
                last, length = Found(record=record, offset=self._offset(start, record)), record.content_length
                self.position = last.offset
                yield last
        except OSError as error:
            at = self._failed_at(start, last, length)
            if self._mark is not LINE and last is None and sum(isinstance(found, Found) for found in self._together(at)) > 1:
                yield from self._together(at)
                return
            yield Damage(offset=at, until=self._next(at + 1), why=str(error) or type(error).__name__)
            return
        hidden = self._failed_at(start, last, length)
        if self._mark is GZIP and hidden > (last.offset if last else -1) and self._holds_something(hidden):
            yield Damage(offset=hidden, until=self._next(hidden + 1), why="it ends in the middle of a record")

    def _together(self, start: int, *, skip: int = 0) -> Iterator[Found | Damage]:
        """The records, but some of the first, of what is compressed together, as some programs do with whole archives: up to its damage or its end."""
        self._stream.seek(start)
        members = UpToDamage(self._stream, "gzip" if self._mark is GZIP else "zstd")
        records = ArchiveIterator(io.BufferedReader(members), parse_http=False, strict_mode=False, stream_detect=False)
        try:
            for record in itertools.islice(records, skip, None):
                self.position = members.begun
                yield Found(record=record, offset=members.begun)
        except OSError as error:  # what is left of a record's head
            members.error = members.error or BrokenError(offset=members.begun, until=None, why=str(error) or type(error).__name__)
        if members.error is not None:
            yield Damage(offset=members.error.offset, until=self._next(members.error.offset + 1), why=members.error.why)

    def _offset(self, start: int, record: WarcRecord) -> int:
        if self._mark is LINE:
            return start + int(record.stream_pos)
        return int(self._reader.frame_start_position() or start)

    def _failed_at(self, start: int, last: Found | None, length: int) -> int:
        if self._mark is not LINE:
            return int(self._reader.frame_start_position() or start)
        return start if last is None else last.offset + length

    def _holds_something(self, at: int) -> bool:
        """Whether compressed data at an offset is more than an empty end."""
        self._stream.seek(at)
        data = self._stream.read(FIRST_BYTES)
        with contextlib.suppress(zlib.error):
            return bool(data) and bool(zlib.decompressobj(wbits=31).decompress(data, 1) or len(data) > 20)
        return True

    def _next(self, start: int) -> int | None:
        """Where, from an offset on, the next record begins."""
        return following(self._stream, start, self._mark, self._is_record)

    def _is_record(self, at: int) -> bool:
        self._stream.seek(max(0, at - 1))
        before = self._stream.read(1) if at else b"\n"
        data = self._stream.read(FIRST_BYTES)
        try:
            if self._mark is not LINE:
                data = unpacked(data, self._mark, len(LINE))
            elif before != b"\n":
                return False
        except (zlib.error, ZstdError, EOFError):
            return False
        return data.startswith(LINE)
