"""Tables for a reader: which columns of each kind of row are worth a look, and how a value is put."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.export.terminal import shortened
from onrecord.store.query import SCHEMAS, Table
from onrecord.store.query.statements import STATEMENTS

Row = Mapping[str, Any]
SIGNS = {"support": "+", "oppose": "−", "neutral": "○"}
"""Before a stand, so that it is told without its colour."""
CSS = {"support": "for", "oppose": "against"}
LONGEST = 240


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a cell: words, softer words beneath them, a class of the style sheet, an address, and whether it is a figure."""

    text: str
    below: str = ""
    css: str = ""
    href: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and what of a row it shows, a cell or a plain value."""

    heading: str
    of: Callable[[Row], Any]

    def cell(self, row: Row) -> Cell:
        """The row's cell in this column."""
        value = self.of(row)
        return value if isinstance(value, Cell) else plain(value)


def plain(value: Any) -> Cell:
    """A plain value as a cell.

    >>> plain(0.8612).text, plain(None).text, plain(True).text
    ('0.86', '', 'yes')
    """
    if isinstance(value, bool):
        return Cell(text="yes" if value else "no")
    if isinstance(value, float):
        return Cell(text=f"{value:.6g}" if abs(value) > 100 else f"{value:.2f}", css="figure")
    if isinstance(value, int):
        return Cell(text=f"{value:,}", css="figure")
    return Cell(text="" if value is None else shortened(str(value), LONGEST))


def stand_of(position: Row) -> Cell:
    """A position's act with the sign and the colour of its side, and how it is held where it is not simply taken."""
    act = str(position["act"]).replace("_", " ")
    status = position.get("status") or "taken"
    return Cell(text=f"{SIGNS[position['stance']]} {act}", below="" if status == "taken" else status, css=CSS.get(position["stance"], ""))


def address(url: str | None) -> str | None:
    """An address that a page may lead to: of the web, and none that would run in it.

    >>> address("https://example.org/a"), address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _source(row: Row) -> Cell:
    return Cell(text=row["publisher"] or row["article"] or "", below=row["published"] or "", href=address(row["url"]))


def _who(row: Row) -> Cell:
    sides: dict[str, list[str]] = {"actor": [], "recipient": []}
    for p in row["actors"]:
        sides.setdefault(p["role"], []).append(p["name"])
    return Cell(text=", ".join(sides["actor"]), below=f"to {', '.join(sides['recipient'])}" if sides["recipient"] else "")


def _on_it(row: Row) -> Cell:
    counted = {side: sum(p["stance"] == side for p in row["positions"]) for side in SIGNS}
    return Cell(text=" ".join(f"{SIGNS[side]}{n}" for side, n in counted.items() if n))


def _voice(row: Row) -> str:
    return row["said_by"] or "the article"


def _named(field: str) -> Callable[[Row], Cell]:
    return lambda r: Cell(text=r[field]["name"] or "", below=_code(r[field]["id"]))


def _code(id: str | None) -> str:
    """An actor's id; nothing for whom a record knows by a word alone."""
    return "" if id is None or id.startswith("_.") else id


def _day(field: str) -> Callable[[Row], Cell]:
    return lambda r: Cell(text=(r[field]["value"] or "") if r[field] else "", css="date")


def _speaker(row: Row) -> Cell:
    who = row["speaker"]
    return Cell(text=who["name"] or "somebody", below=", ".join(x for x in (who["role"], who["affiliation"]) if x))


def _figure(field: str) -> Column:
    return Column(field.replace("_", " "), lambda r: r[field])


CONFIDENCE = _figure("confidence")
SOURCE = Column("source", _source)
KINDS: dict[str, tuple[Mapping[str, Any], tuple[Column, ...]]] = {
    "Events": (
        SCHEMAS["events"],
        (
            Column("when", _day("date")),
            Column("what", lambda r: Cell(text=r["title"] or "", below=r["type"] if r["mode"] is None else f"{r['type']} {r['mode']}")),
            Column("who", _who),
            Column("where", lambda r: r["place"] and r["place"]["name"]),
            Column("reported", lambda r: r["status"]),
            Column("stands", _on_it),
            CONFIDENCE,
        ),
    ),
    "Positions": (
        SCHEMAS["positions"],
        (
            Column("said", _day("said")),
            Column("who", _named("holder")),
            Column("stand", stand_of),
            Column("on what", lambda r: r["object"]["text"]),
            Column("in the words of", _voice),
            Column("evidence", lambda r: Cell(text=shortened(r["evidence"]["text"], LONGEST), css="quoted")),
            SOURCE,
            CONFIDENCE,
        ),
    ),
    "Quotations": (
        SCHEMAS["quotes"],
        (
            Column("who", _speaker),
            Column("how", lambda r: Cell(text=r["cue"] or "", below=r["kind"])),
            Column("what", lambda r: Cell(text=shortened(r["content"]["text"], LONGEST), css="quoted")),
            SOURCE,
            CONFIDENCE,
        ),
    ),
    "Statements": (
        STATEMENTS,
        (
            Column("first reported", lambda r: r["date"]),
            Column("who", lambda r: r["speaker"]),
            Column("what", lambda r: Cell(text=shortened(r["text"] or "", LONGEST), css="quoted")),
            Column("reported by", lambda r: ", ".join(r["publishers"] or ())),
            Column("articles", lambda r: len(r["articles"] or ())),
            _figure("origins"),
        ),
    ),
    "Actors": (
        SCHEMAS["actors"],
        (Column("who", lambda r: Cell(text=r["name"] or "", below=_code(r["id"]))), *map(_figure, ("kind", "articles", "events", "positions", "quotes"))),
    ),
    "Articles": (
        SCHEMAS["articles"],
        (
            Column("published", lambda r: r["published"]),
            Column("title", lambda r: Cell(text=r["title"] or r["id"], below=r["id"] if r["title"] else "", href=address(r["url"]))),
            _figure("publisher"),
            *map(_figure, ("events", "positions", "quotes")),
        ),
    ),
    "Mentions": (
        SCHEMAS["mentions"],
        (
            SOURCE,
            Column("put as", lambda r: r["veridicality"]),
            Column("in the words of", _voice),
            Column("evidence", lambda r: Cell(text=shortened(r["evidence"]["text"], LONGEST), css="quoted")),
            Column("figures", lambda r: ", ".join(f"{f['what']}: {f['text']}" for f in r["figures"])),
            CONFIDENCE,
        ),
    ),
    "Articles found": (
        SCHEMAS["hits"],
        (
            Column("published", lambda r: r["published"]),
            Column("article", lambda r: Cell(text=r["title"] or r["id"], below=r["publisher"] or "", href=address(r["url"]))),
            Column("passage", lambda r: Cell(text=shortened("".join(part["text"] for part in r["passage"]), LONGEST), css="quoted")),
        ),
    ),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What kind of rows a table has (``""`` where that is not known), its rows, the columns to show, and the names of those that are empty."""

    title: str
    rows: Sequence[Row]
    columns: Sequence[Column]
    empty: Sequence[str] = ()


def layout(table: Table, names: Sequence[str] | None = None) -> Layout:
    """How to show a table.

    Args:
        table: the table.
        names: of columns of the flat table to show as they are.

    Raises:
        ValueError: the table has no such column.
    """
    if names is None:
        for title, (schema, columns) in KINDS.items():
            if tuple(table.schema) == tuple(schema):
                told = [c for c in columns if not table.rows or any(c.cell(row).text for row in table.rows)]
                return Layout(title=title, rows=table.rows, columns=told)
    flat = table.flat()
    if unknown := [n for n in names or () if n not in flat.schema]:
        raise ValueError(f"the table has no column {unknown[0]!r}: choose from {', '.join(flat.columns)}")
    empty = [] if names is not None else [n for n in flat.columns if len(flat) and all(row[n] in (None, "") for row in flat)]
    shown = [_figure(n) for n in names or flat.columns if n not in empty]
    return Layout(title="", rows=flat.rows, columns=shown, empty=empty)
