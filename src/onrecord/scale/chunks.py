"""A shard's documents in chunks, each small enough to be done again."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from onrecord.read import Meter, Skip, SkipReason
from onrecord.records import Article
from onrecord.scale.shards import Shard
from onrecord.scale.storage import at_hand

CHARACTERS = 400_000
SKIPS = 1000
"""A chunk is closed once it has so many characters of text, or so many documents that gave no article."""


class Reader(Protocol):
    """Reads files, as :func:`onrecord.read` with its options chosen does."""

    def __call__(self, paths: Iterable[str], /, *, meter: Meter) -> Iterator[Article | Skip]:
        """The articles and skips of some files; the meter counts, and knows where each article stands."""


class Attempts(Protocol):
    """Counts how often something was begun that has not come to its end."""

    def begun(self, what: str) -> int:
        """Note that it is begun, and how often it was begun before without coming to its end."""

    def ended(self, what: str) -> None:
        """Note that it came to its end."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one document gave.

    Attributes:
        file: the address of its file.
        record: the line, row or article there that it is, where there are several.
        article: what was read, or None.
        skip: why nothing was read, or None.
    """

    file: str
    record: int | None
    article: Article | None = None
    skip: Skip | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some documents that are coded as one.

    Attributes:
        items: what they gave.
        left_out: how many documents since the chunk before were not asked for.
        reached: bytes of the shard that have been read with this chunk.
    """

    items: list[Item]
    left_out: int = 0
    reached: int = 0


def packed(chunk: Chunk) -> bytes:
    """A chunk as bytes."""
    return msgspec.msgpack.encode(chunk)


def unpacked(data: bytes) -> Chunk:
    """The chunk that was packed."""
    return msgspec.msgpack.decode(data, type=Chunk)


def chunks(shard: Shard, read: Reader, attempts: Attempts, *, size: int, deaths: int) -> Iterator[Chunk]:
    """The documents of a shard in chunks, the same each time.

    Args:
        shard: the shard.
        read: reads files.
        attempts: knows how often reading the shard has ended the process that did it.
        size: how many articles a chunk has at most.
        deaths: how often it must have ended one for each document to be watched, and how often at one document for the rest of its file to be given up.
    """
    items: list[Item] = []
    articles = characters = before = 0
    meter = Meter()
    watched = attempts if attempts.begun(f"read {shard.version}") >= deaths else None
    for item in _items(shard, read, meter, watched, deaths):
        items.append(item)
        if item.article is not None:
            articles += 1
            characters += len(item.article.text)
        if articles >= size or characters >= CHARACTERS or len(items) - articles >= SKIPS:
            yield Chunk(items=items, left_out=meter.left_out - before, reached=meter.done)
            items, articles, characters, before = [], 0, 0, meter.left_out
    if items or meter.left_out > before:
        yield Chunk(items=items, left_out=meter.left_out - before, reached=shard.size)
    attempts.ended(f"read {shard.version}")


def _items(shard: Shard, read: Reader, meter: Meter, attempts: Attempts | None, deaths: int) -> Iterator[Item]:
    with tempfile.TemporaryDirectory(prefix="onrecord-") as temporary:
        for file in shard.files:
            try:
                with at_hand(file.address, temporary) as path:
                    found = _of_file(file.address, path, read, meter)
                    yield from found if attempts is None else _watched(found, file.address, shard.version, attempts, deaths)
            except FileNotFoundError:
                yield Item(file=file.address, record=None, skip=_skip(file.address, "it was there when the input was listed, and is gone"))


def _of_file(address: str, path: str, read: Reader, meter: Meter) -> Iterator[Item]:
    for document in read([path], meter=meter):
        if isinstance(document, Article):
            yield Item(file=address, record=meter.record, article=document)
        else:
            skip = document if path == address else dataclasses.replace(document, path=address, message=document.message.replace(path, address))
            yield Item(file=address, record=skip.record, skip=skip)


def _watched(items: Iterator[Item], address: str, version: str, attempts: Attempts, deaths: int) -> Iterator[Item]:
    """The items of a file up to the one that has ended every process that came to it."""
    number = 0
    while True:
        number += 1
        what = f"read {version} {address} {number}"
        if attempts.begun(what) >= deaths:
            yield Item(file=address, record=None, skip=_skip(address, f"reading it past document {number - 1} ended the process that did it, {deaths} times"))
            return
        item = next(items, None)
        attempts.ended(what)
        if item is None:
            return
        yield item


def _skip(address: str, why: str) -> Skip:
    return Skip(path=address, reason=SkipReason.UNREADABLE, message=f"{address}: {why}")
