"""The pages of the explorer, from its own routes, and what each is asked for."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.routing import APIRoute

from onrecord.explore.pages import ROUTERS
from onrecord.explore.templating import to
from onrecord.store import Record

TRIED_ELSEWHERE = {"/adding"}
"""Pages that need something to be under way: tests/explore/test_explore_adding.py."""
FORMS = (".json", ".csv", ".jsonl", ".parquet")


def pages() -> list[str]:
    """The paths of all pages."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute) and "GET" in route.methods]
    found = {route.path for route in routes if not route.path.endswith(FORMS) and not route.include_in_schema and "{" not in route.path}
    return sorted(found - TRIED_ELSEWHERE)


def address(path: str, record: Record) -> str:
    """The address of a page with what it needs: the event that most is on record of, and what belongs to it."""
    needed = NEEDED.get(path)
    return to(path, **needed(record)) if needed else path


def _event(record: Record) -> str:
    """The event with positions on it that most mentions are of."""
    counted = "SELECT event_id, count(*) AS n FROM event_members WHERE event_id IN (SELECT event_id FROM positions) GROUP BY event_id"
    return str(record.sql(f"{counted} ORDER BY n DESC, event_id LIMIT 1")[0]["event_id"])


def _position(record: Record) -> dict[str, str]:
    return record.positions(event=_event(record), limit=1)[0]


def _actor(record: Record) -> str:
    return str(_position(record)["holder"]["id"])


NEEDED: dict[str, Callable[[Record], dict[str, str]]] = {
    "/event": lambda r: {"id": _event(r)},
    "/actor": lambda r: {"id": _actor(r)},
    "/article": lambda r: {"id": "expulsion-a"},
    "/finding": lambda r: {"id": _position(r)["id"]},
    "/stands": lambda r: {"event": _event(r)},
    "/framing": lambda r: {"event": _event(r)},
    "/review": lambda r: {"id": _position(r)["id"]},
    "/sql": lambda _: {"statement": "SELECT publisher, count(*) AS articles FROM articles GROUP BY publisher"},
    "/brief": lambda r: {"event": _event(r)},
    "/search": lambda _: {"text": "minister"},
    "/map": lambda _: {"point": "broad"},
    "/source": lambda r: {"publisher": r.outlets()[0]["publisher"]},
    "/origin": lambda r: {"id": r.articles(limit=1)[0]["origin"]},
}
"""What a page must be asked for to show anything; a page that needs it and is not here fails its test."""
