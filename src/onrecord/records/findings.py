"""What the rooms behind the actors find: places, times, who says what, what happened, who stands where, and loaded terms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from onrecord.records.cast import Participant
from onrecord.records.codes import (
    WORDS_OF,
    AttributionKind,
    Basis,
    DatePrecision,
    ObjectKind,
    PlacePrecision,
    PlaceUse,
    Stance,
    Status,
    TimexType,
    Veridicality,
)
from onrecord.records.spans import Span


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A first-order division of a country: a state, province, region. ``code`` is GeoNames' (``CF.03``)."""

    name: str
    code: str | None = None
    geonameid: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place(Span):
    """A toponym resolved to a point. ``use`` tells a place from a demonym or a government named by its seat.

    ``admin1`` is the first-order division it is or lies in; None for countries, for what is wider than a
    division, and where it isn't known.
    """

    id: str
    geonameid: int | None
    name: str
    country: str | None
    use: PlaceUse
    as_written: str | None = None
    disputed: bool = False
    lat: float | None = None
    lon: float | None = None
    admin1: Division | None = None
    precision: PlacePrecision = "city"
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Time(Span):
    """A time expression with its TIMEX3 type and value, normalised against the article's date."""

    id: str
    type: TimexType
    value: str
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who a source is. ``on_behalf_of`` is the actor id of the institution the person speaks for."""

    actor_id: str | None = None
    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    on_behalf_of: str | None = None
    anonymous: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source, the cue that attributes, and the content attributed. ``parent`` is the attribution it lies in."""

    id: str
    kind: AttributionKind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker
    channel: str | None = None
    parent: str | None = None
    cue_class: str | None = None
    confidence: float
    reason: str

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies in the content."""
        return any(s.covers(start, end) for s in self.content)


def voice_at(attributions: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """The innermost attribution that puts ``start:end`` into somebody's mouth; None is the article's own voice.

    An attitude ("Norway condemned the shelling", confidence below ``WORDS_OF``) attributes a stance, not words:
    that there was shelling is still the article's word.
    """
    inside = [a for a in attributions if a.confidence >= WORDS_OF and a.covers(start, end)]
    return min(inside, key=lambda a: sum(s.end - s.start for s in a.content), default=None)


def is_after(value: str, day: str) -> bool:
    """Whether a date begins after a day ends; one without a year never does.

    >>> is_after("2031", "2030-11-02"), is_after("2030", "2030-11-02"), is_after("--12-01", "2030-11-02")
    (True, False, False)
    """
    return not value.startswith("--") and value[:10] > day[: len(value[:10])]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When something happened: ``value`` ISO 8601 as far as ``precision`` goes, ``--03-31`` without a year."""

    value: str
    end: str | None = None
    precision: DatePrecision = "day"
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Magnitude:
    """A figure an event comes with: killed, injured, missing, displaced, detained, participants or an amount."""

    what: str
    low: float | None
    high: float | None
    unit: str | None = None
    span: Span
    claimed_by: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something done or happening, as the article reports it. ``mode``, ``quad`` and ``cameo`` are None for occurrences."""

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int | None = None
    cameo: str | None = None
    trigger: Span
    evidence: Span
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    date: EventDate | None = None
    place: Place | None = None
    magnitudes: tuple[Magnitude, ...] = ()
    veridicality: Veridicality = "asserted"
    claimed_by: str | None = None
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PositionObject(Span):
    """What a position is about."""

    kind: ObjectKind
    event_id: str | None = None
    actor_id: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """When a position was taken."""

    value: str | None
    precision: DatePrecision = "day"
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Somebody's stand on an event, actor, proposal or state of affairs."""

    id: str
    holder: Participant
    act: str
    stance: Stance
    object: PositionObject
    evidence: Span
    said: Said
    status: Status = "taken"
    addressee: Participant | None = None
    act_event_id: str | None = None
    basis: Basis = "reported_by_outlet"
    attribution: str | None = None
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """A loaded term, what it is said of and whose voice uses it (None: the article's own)."""

    id: str
    about: str
    term: Span
    category: str
    attribution: str | None = None
    confidence: float
    reason: str
