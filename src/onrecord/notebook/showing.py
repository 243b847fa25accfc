"""Each kind of thing as a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars

from onrecord.export.page import article
from onrecord.notebook.cells import Column, layout, stand_of
from onrecord.notebook.view import View, drawn
from onrecord.records import Report
from onrecord.store.query import Dossier, Kept, Matrix, Search, Table
from onrecord.store.query.matrix import Matter
from onrecord.store.stands import Basis, Holder, Stands

ASKED = "Who stands where on "
"""How the questions begin that a record suggests."""
ROWS = 20
"""Rows of a table that are shown where nobody says how many."""


def show(thing: Any, *, rows: int = ROWS, columns: Sequence[str] | None = None) -> View:
    """What a notebook shows of something.

    Args:
        thing: a report or several, or what a record answers: a table, a matrix, who stands where on something, an event, an article, a search;
            or a data frame that was made of it.
        rows: the most rows of a table.
        columns: of a table those to show, by their names, as they are; by default those that matter, put for a reader.

    Raises:
        TypeError: it is none of these.
        ValueError: the table has no such column.

    >>> from onrecord.records import Article
    >>> show(Report(article=Article(id="a", text="Chad left.")))
    <Report on a: 0 events, 0 positions, 0 attributions>
    """
    match thing:
        case View():
            return thing
        case Report():
            return View(drawn("reports.html.jinja", articles=[article(thing)]), _told(thing))
        case Kept():
            return View(drawn("reports.html.jinja", articles=[article(thing.report)], retracted=thing.retracted), _told(thing.report))
        case Table():
            return _table(thing, rows, columns)
        case polars.DataFrame():
            return _table(Table(thing.to_dicts(), thing.schema), rows, columns)
        case Search():
            return _table(thing.hits, rows, columns)
        case Matrix():
            return _matrix(thing)
        case Stands():
            return _stands(thing)
        case Dossier():
            return _dossier(thing, rows)
        case Iterable() if (reports := list(thing)) and all(isinstance(r, Report) for r in reports):
            return View(drawn("reports.html.jinja", articles=[article(r, n) for n, r in enumerate(reports, 1)]), f"<{len(reports)} reports>")
    raise TypeError(f"nothing is known about how to show a {type(thing).__name__}: give a report, several, what a record answers, or a data frame of Polars")


def _told(report: Report) -> str:
    counted = ((len(getattr(report, room)), room) for room in ("events", "positions", "attributions"))
    return f"<Report on {report.article.id}: {', '.join(f'{n} {room[:-1] if n == 1 else room}' for n, room in counted)}>"


def _table(table: Table, rows: int, columns: Sequence[str] | None) -> View:
    return View(drawn("table.html.jinja", table=_laid_out(table, rows, columns)), repr(table))


def _laid_out(table: Table, rows: int, columns: Sequence[str] | None = None) -> Mapping[str, Any]:
    """What ``table.html.jinja`` shows: headings, the cells of the first rows, and what is not shown."""
    laid = layout(table, columns)
    return {
        "title": laid.title,
        "columns": laid.columns,
        "rows": [[c.cell(row) for c in laid.columns] for row in laid.rows[:rows]],
        "count": len(table),
        "more": table.next is not None,
        "notes": table.notes,
        "empty": laid.empty,
    }


def _matrix(matrix: Matrix) -> View:
    rows = [(held, [_crossing(matrix, held.id, matter.id) for matter in matrix.columns]) for held in matrix.rows]
    plain = f"<Matrix of {len(matrix.rows)} holders by {len(matrix.columns)} matters, {len(matrix.cells)} positions>"
    return View(drawn("matrix.html.jinja", matrix=matrix, titles=[short_title(m) for m in matrix.columns], rows=rows), plain)


def short_title(matter: Matter) -> str:
    """What a column is about: an event's title, or of a question that the record suggests what it asks about."""
    title = " ".join(matter.title.split())
    return title.removeprefix(ASKED).removesuffix("?") if title.startswith(ASKED) else title


def _crossing(matrix: Matrix, holder: str, matter: str) -> dict[str, Any] | None:
    cell = matrix.cells.get((holder, matter))
    if cell is None:
        return None
    latest, other = cell.latest, cell.opposite
    return {
        "stand": stand_of(latest),
        "day": latest["said"]["value"] if latest["said"] else None,
        "quotation": latest["evidence"]["text"],
        "publisher": latest["publisher"],
        "count": cell.positions,
        "other": stand_of(other) if other is not None else None,
    }


SIDES = (("support", "for", "for"), ("oppose", "against", "against"), ("neutral", "neither", ""))


def _stands(stands: Stands) -> View:
    sides = []
    for stance, name, css in SIDES:
        told = [(holder, basis) for holder in stands.holders for basis in _latest(holder) if basis.stance == stance]
        if told:
            sides.append({"name": name, "css": css, "told": told})
    plain = f"<Stands of {len(stands.holders)} holders on {stands.question!r}>"
    return View(drawn("stands.html.jinja", stands=stands, sides=sides), plain)


def _latest(holder: Holder) -> list[Basis]:
    """The latest position of a holder, and the latest on the other side."""
    return [b for b in (holder.latest, holder.opposite) if b is not None]


def _dossier(dossier: Dossier, rows: int) -> View:
    event = dossier.event
    mentions = _laid_out(dossier.mentions, rows)
    columns = [
        Column("who", lambda p: p["holder"]),
        Column("stand", stand_of),
        Column("said", lambda p: p["said"]),
        Column("article", lambda p: p["article"]),
    ]
    held = event["positions"]
    positions = {"title": "Who stands where on it", "columns": columns, "count": len(held), "rows": [[c.cell(p) for c in columns] for p in held[:rows]]}
    return View(drawn("event.html.jinja", event=event, dossier=dossier, tables=[mentions, positions]), f"<Event {event['id']}: {event['title']}>")
