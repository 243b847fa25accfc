"""Event mentions → events across articles, as a record grows.

A new mention is compared with those that share a blocking key (:func:`connect`); pairs that are likely enough of one event are edges,
which are kept. What a set of mentions and edges says does not depend on the order in which they came: each connected component is cut by
average link, ties by id (:func:`clusters`). Ids are made from an event's first members and kept by the part that has most of them
(:func:`settle`). Nothing here knows how a record is stored: an :class:`EventIndex` gives candidates and edges.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, Protocol

from onrecord.cluster.components import components
from onrecord.cluster.eventmentions import Mention, keys, within
from onrecord.cluster.eventpairs import barred, score
from onrecord.cluster.similarity import average_link
from onrecord.records import digest

EDGE = 0.1
"""The least probability of an edge."""
LEAST = 0.15
"""The least mean probability between two clusters that become one."""
TOGETHER = 0.35
"""The least likeness of two articles all of whose mentions are compared."""
BESIDE = 16
"""Articles of one story whose mentions a new one is compared with, whatever they share."""
MOST = 128
"""Mentions that are looked at for one blocking key: those with the smallest ids, so that arrival plays no part."""
COMPARED = 400
"""Mentions that a new one is compared with: those that share most keys."""
LARGEST = 400
"""Mentions that are cut at once; the weakest edges of a larger component are left out."""

Edges = Mapping[str, Mapping[str, float]]
Likeness = Mapping[str, Mapping[str, float]]
NONE: Mapping[str, float] = MappingProxyType({})
Pair = tuple[str, str]


class EventIndex(Protocol):
    """Where mentions and their edges are kept."""

    def add(self, some: Sequence[Mention], edges: Mapping[Pair, float]) -> None:
        """Keeps mentions and edges between them and what is there; a mention of the same id takes the place of an earlier one."""

    def holders(self, values: Collection[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """By key the ids of mentions that have it, at most ``most`` and those the smallest."""

    def mentions(self, ids: Collection[str]) -> Mapping[str, Mention]:
        """Those of these mentions that are there."""

    def edges(self, ids: Collection[str]) -> Edges:
        """The edges of these mentions."""


class MentionMemory:
    """An index in memory."""

    def __init__(self) -> None:
        self._mentions: dict[str, Mention] = {}
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._edges: dict[str, dict[str, float]] = defaultdict(dict)

    def add(self, some: Sequence[Mention], edges: Mapping[Pair, float]) -> None:
        """Keeps mentions and edges."""
        for mention in some:
            self._mentions[mention.id] = mention
            for key in keys(mention):
                self._holders[key].add(mention.id)
        for (one, two), chance in edges.items():
            self._edges[one][two] = self._edges[two][one] = chance

    def holders(self, values: Collection[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """By key the ids of mentions that have it."""
        return {value: sorted(self._holders[value])[:most] for value in values if value in self._holders}

    def mentions(self, ids: Collection[str]) -> Mapping[str, Mention]:
        """Those of these mentions that are there."""
        return {id: self._mentions[id] for id in ids if id in self._mentions}

    def edges(self, ids: Collection[str]) -> Edges:
        """The edges of these mentions."""
        return {id: self._edges[id] for id in ids if id in self._edges}


def connect(new: Sequence[Mention], index: EventIndex, stories: Likeness = MappingProxyType({})) -> dict[Pair, float]:
    """Add mentions to an index and give their edges, to one another and to what was there.

    Args:
        new: the mentions.
        index: where mentions are kept.
        stories: for each of their articles how alike it is to others (:func:`onrecord.cluster.stories.links`), by id in both directions.
    """
    index.add(new, {})
    found: dict[Pair, float] = {}
    beside = {article: _beside(stories.get(article, NONE)) for article in {m.article for m in new}}
    by_key = {mention.id: [*keys(mention), *beside[mention.article]] for mention in new}
    held = index.holders(sorted({key for some in by_key.values() for key in some}), most=MOST)
    near = {mention.id: _near(mention.id, by_key[mention.id], held) for mention in new}
    known = index.mentions({id for some in near.values() for id in some})
    for mention in sorted(new, key=lambda m: m.id):
        for id in near[mention.id]:
            if (other := known.get(id)) is None:
                continue
            pair = (min(id, mention.id), max(id, mention.id))
            if pair not in found and (chance := score(mention, other, story=stories.get(mention.article, NONE).get(other.article, 0.0))) >= EDGE:
                found[pair] = round(chance, 4)
    index.add((), found)
    return found


def _near(id: str, by: Sequence[str], held: Mapping[str, Sequence[str]]) -> list[str]:
    """The mentions that share most keys with one."""
    shared = Counter(other for key in by for other in held.get(key, ()))
    shared.pop(id, None)
    return sorted(shared, key=lambda other: (-shared[other], other))[:COMPARED]


def _beside(likeness: Mapping[str, float]) -> list[str]:
    """The blocking keys of the articles that are most likely of one story with an article."""
    near = sorted((-likely, other) for other, likely in likeness.items() if likely >= TOGETHER)
    return [within(other) for _, other in near[:BESIDE]]


def component(ids: Iterable[str], index: EventIndex) -> list[list[str]]:
    """The connected components that hold any of some mentions, as sorted ids."""
    out, seen = [], set()
    for start in sorted(ids):
        if start in seen:
            continue
        mine, edge = {start}, {start}
        while edge:
            edge = {other for some in index.edges(edge).values() for other in some} - mine
            mine |= edge
        seen |= mine
        out.append(sorted(mine))
    return out


def clusters(ids: Sequence[str], index: EventIndex) -> list[list[str]]:
    """A connected component cut into events: average link over its edges, two that can't be one never together.

    Args:
        ids: the mentions of a component.
        index: where they are.

    Returns:
        The mentions of each event, sorted, the events by their first.
    """
    known = index.mentions(ids)
    listed = sorted(known)
    number = {id: n for n, id in enumerate(listed)}
    edges = {(number[a], number[b]): p for a, some in index.edges(listed).items() for b, p in some.items() if a < b and b in number}
    out: list[list[str]] = []
    for some in _parts(len(listed), edges):
        place = {n: k for k, n in enumerate(some)}
        alike = {(place[a], place[b]): p for (a, b), p in edges.items() if a in place and b in place}
        here = [known[listed[n]] for n in some]
        apart: dict[Pair, bool] = {}

        def allowed(i: int, j: int, here: Sequence[Mention] = here, apart: dict[Pair, bool] = apart) -> bool:
            pair = (here[i].id, here[j].id)
            if pair not in apart:
                apart[pair] = barred(here[i], here[j])
            return not apart[pair]

        groups: dict[int, list[str]] = defaultdict(list)
        for mention, label in zip(here, average_link(len(some), alike, least=LEAST, allowed=allowed), strict=True):
            groups[label].append(mention.id)
        out.extend(sorted(g) for g in groups.values())
    return sorted(out)


def _parts(count: int, edges: Mapping[tuple[int, int], float], least: float = EDGE) -> list[list[int]]:
    """The components of some edges; one that is too large falls apart as its weakest edges are left out."""
    groups = components(range(count), [pair for pair in sorted(edges) if edges[pair] >= least])
    out: list[list[int]] = []
    for some in groups:
        if len(some) <= LARGEST or least >= 0.99:
            out.append(some)
            continue
        place = {n: k for k, n in enumerate(some)}
        inner = {(place[a], place[b]): p for (a, b), p in edges.items() if a in place and b in place}
        out.extend([some[k] for k in part] for part in _parts(len(some), inner, least + 0.1))
    return out


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What became of an event.

    Attributes:
        what: ``made``, ``merged`` (others went into it), ``split`` (it came out of another) or ``emptied`` (no mention is left).
        event_id: the event.
        others: those it was merged with, or the one it was split from.
    """

    what: Literal["made", "merged", "split", "emptied"]
    event_id: str
    others: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Events with the ids that they keep.

    Attributes:
        members: by event id the sorted ids of its mentions.
        gone: ids that no longer stand for an event, and the one that most of their mentions went to (None where none is left).
        log: what happened, in order.
    """

    members: dict[str, list[str]]
    gone: dict[str, str | None]
    log: list[LogEntry]


def settle(found: Iterable[Sequence[str]], before: Mapping[str, Collection[str]]) -> Settled:
    """Give clusters ids: each keeps that of the event of which it has most mentions, unless another has more of it.

    Args:
        found: clusters of mention ids, none in two.
        before: the events that had any of these mentions (all of their members then), by id.

    Returns:
        The events; a new one's id is made from its members.
    """
    listed = sorted(sorted(c) for c in found)
    home = {m: id for id, some in before.items() for m in some}
    shares = [Counter(home[m] for m in c if m in home) for c in listed]
    claims = sorted((-count, id, n) for n, share in enumerate(shares) for id, count in share.items())
    name: dict[int, str] = {}
    taken: set[str] = set()
    for _, id, n in claims:
        if n not in name and id not in taken:
            name[n] = id
            taken.add(id)
    members: dict[str, list[str]] = {}
    log: list[LogEntry] = []
    gone: dict[str, str | None] = {}
    for n, some in enumerate(listed):
        id = name.get(n) or "event-" + digest("event", *some)
        while id in members or (n not in name and id in before):
            id = "event-" + digest("event", id)
        members[id] = list(some)
        others = tuple(sorted(share for share in shares[n] if share != id))
        swallowed = tuple(o for o in others if o not in taken)
        if n not in name:
            log.append(LogEntry(what="split" if others else "made", event_id=id, others=others))
        elif swallowed:
            log.append(LogEntry(what="merged", event_id=id, others=swallowed))
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for id, some in members.items():
        for m in some:
            if m in home:
                went[home[m]][id] += 1
    for id in sorted(before.keys() - members.keys()):
        to = min(went[id], key=lambda other: (-went[id][other], other)) if went[id] else None
        gone[id] = to
        if to is None:
            log.append(LogEntry(what="emptied", event_id=id))
    return Settled(members=members, gone=gone, log=log)
