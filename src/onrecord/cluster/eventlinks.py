"""Events across the articles of a record: what :class:`onrecord.cluster.linker.Linker` does with the mentions of a batch."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from onrecord.cluster.eventcards import Card, card
from onrecord.cluster.eventmentions import Mention, keys, mentions
from onrecord.cluster.events import Edges, Pair, clusters, component, connect, settle
from onrecord.cluster.objectlinks import link_objects
from onrecord.cluster.partlinks import parts
from onrecord.cluster.storylinks import known_likenesses
from onrecord.records import Report
from onrecord.store import EventRow, Member

if TYPE_CHECKING:
    from onrecord.store import Links

MENTION, EDGES = "event", "event edges"
"""Under which a record keeps mentions with their blocking keys, and edges."""


class LinkedMentions:
    """An index of mentions that a record keeps. What it has read or written stays at hand while it lives."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._known: dict[str, Mention] = {}
        self._edges: dict[str, dict[str, float]] = {}

    def add(self, some: Sequence[Mention], edges: Mapping[Pair, float]) -> None:
        """Keeps mentions and edges."""
        for mention in some:
            self._known[mention.id] = mention
        self._links.block(MENTION, {m.id: keys(m) for m in some})
        self._links.note(MENTION, {m.id: msgspec.msgpack.encode(m) for m in some})
        touched = {id for pair in edges for id in pair}
        self.edges(touched)
        for (one, two), chance in edges.items():
            self._edges[one][two] = self._edges[two][one] = chance
        self._links.note(EDGES, {id: msgspec.msgpack.encode(self._edges[id]) for id in sorted(touched)})

    def holders(self, values: Collection[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """By key the ids of mentions that have it, at most ``most`` and those the smallest."""
        return self._links.firsts(MENTION, values, most=most)

    def mentions(self, ids: Collection[str]) -> Mapping[str, Mention]:
        """Those of these mentions that are there."""
        for id, body in self._links.notes(MENTION, [i for i in ids if i not in self._known]).items():
            self._known[id] = msgspec.msgpack.decode(body, type=Mention)
        return {id: self._known[id] for id in ids if id in self._known}

    def edges(self, ids: Collection[str]) -> Edges:
        """The edges of these mentions."""
        unread = [i for i in ids if i not in self._edges]
        found = self._links.notes(EDGES, unread)
        self._edges |= {id: msgspec.msgpack.decode(found[id], type=dict[str, float]) if id in found else {} for id in unread}
        return {id: self._edges[id] for id in ids}

    def forget(self, ids: Collection[str]) -> None:
        """Keeps nothing of these mentions any more; what has edges to them is what :meth:`edges` has read, or what they have edges to."""
        gone = set(ids)
        self.edges(sorted({other for some in self.edges(ids).values() for other in some}))
        beside = {other for other, some in self._edges.items() if not gone.isdisjoint(some)} - gone
        for other in beside:
            self._edges[other] = {id: chance for id, chance in self._edges[other].items() if id not in gone}
        self._links.note(EDGES, {**{other: msgspec.msgpack.encode(self._edges[other]) for other in sorted(beside)}, **dict.fromkeys(ids)})
        self._links.note(MENTION, dict.fromkeys(ids))
        for id in ids:
            self._known.pop(id, None)
            self._edges[id] = {}
        self._links.block(MENTION, dict.fromkeys(ids, ()))


def link_events(links: Links, reports: Sequence[Report]) -> None:
    """Put the mentions of some reports into events, and those whose events they join, part or leave."""
    index = LinkedMentions(links)
    new = [m for report in reports for m in mentions(report)]
    connect(new, index, known_likenesses(links, {m.article for m in new}))
    stale = links.members(links.stale())
    fresh = {m.id for m in new} | {m.mention_id for some in stale.values() for m in some}
    before, together = _touched(links, index, fresh)
    named = settle((c for ids in together for c in clusters(ids, index)), before)
    changed = {id: some for id, some in named.members.items() if not fresh.isdisjoint(some) or before.get(id) != set(some)}
    cards = _cards(links, index, changed)
    merged = {id: to for id, to in named.gone.items() if to is not None}

    def older(ids: Collection[str]) -> Mapping[str, Card]:
        return _cards(links, index, {id: [m.mention_id for m in some] for id, some in links.members(ids).items()})

    found = parts(links, cards, named.gone.keys(), older)
    links.save(_row(each, part=found[each.id]) for each in cards.values())
    others = links.events(found.keys() - cards.keys())
    links.save(dataclasses.replace(row, part_of=_whole(found[id])) for id, row in others.items() if row.part_of != _whole(found[id]))
    for id, some in changed.items():
        links.assign(id, [Member(mention_id=m, confidence=_sure(m, some, index)) for m in some])
    links.save(dataclasses.replace(row, merged_into=merged[id]) for id, row in links.events(merged).items())
    for entry in named.log:
        links.log(entry.what, entry.event_id, entry.others)
    link_objects(links, {r.article.id for r in reports} | {a for each in cards.values() for a in each.articles}, index.mentions)


def _cards(links: Links, index: LinkedMentions, members: Mapping[str, Sequence[str]]) -> dict[str, Card]:
    """What is shown of events, by id, from their mentions."""
    known = {id: list(index.mentions(some).values()) for id, some in members.items()}
    origins = links.groups_of("origin", {m.article for some in known.values() for m in some})
    return {id: card(id, some, origins=origins) for id, some in known.items() if some}


def _whole(part: tuple[str, str] | None) -> str | None:
    return part[0] if part else None


def _touched(links: Links, index: LinkedMentions, ids: set[str]) -> tuple[dict[str, set[str]], list[list[str]]]:
    """The events that some mentions are of or have edges to, with their members, and the components of all these.

    Mentions that the record no longer has are forgotten on the way.
    """
    dead: set[str] = set()
    while True:
        together = component(ids - dead, index)
        everybody = {id for some in together for id in some}
        gone = everybody - links.mentioned_in(everybody).keys()
        if gone:
            index.forget(sorted(gone))
            dead |= gone
            ids |= everybody
            continue
        events = set(links.memberships(everybody).values())
        before = {id: {m.mention_id for m in some} - dead for id, some in links.members(events).items()}
        more = {id for some in before.values() for id in some} - everybody
        if not more:
            return before, together
        ids = everybody | more


def _sure(id: str, members: Sequence[str], index: LinkedMentions) -> float | None:
    """How surely a mention is of an event with others: the mean of its edges to them; None where it is alone."""
    others = [m for m in members if m != id]
    edges = index.edges([id])[id]
    return round(sum(edges.get(m, 0.0) for m in others) / len(others), 4) if others else None


def _row(each: Card, *, part: tuple[str, str] | None) -> EventRow:
    day = [date.fromordinal(n) if n else None for n in (each.first, each.last)]
    where = each.where
    return EventRow(
        id=each.id,
        type=each.type,
        mode=each.mode,
        title=each.title,
        date=each.date,
        date_end=each.date_end,
        date_precision=each.date_precision,
        date_reason=each.date_reason,
        date_from=day[0],
        date_to=day[1],
        place_name=where.name if where else None,
        place_country=where.country if where else None,
        place_geonameid=where.geonameid if where else None,
        place_lat=where.lat if where else None,
        place_lon=where.lon if where else None,
        place_precision=where.precision if where else None,
        status=each.status,
        disagreements=[dataclasses.asdict(d) for d in each.disagreements],
        part_of=_whole(part),
        confidence=each.confidence,
    )
