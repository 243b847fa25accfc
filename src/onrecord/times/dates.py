"""Values of calendar expressions: days, months, years, decades, seasons, quarters, feasts."""

from __future__ import annotations

import datetime

from onrecord.times.context import Context
from onrecord.times.match import Match
from onrecord.times.moment import SEASON_MONTH, Moment, easter, shifted, valid, year_text
from onrecord.times.reading import Reading, Why, nearest_year, of, skip_zero, why_then, year_for, year_of

HOURS = "MO"


def part_suffix(match: Match) -> str:
    """``TMO`` and so on where a part of the day is named, the small hours counting as morning."""
    if (part := match.value("part")) is not None:
        return f"T{part}"
    return f"T{HOURS}" if match.value("units") == "H" else ""


def iso(match: Match, _context: Context) -> Reading | None:
    """2021-03-09, 2021/3/9, 2021.03.09."""
    text = match.tokens.words[match.first]
    year, month, day = (int(x) for x in text[:10].replace("/", "-").replace(".", "-").split("-"))
    if not 1 <= month <= 12 or not valid(month, day, year):
        return None
    moment = Moment(year=year, month=month, day=day)
    return Reading(value=f"{moment.iso}{text[10:]}" if "T" in text else moment.iso, why=Why.EXPLICIT, moment=moment, type="TIME" if "T" in text else None)


def slashed(match: Match, context: Context) -> Reading | None:
    """03/09/2021: the order is told by a number above 12, by the article's other dates, or by what is near its publication."""
    first, second, year = slashed_parts(match.tokens.words[match.first])
    orders = [(m, d) for m, d in ((first, second), (second, first)) if 1 <= m <= 12 and valid(m, d, year)]
    if not orders:
        return None
    if "." in match.tokens.words[match.first] and (second, first) in orders:
        orders = [(second, first)]  # with dots the day comes first everywhere
    if len(orders) == 1 or first == second:
        return of(Moment(year=year, month=orders[0][0], day=orders[0][1]), Why.EXPLICIT)
    told = document_order(match)
    if told is not None:
        month, day = orders[1 if told == "day_first" else 0]
        return of(Moment(year=year, month=month, day=day), Why.DOCUMENT_ORDER)
    if context.published is not None:
        gaps = [(abs((datetime.date(year, m, d) - context.published).days), datetime.date(year, m, d) > context.published, m, d) for m, d in orders]
        past = [g for g in gaps if not g[1]] or gaps
        gap, _, month, day = min(past)
        if gap <= 31:
            return of(Moment(year=year, month=month, day=day), Why.NEAREST)
    return of(Moment(year=year), Why.AMBIGUOUS_ORDER)


def dashed(match: Match, _context: Context) -> Reading | None:
    """09-Mar-21."""
    day, month, year = match.day(), int(match.value("month") or 0), match.tokens.words[match.last - 1]
    full = full_year(int(year)) if len(year) == 2 and year.isdecimal() else None
    return of(Moment(year=full, month=month, day=day), Why.EXPLICIT) if full is not None and valid(month, day, full) else None


def full_year(year: int) -> int:
    """A year of two digits in full: of this century below 70."""
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def slashed_parts(text: str) -> tuple[int, int, int]:
    """The three numbers of a date with slashes or dots, the year in full."""
    first, second, year = (int(x) for x in text.replace(".", "/").split("/"))
    return first, second, full_year(year)


def document_order(match: Match) -> str | None:
    """Which order the dates with slashes of the article show that can be read in one way only."""
    sign = match.lexicon.classes["slashed"]
    for at, other in enumerate(match.tokens.line):
        if other == sign:
            first, second, _ = slashed_parts(match.tokens.words[at])
            if first > 12 >= second:
                return "day_first"
            if second > 12 >= first:
                return "month_first"
    return None


def calendar(match: Match, context: Context) -> Reading | None:
    """Day, month and year in any order, with or without the day, the year or a weekday."""
    month_at = match.at("month")
    month_at = match.at("foreign_month") if month_at is None else month_at
    if month_at is None:
        return None
    month = int(match.tokens.values[month_at])
    day = day_beside(match, month_at)
    if day is not None and not valid(month, day):
        return None
    year, why = year_of(match, context), Why.EXPLICIT
    unit = match.value("unit") if match.at("unit", after=month_at) is not None else None
    if year is None and unit is not None:
        year, why = year_of_unit(match, context, unit)
    if year is None:
        year, why = year_for(match, context, month, day)
    if year is not None and not valid(month, day, year):
        return None
    return of(Moment(year=year, month=month, day=day), why, part_suffix(match))


def day_beside(match: Match, month_at: int) -> int | None:
    """The day of the month: the number before the month, or behind it."""
    classes = match.lexicon.classes
    before = match.day(match.first, month_at)
    if before is not None and match.tokens.line[month_at - 1] not in (classes["early"], classes["part"]):
        return before
    return match.day(month_at + 1, match.last)


def year_of_unit(match: Match, context: Context, unit: str) -> tuple[int | None, Why]:
    """ "… of that year", "… last year"."""
    if match.has("that", "same"):
        return (context.reference.year if context.reference else None), Why.REFERENCE_TIME
    if unit != "Y" or context.here is None or context.here.year is None:
        return None, Why.NO_DATE
    return context.here.year + (1 if match.has("next") else -1 if match.has("last") else 0), Why.PUBLICATION


def month(match: Match, context: Context) -> Reading | None:
    """A month without a year: "April", "mid-March", "last October"."""
    number = int(match.value("month") or 0)
    year, why = year_for(match, context, number, None)
    here = context.here
    if here is not None and here.year is not None and here.month is not None and match.has("last", "next"):
        later = match.has("next")
        why = Why.PUBLICATION
        year = here.year + (number <= here.month) if later else here.year - (number >= here.month)
    return of(Moment(year=year, month=number), why)


def day_of_next(match: Match, context: Context) -> Reading | None:
    """The "3" of "3 to 5 May": month and year come from what follows."""
    line, classes = match.tokens.line, match.lexicon.classes
    at = line.find(classes["month"], match.last)
    day = match.day()
    if day is None:
        return None
    number = int(match.tokens.values[at])
    follows = at + 1 + (line[at + 1 : at + 2] in (classes["dot"], classes["comma"], classes["of"]))
    written = line[follows : follows + 1] == classes["year"]
    year, why = (int(match.tokens.values[follows]), Why.EXPLICIT) if written else year_for(match, context, number, day)
    return of(Moment(year=year, month=number, day=day), why) if valid(number, day, year) else None


def day_of_previous(match: Match, context: Context) -> Reading | None:
    """The "5" of "May 3-5": month and year come from what precedes."""
    then, day = context.last_day, match.day()
    if then is None or day is None or then.month is None:
        return None
    year = year_of(match, context) or then.year
    return of(Moment(year=year, month=then.month, day=day), Why.LINKED_DATE) if valid(then.month, day, year) else None


def year(match: Match, context: Context) -> Reading | None:
    """A year."""
    number = year_of(match, context)
    if number is None and not match.has("bc") and match.lexicon.classes["bc"] in match.tokens.line[match.last : match.last + 4]:
        first = match.word(match.first)  # the "499" of "499 to 493 BC"
        return of(Moment(year=-int(first)), Why.LINKED_DATE) if first.isdecimal() and int(first) else None
    if number is None:
        return None
    lead = match.word(match.first - 1)
    tells = context.reference is None or match.first == 0 or lead.isspace() or lead in match.lexicon.groups["story_leads"]
    moment = Moment(year=number, month=month_of_phase(match))
    return Reading(value=moment.at("year").iso, why=Why.EXPLICIT, moment=moment if tells else None)


def month_of_phase(match: Match) -> int | None:
    """About which month "early", "mid" or "late" in a year is, for what is told next."""
    phase = match.value("early", "edge")
    return int(phase) if phase is not None and phase.isdecimal() else None


def year_range_end(match: Match, _context: Context) -> Reading | None:
    """The "95" of "1992–95"."""
    start = int(match.tokens.values[match.first - 2])
    end = match.tokens.words[match.first]
    number = start - start % 100 + int(end) if end.isdecimal() and len(end) == 2 else 0
    return of(Moment(year=number), Why.LINKED_DATE) if number > start else None


def decade(match: Match, context: Context) -> Reading | None:
    """ "the 1990s", "the nineties"; a round hundred is a century."""
    text = match.value("decade")
    digits = "".join(c for c in text or match.value("decadeword") or "" if c.isdecimal())
    if match.has("bc"):
        value, moment = f"BC{int(digits) // 10:03d}", Moment(year=-int(digits))
    else:
        number = int(digits) + (1900 if len(digits) == 2 else 0)
        value, moment = (f"{number // 100:02d}" if number % 100 == 0 and number < 2000 and not text else f"{number // 10:03d}"), Moment(year=number)
    return Reading(value=value, why=Why.EXPLICIT, moment=moment if context.narrative else None)


def century(match: Match, _context: Context) -> Reading | None:
    """ "the 19th century"."""
    number = match.ordinal()
    if not number:
        return None
    return Reading(value=f"BC{number - 1:02d}" if match.has("bc") else f"{number - 1:02d}", why=Why.EXPLICIT)


def season(match: Match, context: Context) -> Reading | None:
    """A season, with its year or in the year that the text or the publication gives it."""
    name = match.value("season") or ""
    number, why = year_of(match, context), Why.EXPLICIT
    middle = SEASON_MONTH[name]
    if number is None and match.has("unit"):
        number, why = year_of_unit(match, context, match.value("unit") or "")
    here = context.here
    if number is None and here is not None and here.year is not None:
        if context.narrative:
            number, why = nearest_year(here, 12 if name == "WI" and (here.month or 1) > 6 else middle), Why.REFERENCE_TIME
        elif here.month is not None:
            number, why = season_year(match, context, here.year, here.month, name)
    if number is None:
        return Reading(value=f"XXXX-{name}", why=Why.NO_DATE)
    return Reading(value=f"{year_text(number)}-{name}", why=why, moment=Moment(year=number, month=middle))


def season_year(match: Match, context: Context, now: int, month_now: int, name: str) -> tuple[int, Why]:
    """The year of a season as news of a month names it. Winter belongs to the year it starts in."""
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[name]
    ends = begins + 2
    if name == "WI" and month_now <= 2:
        now, month_now = now - 1, month_now + 12
    if match.has("last"):
        return (now if month_now > ends else now - 1), Why.PUBLICATION
    if match.has("next"):
        return (now + 1 if month_now >= begins else now), Why.PUBLICATION
    if match.has("this"):
        return now, Why.PUBLICATION
    if context.tense(match.start) == "future":
        return (now if month_now <= ends else now + 1), Why.TENSE_FUTURE
    return (now if month_now >= begins else now - 1), Why.TENSE_PAST


def quarter(match: Match, context: Context) -> Reading | None:
    """ "the third quarter of 2015", "Q3"."""
    short = match.value("quarter_number")
    number = int(short[1]) if short else match.ordinal() or (4 if match.has("final") else 0)
    here = context.here
    if short is None and not number:
        if not match.has("last", "next", "this", "same") or here is None or here.year is None or here.month is None:
            return None
        quarters = here.year * 4 + (here.month - 1) // 3 + (1 if match.has("next") else -1 if match.has("last") else 0)
        return Reading(value=f"{quarters // 4}-Q{quarters % 4 + 1}", why=Why.PUBLICATION, moment=Moment(year=quarters // 4))
    if number > 4:
        return None
    letter = short[0] if short else "Q"
    given, why = year_of(match, context), Why.EXPLICIT
    if given is None and match.has("unit"):
        given, why = year_of_unit(match, context, match.value("unit") or "")
    if given is None and here is not None and here.year is not None and here.month is not None:
        begun = number * (3 if letter == "Q" else 6) - 2
        future = not context.narrative and context.tense(match.start) == "future"
        given = here.year if context.narrative or future or begun <= here.month else here.year - 1
        why = why_then(context) if context.narrative else Why.TENSE_FUTURE if future else Why.TENSE_PAST
    return within(given, f"{letter}{number}", why)


def within(year: int | None, part: str, why: Why) -> Reading:
    """A part of a year, which may not be known."""
    if year is None:
        return Reading(value=f"XXXX-{part}", why=Why.NO_DATE)
    return Reading(value=f"{year_text(year)}-{part}", why=why, moment=Moment(year=year))


def half_year(match: Match, context: Context) -> Reading | None:
    """ "the second half of 2016"."""
    number = 2 if match.has("latter") else match.ordinal() or 0
    if number not in (1, 2):
        return None
    given, why = year_of(match, context), Why.EXPLICIT
    if given is None:
        if match.value("unit") != "Y":
            return None
        near = match.has("last", "next", "this")
        here = context.here_or_then(match.start)
        given, why = year_of_unit(match, context, "Y") if near else (here.year if here else None, why_then(context))
    return within(given, f"H{number}", why)


def fiscal_year(match: Match, context: Context) -> Reading | None:
    """ "fiscal 2019", "FY19", "the next financial year"."""
    short = match.value("fiscal_short")
    given = year_of(match, context) if short is None else 2000 + int(short[-2:])
    if given is not None:
        return Reading(value=f"FY{given}", why=Why.EXPLICIT)
    if not match.has("unit") or match.value("unit") != "Y":
        return None
    here = context.here
    if here is None or here.year is None:
        return Reading(value="XXXX", why=Why.NO_DATE)
    return Reading(value=f"FY{here.year + (1 if match.has('next') else -1 if match.has('last') else 0)}", why=Why.PUBLICATION)


def ordinal_day(match: Match, context: Context) -> Reading | None:
    """ "the 5th": a day of the month last spoken of."""
    day = match.ordinal()
    base = context.there
    if match.has("last", "this", "next") and context.here is not None:
        base = context.here if match.has("this") else shifted(context.here, "MON", 1 if match.has("next") else -1)
    if day is None or base is None or base.month is None or not valid(base.month, day, base.year):
        return None
    return of(Moment(year=base.year, month=base.month, day=day), why_then(context))


def holiday(match: Match, context: Context) -> Reading | None:
    """Christmas and other feasts that keep their date; the feast without "Day" or "Eve" is known to the month."""
    month_number, day = (int(x) for x in (match.value("holiday") or "").split("-"))
    if match.has("eve"):
        date = datetime.date(2001, month_number, day) - datetime.timedelta(days=1)
        month_number, day = date.month, date.day
    exact = match.has("eve", "unit", "part", "year")
    given, why = year_of(match, context), Why.EXPLICIT
    if given is None:
        given, why = year_for(match, context, month_number, day)
    return of(Moment(year=given, month=month_number, day=day if exact else None), why, part_suffix(match))


def new_year(match: Match, context: Context) -> Reading | None:
    """New Year's Day or Eve, the one nearest to the publication or the last date."""
    month_number, day = (12, 31) if match.has("eve") else (1, 1)
    here = context.here
    if here is None or here.year is None:
        return of(Moment(month=month_number, day=day), Why.NO_DATE)
    given = here.year + (1 if month_number == 1 and (here.month or 1) > 6 else -1 if month_number == 12 and (here.month or 12) <= 6 else 0)
    return of(Moment(year=skip_zero(given), month=month_number, day=day), Why.REFERENCE_TIME if context.narrative else Why.NEAREST)


def easter_day(match: Match, context: Context) -> Reading | None:
    """Western Easter, or its Monday or Friday."""
    given, why = year_of(match, context), Why.EXPLICIT
    if given is None:
        given, why = year_for(match, context, 4, None)
    if given is None or given < 1583:
        return None
    weekday = match.value("weekday")
    if weekday is None:
        return of(Moment.of(easter(given)).at("month"), why)
    return of(Moment.of(easter(given) + datetime.timedelta(days={"1": 1, "5": -2, "6": -1}.get(weekday, 0))), why)
