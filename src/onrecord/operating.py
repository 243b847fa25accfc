"""Operating points: how sure findings must be to stay in a report."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from onrecord.records import Attribution, Event, Position, Report

__all__ = ["OPERATING_POINTS", "OperatingPoint", "at_least", "operating_point"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OperatingPoint:
    """The least confidence of each kind of finding that stays.

    Attributes:
        attributions: of who says what.
        events: of who did what to whom.
        positions: of who stands where.
        framing: of loaded terms.
    """

    attributions: float = 0.0
    events: float = 0.0
    positions: float = 0.0
    framing: float = 0.0


OPERATING_POINTS: Mapping[str, OperatingPoint] = MappingProxyType(
    {
        "broad": OperatingPoint(),
        "strict": OperatingPoint(attributions=0.6, events=0.8, positions=0.87, framing=0.55),
    }
)
"""``broad`` reports all that is found; ``strict`` positions that are right in holder, stance, act and object nine times in ten
on the articles the weights were fitted to (less on others: docs/measurements.md says how much), the surest events and the surest loaded terms."""


def operating_point(name: str | OperatingPoint, *, least: float = 0.0) -> OperatingPoint:
    """An operating point by its name, or as it is, with every threshold raised to ``least``.

    Raises:
        ValueError: there is no operating point of that name, or ``least`` is not between 0 and 1.

    >>> operating_point("broad", least=0.5).events
    0.5
    """
    if isinstance(name, str) and name not in OPERATING_POINTS:
        raise ValueError(f"there is no operating point {name!r}: choose one of {', '.join(OPERATING_POINTS)}")
    if not 0 <= least <= 1:
        raise ValueError(f"a confidence lies between 0 and 1, not at {least}")
    found = OPERATING_POINTS[name] if isinstance(name, str) else name
    return OperatingPoint(**{field: max(value, least) for field, value in dataclasses.asdict(found).items()})


def at_least(report: Report, point: OperatingPoint) -> Report:
    """The report without the events, positions and loaded terms that are less sure than an operating point asks for.

    What stays no longer names what went: an object's ``event_id`` and an act's become null, framing of an event goes with it. An attribution that
    something which stays rests on, or that another lies in, stays with it.

    >>> from onrecord.records import Article
    >>> report = Report(article=Article.make("Chad left."))
    >>> at_least(report, OPERATING_POINTS["strict"]) == report
    True
    """
    events = tuple(e for e in report.events if e.confidence >= point.events)
    known = {e.id for e in events}
    positions = tuple(_without(p, known) for p in report.positions if p.confidence >= point.positions)
    gone = {e.id for e in report.events} - known
    framing = tuple(f for f in report.framing if f.confidence >= point.framing and f.about not in gone)
    report = dataclasses.replace(report, framing=framing)
    return dataclasses.replace(report, attributions=_attributions(report, point, events, positions), events=events, positions=positions)


def _without(position: Position, known: set[str]) -> Position:
    thing = position.object
    if thing.event_id is not None and thing.event_id not in known:
        thing = dataclasses.replace(thing, event_id=None)
    act = position.act_event_id if position.act_event_id in known else None
    if thing is position.object and act == position.act_event_id:
        return position
    return dataclasses.replace(position, object=thing, act_event_id=act)


def _attributions(report: Report, point: OperatingPoint, events: tuple[Event, ...], positions: tuple[Position, ...]) -> tuple[Attribution, ...]:
    by_id = {a.id: a for a in report.attributions}
    needed = {a.id for a in report.attributions if a.confidence >= point.attributions}
    needed |= {e.claimed_by for e in events if e.claimed_by} | {p.attribution for p in positions if p.attribution}
    needed |= {m.claimed_by for e in events for m in e.magnitudes if m.claimed_by} | {f.attribution for f in report.framing if f.attribution}
    for id in tuple(needed):
        parent = by_id[id].parent if id in by_id else None
        while parent is not None and parent not in needed:
            needed.add(parent)
            parent = by_id[parent].parent
    return tuple(a for a in report.attributions if a.id in needed)
