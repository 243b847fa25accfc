"""Reports to a stream or file in one of the formats."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO, Literal

import polars

from onrecord.export.rows import COLUMNS, What, rows
from onrecord.records import Report

Format = Literal["jsonl", "csv", "parquet"]


GEONAMES = "Contains GeoNames data (geonames.org), CC BY 4.0, modified."
"""What the licence of the place data asks for: in the metadata of a Parquet file that has places."""

FIGURES = {"quad", "start", "end", "geonameid", "mentions", "cow", "gw"}
DECIMALS = {"confidence", "lat", "lon"}
FLAGS = {"anonymous", "disputed"}


def column_type(column: str) -> type[polars.DataType]:
    """The type of a column by its name, the same in every file, so that files of many runs fit together."""
    last = column.rpartition("_")[2]
    if column in FLAGS:
        return polars.Boolean
    if last in DECIMALS:
        return polars.Float64
    return polars.Int64 if last in FIGURES and column != "date_end" else polars.String


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
    return polars.DataFrame(list(rows(reports, what)), schema={column: column_type(column) for column in COLUMNS[what]})


def frames(reports: Iterable[Report]) -> dict[str, polars.DataFrame]:
    """One row a finding, for each kind of them."""
    reports = list(reports)
    return {what: frame(reports, what) for what in COLUMNS}


def write_parquet(reports: Iterable[Report], what: What, out: IO[bytes]) -> int:
    """One row a finding as Parquet; returns how many rows."""
    found = frame(reports, what)
    found.write_parquet(out, metadata=NOTES.get(what))
    return found.height
