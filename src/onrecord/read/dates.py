"""When was it published: dates of many forms → ISO 8601, and the dates that datelines and "Updated:" lines give.

Nothing is invented: a date without a year, a year of two digits, a month without a day and a date that may be
read in two ways (03/04/2011) give nothing.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from typing import Any

_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari stycznia января",
    "february feb februar février fevrier févr fevr fév febrero febbraio fevereiro fev februari lutego февраля",
    "march mar märz maerz mrz mars marzo março marco maart marca марта",
    "april apr avril avr abril abr aprile kwietnia апреля",
    "may mai mayo maggio mag maio mei maja мая",
    "june jun juni juin junio giugno giu junho czerwca июня",
    "july jul juli juillet juil julio luglio lug julho lipca июля",
    "august aug août aout agosto ago augustus augusti sierpnia августа",
    "september sept sep septembre septiembre settembre set setembro września сентября",
    "october oct oktober okt octobre octubre ottobre ott outubro out października октября",
    "november nov novembre noviembre novembro listopada ноября",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia декабря",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<y>(?:1[89]|20)\d{2})"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?"

_FORMS = (
    rf"(?<!\d){_YEAR}-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?!\d)",
    rf"(?<!\d){_YEAR}(?P<s>[/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!\d)",
    rf"(?<!\d){_YEAR}[\s\-]+(?P<mon>{_MONTH})\b\.?[\s\-]+(?P<d>\d{{1,2}})(?![\d:.])",
    rf"(?<!\d){_DAY}[\s\-]*(?:of\s+|de\s+)?(?P<mon>{_MONTH})\b\.?,?[\s\-]*(?:de[l]?\s+)?{_YEAR}(?!\d)",
    rf"\b(?P<mon>{_MONTH})\b\.?[\s\-]*{_DAY},?(?:\s+\([^)]{{1,20}}\))?[\s\-]+{_YEAR}(?!\d)",
    rf"\b(?P<mon>{_MONTH})\b\.?\s+{_DAY},?\s+(?:at\s+)?{_CLOCK}(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{{1,5}}|\s+[+-]\d{{4}})?,?\s+{_YEAR}(?!\d)",
)
_COMPACT = re.compile(
    r"\s*(?:D:)?(?P<y>(?:1[89]|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:[T ]?(?P<H>\d{2}):?(?P<M>\d{2}):?(?P<S>\d{2})(?:\.\d+)?(?P<z>Z|[+-]\d{2}['’:]?(?:\d{2})?['’]?)?)?\s*"
)
_NUMERIC = re.compile(rf"(?<!\d)(?P<a>\d{{1,2}})(?P<s>[/.\-])(?P<b>\d{{1,2}})(?P=s){_YEAR}(?!\d)")
_TIME = re.compile(
    r"(?<![\d:.])(?P<H>\d{1,2})(?:[:.h](?P<M>\d{2}))(?::(?P<S>\d{2}))?(?:[.,]\d{1,9})?(?!\d)(?:\s*(?P<ap>[ap])\.?m\b\.?)?\s*(?P<z>Z\b|(?:GMT|UTC)?\s*[+-]\d{2}:?(?:\d{2})?(?!\d)|GMT\b|UTC\b)?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d:.])(?P<H>\d{1,2})\s*(?P<ap>[ap])\.?m\b\.?", re.IGNORECASE)
_EPOCH_LEAST = 10**8

_DATE_TEXT = rf"(?:{_DAY.replace('?P<d>', '?:')}\s+(?:{_MONTH})\b\.?,?\s+\d{{4}}|(?:{_MONTH})\b\.?\s+{_DAY.replace('?P<d>', '?:')},?\s+\d{{4}})"
_PLACE = r"(?!(?:Since|On|By|In|From|Until|After|Before|As|At|When|But|And|For)\b)[A-ZÀ-Ý][\w.'’\-]*(?:[ ,/]+(?:[A-ZÀ-Ý(][\w.'’)\-]*|de|of|al|el|and|the)){0,6}"
_DASH = r"(?:--|[-–—―:])"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DATELINES = (
    rf"\s*[(\[]?{_PLACE}[,.]?\s+[(\[]?(?i:{_WEEKDAY}(?P<date>{_DATE_TEXT}))[)\]]?[,.]?\s*(?:[(/\[][^)/\]]{{1,60}}[)/\]]\.?,?\s*)*(?:{_DASH}|$)",
    rf"\s*[(\[]?(?i:{_WEEKDAY}(?P<date>{_DATE_TEXT}))[)\]]?[,.]?\s*[(\[]?{_PLACE}[)\]]?\s*(?:\([^)]{{1,60}}\)\s*)?{_DASH}",
    rf"\s*{_PLACE}\s*(?:\([^)]{{1,60}}\))?\s*{_DASH}+\s*(?i:(?P<date>{_DATE_TEXT}))\s*{_DASH}",
    rf"\s*(?i:{_WEEKDAY}(?P<date>{_DATE_TEXT}|\d{{4}}-\d{{2}}-\d{{2}}))\.?\s*$",
)
_LABEL = re.compile(
    r"^\W*(?:(?P<first>first |originally )?(?:published|posted|issued|released|publication date|date published|release date|date|dated|press release|statement)"
    r"|(?P<later>(?:last |latest )?(?:updated|update|modified|revised)))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"^[\s:|,\-–—()]*(?:(?:on|at|by|of|online|the|date|time)\b[\s:|,\-–—()]*)*", re.IGNORECASE)
_BYLINE = re.compile(r"^\s*By\s+[^|–—]{3,60}\s*[|–—,-]\s*(?P<rest>.*)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_BESIDE_DATE = re.compile(r"(?i:\b(?:on|at|of|the|time|local|hours|hrs|h)\b|\b[ap]\.?m\b|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)|\b[A-Z]{1,5}\b|\d[hT]")
_LINE = re.compile(r"[^\r\n\u2028\u2029\v\f\x85]+")
_YEAR_IN = re.compile(r"\d{4}")
NEAR = 6
LONGEST_LINE = 160


@functools.cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Compiled when a date is first read: all months of ten languages are in them, and most texts need none."""
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


@functools.cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form) for form in _DATELINES)


def published_date(value: Any, *, day_first: bool | None = None) -> str | None:
    """A publication date as ISO 8601: ``2011-12-26``, or with a time ``2011-12-26T10:00:00Z``.

    Args:
        value: a string of nearly any form, a date or date-time, or a number (``20111226``, or seconds or
            milliseconds since 1970).
        day_first: how to read ``03/04/2011``; None reads it only where one of the two can't be a month.

    Returns:
        The date, with the time where there is one that isn't a bare midnight, and its offset where that is
        written in figures, GMT, UTC or Z; None where no whole date can be read.

    >>> published_date("Mon, 26 Dec 2011 10:00:00 GMT")
    '2011-12-26T10:00:00Z'
    >>> published_date("03/04/2011") is None
    True
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, dt.datetime):
        return _from_datetime(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _from_number(value)
    text = " ".join(str(value)[:200].split())
    if compact := _COMPACT.fullmatch(text):
        return _joined(_day_of(compact), _clock_of(compact))
    if text.isdecimal() and text.isascii():
        return _from_number(int(text[:20]))
    for form in _forms():
        for found in form.finditer(text):
            if day := _day_of(found):
                return _joined(day, _time_beside(text, found))
    numeric = _NUMERIC.search(text)
    if numeric and (day := _numeric_day(numeric, day_first)):
        return _joined(day, _time_beside(text, numeric))
    return None


def moment(value: Any, *, day_first: bool | None = None) -> str | None:
    """When something was done, as ISO 8601; in UTC where it is written with its offset.

    >>> moment("2021-03-09T08:00:00+02:00"), moment("9 March 2021"), moment("soon")
    ('2021-03-09T06:00:00Z', '2021-03-09', None)
    """
    found = published_date(value, day_first=day_first)
    if found is None or "T" not in found:
        return found
    at = dt.datetime.fromisoformat(found)
    return found if at.tzinfo is None else at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def dateline_date(text: str) -> str | None:
    """The date of a dateline (``NAIROBI, March 9, 2021 (Reuters) -``) or of a line of its own near the top, with its year."""
    for line in _lines(text)[:NEAR]:
        if not _YEAR_IN.search(line[:LONGEST_LINE]) or _LABEL.match(line[:LONGEST_LINE]):
            continue
        for form in _datelines():
            found = form.match(line[:LONGEST_LINE])
            if found and (date := published_date(found["date"])):
                return date[:10]
    return None


def updated_line_date(text: str) -> str | None:
    """The date of a ``Published …`` or ``Updated …`` line near the top or the bottom; published before updated."""
    lines = _lines(text)
    near = lines[:NEAR] + lines[max(NEAR, len(lines) - NEAR) :]
    later: str | None = None
    for line in near:
        if len(line) > LONGEST_LINE:
            continue
        label = _LABEL.match(line) or _BYLINE.match(line)
        if label is None:
            continue
        rest = label["rest"][_LEAD_IN.match(label["rest"]).end() :]  # type: ignore[union-attr]
        if not _begins_with_date(rest) or not (date := published_date(rest)):
            continue
        if label.groupdict().get("later") is None:
            return date
        later = later or date
    return later


def _begins_with_date(rest: str) -> bool:
    """Whether a date, or a time before one, stands at the front, so that a sentence is not taken for a label."""
    for form in (*_forms(), _NUMERIC):
        found = form.search(rest[:80])
        if found:
            return not _WORD.search(_BESIDE_DATE.sub(" ", rest[: found.start()])) and len(rest) - found.end() <= 60
    return False


def _lines(text: str) -> list[str]:
    head, tail = text[:3000], text[3000:][-2000:]
    return [line for part in (head, tail) for line in _LINE.findall(part) if not line.isspace()]


def _day_of(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    month = MONTHS[parts["mon"].lower()] if parts.get("mon") else int(parts["m"])
    return _valid(int(parts["y"]), month, int(parts["d"]))


def _numeric_day(found: re.Match[str], day_first: bool | None) -> dt.date | None:
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    if a > 12 or a == b or found["s"] == ".":  # with full stops the day comes first, wherever such dates are written
        return _valid(year, b, a)
    if b > 12:
        return _valid(year, a, b)
    if day_first is None:
        return None
    return _valid(year, b, a) if day_first else _valid(year, a, b)


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _time_beside(text: str, found: re.Match[str]) -> str:
    rest = text[found.end() :]
    inside = _TIME.search(found.group()) if "mon" in found.groupdict() else None  # Dec 26 10:00:00 2011
    clock = _clock_of(inside) if inside else ""
    if not clock and (after := _TIME.search(rest.lstrip("T"))):
        clock = _clock_of(after)
    if not clock and (before := _TIME.search(text[: found.start()])):
        clock = _clock_of(before)
    if not clock and (hour := _HOUR.search(text[: found.start()] + " " + rest)):
        clock = _clock_of(hour)
    return clock


def _clock_of(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts.get("H") is None:
        return ""
    hour, minute, second = int(parts["H"]), int(parts.get("M") or 0), int(parts.get("S") or 0)
    if half := (parts.get("ap") or "").lower():
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"{hour:02}:{minute:02}:{second:02}{_offset(parts.get('z') or '')}"


def _offset(zone: str) -> str:
    figures = re.search(r"([+-])(\d{2}):?['’]?(\d{2})?", zone)
    if figures:
        hours, minutes = int(figures[2]), int(figures[3] or 0)
        if hours > 14 or minutes > 59:
            return ""
        return f"{figures[1]}{hours:02}:{minutes:02}" if hours or minutes else "Z"
    return "Z" if zone.strip() else ""


def _joined(day: dt.date | None, clock: str) -> str | None:
    if day is None:
        return None
    return day.isoformat() if clock in ("", "00:00:00") else f"{day.isoformat()}T{clock}"


def _from_datetime(value: dt.datetime) -> str:
    zone = value.utcoffset()
    clock = value.strftime("%H:%M:%S")
    if zone is not None:
        clock += "Z" if not zone else value.isoformat()[-6:]
    return _joined(value.date(), clock) or value.date().isoformat()


def _from_number(value: float) -> str | None:
    if not math.isfinite(value):
        return None
    whole = int(value)
    if len(str(abs(whole))) in (8, 14) and (found := _COMPACT.fullmatch(str(whole))) and (date := _joined(_day_of(found), _clock_of(found))):
        return date
    seconds = whole // 1000 if whole >= 10**11 else whole
    if not _EPOCH_LEAST <= seconds < 10**10:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
