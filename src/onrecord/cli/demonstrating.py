"""``onrecord demo``: the bundled articles into a record, and who stands where on each event, told apart by date."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli import coders
from onrecord.cli.app import USED_WRONGLY, app, console, notes, opened, say
from onrecord.cluster.linker import Linker
from onrecord.export.page import page
from onrecord.store import Record, RecordError, open_record
from onrecord.store.stands import Holder

SIDES = (("for", "support", "green"), ("against", "oppose", "red"))
LONGEST = 150


@app.command()
def demo(
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("onrecord-demo.html"),
    db: Annotated[Path | None, typer.Option("--db", help="Keep the record in this file; without it the record goes when the demo ends.")] = None,
    articles: Annotated[Path | None, typer.Option(help="Write the articles to this new file (JSON Lines), to try other commands on.")] = None,
) -> None:
    """Make a record of the bundled example articles, show who stands where on each event in it and write the page."""
    for new in (db, articles):
        if new is not None and new.exists():
            say(f"{new} is there already: give the name of a new file")
            raise typer.Exit(USED_WRONGLY)
    out = console(sys.stdout)
    if articles is not None:
        _write(articles)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with open_record(db or Path(folder) / "record.db") as record:
                _show(record, out, output)
        except RecordError as error:
            say(str(error))
            raise typer.Exit(USED_WRONGLY) from error
    out.print(f"The texts with every finding marked and explained: {output}", soft_wrap=True, markup=False)
    if db is not None:
        out.print(f"The record: {db} (ask it with `onrecord events --db {db}`, `onrecord positions`, `onrecord stands`)", soft_wrap=True, markup=False)
    if articles is not None:
        out.print(f"The articles: {articles}", soft_wrap=True, markup=False)


def _write(articles: Path) -> None:
    """The bundled articles as they are, into a new file."""
    try:
        articles.parent.mkdir(parents=True, exist_ok=True)
        articles.write_bytes((files("onrecord") / "examples" / "articles.jsonl").read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"can't write {articles}: {error.strerror}", param_hint="--articles") from error


def _show(record: Record, out: Console, output: Path) -> None:
    with as_file(files("onrecord") / "examples" / "articles.jsonl") as bundled, notes.status("coding twelve articles"):
        record.add(coders.articles(coders.documents([str(bundled)])), coders.coder(), linker=Linker())
    reports = [r for row in reversed(list(record.articles())) if (r := record.report(row["id"])) is not None]
    shown = [event for event in reversed(list(record.events())) if event["positions"]]
    out.print("Who stands where, event by event", style="bold")
    for event in shown:
        if rows := list(_rows(record.stands(event["id"]).holders)):
            out.print(_event(event, rows))
    with opened(output) as file:
        file.write(page(reports, title="On record: the bundled examples"))
    figures = {name: sum(len(getattr(r, name)) for r in reports) for name in ("events", "positions")}
    out.print(f"\n{len(reports)} articles, {len(list(record.events()))} events in {figures['events']} mentions, {figures['positions']} positions.")


def _event(event: dict[str, Any], rows: Sequence[tuple[RenderableType, ...]]) -> RenderableType:
    """An event with its date, place and sources, and the holders on either side, each with the sentence that says so."""
    date, place = event["date"] or {}, event["place"] or {}
    when_where = ", ".join(filter(None, (date.get("value") or "no date", place.get("name"))))
    outlets = sorted({p for origin in event["origins"] for p in origin["publishers"]})
    head = Text.assemble("\n", (event["title"], "bold"), f"\n{event['type'].lower().replace('_', ' ')} · {when_where} · ", (event["status"] or "", "dim"))
    head.append(f" ({', '.join(outlets)})" if outlets else "", "dim")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False, expand=True)
    table.add_column(width=len("against"))
    for ratio in (4, 3, 10):
        table.add_column(ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return Group(head, table)


def _rows(holders: tuple[Holder, ...]) -> Iterator[tuple[RenderableType, ...]]:
    for name, stance, style in SIDES:
        for holder in holders:
            for basis in {b.position: b for b in (holder.latest, holder.opposite) if b is not None and b.stance == stance}.values():
                said = " ".join(basis.quotation.split())
                said = said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …"
                yield (
                    Text(name, style),
                    Text(holder.name),
                    Text(f"{basis.act.replace('_', ' ')}, {basis.day or 'no date'}"),
                    Text(f"{said} ({basis.publisher})", "dim"),
                )
