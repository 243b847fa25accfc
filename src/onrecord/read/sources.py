"""Paths → documents: files, directories, globs and standard input, plain or compressed (gzip, zstd), each opened only when its turn comes."""

from __future__ import annotations

import contextlib
import dataclasses
import glob
import importlib
import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal, TypeAlias

from onrecord.read.metering import Meter
from onrecord.read.outcomes import MAX_BYTES, BrokenError
from onrecord.read.where import Where

Format: TypeAlias = Literal["plain", "webpage", "jsonl", "json", "csv", "parquet", "pdf", "word", "rtf", "warc"]

SUFFIXES: dict[str, Format] = {
    ".txt": "plain", ".text": "plain", ".htm": "webpage", ".html": "webpage", ".xhtml": "webpage", ".shtml": "webpage", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".pq": "parquet", ".pdf": "pdf", ".docx": "word", ".rtf": "rtf",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
SNIFFED = frozenset({"", ".doc"})
"""Suffixes that say too little: a ``.doc`` may be RTF, which is how Nexis and Factiva used to name it."""

STDIN = "-"
GZIP = (".gz",)
ZSTD = (".zst", ".zstd")


class TooLargeError(Exception):
    """A document that has to be read whole is larger than ``MAX_BYTES``."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, or standard input.

    ``path`` is its name as given; ``stream`` is set for standard input, ``first`` is the line of it that has been
    read already. ``wanted`` is the condition that its documents are to meet, for formats that can tell early;
    ``meter`` sees how far reading is.
    """

    path: str
    stream: BinaryIO | None = None
    first: bytes = b""
    wanted: Where | None = None
    meter: Meter | None = None

    @property
    def suffix(self) -> str:
        """The suffix that tells the format, in lower case, without ``.gz`` or ``.zst``."""
        return os.path.splitext(os.path.splitext(self.path)[0] if self.is_packed else self.path)[1].lower()

    @property
    def is_packed(self) -> bool:
        """Whether the name says that the file is compressed."""
        return self.path.lower().endswith(GZIP + ZSTD)

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes as a stream, unpacked.

        Raises:
            OSError: the file can't be opened, or, when read, is broken: see :class:`onrecord.read.outcomes.BrokenError`.
        """
        if self.stream is not None:
            yield self.stream
            return
        with self.opened_packed() as file:
            if self.is_packed:
                members = importlib.import_module("onrecord.read.packed").Members(file, "gzip" if self.path.lower().endswith(GZIP) else "zstd")
                with io.BufferedReader(members) as stream:
                    yield stream
            else:
                yield file

    @contextlib.contextmanager
    def opened_packed(self) -> Iterator[BinaryIO]:
        """The bytes of the file as they stand there, as a stream that can be sought in.

        Raises:
            OSError: the file can't be opened.
            TooLargeError: standard input is larger than ``MAX_BYTES``.
        """
        if self.stream is not None:
            yield self.stream if self.stream.seekable() else io.BytesIO(self.data())
            return
        with open(self.path, "rb") as file:
            if self.meter is not None:
                self.meter.watch(file)
            yield file

    def lines(self) -> Iterator[bytes | BrokenError]:
        """The lines, with their ends; one of more than ``MAX_BYTES`` comes cut off, without its end. Where a part of a compressed file is broken,
        the line that it cuts off is left out, and what is wrong stands in its place."""
        with self.opened() as stream:
            line = self.first or self._line(stream)
            while line:
                yield line
                while isinstance(line, bytes) and len(line) == MAX_BYTES and not line.endswith(b"\n"):  # the rest of a line that was cut off
                    line = self._line(stream)
                line = self._line(stream)

    @staticmethod
    def _line(stream: BinaryIO) -> bytes | BrokenError:
        try:
            return stream.readline(MAX_BYTES)
        except BrokenError as error:
            return error

    def data(self) -> bytes:
        """All bytes.

        Raises:
            TooLargeError: there are more than ``MAX_BYTES``.
        """
        with self.opened() as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise TooLargeError
        return data

    def of_bytes(self, data: bytes) -> Source:
        """The same source, whose bytes have been read already."""
        return dataclasses.replace(self, stream=io.BytesIO(data))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A path that leads to no file, and what was looked for."""

    path: str
    looked_for: Literal["file", "match", "content", "access", "bytes"]


def size_of(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> int | None:
    """The bytes that all files hold which some paths name; None where standard input is among them."""
    total = 0
    for source in sources([paths] if isinstance(paths, (str, os.PathLike)) else paths, io.BytesIO()):
        if isinstance(source, Source):
            if source.path == STDIN:
                return None
            with contextlib.suppress(OSError):
                total += os.path.getsize(source.path)
    return total


def sources(paths: Iterable[str | os.PathLike[str]], stdin: BinaryIO) -> Iterator[Source | Missing]:
    """The documents some paths name, in the order given; a directory's and a glob's in the order of their names."""
    for given in paths:
        path = os.fspath(given)
        if path == STDIN:
            yield Source(path=STDIN, stream=stdin)
        elif os.path.isdir(path):
            yield from _below(path)
        elif os.path.lexists(path):
            yield Source(path=path)
        elif glob.has_magic(path):
            yield from _matching(path)
        else:
            yield Missing(path=path, looked_for="file")


def _below(directory: str) -> Iterator[Source | Missing]:
    """The files below a directory but hidden ones, Word's lock files and Mac archives' doubles."""
    found = False
    closed: list[OSError] = []
    for here, folders, names in os.walk(directory, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not _is_hidden(f))
        for name in sorted(names):
            if not _is_hidden(name):
                found = True
                path = os.path.join(here, name)
                pipe = os.path.exists(path) and not os.path.isfile(path)  # to open one could wait for ever
                yield Missing(path=path, looked_for="bytes") if pipe else Source(path=path)
    yield from (Missing(path=os.fspath(error.filename), looked_for="access") for error in closed)
    if not found and not closed:
        yield Missing(path=directory, looked_for="content")


def _matching(pattern: str) -> Iterator[Source | Missing]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield Missing(path=pattern, looked_for="match")
    for path in matches:
        if os.path.isdir(path):
            if "**" not in pattern:  # ** has matched what is below already
                yield from _below(path)
        else:
            yield Source(path=path)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def sniff(data: bytes) -> Format:
    """The format of a document that has no telling name, from its first bytes; plain text in doubt.

    JSON Lines and JSON both come back as ``json``, which reads either.
    """
    head = data[:4096]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"WARC/1.", b"WARC/0.")):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "word"
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"{\\rtf"):
        return "rtf"
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"{", b"[{", b"[ {", b"[\n", b"[\r")):
        return "json"
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>", b"<p ", b"<?xml", b"<!--", b"<title", b"<meta")):
        return "webpage"
    return "plain"
