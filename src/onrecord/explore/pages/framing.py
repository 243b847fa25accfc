"""Framing: outlets and speakers side by side on one event or actor, with the loaded terms that each uses and does not use."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import polars
from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore.answer import Answer, serve
from onrecord.explore.asked import Asked, Many
from onrecord.explore.depending import Opened
from onrecord.explore.problems import NotThereError
from onrecord.operating import operating_point
from onrecord.store import Record, Table
from onrecord.store.query import Compared
from onrecord.store.query.table import Row

router = APIRouter(tags=["framing"])
STRING, COUNT = polars.String, polars.Int64
CELLS = {
    **dict.fromkeys(("term", "category", "side", "kind"), STRING),
    **dict.fromkeys(("times", "own", "quoted", "articles", "origins", "of_articles", "of_origins"), COUNT),
}
SUGGESTED, LOOKED_AT = 12, 60
OFFERED = 10


class Framed(Asked):
    """Of what, and by whom."""

    event: str | None = Field(None, description="The event, by its id or that of a mention.")
    actor: str | None = Field(None, description="The actor, by id (CHL.GOV) or name, where no event is given.")
    publisher: Many = Field([], description="An outlet to compare; may be repeated. Without outlets and speakers those with the most articles.")
    speaker: Many = Field([], description="A speaker to compare, by actor id or name; may be repeated.")
    within: Literal["about", "articles"] = Field("about", description="about: what is said of it or in its sentences; articles: all in articles on it.")
    point: Literal["strict", "broad"] = Field("strict", description="strict: what is surest; broad: all that is found.")


def framing(record: Opened, query: Annotated[Framed, Query()]) -> Answer:
    """Loaded terms of an event or actor, by outlet and speaker."""
    if query.event is None and query.actor is None:
        data: dict[str, Any] = {"rows": [], "next": None, "suggested": suggested(record)}
        return Answer(title="Framing", data=data, table=Table([], CELLS), shown={"asked": query, "subject": None})
    found = record.framing(
        event=query.event,
        actor=query.actor,
        outlets=query.publisher,
        speakers=query.speaker,
        within=query.within,
        least=operating_point(query.point).framing,
    )
    if found is None:
        raise NotThereError(f"the record has no {'event' if query.event else 'actor'} {query.event or query.actor!r}")
    rows = list(cells(found))
    data = {"rows": rows, "next": None, **dataclasses.asdict(found)}
    chosen = {"outlet": {s.key for s in found.sides if s.kind == "outlet"}, "speaker": {s.key for s in found.sides if s.kind == "speaker"}}
    return Answer(
        title=f"Framing: {found.subject['name']}",
        data=data,
        table=Table(rows, CELLS),
        shown={"asked": query, "chosen": chosen, "offered": offered(found, chosen)},
    )


def offered(found: Compared, chosen: dict[str, set[str]]) -> dict[str, list[Row]]:
    """The outlets and speakers that the form offers: those first that there is most of, and those chosen."""
    out = {}
    for kind, rows in (("outlet", found.outlets), ("speaker", found.speakers)):
        known = [r for n, r in enumerate(rows) if n < OFFERED or r["key"] in chosen[kind]]
        further = chosen[kind] - {r["key"] for r in known}
        out[kind] = [*known, *({"key": s.key, "name": s.name, "articles": s.articles, "terms": 0} for s in found.sides if s.kind == kind and s.key in further)]
    return out


def cells(found: Compared) -> Iterator[Row]:
    """A row for each term and side, also where the side does not use it."""
    counts = ("times", "own", "quoted", "articles", "origins")
    for term in found.terms:
        for side, cell in zip(found.sides, term["sides"], strict=True):
            own = {name: cell[name] for name in counts}
            of = {"of_articles": side.articles, "of_origins": side.origins}
            yield {"term": term["term"], "category": term["category"], "side": side.name, "kind": side.kind, **own, **of}


def suggested(record: Record) -> list[Row]:
    """Some of the latest events that several outlets report."""
    out = []
    for row in record.events(limit=LOOKED_AT, min_confidence=operating_point("strict").events):
        outlets = {p for origin in row["origins"] for p in origin["publishers"]}
        if len(outlets) > 1:
            out.append({"id": row["id"], "title": row["title"], "type": row["type"], "date": row["date"], "publishers": sorted(outlets)})
    return out[:SUGGESTED]


serve(router, "/framing", framing, template="framing.html.jinja", describe="Loaded terms of an event or actor, by outlet and speaker", table=CELLS)
