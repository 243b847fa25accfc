"""Reports to a stream or file in one of the formats."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib import import_module
from typing import IO, TYPE_CHECKING, Literal

from onrecord.export.rows import COLUMNS, What, rows
from onrecord.records import Report

if TYPE_CHECKING:
    import polars

Format = Literal["jsonl", "csv", "parquet"]


GEONAMES = "Contains GeoNames data (geonames.org), CC BY 4.0, modified."
"""What the licence of the place data asks for: in the metadata of a Parquet file that has places."""

FIGURES = {"quad", "start", "end", "geonameid", "mentions", "cow", "gw"}
DECIMALS = {"confidence", "lat", "lon"}
FLAGS = {"anonymous", "disputed"}


def column_type(column: str) -> type[polars.DataType]:
    """The type of a column by its name, the same in every file, so that files of many runs fit together."""
    last = column.rpartition("_")[2]
    name = "Boolean" if column in FLAGS else "Float64" if last in DECIMALS else "Int64" if last in FIGURES and column != "date_end" else "String"
    found: type[polars.DataType] = getattr(import_module("polars"), name)  # loaded here, so that findings as text wait for no data frames
    return found


def write_jsonl(reports: Iterable[Report], out: IO[str], *, with_text: bool = False) -> int:
    """One report a line, as docs/report-format.md has it; returns how many."""
    count = 0
    for count, report in enumerate(reports, 1):
        out.write(report.to_json(with_text=with_text) + "\n")
        out.flush()
    return count


def write_csv(reports: Iterable[Report], what: What, out: IO[str]) -> int:
    """One row a finding, with a header; returns how many rows."""
    writer = csv.DictWriter(out, COLUMNS[what], lineterminator="\n")
    writer.writeheader()
    count = 0
    for count, row in enumerate(rows(reports, what), 1):
        writer.writerow(row)
    return count


NOTES: dict[str, dict[str, str]] = {"events": {"attribution": GEONAMES}, "places": {"attribution": GEONAMES}}
"""What stands in the metadata of Parquet files of some kinds of findings."""


def frame(reports: Iterable[Report], what: What) -> polars.DataFrame:
    """One row a finding."""
    found: polars.DataFrame = import_module("polars").DataFrame(list(rows(reports, what)), schema={column: column_type(column) for column in COLUMNS[what]})
    return found


def frames(reports: Iterable[Report]) -> dict[str, polars.DataFrame]:
    """One row a finding, for each kind of them."""
    reports = list(reports)
    return {what: frame(reports, what) for what in COLUMNS}


def write_parquet(reports: Iterable[Report], what: What, out: IO[bytes]) -> int:
    """One row a finding as Parquet; returns how many rows."""
    found = frame(reports, what)
    found.write_parquet(out, metadata=NOTES.get(what))
    return found.height
