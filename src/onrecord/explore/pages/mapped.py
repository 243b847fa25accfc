"""Where and when: events on a map, with a timeline that narrows both the map and the list."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.explore import asked
from onrecord.explore.answer import Answer, given_json, serve
from onrecord.explore.depending import Opened
from onrecord.explore.templating import to
from onrecord.store.query import SCHEMAS

router = APIRouter(tags=["map"])
ROWS = 25
MOST = 500
"""Places that are drawn."""


def on_map(record: Opened, query: Annotated[asked.Events, Query()]) -> Answer:
    """Events that have a place: how many at each, and the latest of them."""
    least = query.least("events")
    events = record.placed(**query.wanted(ROWS, min_confidence=least))
    found = record.events_by_place(**query.wanted(MOST, min_confidence=least, limit=MOST, after=None)).rows
    kept = {name: value for name, value in query.kept().items() if name not in ("place", "limit")}
    places = [{**p, "href": to("/map", **kept, place=p["geonameid"] or p["name"])} for p in found]
    data: dict[str, Any] = {"rows": events.rows, "next": events.next, "notes": events.notes, "places": places}
    return Answer(title="Map", data=data, table=events, shown={"asked": query, "most": MOST, "all_days": _without_days(query), "here": query.kept()})


def timeline(request: Request, record: Opened, query: Annotated[asked.Events, Query()]) -> Response:
    """How many events that have a place began on each day."""
    days = record.events_by_day(placed=True, **query.wanted(1, min_confidence=query.least("events"), limit=None, after=None))
    return given_json(request, {"days": days.rows, "notes": days.notes})


def _without_days(query: asked.Events) -> dict[str, Any]:
    return {name: value for name, value in query.kept().items() if name not in ("since", "until", "limit")}


router.add_api_route("/timeline.json", timeline, methods=["GET"], summary="Events that have a place, by day", response_class=Response)
serve(router, "/map", on_map, template="map.html.jinja", describe="Events that have a place", table=SCHEMAS["events"])
