"""The input as shards: what is done as one, and noted as done."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.scale.storage import File, Folder

SMALL = 2**20
"""A file of less bytes is put with others into one shard."""
FULL = 16 * 2**20
MOST = 256
"""A shard of small files is closed once it has so many bytes, or so many of them."""
MANIFESTS = "_shards"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Some files that are coded as one. A large one, or many small ones."""

    files: tuple[File, ...]

    @property
    def id(self) -> str:
        """A name for it, from its first file's and the addresses of all."""
        stem = re.sub(r"[^A-Za-z0-9]+", "-", self.files[0].address.rpartition("/")[2].partition(".")[0]).strip("-")[:60]
        return f"{stem or 'shard'}-{_hash([f.address for f in self.files])}"

    @property
    def version(self) -> str:
        """Its name with that of the content of its files: another once one of them has changed."""
        return f"{self.id}-{_hash([[f.address, f.size, f.stamp] for f in self.files])}"

    @property
    def size(self) -> int:
        """Its bytes."""
        return sum(f.size for f in self.files)


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:10]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is noted of a shard once its output is there.

    Attributes:
        shard: its name.
        files: what it was made of.
        outputs: the files that were made of it.
        coder: who made them.
        articles: how many reports they have.
        skipped: how many documents gave none.
        left_out: how many documents were not asked for.
        rows: how many findings of each kind they have.
    """

    shard: str
    files: tuple[File, ...]
    outputs: tuple[str, ...]
    coder: str
    articles: int
    skipped: int
    left_out: int
    rows: dict[str, int]

    def write(self, folder: Folder) -> None:
        """Note it in an output."""
        folder.write(manifest_name(self.shard), msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n")


def manifest_name(shard: str) -> str:
    """The name of a shard's manifest in an output."""
    return f"{MANIFESTS}/{shard}.json"


def manifest(folder: Folder, name: str) -> Manifest:
    """A manifest by its name."""
    return msgspec.json.decode(folder.read(name), type=Manifest)


def manifests(folder: Folder) -> list[Manifest]:
    """What is noted of the shards of an output, by their names."""
    return [manifest(folder, name) for name in folder.names(MANIFESTS) if name.endswith(".json")]


def shards(files: Iterable[File]) -> Iterator[Shard]:
    """Files as shards.

    Where the files of whole shards are left out, the others come in the same shards as before.
    """
    small: list[File] = []
    for file in files:
        if file.size >= SMALL:
            yield Shard(files=(file,))
            continue
        small.append(file)
        if len(small) >= MOST or sum(f.size for f in small) >= FULL:
            yield Shard(files=tuple(small))
            small = []
    if small:
        yield Shard(files=tuple(small))


def missing(files: Iterable[File], folder: Folder) -> tuple[list[Shard], list[Manifest]]:
    """The shards that an output has not, and what it has.

    What was made of files that have changed since is removed first, its manifest before the rest.
    """
    files = list(files)
    now = {f.address: f for f in files}
    kept: list[Manifest] = []
    for noted in manifests(folder):
        if any(now.get(f.address, f) != f for f in noted.files):
            folder.remove([manifest_name(noted.shard), *noted.outputs])
        else:
            kept.append(noted)
    done = {f.address for noted in kept for f in noted.files}
    return list(shards(f for f in files if f.address not in done)), kept
