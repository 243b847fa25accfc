"""Values of expressions that count from now or then: weekdays, "yesterday", "last month", "three days later"."""

from __future__ import annotations

import datetime

from onrecord.times.context import Context
from onrecord.times.dates import part_suffix
from onrecord.times.match import Match
from onrecord.times.moment import Grain, Moment, shifted, year_text
from onrecord.times.reading import Reading, Why, of, why_then

UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "W2": "XXXX-WXX", "MON": "XXXX-XX", "Y": "XXXX", "DE": "XXX", "CE": "XX", "WE": "XXXX-WXX-WE"}
SMALLER = {"CE": (100, "Y"), "DE": (10, "Y"), "Y": (12, "MON")}
GRAIN: dict[str, Grain] = {"D": "day", "W": "week", "MON": "month", "Y": "year", "DE": "year", "CE": "year"}


def weekday(match: Match, context: Context) -> Reading | None:
    """A day of the week, before the publication in past tense and after it in future tense."""
    number = int(match.value("weekday") or 0)
    suffix = part_suffix(match)
    base = context.there if context.narrative else context.here
    date = base.date if base else None
    if date is None:
        return Reading(value=f"XXXX-WXX-{number}{suffix}", why=Why.NO_DATE)
    unit = match.value("unit")
    if unit == "W" and match.has("last", "this", "next"):
        shift = 1 if match.has("next") else -1 if match.has("last") else 0
        monday = date - datetime.timedelta(days=date.isoweekday() - 1)
        return of(Moment.of(monday + datetime.timedelta(days=7 * shift + number - 1)), Why.PUBLICATION, suffix)
    back = (date.isoweekday() - number) % 7
    ahead = (number - date.isoweekday()) % 7
    if match.has("last"):
        return of(Moment.of(date - datetime.timedelta(days=back or 7)), Why.PUBLICATION, suffix)
    if match.has("next"):
        return of(Moment.of(date + datetime.timedelta(days=ahead or 7)), Why.PUBLICATION, suffix)
    if context.narrative:
        return of(Moment.of(date + datetime.timedelta(days=ahead)), Why.REFERENCE_TIME, suffix)
    if context.tense(match.start) == "future":
        return of(Moment.of(date + datetime.timedelta(days=ahead)), Why.TENSE_FUTURE, suffix)
    return of(Moment.of(date - datetime.timedelta(days=back)), Why.TENSE_PAST, suffix)


def deictic(match: Match, context: Context) -> Reading | None:
    """Today, yesterday, tomorrow, the days beyond them, and their parts."""
    if match.word(match.first - 1) == "usa" and match.tokens.words[match.first][0].isupper():
        return None  # the paper
    step = int(match.value("deictic") or 0)
    step += 1 if match.has("after") else -1 if match.has("before") else 0
    suffix = part_suffix(match)
    base = Moment.of(context.published) if context.published and not context.narrative else None
    moved = shifted(base, "D", step) if base else None
    return of(moved, Why.PUBLICATION, suffix) if moved else Reading(value=f"XXXX-XX-XX{suffix}", why=Why.NO_DATE)


def tonight(_match: Match, context: Context) -> Reading | None:
    """Tonight and overnight: the night of the publication."""
    base = Moment.of(context.published) if context.published and not context.narrative else None
    return of(base, Why.PUBLICATION, "TNI") if base else Reading(value="XXXX-XX-XXTNI", why=Why.NO_DATE)


def near_part(match: Match, context: Context) -> Reading | None:
    """ "last night", "this morning", "that evening", "the next morning"."""
    suffix = part_suffix(match)
    if match.has("weekday"):
        return weekday(match, context)
    word = match.value("last", "next") or ""
    back = match.has("last", "before")
    near = match.has("this") or word in ("last", "since")
    base = context.here if near and not context.narrative else context.there
    moved = shifted(base, "D", -1 if back else 1 if match.has("next") else 0) if base else None
    if moved is None:
        return Reading(value=f"XXXX-XX-XX{suffix}", why=Why.NO_DATE)
    return of(moved, Why.PUBLICATION if near and not context.narrative else why_then(context), suffix)


def bare_part(match: Match, context: Context) -> Reading | None:
    """ "in the morning" of the day just named; "at dawn", "by night" of none in particular."""
    day = context.last_day
    if match.has("the") and day is not None and 0 <= match.start - context.last_day_end < 200:
        return of(day, Why.REFERENCE_TIME, part_suffix(match))
    return Reading(value=f"XXXX-XX-XX{part_suffix(match)}", why=Why.NO_DATE)


def weekend(match: Match, context: Context) -> Reading | None:
    """A weekend, by its word or by tense: its Saturday, that what happened then has a day."""
    base = context.here
    date = base.date if base else None
    if date is None:
        return Reading(value="XXXX-WXX-WE", why=Why.NO_DATE)
    coming = match.has("next") or (not match.has("last") and context.tense(match.start) == "future")
    monday = date - datetime.timedelta(days=date.isoweekday() - 1)
    weeks = 0 if coming or date.isoweekday() >= 6 else -1
    if match.has("last") and date.isoweekday() >= 6:
        weeks = -1
    if match.has("last") and match.has("before"):
        weeks -= 1
    saturday = shifted(Moment.of(monday), "D", 7 * weeks + 5)
    if saturday is None:
        return None
    return of(saturday, Why.TENSE_FUTURE if coming else Why.TENSE_PAST)


def near_unit(match: Match, context: Context) -> Reading | None:
    """ "last month", "this week", "the following day", "that year", "the end of the year"."""
    unit = match.unit() or ""
    if unit in ("H", "M", "S"):
        return Reading(value=f"PT1{unit}", why=Why.QUANTITY, type="DURATION")
    if unit == "WE":
        return weekend(match, context)
    word = match.value("last", "next") or ""
    last, following = match.has("last"), match.has("next")
    at = match.at("last")
    spanned = at is not None and match.word(at - 1) == "the" and at > match.first  # "the last year" is a stretch, "last year" a date
    if word == "since" or (spanned and word == "last"):
        return Reading(value=span_value(unit), why=Why.QUANTITY, type="DURATION")
    following_then = following and word != "ahead" and (match.has("the") or unit == "D")
    then = word == "anaphor" or match.has("that", "same") or following_then or context.narrative
    if not then and not (last or following) and not match.has("this", "current"):  # "the end of the year"
        then = context.reference is not None and context.same_sentence(max(0, context.reference_end - 1), match.start)
    base = context.there if then else context.here
    why = why_then(context) if then else Why.PUBLICATION
    step = -1 if last else 1 if following else 0
    return counted(context, base, unit, step, why)


def counted(context: Context, base: Moment | None, unit: str, step: float, why: Why) -> Reading:
    """So many units from a moment, at the unit's own grain. A look back does not move a history."""
    if unit == "W2":
        unit, step = "W", step * 2
    if unit not in GRAIN:
        return Reading(value=UNKNOWN.get(unit, "XXXX"), why=Why.NO_DATE)
    if base is not None and context.published is not None and not context.narrative and shifted(base, unit, step) is None:
        base, why = context.here, Why.PUBLICATION  # the last date mentioned is too vague to count from
    if base is None or base.year is None or (moved := shifted(base, unit, step)) is None:
        known = base is not None and base.year is not None and unit in ("D", "MON")
        return Reading(value=year_text(base.year) + UNKNOWN[unit][4:] if known and base and base.year else UNKNOWN.get(unit, "XXXX"), why=Why.NO_DATE)
    if unit in ("DE", "CE") and moved.year is not None:
        width = 3 if unit == "DE" else 2
        return Reading(value=year_text(moved.year)[: width + 2 * (moved.year < 0)], why=why, moment=None)
    found = moved.at(GRAIN[unit])
    return Reading(value=found.iso, why=why, moment=None if step < 0 and context.narrative else found)


def day_around(match: Match, context: Context) -> Reading | None:
    """ "the day before", "a year earlier"."""
    unit = match.unit() or ""
    if unit not in UNKNOWN:
        return None
    step = -1 if match.has("before", "earlier") else 0 if match.has("edge") else 1
    return counted(context, context.there, unit, step, why_then(context))


def ago(match: Match, context: Context) -> Reading | None:
    """ "two weeks ago", "decades ago"."""
    number, unit = amount(match), match.unit() or ""
    if number is None:
        return Reading(value="PAST_REF", why=Why.VAGUE)
    base = context.here
    if unit in ("H", "M", "S"):
        return Reading(value=f"{base.iso}TXX" if base and base.day else "XXXX-XX-XXTXX", why=Why.PUBLICATION if base else Why.NO_DATE, type="TIME")
    if match.has("this"):
        return None
    number, unit = in_smaller(number, unit)
    return counted(context, base, unit, -number, Why.REFERENCE_TIME if context.narrative else Why.PUBLICATION)


def later(match: Match, context: Context) -> Reading | None:
    """ "three days later", "a decade earlier", "weeks before"."""
    number, unit = amount(match), match.unit() or ""
    back = match.has("earlier", "before")
    base = context.there
    if unit in ("H", "M", "S"):
        known = base is not None and base.day is not None
        return Reading(value=f"{base.iso}TXX" if known and base else "XXXX-XX-XXTXX", why=why_then(context), type="TIME")
    if number is None:
        return Reading(value="PAST_REF" if back else "FUTURE_REF", why=Why.VAGUE)
    number, unit = in_smaller(number, unit)
    return counted(context, base, unit, -number if back else number, why_then(context))


def in_smaller(number: float, unit: str) -> tuple[float, str]:
    """A broken number of a unit in one of which it is whole: half a century in years, a year and a half in months."""
    smaller = SMALLER.get(unit)
    return (number * smaller[0], smaller[1]) if smaller is not None and number % 1 else (number, unit)


def that_time(match: Match, context: Context) -> Reading | None:
    """ "at that time", "the same period", in a history; in news they say "meanwhile" and date nothing."""
    if not context.narrative:
        return None
    if match.has("same", "that") and context.reference is not None:
        return of(context.reference, Why.REFERENCE_TIME)
    return Reading(value="PRESENT_REF", why=Why.VAGUE)


def amount(match: Match) -> float | None:
    """How many: digits, number words, or "a"; None where it is not said ("a few", "several")."""
    number = match.number()
    if match.has("few") and not (number is not None and "some" in match.words()):
        return 2 if "couple" in match.words() else None
    unit, half = match.at("unit"), match.at("half")
    if unit is not None and half is not None and half > unit:  # "a year and a half"
        return (number or 1) + 0.5
    return number if number is not None else (1 if match.has("a") or "another" in match.words() else None)


def span_value(unit: str, number: float | None = 1) -> str:
    """A duration in TIMEX3: ``P3D``, ``PT2H``, ``PXY`` where the number isn't said."""
    time = "T" if unit in ("H", "M", "S") else ""
    unit, factor = {"MON": ("M", 1), "W2": ("W", 2), "MON6": ("M", 6), "ML": ("Y", 1000)}.get(unit, (unit, 1))
    text = "X" if number is None else f"{number * factor:g}" if number * factor < 1e6 else str(int(number * factor))
    return f"P{time}{text}{unit}"
