"""The records every room speaks: an article, spans of it, and the findings made on it.

Offsets are 0-based code points into ``Article.text``, end exclusive. A :class:`Report` holds all
findings of one article and refuses any span whose text is not exactly ``article.text[start:end]``.
Nothing here imports another part of the package.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

Sector = str
"""A PLOVER sector code: ``GOV``, ``MIL``, ``REB``, …"""

ActorKind = Literal["state", "de_facto", "body", "group", "organisation", "person", "unresolved"]
MentionForm = Literal["name", "acronym", "demonym", "seat", "nominal", "pronoun", "possessive"]
PlaceUse = Literal["place", "demonym", "government"]
PlacePrecision = Literal["city", "admin1", "country", "region"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
DatePrecision = Literal["day", "month", "year"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Veridicality = Literal["asserted", "denied", "hypothetical", "planned", "demanded"]
Stance = Literal["oppose", "support", "neutral"]
ObjectKind = Literal["event", "actor", "proposal", "state_of_affairs"]
Status = Literal["taken", "refused", "abstained", "conditional", "expected", "withdrawn"]
Basis = Literal["own_words", "authorised_speaker", "reported_by_outlet", "reported_by_third_party"]


WORDS_OF = 0.6
"""The confidence from which an attribution is of words (said, wrote, told) and not of an attitude only."""


LINE_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


class SpanError(ValueError):
    """A span does not say what the article says at its offsets."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some characters of an article.

    Raises:
        SpanError: the offsets are negative, empty or of another length than the text.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise SpanError(f"a span needs 0 <= start < end, got {self.start}:{self.end} for {self.text!r}")
        if len(self.text) != self.end - self.start:
            raise SpanError(f"{self.start}:{self.end} is {self.end - self.start} characters, its text {self.text!r} is {len(self.text)}")

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the span shares a character with ``start:end``."""
        return self.start < end and start < self.end

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies wholly within the span."""
        return self.start <= start and end <= self.end


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news text and what is known of it.

    ``published`` is an ISO 8601 date or date-time, or None; ``published_reason`` says where it comes
    from (``given``, ``metadata``, ``dateline``, ``updated_line``). ``text`` is never changed once read.
    Make one with :meth:`make`, which derives the id.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    published_reason: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str = "en"

    @classmethod
    def make(cls, text: str, *, id: str | None = None, url: str | None = None, **fields: Any) -> Article:
        """An article whose id, unless given, is derived from its text and address.

        NUL and lone surrogates, which no database takes, become U+FFFD one for one, so offsets hold.
        """
        text = NO_CHARACTER.sub("\ufffd", text)
        return cls(id=id or digest("article", text, url or "", length=16), text=text, url=url, **fields)

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The characters ``start:end`` of the text as a span."""
        return Span(start=start, end=end, text=self.text[start:end])


def digest(*parts: str, length: int = 12) -> str:
    """A short id derived from its parts, the same on every machine and run."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def finding_id(prefix: str, article_id: str, type: str, spans: Iterable[Span], participants: Iterable[str] = ()) -> str:
    """The id of a finding, from what it is and where: ``ev-3f2a…`` for the prefix ``ev``."""
    where = ",".join(f"{s.start}:{s.end}" for s in spans)
    return f"{prefix}-{digest(article_id, prefix, type, where, ','.join(participants))}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A place in the text where an actor is meant. ``head`` is the offset at which its head word starts."""

    head: int
    form: MentionForm
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who can act, with all their mentions in one article.

    ``country`` is ISO 3166 alpha-3, a code of our own for a de facto entity (``XAB``), or PLOVER's
    ``UNO``, ``EUR``, ``IGO``, ``NGO`` … for a body; ``sector`` is a PLOVER sector. Either is None where
    it can't be told. ``role`` and ``affiliation`` are as the article gives them; ``affiliation_id`` is
    the actor an office-holder or spokesperson belongs to.
    """

    id: str
    name: str
    country: str | None
    sector: Sector | None
    kind: ActorKind
    mentions: tuple[Mention, ...]
    reason: str
    role: str | None = None
    affiliation: str | None = None
    affiliation_id: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Span):
    """An actor in a role of an event or position; the codes are None where the actor is not resolved."""

    actor_id: str | None = None
    country: str | None = None
    sector: Sector | None = None


class Cast:
    """The actors of one article, looked up by where they are mentioned."""

    __slots__ = ("_by_head", "_by_id", "_mentions", "actors")

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.actors: tuple[Actor, ...] = tuple(actors)
        self._by_id = {a.id: a for a in self.actors}
        self._mentions = sorted(((m, a) for a in self.actors for m in a.mentions), key=lambda x: (x[0].start, -x[0].end))
        self._by_head: dict[int, tuple[Mention, Actor]] = {}
        for mention, actor in self._mentions:  # outermost first: the widest mention on a head stands for it
            self._by_head.setdefault(mention.head, (mention, actor))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.actors)

    def get(self, actor_id: str | None) -> Actor | None:
        """The actor with that id, if there is one."""
        return self._by_id.get(actor_id) if actor_id else None

    def at_head(self, offset: int) -> tuple[Mention, Actor] | None:
        """The widest mention whose head word starts at ``offset``."""
        return self._by_head.get(offset)

    def sharing(self, mention: Mention) -> list[tuple[Mention, Actor]]:
        """Everybody whom the characters of one mention mean: both countries of "the two sides"."""
        return [(m, a) for m, a in self._mentions if m.start == mention.start and m.end == mention.end]

    def within(self, start: int, end: int) -> list[tuple[Mention, Actor]]:
        """The mentions that lie wholly inside ``start:end``, in text order."""
        return [(m, a) for m, a in self._mentions if start <= m.start and m.end <= end]

    def participant(self, mention: Mention, actor: Actor) -> Participant:
        """The actor in a role, on the characters of one mention."""
        return Participant(start=mention.start, end=mention.end, text=mention.text, actor_id=actor.id, country=actor.country, sector=actor.sector)


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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything found in one article.

    Raises:
        SpanError: some finding's text is not what the article says at its offsets.
    """

    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    framing: tuple[Framing, ...] = ()
    warnings: tuple[str, ...] = ()
    coder: str = ""

    def __post_init__(self) -> None:
        text = self.article.text
        for span in self.spans():
            if text[span.start : span.end] != span.text:
                raise SpanError(f"article {self.article.id} says {text[span.start : span.end]!r} at {span.start}:{span.end}, the finding says {span.text!r}")

    def spans(self) -> Iterator[Span]:
        """Every span of every finding."""
        for room in (self.actors, self.places, self.times, self.attributions, self.events, self.positions, self.framing):
            for finding in room:
                yield from _spans(finding)

    def findings(self) -> Iterator[Time | Place | Attribution | Event | Position | Framing]:
        """Every finding that has an id of its own in the article, in the order of the rooms."""
        for room in (self.places, self.times, self.attributions, self.events, self.positions, self.framing):
            yield from room

    def rules(self) -> set[str]:
        """The ids of the rules and models that made the findings."""
        return {rule_of(x.reason) for room in (self.actors, self.findings()) for x in room} | {rule_of(m.reason) for a in self.actors for m in a.mentions}

    def to_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The report as the JSON contract writes it; the article's text only if asked for."""
        body: dict[str, Any] = msgspec.to_builtins(self)
        for actor in body["actors"]:
            for mention in actor["mentions"]:
                del mention["head"]
        body["article"]["text_sha256"] = self.article.text_sha256
        if not with_text:
            del body["article"]["text"]
        return body

    def to_json(self, *, with_text: bool = False) -> str:
        """One line of JSON, by whatever rule its reader cuts lines."""
        return msgspec.json.encode(self.to_dict(with_text=with_text)).decode().translate(LINE_BREAKS)

    @classmethod
    def from_dict(cls, body: dict[str, Any], *, text: str | None = None) -> Report:
        """A report read back, bound to the article's text and checked against it.

        Args:
            body: what :meth:`to_dict` gave.
            text: the article's text, where ``body`` does not carry it.

        Raises:
            ValueError: there is no text, it is not the text that was coded, or a field is missing or of
                the wrong type; the message names the field.
        """
        article = dict(body.get("article") or {})
        wanted = article.pop("text_sha256", None)
        article["text"] = article.get("text", text)
        if article["text"] is None:
            raise ValueError(f"the report on article {article.get('id')!r} was saved without its text: give the text, or code with --with-text")
        actors = [_with_heads(a) for a in body.get("actors") or []]
        try:
            report = msgspec.convert({**body, "article": article, "actors": actors}, cls)
        except msgspec.ValidationError as error:
            raise ValueError(f"not a report: {error}") from error
        if wanted and wanted != report.article.text_sha256:
            raise ValueError(f"the text given for article {report.article.id!r} is not the text that was coded (SHA-256 differs)")
        return report


def rule_of(reason: str) -> str:
    """The id of the rule or model in a finding's reason: what stands before the first ``|``."""
    return reason.partition("|")[0]


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, tuple) or dataclasses.is_dataclass(inner):
                yield from _spans(inner)


def _with_heads(actor: dict[str, Any]) -> dict[str, Any]:
    mentions = [{"head": m.get("start"), **m} for m in actor.get("mentions") or []]
    return {**actor, "mentions": mentions}
