"""Which events are exported."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator

from onrecord.export.event import ExportEvent
from onrecord.export.formats.days import days_of
from onrecord.store.days import bounds

ASSERTED = frozenset({"asserted"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What an event must be to be exported. Several values of one filter are alternatives, several filters hold together.

    Attributes:
        put: how it is put: ``asserted``, ``denied``, ``planned``, ``hypothetical``, ``demanded``.
        actor: ids or names of who takes part, in whatever role.
        country: their country.
        sector: their PLOVER sector.
        type: of the event.
        place: the name, country code or GeoNames id of its place.
        publisher: of any article that reports it.
        article: the id of any article that reports it.
        since: the first day (``2021-03-09``, ``2021-03``, ``2021``); an event counts that can have been on it or later.
        until: the last day.
        min_confidence: the least confidence.

    Raises:
        ValueError: a day can't be read.
    """

    put: frozenset[str] = ASSERTED
    actor: frozenset[str] = frozenset()
    country: frozenset[str] = frozenset()
    sector: frozenset[str] = frozenset()
    type: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    publisher: frozenset[str] = frozenset()
    article: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            _day(getattr(self, name), last=name == "until")

    def of(self, events: Iterable[ExportEvent]) -> Iterator[ExportEvent]:
        """The events that satisfy it."""
        since, until = _day(self.since, last=False), _day(self.until, last=True)
        for event in events:
            if self._itself(event) and self._who(event) and self._told(event) and _among(event, since, until):
                yield event

    def _itself(self, event: ExportEvent) -> bool:
        where = event.where
        named = {x.casefold() for x in (where.name, where.country, str(where.geonameid)) if x} if where else set()
        return (
            event.veridicality in self.put
            and (not self.type or event.type in _upper(self.type))
            and (not self.place or bool(named & {p.casefold() for p in self.place}))
            and (event.confidence is None or event.confidence >= self.min_confidence)
        )

    def _who(self, event: ExportEvent) -> bool:
        parties = (*event.actors, *event.recipients)
        names = {a.casefold() for a in self.actor}
        found = [
            p
            for p in parties
            if (not names or (p.actor_id or "").casefold() in names or p.name.casefold() in names)
            and (not self.country or p.country in _upper(self.country))
            and (not self.sector or p.sector in _upper(self.sector))
        ]
        return bool(found) or not (names or self.country or self.sector)

    def _told(self, event: ExportEvent) -> bool:
        by = {p.casefold() for p in self.publisher}
        return (not by or any(p.casefold() in by for p in event.publishers)) and (not self.article or any(s.article_id in self.article for s in event.stories))


def _upper(values: frozenset[str]) -> set[str]:
    return {v.upper() for v in values}


def _day(value: str | None, *, last: bool) -> datetime.date | None:
    if value is None:
        return None
    day = bounds(value)[last]
    if day is None:
        raise ValueError(f"{value!r} is no day: write 2021-03-09, 2021-03 or 2021")
    return day


def _among(event: ExportEvent, since: datetime.date | None, until: datetime.date | None) -> bool:
    if since is None and until is None:
        return True
    first, last = days_of(event)
    if first is None or last is None:
        return False
    return (since is None or last >= since) and (until is None or first <= until)
