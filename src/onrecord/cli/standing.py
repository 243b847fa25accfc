"""``onrecord stands`` and ``onrecord issues``: who stands where on a question, and which questions a record suggests."""

from __future__ import annotations

import datetime
import sys
from enum import StrEnum
from typing import Annotated

import msgspec
import typer
from rich.table import Column, Table

from onrecord.cli.app import NOT_FOUND, USED_WRONGLY, app, console, say
from onrecord.cli.opening import Database, record
from onrecord.issues import Issue, IssueError, to_toml
from onrecord.store import QueryError
from onrecord.store.stands import Basis, Holder, Stands

LONGEST = 220


class StandsFormat(StrEnum):
    """How stands are written."""

    table = "table"
    jsonl = "jsonl"


class IssuesFormat(StrEnum):
    """How proposed issues are written."""

    table = "table"
    toml = "toml"


def day(value: str | None, option: str) -> datetime.date | None:
    """A date that an option gives."""
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date: write 2021-03-09", param_hint=option) from error


@app.command()
def stands(
    about: Annotated[str, typer.Argument(help="The id of an event, or a TOML file with an issue.", metavar="EVENT|ISSUE")],
    *,
    db: Database,
    as_of: Annotated[str | None, typer.Option(help="Only what was said by this day (2021-03-09).")] = None,
    holder: Annotated[list[str] | None, typer.Option(help="Look for a statement of this actor id or country code; may be repeated.")] = None,
    format: Annotated[StandsFormat, typer.Option("--format", "-f", help="jsonl has the earlier positions and every source.")] = StandsFormat.table,
) -> None:
    """Say who stands where on an event or an issue, by what each holder said last."""
    until = day(as_of, "--as-of")
    try:
        asked = Issue.read(about) if about.endswith(".toml") else about
    except IssueError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    with record(db) as of:
        try:
            found = of.stands(asked, as_of=until, holders=tuple(h.upper() if len(h) == 3 else h for h in holder or ()))
        except QueryError as error:
            say(str(error))
            raise typer.Exit(NOT_FOUND) from error
    if format is StandsFormat.jsonl:
        for row in found.holders:
            typer.echo(msgspec.json.encode({"question": found.question, "as_of": found.as_of, **msgspec.to_builtins(row)}).decode())
    else:
        _show(found)
    for name in found.without:
        say(f"{name}: {found.searched}")
    if not found.holders:
        say(str(found.searched))
        raise typer.Exit(NOT_FOUND)


@app.command()
def issues(
    *,
    db: Database,
    holders: Annotated[int, typer.Option(min=1, help="How many holders a question needs.")] = 2,
    since: Annotated[str | None, typer.Option(help="Only positions taken from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Only positions taken until this day.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    format: Annotated[IssuesFormat, typer.Option("--format", "-f", help="toml gives them as files for `onrecord stands`, to be edited.")] = IssuesFormat.table,
) -> None:
    """Propose questions on which several holders of a record take a stand."""
    with record(db) as of:
        found = of.issues(fewest=holders, since=day(since, "--since"), until=day(until, "--until"))[:limit]
    if not found:
        say("no question on which several holders take a stand")
        raise typer.Exit(NOT_FOUND)
    if format is IssuesFormat.toml:
        typer.echo("\n".join(f"# {p.holders} holders, {p.positions} positions\n{to_toml(p.issue)}" for p in found))
        return
    table = Table("question", "holders", "positions", "from", "to", "terms")
    for p in found:
        i = p.issue
        table.add_row(i.question, str(p.holders), str(p.positions), str(i.since or ""), str(i.until or ""), ", ".join(i.terms))
    console(sys.stdout).print(table)


def _show(found: Stands) -> None:
    out = console(sys.stdout)
    out.print(found.question, style="bold", markup=False)
    if found.as_of:
        out.print(f"as of {found.as_of}", markup=False)
    columns = (Column("holder", ratio=3), Column("stance", width=17), Column("said", width=11), Column("in whose words", ratio=3), Column("quotation", ratio=7))
    table = Table(*columns, Column("earlier", width=7), box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for holder in found.holders:
        table.add_row(*_row(holder))
        if holder.opposite is not None:
            table.add_row("  and", *_cells(holder.opposite), "")
    out.print(table)
    s = found.searched
    out.print(f"in {s.articles} article(s), {s.origins} independent, of {s.outlets} outlet(s)", markup=False)


def _row(holder: Holder) -> tuple[str, ...]:
    return holder.name, *_cells(holder.latest), str(len(holder.earlier) or "")


def _cells(basis: Basis) -> tuple[str, ...]:
    words = " ".join(basis.quotation.split())
    shown = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
    stance = f"{basis.stance} ({basis.act.replace('_', ' ')})" + ("" if basis.status == "taken" else f", {basis.status}")
    said = f"{basis.day or 'no date'}" + (" (published)" if basis.said_reason == "publication" else "")
    return stance, said, " · ".join(filter(None, (basis.said_by, basis.publisher))), shown
