"""The first page: what was added last, what is dated last, and events by day."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.explore import asked
from onrecord.explore.answer import Answer, given_json, serve
from onrecord.explore.depending import Opened
from onrecord.explore.templating import to
from onrecord.operating import OPERATING_POINTS
from onrecord.store import Record

router = APIRouter(tags=["overview"])
LATEST = 10
PERIOD = 60
"""Days that the chart of the first page shows."""


def overview(record: Opened) -> Answer:
    """The articles added last, the events and positions dated last, and how many events the last days had."""
    strict = OPERATING_POINTS["strict"]
    last = record.last_day()
    until = {"until": last.isoformat()} if last else {}
    data: dict[str, Any] = {
        "last_day": last.isoformat() if last else None,
        "added": record.added(limit=LATEST).rows,
        "events": record.events(limit=LATEST, min_confidence=strict.events, **until).rows,
        "positions": record.positions(limit=LATEST, min_confidence=strict.positions, **until).rows,
    }
    since = _since(record, last, strict.events)
    data["days"] = _by_day(record, asked.Events(since=since, until=data["last_day"])) if since else []  # type: ignore[call-arg]
    return Answer(title="Overview", data=data, shown={"since": since, "period": PERIOD})


def _since(record: Record, last: datetime.date | None, least: float) -> str | None:
    """The first of the last days that have events."""
    found = record.events(limit=1, until=last.isoformat(), min_confidence=least).rows if last else ()
    dated = [r["date"]["value"][:10] for r in found if r["date"] and len(r["date"]["value"]) >= len("2021-03-07")]
    if not dated or not last:
        return None
    return (min(last, datetime.date.fromisoformat(dated[0])) - datetime.timedelta(days=PERIOD - 1)).isoformat()


def events_by_day(request: Request, record: Opened, query: Annotated[asked.Events, Query()]) -> Response:
    """How many events began on each day."""
    return given_json(request, {"days": _by_day(record, query), "since": query.since, "until": query.until})


def _by_day(record: Record, query: asked.Events) -> list[dict[str, Any]]:
    found = record.events_by_day(**query.wanted(1, min_confidence=query.least("events"), limit=None))
    kept = {name: value for name, value in query.kept().items() if name not in ("since", "until", "limit")}
    return [{**row, "href": to("/events", **kept, since=row["day"], until=row["day"])} for row in found.rows]


router.add_api_route("/events-by-day.json", events_by_day, methods=["GET"], summary="Events by day", response_class=Response)
serve(router, "/", overview, template="overview.html.jinja", describe="What is new")
