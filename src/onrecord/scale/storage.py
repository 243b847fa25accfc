"""A folder on a disk or in an object store, by its address (``results/``, ``s3://bucket/results``), in which a file is there whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from onrecord.scale.errors import ScaleError

UNFINISHED = ".unfinished"
NO_NEWS = {"__MACOSX", "Thumbs.db", "desktop.ini"}
"""What systems leave in folders."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is there.

    Attributes:
        address: by which it is had again, from any machine that reaches its storage.
        size: in bytes.
        stamp: changes when its content does: an object store's tag, or when it was written.
    """

    address: str
    size: int
    stamp: str


class Folder:
    """A folder, which need not be there yet.

    Args:
        address: a path, or an address that fsspec knows.

    Raises:
        ScaleError: there is no library for storage of that kind.
    """

    def __init__(self, address: str) -> None:
        self.system, path = opened(address)
        self.path = path.rstrip("/")
        self._local = isinstance(self.system, LocalFileSystem)

    def __reduce__(self) -> tuple[type[Folder], tuple[str]]:
        return Folder, (self.address,)

    @property
    def address(self) -> str:
        """By which it is had again."""
        return str(self.system.unstrip_protocol(self.path))

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return bool(self.system.exists(self._at(name)))

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        data = self.system.cat_file(self._at(name))
        assert isinstance(data, bytes)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file, which appears, in the place of one of its name, when it is whole."""
        path = self._at(name)
        if not self._local:  # an object appears when all of it has been sent
            self.system.pipe_file(path, data)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        unfinished = f"{path}.{os.getpid()}{UNFINISHED}"
        try:
            with open(unfinished, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.remove(unfinished)
            raise

    def names(self, below: str) -> list[str]:
        """The files below a folder of this one, sorted, each by its name in this one."""
        self.system.invalidate_cache()
        start = len(self.path) + 1
        try:
            found = self.system.find(self._at(below))
        except FileNotFoundError:
            return []
        return sorted(path[start:] for path in found if not path.endswith(UNFINISHED))

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; one that is gone already is no error."""
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                self.system.rm_file(self._at(name))

    def clear(self, below: str) -> None:
        """Remove a folder of this one with all that is in it."""
        with contextlib.suppress(FileNotFoundError):
            self.system.rm(self._at(below), recursive=True)

    def _at(self, name: str) -> str:
        return f"{self.path}/{name}"


def opened(address: str) -> tuple[Any, str]:
    """The storage of an address, and the path there."""
    try:
        return fsspec.core.url_to_fs(address)  # type: ignore[no-any-return]
    except ImportError as error:
        raise ScaleError(f"{address}: {error}") from error
    except ValueError as error:  # no such protocol
        raise ScaleError(f"{address}: {error}") from error


def files(paths: Iterable[str]) -> list[File]:
    """The files that paths, directories (to the bottom) and globs name, each once, sorted by address; hidden ones are left out.

    Raises:
        ScaleError: a path leads to no file, or its storage can't be reached.
    """
    found: dict[str, File] = {}
    for path in paths:
        system, inside = opened(path)
        try:
            there = list(_listed(system, inside))
        except OSError as error:
            raise ScaleError(f"{path} can't be listed: {error}") from error
        if not there:
            raise ScaleError(f"there is no file {path}: check the path")
        found |= {file.address: file for file in there}
    return [found[address] for address in sorted(found)]


def _listed(system: Any, path: str) -> Iterator[File]:
    if system.isdir(path):
        start, found = path, system.find(path, detail=True)
    elif system.exists(path):
        start, found = path, {path: system.info(path)}
    else:
        start, found = re.split(r"[*?[]", path)[0], {}
        for name, info in system.glob(path, detail=True).items():
            found |= system.find(name, detail=True) if info["type"] == "directory" else {name: info}
    for name, info in found.items():
        if info["type"] == "file" and not _hidden(name[len(start) :]):
            yield File(address=_address(system, name), size=info.get("size") or 0, stamp=_stamp(info))


def _hidden(path: str) -> bool:
    return any(part.startswith((".", "~$")) or part in NO_NEWS for part in path.split("/"))


def _address(system: Any, path: str) -> str:
    return path if isinstance(system, LocalFileSystem) else str(system.unstrip_protocol(path))


def _stamp(info: dict[str, Any]) -> str:
    return str(next((info[key] for key in ("ETag", "etag", "mtime", "LastModified", "last_modified", "created") if info.get(key)), ""))


@contextlib.contextmanager
def at_hand(address: str, temporary: str) -> Iterator[str]:
    """The path on this machine of a file, which is fetched into a temporary folder for as long as it is needed where it is elsewhere.

    Args:
        address: the file's.
        temporary: a folder.
    """
    system, path = opened(address)
    if isinstance(system, LocalFileSystem):
        yield path
        return
    local = os.path.join(temporary, os.path.basename(path))
    system.get_file(path, local)
    try:
        yield local
    finally:
        os.remove(local)
