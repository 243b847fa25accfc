"""What linking remembers of an article, as another world would have it: see :mod:`benchmarks.renaming`."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import numpy as np

from benchmarks.renaming import World
from onrecord.cluster.copies import Sketch
from onrecord.cluster.eventmentions import Mention
from onrecord.cluster.eventmentions import keys as keys_of
from onrecord.cluster.profiles import Profile
from onrecord.cluster.statements import Utterance
from onrecord.cluster.stories import keys as words_of
from onrecord.cluster.storylinks import BUCKET, NO_DAY
from onrecord.store.noting import KEYS, hashed, packed, unpacked, written_keys

Kept = list[tuple[str, bytes]]
IDS = ("likeness", "event edges")
"""Notes that hold ids with a number each."""


def moved(kind: str, body: bytes, world: World) -> tuple[Kept, list[int]]:
    """A note in another world.

    Args:
        kind: of the note.
        body: as it is kept.
        world: the other world.

    Returns:
        The notes to keep of the thing, by kind, and its blocking keys.
    """
    plain = unpacked(body)
    if kind in IDS:
        of = msgspec.msgpack.decode(plain, type=dict[str, float])
        return [(kind, packed(msgspec.msgpack.encode({f"{id}{world.suffix}": n for id, n in of.items()})))], []
    read: Any = msgspec.msgpack.decode(plain, type=TYPES[kind])
    made = MOVED[kind](read, world)
    keys = sorted({hashed(kind, value) for value in VALUES[kind](made)})
    kept = [(kind, packed(msgspec.msgpack.encode(made)))]
    return ([*kept, (KEYS + kind, packed(written_keys(keys)))] if keys else kept), keys


def _day(day: int | None, world: World) -> int | None:
    return None if day is None else day + world.days


def _small(words: Any, world: World) -> Any:
    return type(words)(world.small(w) or "" for w in words)


def _sketch(of: Sketch, world: World) -> Sketch:
    shingles = (of.hashes ^ np.uint32(world.mask)).astype("<u4").tobytes()
    return Sketch(article_id=of.article_id + world.suffix, keys=tuple(k ^ world.mask for k in of.keys), shingles=shingles)


def _profile(of: Profile, world: World) -> Profile:
    words = {name: {world.small(w) or "": n for w, n in getattr(of, name).items()} for name in ("lead", "title", "telling")}
    days = frozenset(d + world.days for d in of.days)
    return dataclasses.replace(of, article_id=of.article_id + world.suffix, published=_day(of.published, world), days=days, **words)  # type: ignore[arg-type]


def _utterance(of: Utterance, world: World) -> Utterance:
    return dataclasses.replace(
        of,
        id=of.id + world.suffix,
        article=of.article + world.suffix,
        speakers=frozenset(world.who(s) or "" for s in of.speakers),
        name=world.named(of.name),
        signatories=tuple(world.who(s) or "" for s in of.signatories),
        words=_small(of.words, world),
        text=world.named(of.text) or "",
        day=_day(of.day, world),
        date=world.when(of.date),
    )


def _mention(of: Mention, world: World) -> Mention:
    parties = {
        role: tuple(dataclasses.replace(p, text=world.named(p.text) or "", actor_id=world.who(p.actor_id)) for p in getattr(of, role))
        for role in ("actors", "recipients")
    }
    words = {name: _small(getattr(of, name), world) for name in ("names", "words", "around", "topic")}
    return dataclasses.replace(
        of,
        id=of.id + world.suffix,
        article=of.article + world.suffix,
        published=_day(of.published, world),
        evidence=world.named(of.evidence) or "",
        trigger=world.named(of.trigger) or "",
        date=world.when(of.date),
        first=_day(of.first, world),
        last=_day(of.last, world),
        **parties,  # type: ignore[arg-type]
        **words,
    )


def _story_values(of: Profile) -> list[str]:
    at = NO_DAY if of.published is None else str(of.published // BUCKET)
    return [f"{word} {at}" for word in words_of(of)]


TYPES: dict[str, Any] = {"copy": Sketch, "story": Profile, "utterance": Utterance, "event": Mention}
MOVED: dict[str, Any] = {"copy": _sketch, "story": _profile, "utterance": _utterance, "event": _mention}
VALUES: dict[str, Any] = {"copy": lambda of: map(str, of.keys), "story": _story_values, "utterance": lambda of: of.slots(), "event": keys_of}
