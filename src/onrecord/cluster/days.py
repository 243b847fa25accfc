"""The day of an article, as a number."""

from __future__ import annotations

import re
from datetime import date

DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")


def day_of(published: str | None) -> int | None:
    """The day of an ISO 8601 date or date-time, counted from year 1 (:meth:`datetime.date.toordinal`); None where there is none.

    >>> day_of("2021-03-09T08:00:00Z") == day_of("20210309") == 737858
    True
    """
    match = DAY.match(published or "")
    try:
        return date(*map(int, match.groups())).toordinal() if match else None
    except ValueError:
        return None
