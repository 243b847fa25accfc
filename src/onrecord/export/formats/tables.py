"""A table for others' tools: its columns as documented, its rows, and the file that describes it."""

from __future__ import annotations

import csv
import dataclasses
import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Literal

from onrecord.export.event import ExportEvent
from onrecord.export.formats.codes import rows as table_rows

Row = dict[str, Any]
Type = Literal["string", "integer", "float"]

GEONAMES = (
    "Names and coordinates of places: GeoNames (geonames.org), © GeoNames, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), selected and modified."
)
BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what it is made from, and when it is blank."""

    name: str
    type: Type
    source: str
    blank: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A format of rows.

    Attributes:
        name: as the command line has it.
        delimiter: between cells; where it is a tab cells are never quoted, and hold neither tabs, line breaks nor double quotation marks.
        header: whether the first line names the columns.
        unfold: the rows of an event; none where the format has no place for it.
        tells: the ways in which an event can be put, besides asserted, that the format has a place for.
        note: what the file that describes the table says of it.
    """

    name: str
    delimiter: Literal["\t", ","]
    header: bool
    unfold: Callable[[ExportEvent], Iterable[Row]]
    tells: frozenset[str] = frozenset()
    note: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return _columns(self.name)


@dataclasses.dataclass(slots=True)
class Written:
    """What became of the events: how many rows were written, and the types of which the format has no place, each with how many."""

    rows: int = 0
    left_out: Counter[str] = dataclasses.field(default_factory=Counter)


@functools.cache
def _columns(name: str) -> tuple[Column, ...]:
    return tuple(Column(name=r["column"], type=r["type"], source=r["from"], blank=r["blank"]) for r in table_rows(f"columns_{name}"))  # type: ignore[arg-type]


def write(format: TableFormat, events: Iterable[ExportEvent], out: IO[str]) -> Written:
    """Write events as rows of a format.

    Args:
        format: the format.
        events: the events.
        out: a text stream that leaves line ends as they are.
    """
    names = [c.name for c in format.columns]
    plain = format.delimiter == "\t"
    options: dict[str, Any] = {"quoting": csv.QUOTE_NONE, "quotechar": None} if plain else {}
    writer = csv.writer(out, delimiter=format.delimiter, lineterminator="\n", **options)
    done = Written()
    if format.header:
        writer.writerow(names)
    for event in events:
        number = 0
        for number, row in enumerate(format.unfold(event), 1):
            unknown = row.keys() - set(names)
            if unknown:
                raise KeyError(f"{format.name} has no column {', '.join(sorted(unknown))}")
            writer.writerow([_cell(row.get(name), plain=plain) for name in names])
        done.rows += number
        if not number:
            done.left_out[event.type] += 1
    return done


def described(format: TableFormat) -> str:
    """The table's description as JSON: its columns with their types, what they are made from and when they are blank, and what to give credit for."""
    body = {
        "format": format.name,
        "note": format.note,
        "delimiter": format.delimiter,
        "header": format.header,
        "encoding": "UTF-8",
        "missing": "",
        "attribution": GEONAMES,
        "columns": [{"name": c.name, "type": c.type, "from": c.source, "blank": c.blank} for c in format.columns],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def joined(values: Iterable[str | None], by: str = ";") -> str:
    """Values that are there, with something between them; what is between them is taken out of them."""
    return by.join(dict.fromkeys(v.replace(by.strip(), ",") for v in values if v))


def listed(values: Iterable[str | None]) -> str:
    """Values in their order, a blank for each that is not there, so that lists of one thing's properties stay side by side."""
    return "; ".join("" if v is None else v.replace(";", ",") for v in values)


def _cell(value: Any, *, plain: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".") if value else "0"
    text = str(value)
    return BREAKS.sub(" ", text).replace('"', "'").strip() if plain else BREAKS.sub(" ", text)


def iterate(format: TableFormat, events: Iterable[ExportEvent]) -> Iterator[Row]:
    """The rows of events as mappings, every column there."""
    names = [c.name for c in format.columns]
    for event in events:
        for row in format.unfold(event):
            yield {name: row.get(name) for name in names}
