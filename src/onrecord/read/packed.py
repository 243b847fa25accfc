"""Compressed files member by member (gzip) or frame by frame (zstd), past whatever of them is broken.

A member is compressed by itself, so that damage to one costs what is left of that one: the next is looked for by the mark that compressed data begins with.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Literal

from backports.zstd import ZstdDecompressor, ZstdError

from onrecord.read.outcomes import BrokenError

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
PORTION = 2**20
FIRST_BYTES = 4096
"""So much of what may be a member is unpacked to see whether it is one."""
AT_ONCE = 4096
"""So much is unpacked at a time: what is unpacked together with damage is lost."""
RESERVED = 0xE0
"""The bits of gzip's flags that no writer sets."""
Kind = Literal["gzip", "zstd"]
MARKS: dict[Kind, bytes] = {"gzip": GZIP, "zstd": ZSTD}


class Members(io.RawIOBase):
    """What a compressed file holds, as a stream. Reading raises :class:`onrecord.read.outcomes.BrokenError` once for each broken member, and goes on behind it.

    ``begun`` is the byte of the file at which the member begins that is being read.

    Args:
        file: the file; it can be sought in, and is read from where it stands.
        kind: how it is compressed.
    """

    def __init__(self, file: BinaryIO, kind: Kind) -> None:
        self._file, self._mark = file, MARKS[kind]
        self._held = b""
        self._unpacker: Any = None
        self.begun = 0
        self._over = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is something.

        Raises:
            BrokenError: the member that is being read is broken.
        """
        while not self._over and (self._unpacker is not None or self._begins()):
            try:
                data = self._unpacked(min(len(buffer), AT_ONCE))
            except (zlib.error, ZstdError, EOFError) as error:
                raise self._broken(str(error).removeprefix("Error ")) from error
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _begins(self) -> bool:
        """Whether there is another member; zeros between them, with which tapes and disks are filled up, count for nothing."""
        while not (held := self._held.lstrip(b"\0")):
            self._held = self._file.read(PORTION)
            if not self._held:
                self._over = True
                return False
        while len(held) < len(self._mark) and (more := self._file.read(PORTION)):
            held += more
        self._held, self.begun = held, self._file.tell() - len(held)
        if not held.startswith(self._mark):
            raise self._broken("no compressed data begin there")
        self._unpacker = zlib.decompressobj(wbits=31) if self._mark is GZIP else ZstdDecompressor()
        return True

    def _unpacked(self, most: int) -> bytes:
        """Some bytes of the member; none at its end."""
        unpacker = self._unpacker
        given = self._held or self._file.read(PORTION) if getattr(unpacker, "needs_input", True) else b""
        data: bytes = unpacker.decompress(given, most)
        self._held = unpacker.unused_data if unpacker.eof else getattr(unpacker, "unconsumed_tail", b"")
        if unpacker.eof:
            self._unpacker = None
        elif not data and not given:
            raise EOFError("it ends in the middle")
        return data

    def _broken(self, why: str) -> BrokenError:
        self._unpacker, self._held = None, b""
        until = following(self._file, self.begun + 1, self._mark, self._is_member)
        self._over = until is None
        if until is not None:
            self._file.seek(until)
        return BrokenError(offset=self.begun, until=until, why=why)

    def _is_member(self, at: int) -> bool:
        self._file.seek(at)
        data = self._file.read(FIRST_BYTES)
        if self._mark is GZIP and (len(data) < len(GZIP) + 1 or data[len(GZIP)] & RESERVED):
            return False
        try:
            return bool(unpacked(data, self._mark, 1))
        except (zlib.error, ZstdError, EOFError):
            return False


class UpToDamage(Members):
    """The same as far as the first broken member, where it ends; ``error`` says then what is wrong.

    It can tell where it is, as fastwarc asks, and go nowhere else.
    """

    error: BrokenError | None = None
    _given = 0

    def seekable(self) -> bool:
        """As far as telling goes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Stay where it is.

        Raises:
            UnsupportedOperation: it is to go elsewhere.
        """
        if (offset, whence) not in ((0, io.SEEK_CUR), (self._given, io.SEEK_SET)):
            raise io.UnsupportedOperation("what is compressed can't be sought in")
        return self._given

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is something."""
        try:
            count = 0 if self.error else super().readinto(buffer)
        except BrokenError as error:
            self.error, count = error, 0
        self._given += count
        return count


def unpacked(data: bytes, mark: bytes, most: int) -> bytes:
    """So many bytes of what compressed data begin with.

    Raises:
        zlib.error, ZstdError, EOFError: they are broken.
    """
    return zlib.decompressobj(wbits=31).decompress(data, most) if mark == GZIP else ZstdDecompressor().decompress(data, most)


def following(stream: BinaryIO, start: int, mark: bytes, is_one: Callable[[int], bool]) -> int | None:
    """Where, from an offset on, a mark stands at which something begins; None where none does.

    Args:
        stream: the file.
        start: the offset.
        mark: what is looked for.
        is_one: whether what begins at an offset is what is looked for; it may seek in the stream.
    """
    stream.seek(start)
    at, held = start, b""
    while portion := stream.read(PORTION):
        held += portion
        found = held.find(mark)
        while found >= 0:
            if is_one(at + found):
                return at + found
            found = held.find(mark, found + 1)
        at += len(held) - len(mark) + 1
        held = held[len(held) - len(mark) + 1 :]
        stream.seek(at + len(held))
    return None
