"""The time that a record is marked with: the machine's, but never at or before what the record was marked with last.

A machine's clock can be set back, and two machines that write to one record need not agree. Times are therefore given out by the record: the last one
is kept among its counters, in microseconds, and a transaction that comes at an earlier time is marked one microsecond later. So times keep the order in
which things were written, no two transactions have the same, and whoever follows the changes misses none.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, Connection, Text, func, select

from onrecord.store.schema import articles, codings, corrections, counters, events, events_log, forgotten, reviews
from onrecord.store.upserting import upsert

COUNTER = "time"
START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def wall() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def tick(connection: Connection) -> str:
    """The time to mark rows of a transaction with, ISO 8601 in UTC, to the microsecond.

    Args:
        connection: in a transaction that writes.
    """
    last = connection.execute(select(counters.c.last).where(counters.c.name == COUNTER)).scalar()
    before = START + last * MICROSECOND if last is not None else _latest(connection)
    at = wall() if before is None else max(wall(), before + MICROSECOND)
    upsert(connection, counters, [{"name": COUNTER, "last": (at - START) // MICROSECOND}], key=("name",))
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _latest(connection: Connection) -> datetime | None:
    """The last time in a record that was made before times were counted; None where it is new."""
    marked: tuple[Column[str], ...] = (
        *(articles.c.added_at, codings.c.coded_at, codings.c.superseded_at, events.c.changed_at, events_log.c.at),
        *(forgotten.c.forgotten_at, reviews.c.at, corrections.c.at),
    )
    found = [connection.execute(select(func.max(column.cast(Text)))).scalar() for column in marked]
    return max((datetime.fromisoformat(value) for value in found if value), default=None)
