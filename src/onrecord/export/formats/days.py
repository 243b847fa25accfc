"""The first and last day that the date of an event can mean."""

from __future__ import annotations

import datetime

from onrecord.export.event import ExportEvent
from onrecord.store.days import bounds


def days_of(event: ExportEvent) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day of an event; None twice where it has no date with a year."""
    return bounds(event.date, event.date_end)
