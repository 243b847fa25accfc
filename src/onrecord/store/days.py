"""From a date as reports write it to the first and the last day it can mean, so that ranges can be asked for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Bounds = tuple[date | None, date | None]

NONE: Bounds = (None, None)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?=T|$)")
MONTH = re.compile(r"(\d{4})-(\d\d)$")
YEAR = re.compile(r"(\d{4})$")
DECADE = re.compile(r"(\d{3})X?$")
CENTURY = re.compile(r"(\d{2})(?:XX)?$")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|AU|WI)$")
PARTS = {
    "Q1": (1, 3),
    "Q2": (4, 3),
    "Q3": (7, 3),
    "Q4": (10, 3),
    "H1": (1, 6),
    "H2": (7, 6),
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "AU": (9, 3),
    "WI": (12, 3),
}
"""The first month of a part of a year, and how many it has; seasons as on the northern half of the globe."""


def bounds(value: str | None, end: str | None = None) -> Bounds:
    """The first and last day that a date, or a span of dates, can mean; None twice where it names no year.

    Args:
        value: ISO 8601 as far as it is known, or a TIMEX3 value (``2021-W10``, ``2021-Q3``, ``2021-SU``, ``198X``).
        end: the date up to which it lasted.

    >>> bounds("2021-02")
    (datetime.date(2021, 2, 1), datetime.date(2021, 2, 28))
    >>> bounds("--03-31")
    (None, None)
    """
    if value and "/" in value and end is None:
        value, _, end = value.partition("/")
    first, last = _bounds(value)
    latest = _bounds(end)[1]
    return (first, latest) if first and latest and latest >= first else (first, last)


def moved(day: date, days: int) -> date:
    """A day so many days later, or earlier; at most the last day there is, and at least the first.

    >>> moved(date(2021, 3, 1), -1), moved(date(9999, 12, 1), 31)
    (datetime.date(2021, 2, 28), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _bounds(value: str | None) -> Bounds:
    try:
        return _read(value or "")
    except (ValueError, OverflowError):  # the 31st of June, the year 0
        return NONE


def _read(value: str) -> Bounds:
    if m := DAY.match(value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return day, day
    if m := MONTH.match(value):
        return _months(int(m[1]), int(m[2]), 1)
    if m := YEAR.match(value):
        return _months(int(m[1]), 1, 12)
    if m := WEEK.match(value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return monday + timedelta(days=5 if m[3] else 0), monday + timedelta(days=6)
    if m := PART.match(value):
        return _months(int(m[1]), *PARTS[m[2]])
    if m := DECADE.match(value):
        return date(int(m[1]) * 10, 1, 1), date(int(m[1]) * 10 + 9, 12, 31)
    if m := CENTURY.match(value):
        return date(int(m[1]) * 100, 1, 1), date(int(m[1]) * 100 + 99, 12, 31)
    return NONE


def _months(year: int, month: int, count: int) -> Bounds:
    years, last = divmod(month + count - 2, 12)
    last += 1
    return date(year, month, 1), date(year + years, last, monthrange(year + years, last)[1])
