"""The first page: what the record holds, and what is new in it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened
from onrecord.operating import OPERATING_POINTS

router = APIRouter(tags=["overview"])
LATEST = 12


def overview(record: Opened) -> Answer:
    """The latest events, positions and articles."""
    strict = OPERATING_POINTS["strict"]
    data: dict[str, Any] = {
        "events": record.events(limit=LATEST, min_confidence=strict.events).rows,
        "positions": record.positions(limit=LATEST, min_confidence=strict.positions).rows,
        "articles": record.articles(limit=LATEST).rows,
    }
    return Answer(title="Overview", data=data)


serve(router, "/", overview, template="overview.html.jinja", describe="What is new")
