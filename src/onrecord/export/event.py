"""An event as formats for others' tools write it: the same shape from one article's report and from a record's event across articles."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from onrecord.export.plover import plover_codes
from onrecord.records import DatePrecision, PlacePrecision, Span, Veridicality, digest

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}-\d\d")
YEAR = re.compile(r"\d{4}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a role of an event.

    Attributes:
        text: the words of the article.
        name: the actor's name, or the words where nobody knows a name.
        title: the office, as an article gives it.
    """

    text: str
    name: str
    actor_id: str | None = None
    country: str | None = None
    sector: str | None = None
    title: str | None = None

    @property
    def key(self) -> str:
        """What tells one party from another: the actor's id, else the words."""
        return self.actor_id or self.text.casefold()

    @property
    def plover(self) -> tuple[str, str]:
        """Country and sector as PLOVER writes them."""
        return plover_codes(self.country, self.sector, self.actor_id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An actor and a recipient, either of whom may not be told; ``reverse`` for the way back of what two did together."""

    actor: Party | None
    recipient: Party | None
    reverse: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells one pair from another."""
        return (self.actor.key if self.actor else "", self.recipient.key if self.recipient else "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where an event happened. ``text`` is as written; ``admin1`` the name of the first-order division it lies in."""

    text: str
    name: str
    country: str | None
    admin1: str | None
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of an event as one mention gives it. ``of`` is the party that the figure counts, where it is one of the event's."""

    what: str
    low: float | None
    high: float | None
    unit: str | None
    text: str
    of: Party | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The article that a mention stands in, with whom and what it names. ``added_at`` is when a record took it (ISO 8601, UTC)."""

    article_id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    origin: str | None = None
    added_at: str | None = None
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """One article's report of an event.

    Attributes:
        sentence: the number of the sentence, from 1; None where the article's text is not at hand.
        lead: whether it stands in the article's first paragraph; None likewise.
        said_by: whose words they are; None for the article's own voice.
    """

    id: str
    story: Story
    trigger: Span
    evidence: Span
    veridicality: Veridicality
    sentence: int | None = None
    lead: bool | None = None
    said_by: str | None = None
    figures: tuple[Figure, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExportEvent:
    """An event with everybody who took part in it and every article that reports it, the earliest first.

    Attributes:
        score: PLOVER's conflict-cooperation score, from -10 to 10; None for an occurrence.
        date: ISO 8601 as far as it is known, ``--03-31`` without a year.
        mutual: whether its actors did it to one another, so that it makes dyads in both directions.
        pairs: who did it to whom, where several articles tell of it and not every actor did it to every recipient.
        typical: the actors and the recipients of the mention that is most like the others, where there are several.
        origins: of how many independent texts the articles are copies.
        changed_at: when the record last changed it (ISO 8601, UTC).
        coder: what made it.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int | None = None
    cameo: str | None = None
    score: float | None = None
    title: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_precision: DatePrecision | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    mutual: bool = False
    pairs: tuple[Pair, ...] = ()
    typical: tuple[tuple[Party, ...], tuple[Party, ...]] | None = None
    where: Where | None = None
    veridicality: Veridicality = "asserted"
    confidence: float | None = None
    mentions: tuple[Mentioned, ...]
    origins: int = 1
    changed_at: str | None = None
    coder: str = ""

    @property
    def first(self) -> Mentioned:
        """The earliest mention."""
        return self.mentions[0]

    @property
    def sides(self) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Actors and recipients as one mention tells them: what formats write that have one row for an event."""
        return self.typical or (self.actors, self.recipients)

    @property
    def stories(self) -> tuple[Story, ...]:
        """The articles, each once."""
        return tuple({m.story.article_id: m.story for m in self.mentions}.values())

    @property
    def publishers(self) -> tuple[str, ...]:
        """The publishers, each once."""
        return tuple(dict.fromkeys(s.publisher for s in self.stories if s.publisher))

    @property
    def urls(self) -> tuple[str, ...]:
        """The articles' addresses."""
        return tuple(s.url for s in self.stories if s.url)

    @property
    def day(self) -> str | None:
        """The day on which it began, ``YYYY-MM-DD``; None where no day is known."""
        found = DAY.match(self.date or "")
        return found[0] if found else None

    @property
    def month(self) -> str | None:
        """The month in which it began, ``YYYY-MM``; None where no month of a year is known."""
        found = MONTH.match(self.date or "")
        return found[0] if found else None

    @property
    def year(self) -> int | None:
        """The year in which it began; None where none is known."""
        found = YEAR.match(self.date or "")
        return int(found[0]) if found else None

    @property
    def codes_on(self) -> str | None:
        """The date on which countries' numbers are looked up: its own, else that on which it was first published."""
        return self.date if self.year else self.first.story.published and self.first.story.published[:10]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """A pair of an event. ``number`` counts from 0 within the event."""

    event: ExportEvent
    number: int
    pair: Pair

    @property
    def actor(self) -> Party | None:
        """Who did it; None where nobody is told."""
        return self.pair.actor

    @property
    def recipient(self) -> Party | None:
        """To whom; None where nobody is told."""
        return self.pair.recipient

    @property
    def hex(self) -> str:
        """An id of fifteen hexadecimal digits, the same whenever the same parties are in the same event."""
        return digest(self.event.id, *self.pair.key, "r" if self.pair.reverse else "", length=15)

    @property
    def decimal(self) -> str:
        """The same id as a number that fits into 64 bits."""
        return str(int(self.hex, 16))


def dyads(event: ExportEvent) -> Iterator[Dyad]:
    """An event as pairs: as articles tell them, else every actor with every recipient, or with every other actor where they did it to one another."""
    if event.pairs:
        pairs = list(event.pairs)
    elif event.mutual:
        pairs = [Pair(actor=a, recipient=b, reverse=i > j) for i, a in enumerate(event.actors) for j, b in enumerate(event.actors) if i != j]
    else:
        pairs = [Pair(actor=a, recipient=b) for a in event.actors or (None,) for b in event.recipients or (None,)]
    each = {p.key: p for p in reversed(pairs)}
    kept = [p for p in reversed(each.values()) if not p.key[0] or p.key[0] != p.key[1]]
    for number, pair in enumerate(kept or pairs[:1]):
        yield Dyad(event=event, number=number, pair=pair)
