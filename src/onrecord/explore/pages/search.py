"""Full-text search, with what the hits have in common."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore import asked
from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened
from onrecord.store import Table
from onrecord.store.query import SCHEMAS

router = APIRouter(tags=["search"])
ROWS = 20
FACETS = (("publisher", "Outlet"), ("period", "When"), ("actor", "Who is in it"), ("type", "What happens in it"))


class Search(asked.Paged):
    """What is looked for."""

    text: str | None = Field(None, description='Words of the article: all of them, "in this order", -without, this OR that.')
    publisher: asked.Many = Field([], description="Who published the article.")
    actor: asked.Many = Field([], description="Who is in it: an actor's id or any of its names.")
    type: asked.Many = Field([], description="The type of an event in it.")
    since: str | None = Field(None, description="The first day of publication: 2021-03-09, 2021-03 or 2021.")
    until: str | None = Field(None, description="The last day.")
    order: Literal["best", "latest"] = Field("best", description="best: the best hits first; latest: the last published first.")


def search(record: Opened, query: Annotated[Search, Query()]) -> Answer:
    """Articles that have some words, with passages of them and with what they have in common."""
    shown = {"asked": query, "kinds": FACETS, "chosen": _chosen(query)}
    if not query.text:
        nothing = Table((), SCHEMAS["hits"])
        return Answer(title="Search", data={"rows": (), "next": None, "notes": (), "counted": 0, "all": True, "facets": {}}, table=nothing, shown=shown)
    wanted: Any = query.wanted(ROWS)
    wanted.pop("order", None)
    found = record.search(order=query.order, **wanted)
    hits = found.hits
    data = {"rows": hits.rows, "next": hits.next, "notes": hits.notes, "counted": found.counted, "all": found.all, "facets": found.facets}
    return Answer(title=f"Search: {query.text}", data=data, table=hits, shown=shown)


def _chosen(query: Search) -> list[tuple[str, str, dict[str, Any]]]:
    """What narrows the search, each with the query without it."""
    kept = query.kept()
    names = {"publisher": "outlet", "actor": "with", "type": "with", "since": "since", "until": "until"}
    return [(name, ", ".join(v) if isinstance(v, list) else str(v), {k: x for k, x in kept.items() if k != name}) for name, v in kept.items() if name in names]


serve(router, "/search", search, template="search.html.jinja", describe="Full-text search", table=SCHEMAS["hits"])
