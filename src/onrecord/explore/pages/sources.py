"""Who published what, and which of it are copies of one text."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore import asked
from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened, Set
from onrecord.explore.problems import NotThereError
from onrecord.store.query import SCHEMAS

router = APIRouter(tags=["sources"])
QUOTED = 20
NAMELESS = "no outlet named"
PIECES = re.compile(r"\w+|\W")


class Outlet(asked.Paged):
    """Which outlet."""

    publisher: str = Field(description="Who published the articles.")


def sources(record: Opened) -> Answer:
    """The outlets, with how many of their articles are texts of their own and how many are copies."""
    found = record.outlets()
    totals = {name: sum(r[name] for r in found.rows) for name in ("articles", "first", "copies")}
    totals["origins"] = totals["articles"] - totals["copies"]
    return Answer(title="Sources", data={"rows": found.rows, "next": None, "totals": totals}, table=found, shown={"nameless": NAMELESS})


def source(record: Opened, settings: Set, query: Annotated[Outlet, Query()]) -> Answer:
    """One outlet: its articles, whom it quotes most and whose texts it prints."""
    articles = record.articles(**query.wanted(settings.rows))
    if not articles.rows and query.after is None:
        raise NotThereError(f"the record has no article of {query.publisher!r}")
    name = articles.rows[0]["publisher"] if articles.rows else query.publisher
    quoted = record.quoted_by(name, limit=QUOTED)
    data: dict[str, Any] = {
        "publisher": name,
        "rows": articles.rows,
        "next": articles.next,
        "copied": record.copied_by(name).rows,
        "quoted": quoted.rows,
        "notes": quoted.notes,
    }
    return Answer(title=name, data=data, table=articles, shown={"asked": query, "nameless": NAMELESS})


def origin(record: Opened, id: Annotated[str, Query(description="The origin's id.")]) -> Answer:
    """One text and all the articles that print it."""
    found = record.origin(id)
    if found is None:
        raise NotThereError(f"the record has no text {id!r}")
    text, copies = found
    first = copies.rows[0]["title"] or "" if copies.rows else ""
    rows = [{**r, "headline": differing(first, r["title"] or "")} for r in copies.rows]
    data = {"id": text["id"], "rows": copies.rows, "next": None, "notes": copies.notes}
    return Answer(title="One text, several articles", data=data, table=copies, shown={"copies": rows, "nameless": NAMELESS})


def differing(first: str, other: str) -> list[tuple[str, str]]:
    """A headline beside that of the first copy: pieces that are the ``same``, ``left`` out or ``put`` in.

    >>> differing("Port strike ends", "Strike ends")
    [('left', 'Port strike'), ('put', 'Strike'), ('same', ' ends')]
    """
    a, b = PIECES.findall(first), PIECES.findall(other)
    out: list[tuple[str, str]] = []
    for what, i, j, k, m in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if what == "equal":
            out.append(("same", "".join(b[k:m])))
            continue
        out += [(name, words) for name, words in (("left", "".join(a[i:j])), ("put", "".join(b[k:m]))) if words]
    return out


serve(router, "/sources", sources, template="sources.html.jinja", describe="Outlets, and which of their articles are copies", table=SCHEMAS["outlets"])
serve(router, "/source", source, template="source.html.jinja", describe="One outlet", table=SCHEMAS["articles"])
serve(router, "/origin", origin, template="origin.html.jinja", describe="One text and the articles that print it", table=SCHEMAS["copies"])
