"""What a position is on that its own article has no event for: "this charade", "the move", "Sunday's vote".

Such words are taken to be about an event across articles only where that is plain: one of the kind they name in the article or in
its story, or, for words that name no kind ("the move"), what the story is about. Otherwise they are about nothing that is known.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

import msgspec

from onrecord import lexicons
from onrecord.cluster.eventmentions import NAME, Mention
from onrecord.cluster.mentions import CALENDAR

OWN, STORY, MAIN = "own article", "story", "main event"
CONFIDENCE = {OWN: 0.6, STORY: 0.5, MAIN: 0.4}
"""How sure a link is: one of its kind in the article, one in the story, what the story is about."""
TWICE = 2
"""How many times as many articles have to tell of one event as of the next, for it to be plain which is meant."""
SINCE = 60
"""Days after an event on which somebody still takes a stand on it without a word for when it was."""
FRONT = 300
"""Characters in which an article tells its main event."""

BREAK = re.compile(r"[,;:()“”\"]|\s(?:of|on|in|at|by|for|from|to|with|against|between|over|under|after|before|as|that|which|who|where|when|whether|and|or)\s")
OPENING = re.compile(r"(?:(?:the|this|that|these|those|such|its|their|his|her|our|what|[\w.-]+['’]s)\s+)+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
TELLING_APART = frozenset(
    {"latest", "new", "first", "last", "other", "next", "previous", "earlier", "later", "further", "additional", "same", "second", "third", "several", "many"}
    | {"few", "certain", "different", "own", "recent", "past", "future", "repeated", "such", "similar", "any", "all"}
)
REAL = frozenset({"asserted", "denied"})


class _Pointing(msgspec.Struct, frozen=True, kw_only=True):
    noun: str
    types: tuple[str, ...]


@cache
def kinds() -> Mapping[str, frozenset[str]]:
    """The types that nouns name: *vote*, *crackdown*."""
    return {row.noun: frozenset(row.types) for row in lexicons.table("positions/event_nouns", _Pointing)}


@cache
def pointing() -> Mapping[str, frozenset[str]]:
    """Nouns that name no type but stand for a deed just told, with the types it can have: *move*, *charade*."""
    return {row.noun: frozenset(row.types) for row in lexicons.table("cluster/pointing", _Pointing)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """What a position is on, where that is no event of its article.

    Attributes:
        key: the position's.
        article: the article's id.
        text: the words.
        start: where the position's evidence starts in the article, ``end`` where it ends.
        said: the first day on which the position can have been taken, as an ordinal.
    """

    key: int
    article: str
    text: str
    start: int
    end: int
    said: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mention of an event across articles, and where its article has it."""

    event: str
    mention: Mention
    at: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The event that a position is on, with the reason and how sure that is."""

    key: int
    event: str
    reason: str
    confidence: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The noun of words that point at something known, the names with it, and whether it is told from others of its kind ("*the latest* measures")."""

    noun: str
    names: frozenset[str]
    one_of_many: bool = False


def named(text: str) -> Named | None:
    """The noun of words that point at something known, with the names in them; None where they point at nothing.

    >>> named("the so-called vote in Ruritania"), named("a vote")
    (Named(noun='vote', names=frozenset({'ruritania'}), one_of_many=False), None)
    """
    opening = OPENING.match(text)
    if opening is None:
        return None
    core = BREAK.split(f"{text[opening.end() :]} ", maxsplit=1)[0]
    words = WORD.findall(core)
    if not words:
        return None
    noun = words[-1].casefold()
    known = kinds().keys() | pointing().keys()
    noun = next((form for form in (noun, noun.removesuffix("s"), noun.removesuffix("es")) if form in known), noun)
    between = {w.casefold() for w in words[:-1]}
    return Named(noun=noun, names=frozenset(n.casefold() for n in NAME.findall(text[1:])) - CALENDAR, one_of_many=bool(between & TELLING_APART))


def placed(objects: Iterable[Object], told: Sequence[Told]) -> list[Placed]:
    """The events that positions are on, where it is plain.

    Args:
        objects: of the articles of one story.
        told: what these articles tell.
    """
    by_article: dict[str, list[Told]] = defaultdict(list)
    by_event: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        if each.mention.veridicality in REAL:
            by_article[each.mention.article].append(each)
            by_event[each.event].append(each)
    spread = {event: len({t.mention.article for t in some}) for event, some in by_event.items()}
    out = []
    for one in objects:
        words = named(one.text)
        if words is None or words.one_of_many:
            continue
        fits = {event for event, some in by_event.items() if _fits(words, one, some) and not _is_said(one, some)}
        found = _own(words, by_article[one.article], fits) or _of_story(words, spread, fits, len(by_article))
        if found is not None:
            event, reason = found
            out.append(Placed(key=one.key, event=event, reason=f"{reason}|{words.noun}", confidence=CONFIDENCE[reason]))
    return out


def _fits(words: Named, object: Object, told: Sequence[Told]) -> bool:
    """Whether an event can be what words point at: of their kind, with their names, before they were said."""
    types = kinds().get(words.noun) or pointing().get(words.noun) or frozenset()
    if not any(t.mention.type in types for t in told):
        return False
    first = min((t.mention.first for t in told if t.mention.first is not None), default=None)
    last = max((t.mention.last for t in told if t.mention.last is not None), default=None)
    if object.said is not None and first is not None and last is not None and not first <= object.said + 1 <= last + 1 + SINCE:
        return False
    return words.names <= frozenset().union(*(_names(t.mention) for t in told))


def _is_said(object: Object, told: Sequence[Told]) -> bool:
    """Whether an event is the taking of the position itself."""
    return any(t.mention.article == object.article and object.start <= t.at < object.end for t in told)


def _names(mention: Mention) -> frozenset[str]:
    return mention.names | mention.around | {n.casefold() for p in mention.parties for n in NAME.findall(p.text)}


def _own(words: Named, told: Sequence[Told], fits: Collection[str]) -> tuple[str, str] | None:
    """The one event of its kind in the article."""
    found = {t.event for t in told if t.event in fits}
    if words.noun in kinds():
        return (found.pop(), OWN) if len(found) == 1 else None
    front = {t.event for t in told if t.event in fits and t.at < FRONT}
    return (front.pop(), MAIN) if len(front) == 1 and len(found) <= TWICE else None


def _of_story(words: Named, spread: Mapping[str, int], fits: Collection[str], articles: int) -> tuple[str, str] | None:
    """The event of the kind that words name which most of a story tells, or for words that name none, what the story is about."""
    ranked = sorted(fits, key=lambda event: (-spread[event], event))
    if not ranked or spread[ranked[0]] < TWICE:
        return None
    if len(ranked) > 1 and spread[ranked[0]] < TWICE * spread[ranked[1]]:
        return None
    if words.noun in kinds():
        return ranked[0], STORY
    return (ranked[0], MAIN) if 2 * spread[ranked[0]] >= articles else None
