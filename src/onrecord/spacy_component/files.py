"""Codebooks and tables of actors that go with a pipeline wherever it is saved."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from onrecord.actors import ActorTable
from onrecord.events import Codebook

Kind = TypeVar("Kind", Codebook, ActorTable)


def read(kind: type[Kind], paths: Iterable[str]) -> dict[str, bytes]:
    """What is in the files by their paths, those left out that aren't there.

    Raises:
        ActorTableError, CodebookError: a file is there and can't be used.
    """
    out: dict[str, bytes] = {}
    for path in paths:
        if Path(path).is_file():
            kind.read(path)
            out[path] = Path(path).read_bytes()
    return out


def opened(kind: type[Kind], path: str, files: Mapping[str, bytes]) -> Kind:
    """The codebook or table of a path: out of what was read before, or else from the disk.

    Raises:
        ActorTableError, CodebookError: there is no such file, or it can't be used.
    """
    if path not in files:
        return kind.read(path)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / Path(path).name
        copy.write_bytes(files[path])
        return dataclasses.replace(kind.read(copy), path=path)
