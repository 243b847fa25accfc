"""What linking remembers of things (articles, mentions, attributions) by their ids: bytes, and the blocking keys by which others find them.

A blocking key is kept as a number, the hash of its kind and value, and a thing's keys beside it, so that they can be taken back without
an index of their own. Bytes are compressed where that makes them smaller.
"""

from __future__ import annotations

import array
import functools
import hashlib
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy import Connection, TextClause, delete, insert, select, text

from onrecord.store.schema import blocking_keys, link_notes
from onrecord.store.upserting import upsert

Value = TypeVar("Value", str, int)
MANY = 500
"""How many values are asked for in one query."""
AT_ONCE = 40
"""How many are asked for in one query of parts."""
KEYS = "keys "
"""How the kind of note begins that holds a thing's blocking keys."""
PLAIN, PACKED = b"\x00", b"\x01"
"""How kept bytes begin: as they are, or compressed."""
LEAST = 200
"""Bytes below which compressing gains nothing."""


def block(connection: Connection, kind: str, values: Mapping[str, Iterable[str]]) -> None:
    """Set the blocking keys of things, by their ids."""
    keys = {item: sorted({hashed(kind, value) for value in some}) for item, some in values.items()}
    before = notes(connection, KEYS + kind, keys)
    for item, body in before.items():
        _drop(connection, item, read_keys(body))
    rows = [{"key": key, "item": item} for item, some in keys.items() for key in some]
    if rows:
        connection.execute(insert(blocking_keys), rows)
    note(connection, KEYS + kind, {item: written_keys(some) if some else None for item, some in keys.items() if some or item in before})


def firsts(connection: Connection, kind: str, values: Iterable[str], *, most: int) -> dict[str, list[str]]:
    """By value the things that have it as a blocking key, at most ``most`` a value and those with the smallest ids."""
    named = {hashed(kind, value): value for value in values}
    out: dict[str, list[str]] = defaultdict(list)
    for some in portions(named, AT_ONCE):
        asked = {"most": most, **{f"k{n}": key for n, key in enumerate(some)}}
        for key, item in connection.execute(_first_of(len(some)), asked):
            out[named[key]].append(item)
    return dict(out)


def note(connection: Connection, kind: str, kept: Mapping[str, bytes | None]) -> None:
    """Keep bytes about things; None keeps nothing any more."""
    for some in portions(item for item, body in kept.items() if body is None):
        connection.execute(delete(link_notes).where(link_notes.c.kind == kind, link_notes.c.item.in_(some)))
    rows = [{"item": item, "kind": kind, "body": packed(body)} for item, body in kept.items() if body is not None]
    if rows:
        upsert(connection, link_notes, rows, key=("item", "kind"))


def notes(connection: Connection, kind: str, items: Iterable[str]) -> dict[str, bytes]:
    """What was kept about things, by their ids."""
    out: dict[str, bytes] = {}
    for some in portions(items):
        query = select(link_notes.c.item, link_notes.c.body).where(link_notes.c.item.in_(some), link_notes.c.kind == kind)
        out.update((item, unpacked(bytes(body))) for item, body in connection.execute(query))
    return out


def drop(connection: Connection, items: Iterable[str]) -> None:
    """Keep nothing about things any more, and no keys of theirs."""
    for some in portions(items):
        query = select(link_notes.c.item, link_notes.c.body).where(link_notes.c.item.in_(some), link_notes.c.kind.startswith(KEYS))
        for item, body in connection.execute(query).all():
            _drop(connection, item, read_keys(unpacked(bytes(body))))
        connection.execute(delete(link_notes).where(link_notes.c.item.in_(some)))


def hashed(kind: str, value: str) -> int:
    """The number that stands for a blocking key: 64 bits with a sign, as databases have them."""
    return int.from_bytes(hashlib.blake2b(f"{kind}\x1f{value}".encode(), digest_size=8).digest(), "little", signed=True)


def written_keys(keys: Iterable[int]) -> bytes:
    """Keys as bytes, eight each, little-endian."""
    return _little(array.array("q", keys)).tobytes()


def read_keys(body: bytes) -> list[int]:
    """The keys that such bytes hold."""
    return list(_little(array.array("q", body)))


def packed(body: bytes) -> bytes:
    """Bytes as they are kept."""
    if len(body) >= LEAST:
        small = zlib.compress(body, 2)
        if len(small) < len(body):
            return PACKED + small
    return PLAIN + body


def unpacked(body: bytes) -> bytes:
    """The bytes that were packed."""
    return zlib.decompress(body[1:]) if body[:1] == PACKED else body[1:]


def portions(values: Iterable[Value], most: int = MANY) -> Iterator[list[Value]]:
    """Values in portions that one query takes."""
    listed = list(dict.fromkeys(values))
    for at in range(0, len(listed), most):
        yield listed[at : at + most]


def _little(numbers: array.array[int]) -> array.array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _drop(connection: Connection, item: str, keys: Iterable[int]) -> None:
    for some in portions(keys):
        connection.execute(delete(blocking_keys).where(blocking_keys.c.key.in_(some), blocking_keys.c.item == item))


@functools.cache
def _first_of(count: int) -> TextClause:
    """The query of :func:`firsts` for some keys, made once: it is asked so often that making it would cost more than answering."""
    one = "SELECT key, item FROM (SELECT key, item FROM blocking_keys WHERE key = :k{} ORDER BY item LIMIT :most) AS q{}"
    return text(" UNION ALL ".join(one.format(n, n) for n in range(count)))
