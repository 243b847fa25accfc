"""How far annotators agree, and what most of them say."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from onrecord.annotate.fields import renamed
from onrecord.annotate.gold import Change, Gold
from onrecord.records import Actor, Report, Span

ROOMS = ("places", "times", "attributions", "events", "positions", "framing")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far annotators agree on one kind of finding.

    Attributes:
        what: the kind; ``events with participants`` asks for the same participants, too.
        articles: how many articles several of them annotated.
        pairs: how many times two of them did.
        f1: twice what two have alike by all that both have, over all pairs; the same whoever is taken for the gold. None where nobody has any.
    """

    what: str
    articles: int
    pairs: int
    f1: float | None


def _at(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((s.start, s.end) for s in spans))


KEYS: dict[str, Callable[[Report], Iterable[Hashable]]] = {
    "actors": lambda r: ((a.kind, m.start, m.end) for a in r.actors for m in a.mentions),
    "places": lambda r: (_at([p]) for p in r.places),
    "times": lambda r: ((_at([t]), t.value) for t in r.times),
    "attributions": lambda r: ((_at(a.source), _at(a.cue), _at(a.content)) for a in r.attributions),
    "events": lambda r: ((e.type, _at([e.trigger])) for e in r.events),
    "events with participants": lambda r: ((e.type, _at([e.trigger]), _at(e.actors), _at(e.recipients)) for e in r.events),
    "positions": lambda r: ((p.act, _at([p.holder]), _at([p.object])) for p in r.positions),
    "framing": lambda r: ((f.category, _at([f.term])) for f in r.framing),
}
"""What makes two findings the same: their labels and their exact characters."""
SAME = {**{room: KEYS[room] for room in ROOMS}, "events": KEYS["events with participants"]}


def agreement(golds: Iterable[Gold]) -> list[Agreement]:
    """How far annotators of the same articles agree, by kind of finding."""
    several = [found for found in _by_article(golds).values() if len(found) > 1]
    pairs = [pair for found in several for pair in itertools.combinations(found, 2)]
    out = []
    for what, keys in KEYS.items():
        alike = total = 0
        for one, other in pairs:
            some, others = Counter(keys(one.report)), Counter(keys(other.report))
            alike += 2 * sum((some & others).values())
            total += sum(some.values()) + sum(others.values())
        out.append(Agreement(what=what, articles=len(several), pairs=len(pairs), f1=alike / total if total else None))
    return out


def majority(golds: Iterable[Gold]) -> list[Gold]:
    """For each article what more than half of its annotators have; what one alone annotated stays as it is."""
    return [found[0] if len(found) == 1 else _most(found) for found in _by_article(golds).values()]


def _by_article(golds: Iterable[Gold]) -> dict[str, list[Gold]]:
    out: defaultdict[str, list[Gold]] = defaultdict(list)
    for gold in golds:
        out[gold.report.article.id].append(gold)
    return out


def _most(found: Sequence[Gold]) -> Gold:
    half = len(found) / 2
    rooms: dict[str, Any] = {}
    ids: dict[str, str | None] = {}
    for room in ROOMS:
        kept: dict[Hashable, Any] = {}
        count: Counter[Hashable] = Counter()
        for gold in found:
            own = getattr(gold.report, room)
            keys = [_key(gold.report, room, f) for f in own]
            count.update(set(keys))
            for key, finding in zip(keys, own, strict=True):
                kept.setdefault(key, finding)
                ids[finding.id] = kept[key].id
        for key, finding in kept.items():
            if count[key] <= half:
                ids = {id: None if now == finding.id else now for id, now in ids.items()}
        rooms[room] = [f for key, f in kept.items() if count[key] > half]
    rooms = {room: tuple(renamed(f, ids) for f in some) for room, some in rooms.items()}
    names = ", ".join(g.annotator or "?" for g in found)
    notes = tuple(Change(what=c.what, room=c.room, before=c.before, after=c.after, note=f"{g.annotator}: {c.note}") for g in found for c in g.changes if c.note)
    report = dataclasses.replace(found[0].report, actors=_actors(found, half), **rooms)
    return Gold(report=report, annotator=f"most of {names}", tool=found[0].tool, changes=notes, problems=())


def _key(report: Report, room: str, finding: Any) -> Hashable:
    """What makes a finding the same as another."""
    alone: Any = {room: (finding,)}
    return next(iter(SAME[room](dataclasses.replace(report, **alone))))


def _actors(found: Sequence[Gold], half: float) -> tuple[Actor, ...]:
    """The actors with the mentions that more than half have."""
    count = Counter((a.id, m.start, m.end) for g in found for a in g.report.actors for m in a.mentions)
    out: dict[str, Actor] = {}
    for actor in (a for g in found for a in g.report.actors):
        known = out.get(actor.id, dataclasses.replace(actor, mentions=()))
        there = {(m.start, m.end) for m in known.mentions}
        more = tuple(m for m in actor.mentions if count[actor.id, m.start, m.end] > half and (m.start, m.end) not in there)
        out[actor.id] = dataclasses.replace(known, mentions=(*known.mentions, *more))
    return tuple(a for a in out.values() if a.mentions)
