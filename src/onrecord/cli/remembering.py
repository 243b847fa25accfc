"""``onrecord memory``: what coded articles tell of who holds which office, and snapshots of it to code with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table

from onrecord.actors import Learner, Lexicon, Memory, MemoryFileError, Office
from onrecord.cli.app import NOT_FOUND, NOTHING_CODED, USED_WRONGLY, app, console, notes, opened, say
from onrecord.records import Report

memory = typer.Typer(name="memory", help="What coded articles tell of who holds which office; it proposes and codes nothing by itself.", no_args_is_help=True)
app.add_typer(memory)

File = Annotated[Path, typer.Argument(help="The memory: a file of testimonies.", metavar="MEMORY")]


class ShownFormat(StrEnum):
    """How terms of office are written."""

    table = "table"
    jsonl = "jsonl"


@memory.command()
def learn(
    file: File,
    reports: Annotated[
        list[Path], typer.Argument(help="Reports saved with `onrecord code … --format jsonl --with-text`; - for standard input.", metavar="REPORT…")
    ],
) -> None:
    """Take what coded articles say of offices and dates into a memory; the file is made where there is none."""
    known = _read(file)
    learner = Learner(Lexicon.load())
    read = new = 0
    for report in _reports(reports):
        read += 1
        new += known.add(learner.learn(report))
    if not read:
        say("nothing was learned: there was no report with its text (code with --with-text)")
        raise typer.Exit(NOTHING_CODED)
    try:
        known.write(file)
    except OSError as error:
        raise typer.BadParameter(f"can't write {file}: {error.strerror}", param_hint="MEMORY") from error
    offices = known.offices()
    notes.print(f"{read} report(s) read, {new} new testimonies of {len(known)}: {len(offices)} terms, {sum(bool(o.conflicts) for o in offices)} with conflicts")


@memory.command()
def show(
    file: File,
    *,
    name: Annotated[str | None, typer.Option(help="Only of those whose name has these words.")] = None,
    country: Annotated[str | None, typer.Option(help="Only of this country's code.")] = None,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only terms that something speaks against.")] = False,
    format: Annotated[ShownFormat, typer.Option("--format", "-f", help="jsonl has every testimony with its evidence.")] = ShownFormat.table,
) -> None:
    """Show the terms of office that a memory proposes, with what speaks against them."""
    wanted = [
        office
        for office in _read(file).offices()
        if (name is None or name.casefold() in office.name.casefold())
        and (country is None or office.country == country.upper())
        and (office.conflicts or not conflicts)
    ]
    if not wanted:
        say("no such term of office")
        raise typer.Exit(NOT_FOUND)
    if format is ShownFormat.jsonl:
        for office in wanted:
            typer.echo(msgspec.json.encode(_body(office)).decode())
        return
    table = Table("name", "country", "office", "since", "until", "seen", "articles", "evidence", "conflicts")
    for o in wanted:
        seen = " – ".join(dict.fromkeys(filter(None, (o.seen_first, o.seen_last))))
        said = " ".join(o.testimonies[0].text.split())
        table.add_row(o.name, o.country, o.role, o.since, o.until, seen, str(o.articles), said, "; ".join(f"{c.kind}: {c.what}" for c in o.conflicts))
    console(sys.stdout).print(table)


@memory.command()
def freeze(
    file: File,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The snapshot to write: a CSV table of actors for `onrecord code --actors`.")],
    least_articles: Annotated[int, typer.Option(min=1, help="How many articles must say so.")] = 2,
    inferred: Annotated[bool, typer.Option("--inferred", help="Take also terms whose country is only the one the articles are about.")] = False,
) -> None:
    """Write a snapshot with the terms that nothing speaks against; reports coded with it name it by its digest."""
    opened(output).close()
    count = _read(file).freeze(output, least_articles=least_articles, inferred=inferred)
    notes.print(f"{count} term(s) in {output}")
    if not count:
        raise typer.Exit(NOT_FOUND)


@memory.command()
def forget(file: File, article: Annotated[str, typer.Argument(help="The id of an article.")]) -> None:
    """Drop all that an article says from a memory."""
    known = _read(file)
    gone = known.forget(article)
    known.write(file)
    notes.print(f"{gone} testimonies dropped")
    if not gone:
        raise typer.Exit(NOT_FOUND)


def _read(file: Path) -> Memory:
    try:
        return Memory.read(file)
    except MemoryFileError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error


def _reports(paths: list[Path]) -> Iterator[Report]:
    """The reports in files; a line that is none is said and left out."""
    for path in paths:
        try:
            with nullcontext(sys.stdin) if str(path) == "-" else path.open(encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    if not line.strip():
                        continue
                    try:
                        yield Report.from_dict(msgspec.json.decode(line))
                    except (ValueError, AttributeError) as error:
                        say(f"left out: {path}, line {number}: {error}")
        except OSError as error:
            say(f"left out: {path}: {error.strerror}")


def _body(office: Office) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(office)
    return body
