"""Lists of events, positions, quotations, actors and articles, with the filters of the command line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query

from onrecord.explore import asked
from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened, Set
from onrecord.store import Record, Table, Wanted
from onrecord.store.query import SCHEMAS

COUNTED = 100
"""Above this the events, positions and quotations of an actor are not counted: null in JSON, nothing in CSV."""
router = APIRouter(tags=["lists"])
MOST_REJECTED = 100


def events(record: Opened, settings: Set, query: Annotated[asked.Events, Query()]) -> Answer:
    """Events, the latest first."""
    wanted = query.wanted(settings.rows, min_confidence=query.least("events"))
    return listed("Events", record.events(**wanted), query, rejected=rejected(record, record.events, wanted))


def positions(record: Opened, settings: Set, query: Annotated[asked.Positions, Query()]) -> Answer:
    """Positions, the last said first."""
    wanted = query.wanted(settings.rows, min_confidence=query.least("positions"))
    return listed("Positions", record.positions(**wanted), query, rejected=rejected(record, record.positions, wanted))


def quotes(record: Opened, settings: Set, query: Annotated[asked.Quotes, Query()]) -> Answer:
    """Quotations, of the articles published last first."""
    wanted = query.wanted(settings.rows, min_confidence=query.least("attributions"))
    return listed("Quotes", record.quotes(**wanted), query, rejected=rejected(record, record.quotes, wanted))


def actors(record: Opened, settings: Set, query: Annotated[asked.Actors, Query()]) -> Answer:
    """Actors, those in the most articles first."""
    answer = listed("Actors", record.actors(most=COUNTED, **query.wanted(settings.rows)), query)
    return dataclasses.replace(answer, data={**answer.data, "counted": COUNTED})


def articles(record: Opened, settings: Set, query: Annotated[asked.Articles, Query()]) -> Answer:
    """Articles, the last published first."""
    return listed("Articles", record.articles(**query.wanted(settings.rows)), query)


def rejected(record: Record, find: Callable[..., Table], wanted: Wanted) -> int:
    """How many rows are left out since reviewers rejected them: at most :data:`MOST_REJECTED`, which stands for many."""
    if wanted.get("reviewed", "any") != "any" or not record.any_rejected():
        return 0
    return len(find(**{**wanted, "limit": MOST_REJECTED, "after": None, "reviewed": "rejected"}))


def listed(title: str, table: Table, query: asked.Paged, *, rejected: int = 0) -> Answer:
    """A list of rows."""
    data: dict[str, Any] = {"rows": table.rows, "next": table.next, "notes": table.notes, "rejected": rejected}
    return Answer(title=title, data=data, table=table, shown={"asked": query})


serve(router, "/events", events, template="events.html.jinja", describe="Events", table=SCHEMAS["events"])
serve(router, "/positions", positions, template="positions.html.jinja", describe="Positions", table=SCHEMAS["positions"])
serve(router, "/quotes", quotes, template="quotes.html.jinja", describe="Quotations", table=SCHEMAS["quotes"])
serve(router, "/actors", actors, template="actors.html.jinja", describe="Actors", table=SCHEMAS["actors"])
serve(router, "/articles", articles, template="articles.html.jinja", describe="Articles", table=SCHEMAS["articles"])
