"""What a record shows of an event: a title in its sources' words, when, where, who, how many report or deny it, and on what they differ.

Nothing here decides between sources: each version stands beside the others with the articles that have it.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from onrecord.cluster.eventmentions import Mention, Party, Where
from onrecord.cluster.titles import most_telling, names_of, title

DENIED = "denied"
VAGUE = frozenset({"UAF", "UNK", "CVL"})
"""Sectors that say too little of who did something to contradict another."""
RANGE = re.compile(r"([-+.e\d]*)\.\.([-+.e\d]*)")

T = TypeVar("T", bound=Hashable)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of several things that sources say: the ``value``, the articles that have it, and the words of one."""

    value: str
    articles: tuple[str, ...]
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """What sources differ on: ``killed`` and other numbers (as ``low..high``), ``date``, ``agency`` (country and sector of who did it), ``place``."""

    what: str
    versions: tuple[Version, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An event as a record shows it.

    Attributes:
        id: the event's.
        type: what most mentions have, ``mode`` likewise.
        title: in the words of its most telling mention.
        date: ISO 8601, the day that most sources give; ``date_end`` a later last one, with ``date_precision`` and ``date_reason``.
        first: the first day it can have happened on, ``last`` the last, as ordinals.
        where: the place that most mentions have, the nearest first.
        participants: everybody in it, by role (``actor`` or ``recipient``) with how many mentions have them.
        reported: origins that report it, ``denied`` origins in which somebody denies it.
        status: the same in words.
        disagreements: what sources differ on.
        words: the stems of its triggers' words.
        articles: the articles.
        confidence: the mean confidence of its mentions.
    """

    id: str
    type: str
    mode: str | None
    title: str
    date: str | None
    date_end: str | None
    date_precision: str | None
    date_reason: str | None
    first: int | None
    last: int | None
    where: Where | None
    participants: tuple[tuple[str, Party, int], ...]
    reported: int
    denied: int
    status: str
    disagreements: tuple[Disagreement, ...]
    words: frozenset[str]
    articles: frozenset[str]
    confidence: float


def card(id: str, some: Iterable[Mention], *, origins: Mapping[str, str] | None = None) -> Card:
    """What is shown of an event.

    Args:
        id: the event's id.
        some: its mentions.
        origins: by article id the origin of which it is a copy; an article without one is its own.
    """
    mentions = sorted(some, key=lambda m: m.id)
    places = [m.where for m in mentions if m.where]
    type = _commonest([m.type for m in mentions])
    mode = _commonest([m.mode for m in mentions if m.type == type])
    reported, denied = counted(mentions, origins or {})
    first, last, value, end, precision, reason = _dated(mentions)
    where = _commonest(places, key=lambda w: (w.precision == "country", w.name))
    names = names_of(mentions)
    return Card(
        id=id,
        type=type or "OTHER",
        mode=mode,
        title=title(most_telling(mentions, type, names), where, value, names),
        date=value,
        date_end=end,
        date_precision=precision,
        date_reason=reason,
        first=first,
        last=last,
        where=where,
        participants=_participants(mentions),
        reported=reported,
        denied=denied,
        status=status(reported, denied),
        disagreements=tuple(disagreements(mentions)),
        words=frozenset(w.casefold() for m in mentions for w in m.trigger.split()),
        articles=frozenset(m.article for m in mentions),
        confidence=round(sum(m.confidence for m in mentions) / len(mentions), 4),
    )


def status(reported: int, denied: int) -> str:
    """How many origins report and deny an event, in words.

    >>> status(7, 1)
    'reported by 7 origins, denied by 1'
    """
    if not reported:
        return f"denied by {_many(denied)}"
    return f"reported by {_many(reported)}" + (f", denied by {denied}" if denied else "")


def _many(count: int) -> str:
    return f"{count} origin" + ("" if count == 1 else "s")


def counted(mentions: Iterable[Mention], origins: Mapping[str, str]) -> tuple[int, int]:
    """How many origins report an event, and in how many somebody denies it."""
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for m in mentions:
        told[m.veridicality == DENIED].add(origins.get(m.article, m.article))
    return len(told[False]), len(told[True])


def _commonest(some: Sequence[T], key: Callable[[T], Any] = str) -> T | None:
    """What there is most of; of equals the first by the key."""
    found = Counter(some)
    return min(found, key=lambda x: (-found[x], key(x)), default=None)


def _dated(mentions: Sequence[Mention]) -> tuple[int | None, int | None, str | None, str | None, str | None, str | None]:
    """First and last day, and date, its end, precision and reason as most sources have them."""
    exact = [m for m in mentions if m.exact and m.first is not None]
    spans = [(m.first, m.last) for m in exact or mentions if m.first is not None and m.last is not None]
    if not spans:
        return None, None, None, None, None, None
    if exact:
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
        days = Counter(m.date for m in exact if m.date)
        value = min(days, key=lambda d: (-days[d], d), default=None)
        end = date.fromordinal(last).isoformat()
        return first, last, value, end if value and end > value[:10] else None, "day", _commonest([m.date_reason for m in exact])
    first, last = max(a for a, _ in spans), min(b for _, b in spans)
    if first > last:
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
    values = [m for m in mentions if m.date]
    value = _commonest([m.date for m in values], key=lambda d: (-len(d or ""), d))
    precision = {4: "year", 7: "month"}.get(len(value or ""), "day")
    return first, last, value, None, precision if value else None, _commonest([m.date_reason for m in values if m.date == value])


def _participants(mentions: Sequence[Mention]) -> tuple[tuple[str, Party, int], ...]:
    found: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for m in mentions:
        for role, some in (("actor", m.actors), ("recipient", m.recipients)):
            for p in some:
                found[role, p.actor_id or p.text.casefold()].append(p)
    rows = [(role, min(some, key=lambda p: (-len(p.text), p.text)), len(some)) for (role, _), some in found.items()]
    return tuple(sorted(rows, key=lambda r: (r[0], -r[2], r[1].text)))


def disagreements(mentions: Sequence[Mention]) -> Iterator[Disagreement]:
    """What the articles on an event differ on, each with all versions: numbers, days, towns and kinds of doers that exclude each other."""
    told: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for m in mentions:
        for what, value, text in _told(m):
            told[what][value].append((m.article, text))
    for what in sorted(told):
        versions = [Version(value=v, articles=tuple(sorted({a for a, _ in some})), text=min(t for _, t in some)) for v, some in told[what].items()]
        if any(_excludes(a, b) for a, b in itertools.combinations(versions, 2)):
            yield Disagreement(what=what, versions=tuple(sorted(versions, key=lambda v: (-len(v.articles), v.value))))


def _told(m: Mention) -> Iterator[tuple[str, str, str]]:
    for figure in m.figures:
        if figure.low is not None or figure.high is not None:
            yield figure.what, _range(figure.low, figure.high), figure.text
    if m.exact and m.date:
        yield "date", m.date, m.date
    doers = [p for p in m.actors if p.country and p.sector and p.sector not in VAGUE]
    if doers and m.veridicality != DENIED:
        yield "agency", " + ".join(sorted({f"{p.country}.{p.sector}" for p in doers})), ", ".join(p.text for p in doers)
    if m.where is not None and m.where.precision == "city":
        yield "place", m.where.name, m.where.text


def _excludes(one: Version, two: Version) -> bool:
    """Whether two versions can't both be so and are not of one article alone."""
    if len({*one.articles, *two.articles}) == 1:
        return False
    ranges = [RANGE.fullmatch(v.value) for v in (one, two)]
    if ranges[0] is None or ranges[1] is None:
        return True
    (low, high), (least, most) = ((float(r[1] or "-inf"), float(r[2] or "inf")) for r in ranges if r)
    return high < least or most < low


def _range(low: float | None, high: float | None) -> str:
    return f"{'' if low is None else f'{low:.15g}'}..{'' if high is None else f'{high:.15g}'}"
