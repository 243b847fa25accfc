"""``onrecord resolve``: who, where or when a phrase is, without an article."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import polars
import typer
from rich.table import Table

from onrecord.cli import coders
from onrecord.cli.app import NOT_FOUND, app, console, opened, say
from onrecord.export.resolved import COLUMNS, Phrases, Row
from onrecord.export.write import GEONAMES, column_type


class Room(StrEnum):
    """What phrases name."""

    actors = "actors"
    places = "places"
    times = "times"


class RowFormat(StrEnum):
    """How rows are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


SHOWN = {
    "actors": ("phrase", "name", "country", "sector", "kind", "reason"),
    "places": ("phrase", "name", "country", "admin1", "precision", "lat", "lon", "share", "reason"),
    "times": ("phrase", "text", "type", "value", "reason"),
}
"""What a table on a screen has room for; the other formats have all columns."""
TYPES = {"disputed": polars.Boolean, "share": polars.Float64, "population": polars.Int64}
READERS: Mapping[str, Callable[[Path], polars.DataFrame]] = {".parquet": polars.read_parquet, ".jsonl": polars.read_ndjson, ".ndjson": polars.read_ndjson}


@app.command()
def resolve(
    room: Annotated[Room, typer.Argument(help="What the phrases name.")],
    phrases: Annotated[list[str] | None, typer.Argument(help="The phrases; - reads one a line from standard input.", metavar="[PHRASE…]")] = None,
    *,
    input: Annotated[Path | None, typer.Option("--input", "-i", help="A CSV, JSONL or Parquet file with phrases; its columns are kept.")] = None,
    column: Annotated[str, typer.Option(help="The column of the phrases.")] = "phrase",
    date: Annotated[str | None, typer.Option(help="When the phrases were written (2021-03-09); of a file's rows, where its column `date` is empty.")] = None,
    context: Annotated[str | None, typer.Option(help="A country (actors) or text (places) that tells namesakes apart; or the column `context`.")] = None,
    country: Annotated[str | None, typer.Option(help="The code of the country that speaks (places); or the column `country`.")] = None,
    candidates: Annotated[bool, typer.Option("--candidates", help="All places that a name can mean, not only the likeliest.")] = False,
    actors: coders.ActorTables = None,
    format: Annotated[RowFormat, typer.Option("--format", "-f", help="How to write the rows.")] = RowFormat.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
) -> None:
    """Say who, where or when phrases are: `onrecord resolve actors "Kyiv police"`."""
    asked = list(_asked(phrases or [], input, column))
    own = tuple(row for table in coders.actor_tables(actors or ()) for row in table.rows)
    known = Phrases(room.value, own=own)
    defaults = {"date": date, "context": context, "country": country}
    found: list[Row] = []
    unknown = 0
    for cells in asked:
        given = {name: str(cells.get(name) or "") or default for name, default in defaults.items()}
        rows = known.rows(str(cells.get(column) or ""), **given, candidates=candidates)
        unknown += not rows
        found.extend({**{k: v for k, v in cells.items() if k not in COLUMNS[room.value]}, **row} for row in rows or [{"phrase": cells.get(column)}])
    _write(found, room.value, format, output)
    if unknown:
        say(f"{unknown} of {len(asked)} phrase(s) are nobody, nowhere or no time that is known")
    if asked and unknown == len(asked):
        raise typer.Exit(NOT_FOUND)


def _asked(phrases: list[str], input: Path | None, column: str) -> Iterator[dict[str, Any]]:
    """The phrases of the command line, of standard input and of a file, each with what else its row says."""
    for phrase in phrases:
        if phrase == "-":
            yield from ({column: line.rstrip("\n")} for line in sys.stdin if line.strip())
        else:
            yield {column: phrase}
    if input is None:
        if not phrases:
            raise typer.BadParameter("give phrases, - for standard input, or --input FILE", param_hint="PHRASE")
        return
    try:
        reader = READERS.get(input.suffix.lower())
        frame = reader(input) if reader else polars.read_csv(input, infer_schema=False)
    except (OSError, polars.exceptions.PolarsError) as error:
        raise typer.BadParameter(f"can't read {input}: {str(error).splitlines()[0]}", param_hint="--input") from error
    if column not in frame.columns:
        raise typer.BadParameter(f"{input} has no column {column!r}; it has {', '.join(frame.columns)}", param_hint="--column")
    yield from frame.iter_rows(named=True)


def _write(rows: list[Row], room: str, format: RowFormat, output: Path | None) -> None:
    columns = COLUMNS[room]
    kept = tuple(dict.fromkeys(k for row in rows for k in row if k not in columns))
    types = {
        c: polars.Boolean if c == "disputed" else polars.Float64 if c == "share" else polars.Int64 if c == "population" else column_type(c) for c in columns
    }
    frame = polars.DataFrame(
        [{**dict.fromkeys((*kept, *columns)), **row} for row in rows], schema={**dict.fromkeys(kept, None), **types}, infer_schema_length=None
    )
    match format:
        case RowFormat.parquet:
            data = io.BytesIO()
            frame.write_parquet(data, metadata={"attribution": GEONAMES} if room == "places" else None)
            _bytes(data.getvalue(), output)
        case RowFormat.table:
            table = Table(*SHOWN[room])
            for row in frame.select(SHOWN[room]).iter_rows():
                table.add_row(*("" if cell is None else str(cell) for cell in row))
            console(opened(output) if output else sys.stdout).print(table)
        case _:
            text = frame.write_csv() if format is RowFormat.csv else frame.write_ndjson()
            _bytes(text.rstrip("\n").encode() + b"\n", output)


def _bytes(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    opened(output).close()
    output.write_bytes(data)
