"""``onrecord brief``: what is on record on an event or an issue, to be taken away."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.app import NOT_FOUND, USED_WRONGLY, app, notes, say
from onrecord.cli.opening import Database, record
from onrecord.cli.standing import day
from onrecord.issues import Issue, IssueError
from onrecord.store import QueryError

SUFFIXES = (".docx", ".xlsx", ".html", ".zip")


class Point(StrEnum):
    """How sure positions must be."""

    strict = "strict"
    broad = "broad"


@app.command()
def brief(
    about: Annotated[str, typer.Argument(help="The id of an event, or a TOML file with an issue.", metavar="EVENT|ISSUE")],
    *,
    db: Database,
    output: Annotated[Path, typer.Option("--output", "-o", help=f"A file ({', '.join(SUFFIXES)}), or a folder for all of them.")],
    operating_point: Annotated[Point, typer.Option(help="strict: positions that are surest; broad: all that are found.")] = Point.strict,
    as_of: Annotated[str | None, typer.Option(help="Only what was said, and of an event published, by this day (2021-03-09).")] = None,
    holder: Annotated[list[str] | None, typer.Option(help="Look for a statement of this actor or country code; may be repeated.")] = None,
) -> None:
    """Write a brief: who reports what, who stands where, who denies it, each with its quotation and source."""
    from onrecord.explore import briefs  # noqa: PLC0415  # takes a while to load, and few commands need it

    if output.suffix and output.suffix not in SUFFIXES:
        raise typer.BadParameter(f"{output.suffix} is none of {', '.join(SUFFIXES)}; without a suffix it is a folder", param_hint="--output")
    until = day(as_of, "--as-of")
    try:
        issue = Issue.read(about) if about.endswith(".toml") else None
    except IssueError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    with record(db) as of:
        try:
            if issue is None:
                made = briefs.on_event(of, about, as_of=until, holders=holder or (), point=operating_point.value)
            else:
                made = briefs.on_issue(of, issue, as_of=until, holders=holder or (), point=operating_point.value)
        except QueryError as error:
            say(str(error))
            raise typer.Exit(NOT_FOUND) from error
    try:
        if output.suffix:
            output.write_bytes(briefs.FORMS[output.suffix](made))
        else:
            output.mkdir(parents=True, exist_ok=True)
            for name, content in briefs.files(made).items():
                (output / name).write_bytes(content)
    except OSError as error:
        raise typer.BadParameter(f"can't write {output}: {error.strerror}", param_hint="--output") from error
    notes.print(f"{len(made.positions)} positions from {len(made.sources)} articles in {output}", markup=False)
