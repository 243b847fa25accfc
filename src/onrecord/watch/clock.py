"""The time, how it is written, and when to come back."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_ASKED = 7 * 86_400.0
"""The longest that a server is left alone because it asks for it."""


class Clock:
    """The time as it is; a test has another."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def real(self, seconds: float) -> float:
        """How long some seconds of this clock are."""
        return seconds

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Wait, until it is to stop at the latest."""
        stop.wait(self.real(seconds))


def stamp(seconds: float) -> str:
    """A time as it is written down, ISO 8601 in UTC; later times come later in the alphabet.

    >>> stamp(0)
    '1970-01-01T00:00:00.000Z'
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(written: str | None) -> float:
    """A time that was written down; 0 where none was."""
    return datetime.fromisoformat(written).timestamp() if written else 0.0


def backed_off(failures: int, *, first: float, longest: float, chance: random.Random) -> float:
    """Seconds until something is tried again that has failed: twice as long each time, a quarter more or less so that not all come back at once.

    >>> [round(backed_off(n, first=60, longest=600, chance=random.Random(0)) / 60) for n in (1, 2, 9)]
    [1, 2, 11]
    """
    return min(longest, first * 2.0 ** min(max(failures, 1) - 1, 40)) * chance.uniform(0.75, 1.25)


def retry_after(said: str | None, now: float) -> float:
    """The seconds for which a server asks to be left alone (``Retry-After``: seconds or a date); 0 where it does not.

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0.0), retry_after("soon", 0.0)
    (120.0, 60.0, 0.0)
    """
    text = (said or "").strip()
    if text.isdecimal() and text.isascii() and len(text) < 10:
        return min(float(text), LONGEST_ASKED)
    try:
        return min(max(0.0, parsedate_to_datetime(text).timestamp() - now), LONGEST_ASKED)
    except (ValueError, TypeError, OverflowError, OSError):
        return 0.0
