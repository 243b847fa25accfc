"""Coded reports → event mentions as clustering across articles needs them: small, and with nothing of the article's text but its evidence."""

from __future__ import annotations

import dataclasses
import functools
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.cluster.days import day_of
from onrecord.cluster.mentions import CALENDAR
from onrecord.records import Article, Event, Participant, Report

Strings = frozenset[str]

LOOKBACK = 4
"""Days before publication in which something undated happened."""
AHEAD = 30
"""Days after publication within which something undated is planned for."""
AROUND = 1
"""Days by which a date that was read may be off: time zones, nights, "late on"."""
FRONT = 1200
"""Characters at the start of a text that tell what it is about."""
FUZZY = "publication"
"""The reason of a date that nothing in the text gives."""
LONGEST = 800
"""Characters of a sentence that are looked back over for where it begins."""
FEWEST = 4
"""Words of an evidence that can stand for its sentence."""
FARTHEST = 70
"""Characters before an evidence within which somebody who takes part belongs to its words; where nobody does, the last of them."""
WEEK = 7
MOST_WEEKS = 6

NAME = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*")
WORD = re.compile(r"[^\W\d_]{3,}")
STOP = re.compile(r"[.!?]['\"”’]?\s+(?=[^\Wa-z])|\n+")
FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+|(?<![\w.,])\d+")
ENDING = re.compile(r"(?:ations?|ings?|ions?|ments?|ers?|ors?|ed|es|s|e|al|ly)$")
COUNT = {
    word: str(number)
    for word, number in (
        *((w, n) for n, w in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"), 1)),
        *((w, n) for n, w in enumerate(("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"), 14)),
        *((w, 10 * n) for n, w in enumerate(("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 3)),
    )
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number an event comes with."""

    what: str
    low: float | None
    high: float | None
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A participant, in the article's own words; ``name`` is what the article calls it elsewhere, where it has a name."""

    text: str
    actor_id: str | None
    country: str | None
    sector: str | None
    name: str | None = dataclasses.field(default=None, compare=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place."""

    name: str
    text: str
    geonameid: int | None
    country: str | None
    precision: str
    lat: float | None
    lon: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An event as one article reports it.

    Attributes:
        id: the finding's.
        article: the article's id.
        publisher: who printed it.
        published: the day, as a proleptic ordinal.
        type: the PLOVER type or occurrence, ``mode`` likewise.
        trigger: the words that tell it.
        sentence: about where the sentence of the trigger begins in the article; -1 where that is not known.
        evidence: the sentence or clause.
        told: from the first of those who take part in the same sentence on, where the evidence begins behind them or is a word or two; else empty.
        actors: who does it, ``recipients`` to whom.
        date: as the report has it, with its ``date_reason``.
        first: the first day it can have happened on, ``last`` the last, as ordinals.
        exact: whether words of the text give the day.
        where: the place.
        figures: its numbers.
        veridicality: as the report has it.
        claimed: whether it is somebody's word and not the article's.
        countries: the countries of participants and place.
        names: the capitalised words of the evidence, in small letters.
        words: the stems of its other words.
        numbers: the numbers of the evidence.
        around: the capitalised words of title and first part of the article.
        topic: the stems of the other words there.
        lands: the countries of everybody in the article.
        confidence: that it is found.
    """

    id: str
    article: str
    publisher: str | None
    published: int | None
    type: str
    mode: str | None
    trigger: str
    evidence: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: str | None
    date_reason: str | None
    first: int | None
    last: int | None
    exact: bool
    where: Where | None
    figures: tuple[Figure, ...]
    veridicality: str
    claimed: bool
    countries: Strings
    names: Strings
    words: Strings
    numbers: Strings
    around: Strings
    topic: Strings
    lands: Strings
    confidence: float
    sentence: int = -1
    told: str = ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody who takes part."""
        return self.actors + self.recipients

    @property
    def who(self) -> Strings:
        """The actor ids of those who take part."""
        return frozenset(p.actor_id for p in self.parties if p.actor_id)


def mentions(report: Report) -> list[Mention]:
    """The events of a report as mentions: all but those that are only imagined, planned without a day or demanded."""
    article = report.article
    front = f"{article.title or ''}\n{article.text[:FRONT]}"
    around, topic, _ = _read(front)
    lands = frozenset(a.country for a in report.actors if a.country) | frozenset(p.country for p in report.places if p.country)
    called = {a.id: a.name for a in report.actors if a.name[:1].isupper()}
    return [_mention(article, event, around, topic, lands, called) for event in report.events if event.veridicality not in {"hypothetical", "demanded"}]


def _mention(article: Article, event: Event, around: Strings, topic: Strings, lands: Strings, called: Mapping[str, str]) -> Mention:
    published = day_of(article.published)
    first, last, exact = span_of(event, published)
    place = event.place
    names, words, numbers = _read(event.evidence.text)
    sentence = _sentence(article.text, event.trigger.start)
    own = [p.country for p in (*event.actors, *event.recipients)] + [place.country if place else None]
    return Mention(
        id=event.id,
        article=article.id,
        publisher=article.publisher,
        published=published,
        type=event.type,
        mode=event.mode,
        trigger=event.trigger.text,
        evidence=event.evidence.text,
        actors=tuple(_parties(event.actors, called)),
        recipients=tuple(_parties(event.recipients, called)),
        date=event.date.value if event.date else None,
        date_reason=event.date.reason if event.date else None,
        first=first,
        last=last,
        exact=exact,
        where=None
        if place is None
        else Where(name=place.name, text=place.text, geonameid=place.geonameid, country=place.country, precision=place.precision, lat=place.lat, lon=place.lon),
        figures=tuple(Figure(what=m.what, low=m.low, high=m.high, text=m.span.text) for m in event.magnitudes),
        veridicality=event.veridicality,
        claimed=event.claimed_by is not None,
        countries=frozenset(c for c in own if c),
        names=names,
        words=words,
        numbers=numbers,
        around=around,
        topic=topic,
        lands=lands,
        confidence=event.confidence,
        sentence=sentence,
        told=_told(article.text, event, sentence),
    )


def _sentence(text: str, at: int) -> int:
    """Where the sentence around a character begins, as full stops and line ends have it."""
    before = text[max(0, at - LONGEST) : at]
    ends = [m.end() for m in STOP.finditer(before)]
    return at - len(before) + (ends[-1] if ends else 0)


def _told(text: str, event: Event, sentence: int) -> str:
    """The words of a sentence from the first of those who take part on, where the evidence says too little of who."""
    evidence = event.evidence
    before = [p.start for p in (*event.actors, *event.recipients) if sentence <= p.start < evidence.start]
    few = len(evidence.text.split()) < FEWEST
    if not before and not few:
        return ""
    near = [start for start in before if evidence.start - start <= FARTHEST] or [max(before)] if before else []
    begin = min([*near, evidence.start])
    stop = STOP.search(text, evidence.end, evidence.end + LONGEST)
    end = evidence.end if not few else stop.start() if stop else min(len(text), evidence.end + LONGEST)
    return text[begin:end]


def _parties(some: tuple[Participant, ...], called: Mapping[str, str]) -> Iterator[Party]:
    for p in some:
        yield Party(text=p.text, actor_id=p.actor_id, country=p.country, sector=p.sector, name=called.get(p.actor_id or ""))


def span_of(event: Event, published: int | None) -> tuple[int | None, int | None, bool]:
    """The first and last day an event can have happened on, and whether words of the text give the day.

    What nothing dates happened within :data:`LOOKBACK` days before publication, or is planned for the :data:`AHEAD` after it.
    """
    found = event.date
    if found is not None and not found.reason.startswith(FUZZY):
        first, last = _bounds(found.value)
        if first is not None and last is not None:
            end = _bounds(found.end)[1] if found.end else None
            return first, max(last, end or last), found.precision == "day" and end is None
    if published is None:
        return None, None, False
    return (published, published + AHEAD, False) if event.veridicality == "planned" else (published - LOOKBACK, published, False)


def keys(mention: Mention) -> list[str]:
    """The blocking keys of a mention: its article, and a week with a place, participant, country or name with its type.

    Two mentions that share none and whose articles are of one story by no likeness are never compared. Of a date as wide
    as a year the first and last weeks are keys.
    """
    if mention.first is None or mention.last is None:
        weeks: list[str] = ["undated"]
    else:
        span = range((mention.first - AROUND) // WEEK, (mention.last + AROUND) // WEEK + 1)
        weeks = [str(w) for w in (span if len(span) <= MOST_WEEKS else [*span[: MOST_WEEKS // 2], *span[-(MOST_WEEKS // 2) :]])]
    anchors = {f"who {w}" for w in mention.who}
    if mention.where is not None and mention.where.precision != "country":
        anchors.add(f"at {mention.where.geonameid or mention.where.name}")
    anchors |= {f"{mention.type} {c}" for c in mention.countries or mention.lands}
    anchors |= {f"name {n}" for n in mention.names}
    return [f"{week} {anchor}" for week in weeks for anchor in sorted(anchors)] + [within(mention.article)]


def within(article: str) -> str:
    """The blocking key of all mentions of an article."""
    return f"in {article}"


@functools.lru_cache(maxsize=8_000)
def stems(text: str) -> Strings:
    """The words of a text cut to what their forms have in common."""
    return frozenset(ENDING.sub("", w)[:7] or w for w in (m.casefold() for m in WORD.findall(text)) if w not in STOP_WORDS and w not in CALENDAR)


def _read(text: str) -> tuple[Strings, Strings, Strings]:
    names = frozenset(n.casefold().removesuffix("'s").removesuffix("’s") for n in NAME.findall(text)) - CALENDAR - STOP_WORDS
    lowered = text.casefold()
    numbers = {n.replace(",", "") for n in FIGURE.findall(text)} | {COUNT[w] for w in re.findall(r"[a-z]+", lowered) if w in COUNT}
    return names, stems(text), frozenset(n for n in numbers if not (len(n) == 4 and n[:2] in {"19", "20"}))


def _bounds(value: str | None) -> tuple[int | None, int | None]:
    """The first and last day of an ISO 8601 day, month or year."""
    parts = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?=T|$)", value or "")
    if parts is None:
        return None, None
    try:
        year, month, day = (int(p) if p else None for p in parts.groups())
        first = date(year or 1, month or 1, day or 1)
        last = first if day else date(year or 1, month or 12, monthrange(year or 1, month or 12)[1])
    except ValueError:
        return None, None
    return first.toordinal(), last.toordinal()
