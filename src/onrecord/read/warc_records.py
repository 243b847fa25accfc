"""The records of a web archive, one after the other, past whatever of it is damaged.

Records of a compressed archive are compressed each on its own, so that what one of them hides costs that one: the next is looked for by
the mark that compressed data begins with, and in an archive that is not compressed by the line that a record begins with.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from backports.zstd import ZstdDecompressor, ZstdError
from fastwarc.stream_io import GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
LINE = b"WARC/1."
MARKS = (GZIP, ZSTD, LINE)
PORTION = 2**20
FIRST_BYTES = 4096
"""So much of what may be a compressed record is unpacked to see whether it is one."""


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
                last, length = Found(record=record, offset=self._offset(start, record)), record.content_length
                self.position = last.offset
                yield last
        except OSError as error:
            at = self._failed_at(start, last, length)
            yield Damage(offset=at, until=self._next(at + 1), why=str(error) or type(error).__name__)
            return
        hidden = self._failed_at(start, last, length)
        if self._mark is GZIP and hidden > (last.offset if last else -1) and self._holds_something(hidden):
            yield Damage(offset=hidden, until=self._next(hidden + 1), why="it ends in the middle of a record")

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
        self._stream.seek(start)
        at, held = start, b""
        while portion := self._stream.read(PORTION):
            held += portion
            found = held.find(self._mark)
            while found >= 0:
                if self._is_record(at + found):
                    return at + found
                found = held.find(self._mark, found + 1)
            at += len(held) - len(self._mark) + 1
            held = held[len(held) - len(self._mark) + 1 :]
            self._stream.seek(at + len(held))
        return None

    def _is_record(self, at: int) -> bool:
        self._stream.seek(max(0, at - 1))
        before = self._stream.read(1) if at else b"\n"
        data = self._stream.read(FIRST_BYTES)
        try:
            if self._mark is GZIP:
                data = zlib.decompressobj(wbits=31).decompress(data, len(LINE))
            elif self._mark is ZSTD:
                data = ZstdDecompressor().decompress(data, len(LINE))
            elif before != b"\n":
                return False
        except (zlib.error, ZstdError, EOFError):
            return False
        return data.startswith(LINE)


def archive_of(data: bytes) -> Archive:
    """The archive that some bytes are."""
    return Archive(io.BytesIO(data))
