"""What a value function gives, and how a yearless date finds its year."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from onrecord.records import TimexType
from onrecord.times.context import Context
from onrecord.times.match import Match
from onrecord.times.moment import Moment, valid


class Why(StrEnum):
    """Why an expression has its value."""

    EXPLICIT = "explicit"
    PUBLICATION = "publication"
    TENSE_PAST = "tense_past"
    TENSE_FUTURE = "tense_future"
    REFERENCE_TIME = "reference_time"
    SAME_SENTENCE = "same_sentence"
    LINKED_DATE = "linked_date"
    DOCUMENT_ORDER = "document_order"
    NEAREST = "nearest"
    AMBIGUOUS_ORDER = "ambiguous_order"
    NO_DATE = "no_date"
    QUANTITY = "quantity"
    VAGUE = "vague"
    RECURRING = "recurring"


CONFIDENCE = {
    Why.EXPLICIT: 0.97,
    Why.PUBLICATION: 0.9,
    Why.TENSE_PAST: 0.85,
    Why.TENSE_FUTURE: 0.8,
    Why.REFERENCE_TIME: 0.7,
    Why.SAME_SENTENCE: 0.8,
    Why.LINKED_DATE: 0.9,
    Why.DOCUMENT_ORDER: 0.85,
    Why.NEAREST: 0.6,
    Why.AMBIGUOUS_ORDER: 0.4,
    Why.NO_DATE: 0.6,
    Why.QUANTITY: 0.9,
    Why.VAGUE: 0.7,
    Why.RECURRING: 0.8,
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value and why. ``moment`` is what a later "then" can refer to; ``type`` overrides the rule's."""

    value: str
    why: Why
    moment: Moment | None = None
    type: TimexType | None = None


BACK_MONTHS = 9
AHEAD_MONTHS = 10
JUST_PAST = 300
"""A date that the future tense would put further ahead than this, in days, is the one just past ("inflation in March could be lower")."""
NEAR_DAYS = 120
"""How far ahead, in days, a date may lie that no past tense says is over."""
SOON = 62
"""How far ahead, in days, a date on a noun is rather to come than the one of a year before, whatever the tense of the verb."""


def of(moment: Moment, why: Why, suffix: str = "") -> Reading:
    """A reading of a date, with a part of the day behind it."""
    return Reading(value=moment.iso + suffix, why=why, moment=moment, type="TIME" if suffix else None)


def why_then(context: Context) -> Why:
    """Whether "then" is the last date mentioned or the publication."""
    return Why(context.there_reason)


def year_of(match: Match, context: Context | None = None) -> int | None:
    """The year that is written in the match, before Christ below 0. A history tells the century of a short one."""
    if (short := match.value("aposyear")) is not None:
        number = int(short[1:])
        then = context.reference if context is not None and context.narrative else None
        if then is not None and then.year is not None and then.year > 0:
            year = then.year - then.year % 100 + number
            return year - 100 if year > then.year + 20 else year
        return number + (2000 if number <= 24 else 1900)
    written = match.value("year")
    if match.has("bc"):
        at = match.at("bc") or match.last
        digits = [match.tokens.words[i] for i in range(match.first, at) if match.tokens.words[i].isdecimal()]
        return -int(digits[-1]) if digits and int(digits[-1]) else None
    return None if written is None else int(written)


def year_for(match: Match, context: Context, month: int, day: int | None) -> tuple[int | None, Why]:
    """The year of a month, or a day of a month, that the text gives without one.

    In the order of trust: a full date that it is listed or joined with; in a history, the year nearest to
    the last date; a year said before in the sentence; the publication, by tense; none.
    """
    if (linked := linked_year(match, month, loosely=context.published is None)) is not None:
        return linked, Why.LINKED_DATE
    then = context.reference
    if then is not None and then.year is not None:
        if context.narrative:
            return nearest_year(then, month), Why.REFERENCE_TIME
        elsewhere = context.published is None or then.year != context.published.year
        if elsewhere and match.start - context.reference_end < 400 and context.same_sentence(context.reference_end - 1, match.start):
            return nearest_year(then, month), Why.SAME_SENTENCE
    if context.published is None:
        return None, Why.NO_DATE
    if day is not None and (told := context.told_on(match.start, month, day)) is not None:
        return told, Why.REFERENCE_TIME
    return by_tense(match, context, month, day)


def by_tense(match: Match, context: Context, month: int, day: int | None) -> tuple[int | None, Why]:
    """The year, nearest to the publication, on the side that the tense points to."""
    published = context.published
    if published is None:
        return None, Why.NO_DATE
    tense = "future" if match.has("next") else "past" if match.has("last") else context.tense(match.start)
    gap = (then_days(month, day) - then_days(published.month, published.day)) % 372
    if tense == "past" and 0 < gap < SOON and context.of_noun(match.start):
        tense = "future"  # news gives the year of what was almost a year ago
    now = (published.month, published.day if day else 0)
    then = (month, day or 0)
    if tense in ("none", "present"):
        tense = "future" if gap < NEAR_DAYS else "past"
    if tense == "future" and not match.has("next") and gap > JUST_PAST:
        tense = "past"
    if tense == "future":
        year = published.year + (then < now)
        why = Why.TENSE_FUTURE
    else:
        year = published.year - (then > now)
        why = Why.TENSE_PAST
    while not valid(month, day, year):  # 29 February
        year += 1 if tense == "future" else -1
    return year, why


def then_days(month: int, day: int | None) -> int:
    """About which day of a year of 372 days a date is; a month without a day is taken at its end."""
    return month * 31 + (day or 31)


def nearest_year(then: Moment, month: int) -> int:
    """The year that puts a month closest to a moment, going back costing a little more than going on."""
    assert then.year is not None
    if then.month is None:
        return then.year
    ahead = month - then.month
    step = 1 if ahead <= -BACK_MONTHS else -1 if ahead >= AHEAD_MONTHS else 0
    return skip_zero(then.year + step)


def skip_zero(year: int) -> int:
    """There is no year 0."""
    return year or 1


def linked_year(match: Match, month: int, *, loosely: bool) -> int | None:
    """The year of a full date that the match is listed or joined with ("from October to March 1945").

    Args:
        match: the yearless date.
        month: its month.
        loosely: whether some words may stand between the two, in the same sentence.
    """
    classes = match.lexicon.classes
    rest = match.tokens.line[match.last : match.last + (16 if loosely else 9)]
    if classes["year"] not in rest:
        return None
    joints = {classes[c] for c in ("to", "and", "dash", "comma", "slash", "mark")}
    small = {classes[c] for c in ("the", "early", "edge", "of", "day", "ordinal_number", "by", "in", "on", "ordinal_word", "latter")}
    at, other, previous, joined = 0, None, "", False
    for at, sign in enumerate(rest):
        if sign == classes["year"]:
            break
        if sign == classes["month"]:
            other = int(match.tokens.values[match.last + at])
        elif sign == classes["break"] or (sign == classes["dot"] and previous != classes["month"]):
            return None
        elif sign in joints:
            joined = True
        elif sign not in small and sign != classes["dot"] and not (loosely and other is None):
            return None
        previous = sign
    else:
        return None
    if not joined and not loosely:
        return None
    year = int(match.tokens.values[match.last + at])
    if other is None and (rest[at - 1] != classes["comma"] or not previous):
        return None
    return year - 1 if other is not None and other < month else year
