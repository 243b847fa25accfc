"""``onrecord counts`` and ``onrecord changes``: figures of a record by unit and period, and what is new in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table as Shown

from onrecord.cli import asking
from onrecord.cli.app import USED_WRONGLY, app, console, opened, say
from onrecord.cli.opening import Database, record
from onrecord.export.answers import write_columns, write_flat, write_rows
from onrecord.store import QueryError, Table


@app.command()
def counts(
    *,
    db: Database,
    unit: Annotated[str, typer.Option(help="Who or what (dyad, actor, event, place) and the period (day, week, month, quarter, year): dyad-month.")],
    by: Annotated[str, typer.Option(help="What is counted: event, origin (independent texts), statement or mention.")] = "event",
    level: Annotated[str, typer.Option(help="How actors are told apart: country, sector (CHL.GOV) or actor.")] = "country",
    split: Annotated[str, typer.Option(help="A row for each quad class or type, or none.")] = "quad",
    fill: Annotated[bool, typer.Option("--fill", help="Give rows with a count of zero, too.")] = False,
    actor: asking.Actor = None,
    country: asking.Country = None,
    sector: asking.Sector = None,
    type: asking.Type = None,
    place: asking.Place = None,
    publisher: asking.Publisher = None,
    text: asking.Text = None,
    since: asking.Since = None,
    until: asking.Until = None,
    min_confidence: asking.Least = None,
    reviewed: asking.Review = None,
    format: asking.Formatted = asking.Format.table,
    output: asking.Output = None,
) -> None:
    """Count events by dyad, actor, type or country and period, with how much was published beside it."""
    wanted: dict[str, Any] = {"actor": actor, "country": country, "sector": sector, "type": type, "place": place, "publisher": publisher, "text": text}
    wanted |= {"since": since, "until": until, "min_confidence": min_confidence, "reviewed": reviewed}
    with record(db) as of:
        try:
            table = of.counts(unit, by=by, level=level, split=split, fill=fill, **{k: v for k, v in wanted.items() if v not in (None, [])})
        except QueryError as error:
            say(str(error))
            raise typer.Exit(USED_WRONGLY) from error
    for note in table.notes:
        say(note)
    write(table, format, output)


@app.command()
def changes(
    *,
    db: Database,
    since: Annotated[str | None, typer.Option(help="A time (2021-03-09T12:00:00), or the point that the last answer ended with.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="The most rows.")] = None,
    format: asking.Formatted = asking.Format.table,
    output: asking.Output = None,
) -> None:
    """List what is new, changed or gone in a record, oldest first."""
    with record(db) as of:
        table = of.changes(since, limit=limit)
    write(table, format, output)
    if table.next:
        say(f"go on with --since {table.next}")


def write(table: Table, format: asking.Format, output: Path | None) -> None:
    """Write a table whose cells are plain values."""
    if format is asking.Format.parquet:
        if output is None and sys.stdout.isatty():
            raise typer.BadParameter("Parquet is binary: give a file with --output", param_hint="--format parquet")
        if output is None:
            write_columns([table], sys.stdout.buffer)
            return
        opened(output).close()
        with output.open("wb") as file:
            write_columns([table], file)
        return
    out = opened(output) if output else sys.stdout
    if format is asking.Format.jsonl:
        write_rows([table], out)
    elif format is asking.Format.csv:
        write_flat([table], out)
    else:
        shown = Shown(*table.columns, box=None, pad_edge=False, header_style="dim")
        for row in table:
            shown.add_row(*("" if row[c] is None else str(row[c]).replace("[", r"\[") for c in table.columns))
        console(out).print(shown)
    if output:
        out.close()
