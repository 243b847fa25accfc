"""Points of the calendar known to a year, month, day or week, and how TIMEX3 writes them.

Years before Christ are negative. Weeks and days are counted in the Gregorian calendar (ISO 8601),
whatever calendar was in force.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime
from typing import Literal

Grain = Literal["year", "month", "week", "day"]

MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SEASON_MONTH = {"WI": 1, "SP": 4, "SU": 7, "FA": 10}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as far as it is known. ``week`` says that only the week that holds the day is meant."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: bool = False

    @classmethod
    def of(cls, date: datetime.date) -> Moment:
        """A day."""
        return cls(year=date.year, month=date.month, day=date.day)

    @property
    def date(self) -> datetime.date | None:
        """The day, where it is known and the Gregorian calendar has it."""
        if self.year is None or self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        try:
            return datetime.date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def iso(self) -> str:
        """The value as ISO 8601 and TIMEX3 write it; ``--03-31`` without a year."""
        if self.year is None:
            return "--" + "-".join(f"{x:02d}" for x in (self.month, self.day) if x is not None)
        if self.week and (date := self.date):
            year, week, _ = date.isocalendar()
            return f"{year:04d}-W{week:02d}"
        return "-".join([year_text(self.year), *(f"{x:02d}" for x in (self.month, self.day) if x is not None)])

    def at(self, grain: Grain) -> Moment:
        """The same moment known no better than ``grain``."""
        if grain == "year":
            return Moment(year=self.year)
        if grain == "month":
            return Moment(year=self.year, month=self.month)
        return dataclasses.replace(self, week=grain == "week" and self.day is not None)


def year_text(year: int) -> str:
    """A year in four digits, ``BC`` before one before Christ."""
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def valid(month: int | None, day: int | None, year: int | None = None) -> bool:
    """Whether the calendar has such a day."""
    if month is None or day is None:
        return True
    leap = year is None or year < 1 or calendar.isleap(year)
    return 1 <= day <= (29 if month == 2 and leap else MONTH_DAYS[month])


def shifted(moment: Moment, unit: str, count: float) -> Moment | None:
    """A moment so many units on (or, below 0, back), known as well as the unit and the moment allow.

    Args:
        moment: where to count from.
        unit: ``D``, ``W``, ``MON``, ``Y``, ``DE`` or ``CE``.
        count: how many.

    Returns:
        None where the moment is not known well enough to count such units from it.
    """
    if moment.year is None:
        return None
    if unit in ("Y", "DE", "CE"):
        year = moment.year + int(count * {"Y": 1, "DE": 10, "CE": 100}[unit])
        return Moment(year=year) if -9999 < year <= 9999 and year != 0 else None
    if unit == "MON":
        if moment.month is None:
            return None
        months = moment.year * 12 + moment.month - 1 + int(count)
        return Moment(year=months // 12, month=months % 12 + 1) if -9999 < months // 12 <= 9999 else None
    date = moment.date
    if date is None:
        return None
    days = count * 7 if unit == "W" else count
    try:
        return dataclasses.replace(Moment.of(date + datetime.timedelta(days=days)), week=unit == "W")
    except OverflowError:
        return None


def easter(year: int) -> datetime.date:
    """Western Easter Sunday of a Gregorian year (the anonymous Gregorian computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)
