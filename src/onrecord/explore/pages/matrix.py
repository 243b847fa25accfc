"""Who stands where on several things at once: actors by events, or by the questions that positions suggest."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import polars
from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore import asked
from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened
from onrecord.explore.templating import to
from onrecord.issues import to_toml
from onrecord.store import Matrix, Table

router = APIRouter(tags=["matrix"])
STRING = polars.String
CELLS = {
    **dict.fromkeys(("holder", "holder_id", "country", "on", "on_id", "stance", "other_stance"), STRING),
    "positions": polars.Int64,
    "articles": polars.Int64,
    **dict.fromkeys(("verb", "act", "object", "quotation", "said", "basis", "said_by", "position", "article", "published", "publisher", "url"), STRING),
    "confidence": polars.Float64,
}
"""A row is a cell: the latest position of a holder on an event or a question, with how many there are in how many articles."""
Row = dict[str, Any]


class Asked(asked.Positions):
    """Which positions, by what, and in which order."""

    by: Literal["event", "issue"] = Field("event", description="Whether columns are events or the questions that positions suggest.")
    sort: Literal["count", "name", "latest"] = Field("count", description="Rows and columns with most positions first, by name, or the latest first.")


def matrix(record: Opened, query: Annotated[Asked, Query()]) -> Answer:
    """Who stands where on what is most spoken of."""
    kept = query.model_dump(exclude={"point", "by", "sort", "limit", "after", "min_confidence"}, exclude_none=True)
    wanted = {name: value for name, value in kept.items() if value != []}
    found = record.matrix(by=query.by, sort=query.sort, min_confidence=query.least("positions"), **wanted)
    rows = cells(found)
    leads = {(r["holder_id"], r["on_id"]): _link(query, found, r) for r in rows}
    heads = {c.id: to("/event", id=c.id) if c.issue is None else to("/stands", issue=to_toml(c.issue), point=query.point) for c in found.columns}
    data = {
        "rows": rows,
        "next": None,
        "holders": found.rows,
        "columns": [{"id": c.id, "title": c.title, "positions": c.positions, "holders": c.holders, "last": c.last} for c in found.columns],
        **{name: getattr(found, name) for name in ("looked_at", "more", "since", "until", "notes")},
    }
    shown = {"asked": query, "cells": found.cells, "leads": leads, "heads": heads}
    return Answer(title="Who stands where, at a glance", data=data, table=Table(rows, CELLS), shown=shown)


def cells(found: Matrix) -> list[Row]:
    """The cells that there are, by rows."""
    out = []
    for held in found.rows:
        for matter in found.columns:
            cell = found.cells.get((held.id, matter.id))
            if cell is None:
                continue
            p = cell.latest
            plain = ("verb", "act", "basis", "said_by", "article", "published", "publisher", "url", "confidence")
            out.append({
                "holder": held.name,
                "holder_id": held.id,
                "country": held.country,
                "on": matter.title,
                "on_id": matter.id,
                "stance": p["stance"],
                "other_stance": cell.opposite["stance"] if cell.opposite else None,
                "positions": cell.positions,
                "articles": cell.articles,
                **{name: p[name] for name in plain},
                "object": p["object"]["text"],
                "quotation": p["evidence"]["text"],
                "said": p["said"]["value"],
                "position": p["id"],
            })  # fmt: skip
    return out


def _link(query: Asked, found: Matrix, cell: Row) -> str:
    """Where all quotations of a cell are."""
    issue = next(c.issue for c in found.columns if c.id == cell["on_id"])
    if issue is not None:
        return to("/stands", issue=to_toml(issue), point=query.point) + f"#holder-{cell['holder_id']}"
    return to("/positions", actor=cell["holder_id"], event=cell["on_id"], point=query.point)


serve(router, "/matrix", matrix, template="matrix.html.jinja", describe="Who stands where on what is most spoken of", table=CELLS)
