"""Values of durations, recurring times, clock times, and of past, present and future at large."""

from __future__ import annotations

from onrecord.times.context import Context
from onrecord.times.dates import calendar, year
from onrecord.times.match import Match
from onrecord.times.moment import Moment
from onrecord.times.reading import Reading, Why, of, year_for, year_of
from onrecord.times.relative import UNKNOWN, amount, span_value

CLOCK_REACH = 400
"""How many characters after a day a clock time is still of that day."""


def duration(match: Match, context: Context) -> Reading | None:
    """ "eleven days", "a decade-long", "more than three years", "a few weeks"."""
    unit = match.unit()
    if unit is None:
        return None
    number = amount(match)
    if number is None and not match.has("few") and not (match.has("units") and match.has("long")):
        number = 1
    then = month_in(match, context) if match.has("of") else None
    return Reading(value=span_value(unit, number), why=Why.QUANTITY, moment=then.moment if then else None)


def month_in(match: Match, context: Context) -> Reading | None:
    """The month or year that a stretch is of: "the first ten months of 1915"."""
    if match.has("month"):
        return calendar(match, context)
    return year(match, context) if match.has("year") else None


def part_of_month(match: Match, context: Context) -> Reading | None:
    """ "the last week of August": known to the month."""
    number = int(match.value("month") or 0)
    written, why = year_of(match), Why.EXPLICIT
    if written is None:
        written, why = year_for(match, context, number, None)
    return of(Moment(year=written, month=number), why)


def vague_units(match: Match, _context: Context) -> Reading | None:
    """ "for decades"."""
    return Reading(value=span_value(match.unit() or "", None), why=Why.VAGUE)


def recent_span(match: Match, _context: Context) -> Reading | None:
    """ "in recent months" is in the past; "the following days" is a stretch of them."""
    if match.has("recent"):
        return Reading(value="PAST_REF", why=Why.VAGUE)
    return Reading(value=span_value(match.unit() or "", None), why=Why.VAGUE, type="DURATION")


def every(match: Match, _context: Context) -> Reading | None:
    """ "every Friday", "twice a year", "per day"."""
    if (weekday := match.value("weekday", "weekdays")) is not None:
        part = match.value("part")
        return Reading(value=f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""), why=Why.RECURRING)
    if (month := match.value("month")) is not None:
        return Reading(value=f"XXXX-{int(month):02d}", why=Why.RECURRING)
    if (season := match.value("season")) is not None:
        return Reading(value=f"XXXX-{season}", why=Why.RECURRING)
    if (part := match.value("part")) is not None:
        return Reading(value=f"XXXX-XX-XXT{part}", why=Why.RECURRING)
    unit = match.unit()
    if unit is None:
        return None
    number = 2 if match.has("other") else amount(match)
    if match.has("every") and (number is None or match.has("times", "once")) and unit in UNKNOWN:
        return Reading(value=UNKNOWN[unit], why=Why.RECURRING)
    return Reading(value=span_value(unit, 1 if match.has("times", "once") else number or 1), why=Why.RECURRING)


def listed(match: Match, _context: Context) -> Reading | None:
    """A word that the lexicon gives a value: "annual", "weekly"."""
    return Reading(value=match.value("set") or "", why=Why.RECURRING)


def clock(match: Match, context: Context) -> Reading | None:
    """ "08:30 GMT", "8 p.m.", "noon": a time of the day last spoken of."""
    at = read_clock(match)
    if at is None:
        return None
    zone = match.value("zone") or ""
    suffix = f"T{at}" + (zone if zone not in ("-",) else "")
    named = context.last_day if match.start - context.last_day_end < CLOCK_REACH else None
    day = named or (Moment.of(context.published) if context.published and not context.narrative else None)
    why = Why.REFERENCE_TIME if named else Why.PUBLICATION if day else Why.NO_DATE
    return Reading(value=(day.iso if day and day.year else "XXXX-XX-XX") + suffix, why=why)


def read_clock(match: Match) -> str | None:
    """Hours and minutes on the 24-hour clock."""
    if (word := match.value("clockword")) is not None:
        return word
    text = match.value("clock", "year", "num")
    if match.value("units") not in (None, "H"):
        return None
    if text is not None:
        digits = text.replace(".", ":")
        if not digits.replace(":", "").isdigit():
            return None
        hour, minute = (int(x) for x in (digits.split(":")[:2] if ":" in digits else (digits[:-2] or "0", digits[-2:])))
    else:
        hour, minute = int(match.number() or -1), 0
    if match.has("pm") and hour < 12:
        hour += 12
    elif match.has("am") and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if 0 <= hour <= 24 and 0 <= minute < 60 else None


def vague(match: Match, _context: Context) -> Reading | None:
    """ "now", "recently", "these days"."""
    return Reading(value=match.value("vague") or "PRESENT_REF", why=Why.VAGUE)


def the_past(match: Match, _context: Context) -> Reading | None:
    """ "in the past"."""
    return Reading(value="PAST_REF", why=Why.VAGUE) if "past" in match.words() else None


def future(_match: Match, _context: Context) -> Reading | None:
    """ "the future of"."""
    return Reading(value="FUTURE_REF", why=Why.VAGUE)


def former(_match: Match, context: Context) -> Reading | None:
    """ "former", "recent": a time in a history; in news the word belongs to an office or a title."""
    return Reading(value="PAST_REF", why=Why.VAGUE) if context.narrative else None
