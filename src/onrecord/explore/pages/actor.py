"""An actor: what it does and what is done to it, where it stands, what others say of it, and in which roles articles see it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

import polars
from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore.answer import Answer, serve
from onrecord.explore.asked import Asked
from onrecord.explore.depending import Opened
from onrecord.explore.problems import NotThereError
from onrecord.explore.templating import to
from onrecord.operating import operating_point
from onrecord.store import Table
from onrecord.store.query import Profile
from onrecord.store.query.actor import LATEST
from onrecord.store.query.table import Row

router = APIRouter(tags=["actor"])
SHOWN = 8
"""How many positions and quotations of each sort the page shows; more are in the lists."""
SERIES = {"does": "events as doer", "undergoes": "events as target", "held": "positions it takes", "on": "positions on it"}
STANCES = ("support", "oppose", "neutral")
COUNTS = ("does", "undergoes", *(f"{what}_{stance}" for what in ("held", "on") for stance in STANCES))
MONTHS = {"month": polars.String, **dict.fromkeys(COUNTS, polars.Int64)}


class OneActor(Asked):
    """Which actor, and how sure what is told of it must be."""

    id: str = Field(description="The actor's id (CHL.GOV).", min_length=1)
    point: Literal["strict", "broad"] = Field("strict", description="strict: what is surest; broad: all that is found.")


def actor(record: Opened, query: Annotated[OneActor, Query()]) -> Answer:
    """An actor, by months, by whom it deals with, and with what it and others say."""
    point = operating_point(query.point)
    found = record.actor(query.id, point=point)
    if found is None:
        raise NotThereError(f"the record has no actor {query.id!r}")
    who, sure, words = [query.id], point.positions, point.attributions
    on_it = record.positions(about=who, limit=SHOWN * 2, min_confidence=sure)
    data: dict[str, Any] = {
        **{field.name: getattr(found, field.name) for field in dataclasses.fields(found)},
        "rows": found.months,
        "next": None,
        "periods": list(periods(found)),
        "holds": record.positions(actor=who, limit=SHOWN, min_confidence=sure).rows,
        "stood_on": [p for p in on_it if p["holder"]["id"] != query.id][:SHOWN],
        "quotes": record.quotes(actor=who, limit=SHOWN, min_confidence=words).rows,
        "said_of": record.said_of(query.id, limit=SHOWN, min_confidence=words).rows,
    }
    del data["months"]
    years = _years(found.months)
    shown = {"asked": query, "latest": LATEST, "years": years, "last": found.months[-1]["month"] if found.months else None}
    return Answer(title=found.actor["name"], data=data, table=Table(found.months, MONTHS), shown=shown)


def periods(found: Profile) -> Iterator[Row]:
    """The months as a chart takes them: how many of what, and where to look at them."""
    id = found.actor["id"]
    for name, series in SERIES.items():
        for row in found.months:
            month = row["month"]
            count = row[name] if name in row else sum(row[f"{name}_{stance}"] for stance in STANCES)
            if count or row is found.months[0]:  # a series that is named first keeps its colour
                yield {"period": month, "count": count, "series": series, "href": _listed(name, id, month) if count else None}


def _listed(name: str, id: str, month: str) -> str:
    """Where what was counted in a month is listed."""
    path, role = {"does": ("/events", "source"), "undergoes": ("/events", "target"), "held": ("/positions", "actor"), "on": ("/positions", "about")}[name]
    return to(path, **{role: id, "since": month, "until": month})


def _years(months: Sequence[Row]) -> list[Row]:
    """The months by year, the last first, each year with its sums."""
    out: dict[str, Row] = {}
    for row in reversed(months):
        year = out.setdefault(row["month"][:4], {"year": row["month"][:4], "months": [], **dict.fromkeys(COUNTS, 0)})
        year["months"].append(row)
        for name in COUNTS:
            year[name] += row[name]
    return list(out.values())


serve(
    router, "/actor", actor, template="actor.html.jinja", describe="An actor, by months, by whom it deals with, and with what it and others say", table=MONTHS
)
