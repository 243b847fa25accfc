"""The table that a query gives: rows as dicts, and columns for whatever reads Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import polars

from onrecord.records.showing import Shown

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]
Schema = Mapping[str, Any]
"""The type of each column; for polars."""

MAIN = ("value", "name", "text")
"""The field of a structure that stands under the structure's own name when it is made flat."""
JOIN = "; "


class Table(Shown):
    """Rows with named columns; some hold structures (``date``) or lists of them (``positions``).

    It is an Arrow stream (``__arrow_c_stream__``) to polars, pyarrow, DuckDB and pandas.

    Args:
        rows: the rows, each with every column.
        schema: the columns and their types, in order.
        next: what to give as ``after`` to get the rows that follow; None where there are none.
        notes: what is worth knowing about the answer.
    """

    def __init__(self, rows: Sequence[Row], schema: Schema, *, next: str | None = None, notes: Sequence[str] = ()) -> None:
        self.rows = tuple(rows)
        self.schema = dict(schema)
        self.next = next
        self.notes = tuple(notes)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, at: int) -> Row:
        return self.rows[at]

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.schema)}>"

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.schema)

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars data frame."""
        return polars.DataFrame(self.rows, schema=self.schema, orient="row")

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas data frame; pandas has to be installed.

        Raises:
            ImportError: it is not.
        """
        frame = import_module("pandas").DataFrame
        made: pandas.DataFrame = frame({c: [row[c] for row in self.rows] for c in self.schema}, columns=self.columns)
        return made

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def flat(self) -> Table:
        """The table with plain values only, for CSV: ``date: {value, precision}`` becomes ``date`` and ``date_precision``.

        The items of a list are joined by ``;``; where they have no name of their own, the list's column says how many there are.
        """
        schema: dict[str, Any] = {}
        for name, kind in self.schema.items():
            schema.update(_flat_schema(name, kind))
        rows = []
        for row in self.rows:
            flat: Row = {}
            for name, kind in self.schema.items():
                flat.update(_flat_value(name, kind, row[name]))
            rows.append(flat)
        return Table(rows, schema, next=self.next, notes=self.notes)


def structure(**fields: Any) -> polars.Struct:
    """The type of a structure."""
    return polars.Struct(fields)


def _flat_schema(name: str, kind: Any) -> dict[str, Any]:
    if isinstance(kind, polars.List):
        inner = kind.inner
        if not isinstance(inner, polars.Struct):
            return {name: polars.String}
        joined = {_flat_name(name, f.name): polars.String for f in inner.fields}
        return joined if name in joined else {name: polars.Int64, **joined}
    if isinstance(kind, polars.Struct):
        return {_flat_name(name, f.name): polars.String if isinstance(f.dtype, polars.List) else f.dtype for f in kind.fields}
    return {name: kind}


def _flat_value(name: str, kind: Any, value: Any) -> Row:
    if isinstance(kind, polars.List):
        items = value or ()
        if not isinstance(kind.inner, polars.Struct):
            return {name: JOIN.join(_written(v) for v in items)}
        joined = {_flat_name(name, f.name): JOIN.join(_written(item[f.name]) for item in items) for f in kind.inner.fields}
        return joined if name in joined else {name: len(items), **joined}
    if isinstance(kind, polars.Struct):
        fields = {f.name: None if value is None else value[f.name] for f in kind.fields}
        return {_flat_name(name, n): _written(v) if isinstance(v, list | tuple) else v for n, v in fields.items()}
    return {name: value}


def _flat_name(name: str, field: str) -> str:
    return name if field in MAIN else f"{name}_{field}"


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_written(v) for v in value)
    return "" if value is None else str(value)
