"""``onrecord events``, ``positions``, ``quotes``, ``actors`` and ``articles``: what a record holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli.app import app, console, opened, say
from onrecord.cli.opening import Database, record
from onrecord.export.answers import What, shown, write_columns, write_flat, write_rows
from onrecord.store import Record, Table

PAGE = 2_000
SHOWN = 50


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Reviewed(StrEnum):
    """Which findings to take, by what reviews say of them."""

    any = "any"
    confirmed = "confirmed"
    unreviewed = "unreviewed"
    with_rejected = "with-rejected"
    rejected = "rejected"


Many = list[str] | None
Actor = Annotated[Many, typer.Option(help="An actor's id (CHL.GOV) or any of its names; may be repeated, as all filters but dates and confidence.")]
Country = Annotated[Many, typer.Option(help="The actor's country (CHL).")]
Sector = Annotated[Many, typer.Option(help="The actor's PLOVER sector (GOV).")]
Type = Annotated[Many, typer.Option(help="The type: of an event, of the event a position is on, of quotation (direct) or of actor (state).")]
Act = Annotated[Many, typer.Option(help="What the position is (condemn).")]
Stance = Annotated[Many, typer.Option(help="oppose, support or neutral.")]
Event = Annotated[Many, typer.Option(help="The event the position is on, by id.")]
Place = Annotated[Many, typer.Option(help="The event's place, by name, country code or GeoNames id.")]
Publisher = Annotated[Many, typer.Option(help="Who published the article.")]
Article = Annotated[Many, typer.Option(help="The article, by id.")]
Story = Annotated[Many, typer.Option(help="The story that the article belongs to, by id.")]
Source = Annotated[Many, typer.Option(help="Who does it: an actor's id or any of its names.")]
Target = Annotated[Many, typer.Option(help="To whom it is done: an actor's id or any of its names.")]
About = Annotated[Many, typer.Option(help="The actor whom the position is on: an id or any of its names.")]
Text = Annotated[str | None, typer.Option(help='Words of the article: all of them, "in this order" in quotation marks, -without, this OR that.')]
Since = Annotated[str | None, typer.Option(help="The first day: 2021-03-09, 2021-03 or 2021.")]
Until = Annotated[str | None, typer.Option(help="The last day.")]
Least = Annotated[float | None, typer.Option("--min-confidence", min=0.0, max=1.0, help="The least confidence.")]
Review = Annotated[Reviewed | None, typer.Option("--reviewed", help="By reviews: any but what was rejected unless given.")]
Formatted = Annotated[Format, typer.Option("--format", "-f", help="How to write the rows.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")]
Limit = Annotated[int | None, typer.Option(min=1, help=f"The most rows; {SHOWN} in a table, else all.")]
After = Annotated[str | None, typer.Option(help="The cursor that came with the rows before.")]


@app.command()
def events(
    *,
    db: Database,
    actor: Actor = None,
    source: Source = None,
    target: Target = None,
    country: Country = None,
    sector: Sector = None,
    type: Type = None,
    place: Place = None,
    publisher: Publisher = None,
    article: Article = None,
    story: Story = None,
    text: Text = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Least = None,
    reviewed: Review = None,
    format: Formatted = Format.table,
    output: Output = None,
    limit: Limit = None,
    after: After = None,
) -> None:
    """List events, the latest first: who took part, where it was reported, who stands where on it."""
    wanted: dict[str, Any] = {
        "actor": actor,
        "source": source,
        "target": target,
        "country": country,
        "sector": sector,
        "type": type,
        "place": place,
        "publisher": publisher,
        "article": article,
        "story": story,
        "text": text,
    }
    _answer("events", db, {**wanted, "since": since, "until": until, "min_confidence": min_confidence, "reviewed": reviewed}, format, output, limit, after)


@app.command()
def positions(
    *,
    db: Database,
    actor: Actor = None,
    about: About = None,
    country: Country = None,
    sector: Sector = None,
    type: Type = None,
    act: Act = None,
    stance: Stance = None,
    event: Event = None,
    place: Place = None,
    publisher: Publisher = None,
    article: Article = None,
    story: Story = None,
    text: Text = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Least = None,
    reviewed: Review = None,
    format: Formatted = Format.table,
    output: Output = None,
    limit: Limit = None,
    after: After = None,
) -> None:
    """List positions, the last said first: who stands where on what, in whose words."""
    wanted: dict[str, Any] = {"actor": actor, "country": country, "sector": sector, "type": type, "act": act, "stance": stance, "event": event, "place": place}
    wanted |= {"about": about, "publisher": publisher, "article": article, "story": story, "text": text}
    _answer("positions", db, {**wanted, "since": since, "until": until, "min_confidence": min_confidence, "reviewed": reviewed}, format, output, limit, after)


@app.command()
def quotes(
    *,
    db: Database,
    actor: Actor = None,
    country: Country = None,
    sector: Sector = None,
    type: Type = None,
    publisher: Publisher = None,
    article: Article = None,
    story: Story = None,
    text: Text = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Least = None,
    reviewed: Review = None,
    format: Formatted = Format.table,
    output: Output = None,
    limit: Limit = None,
    after: After = None,
) -> None:
    """List who says what, of the articles published last first."""
    wanted: dict[str, Any] = {
        "actor": actor,
        "country": country,
        "sector": sector,
        "type": type,
        "publisher": publisher,
        "article": article,
        "story": story,
        "text": text,
    }
    _answer("quotes", db, {**wanted, "since": since, "until": until, "min_confidence": min_confidence, "reviewed": reviewed}, format, output, limit, after)


@app.command()
def statements(
    *,
    db: Database,
    actor: Actor = None,
    country: Country = None,
    sector: Sector = None,
    publisher: Publisher = None,
    article: Article = None,
    text: Text = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Least = None,
    reviewed: Review = None,
    format: Formatted = Format.table,
    output: Output = None,
    limit: Limit = None,
    after: After = None,
) -> None:
    """List what was said once, however many articles carry it: the best quotation, who signs it, who reports it."""
    wanted: dict[str, Any] = {"actor": actor, "country": country, "sector": sector, "publisher": publisher, "article": article, "text": text}
    _answer("statements", db, {**wanted, "since": since, "until": until, "min_confidence": min_confidence, "reviewed": reviewed}, format, output, limit, after)


@app.command()
def actors(
    *,
    db: Database,
    actor: Actor = None,
    country: Country = None,
    sector: Sector = None,
    type: Type = None,
    publisher: Publisher = None,
    article: Article = None,
    story: Story = None,
    text: Text = None,
    since: Since = None,
    until: Until = None,
    reviewed: Review = None,
    format: Formatted = Format.table,
    output: Output = None,
    limit: Limit = None,
    after: After = None,
) -> None:
    """List actors, those first that are in the most articles."""
    wanted: dict[str, Any] = {
        "actor": actor,
        "country": country,
        "sector": sector,
        "type": type,
        "publisher": publisher,
        "article": article,
        "story": story,
        "text": text,
    }
    _answer("actors", db, {**wanted, "since": since, "until": until, "reviewed": reviewed}, format, output, limit, after)


@app.command()
def articles(
    *,
    db: Database,
    actor: Actor = None,
    country: Country = None,
    sector: Sector = None,
    type: Type = None,
    place: Place = None,
    publisher: Publisher = None,
    article: Article = None,
    story: Story = None,
    text: Text = None,
    since: Since = None,
    until: Until = None,
    reviewed: Review = None,
    format: Formatted = Format.table,
    output: Output = None,
    limit: Limit = None,
    after: After = None,
) -> None:
    """List articles, the last published first, with how much is on record in each."""
    wanted: dict[str, Any] = {
        "actor": actor,
        "country": country,
        "sector": sector,
        "type": type,
        "place": place,
        "publisher": publisher,
        "article": article,
        "story": story,
        "text": text,
    }
    _answer("articles", db, {**wanted, "since": since, "until": until, "reviewed": reviewed}, format, output, limit, after)


def _answer(what: What, db: str, wanted: dict[str, Any], format: Format, output: Path | None, limit: int | None, after: str | None) -> None:
    """Write the rows; what is worth knowing of them, and that there are none or more, is said on standard error."""
    given = {name: value for name, value in wanted.items() if value not in (None, [])}
    with record(db) as asked:
        if format is Format.table and limit is None:
            limit = SHOWN
        pages = _Pages(asked, what, given, limit, after)
        count = _written(pages, what, format, output)
    for note in pages.notes:
        say(note)
    if not count:
        say(f"no {what} in the record match" if given else f"the record holds no {what}")
    if pages.following is not None:
        say(f"there are more: raise --limit, or go on with --after {pages.following}")


class _Pages:
    """The tables of an answer, a page after the other; afterwards, where it goes on and what was noted."""

    def __init__(self, asked: Record, what: What, wanted: dict[str, Any], limit: int | None, after: str | None) -> None:
        self._asked, self._what, self._wanted, self._left = asked, what, wanted, limit
        self.following = after
        self.notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Table]:
        while True:
            size = PAGE if self._left is None else min(PAGE, self._left)
            table: Table = getattr(self._asked, self._what)(**self._wanted, limit=size, after=self.following)
            self.following, self.notes = table.next, table.notes
            yield table
            if self._left is not None:
                self._left -= len(table)
            if self.following is None or self._left == 0:
                return


def _written(pages: Iterable[Table], what: What, format: Format, output: Path | None) -> int:
    if format is Format.parquet:
        if output is None and sys.stdout.isatty():
            raise typer.BadParameter("Parquet is binary: give a file with --output", param_hint="--format parquet")
        if output is None:
            return write_columns(pages, sys.stdout.buffer)
        opened(output).close()
        with output.open("wb") as file:
            return write_columns(pages, file)
    if output is not None:
        with opened(output) as out:
            return _text(pages, what, format, out)
    return _text(pages, what, format, sys.stdout)


def _text(pages: Iterable[Table], what: What, format: Format, out: Any) -> int:
    if format is Format.jsonl:
        return write_rows(pages, out)
    if format is Format.csv:
        return write_flat(pages, out)
    count = 0
    for table in pages:
        if len(table):
            console(out).print(shown(table, what))
        count += len(table)
    return count
