"""``onrecord code``: articles in, findings out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from onrecord.cli import coders
from onrecord.cli.app import NOTHING_CODED, app, console, notes, opened
from onrecord.cli.progress import Bar
from onrecord.export.page import page
from onrecord.export.terminal import show
from onrecord.export.write import write_csv, write_jsonl, write_parquet
from onrecord.read import Meter
from onrecord.records import Article, Report
from onrecord.workers import Coder

PROGRESS_FROM = 5


class Format(StrEnum):
    """How findings are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    html = "html"


class Kind(StrEnum):
    """What a row of CSV or Parquet is."""

    events = "events"
    attributions = "attributions"
    positions = "positions"
    actors = "actors"
    places = "places"
    times = "times"
    framing = "framing"


@app.command()
def code(
    paths: coders.Paths,
    *,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the findings.")] = Format.table,
    what: Annotated[Kind, typer.Option(help="What a row of CSV or Parquet is.")] = Kind.events,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Keep the articles' texts in JSONL reports.")] = False,
    published: coders.Published = None,
    publisher: coders.Publisher = None,
    url: coders.Url = None,
    max_chars: coders.MaxChars = coders.MAX_CHARS,
    language: coders.Languages = None,
    day_first: coders.DayFirst = None,
    where: coders.Where = None,
    model: coders.Model = "small",
    codebook: coders.Books = None,
    actors: coders.ActorTables = None,
    operating_point: coders.Point = "broad",
    min_confidence: coders.Least = 0.0,
    jobs: coders.Jobs = 1,
) -> None:
    """Code articles: who did what to whom, who said what, who stands where."""
    meter = Meter()
    found = coders.documents(
        paths,
        published=published,
        publisher=publisher,
        url=url,
        max_chars=max_chars,
        language=language,
        day_first=day_first,
        where=where,
        meter=meter,
    )
    with coders.workers(jobs, model, operating_point, min_confidence, codebook or (), actors or ()) as coder:
        reports = _coded(coders.articles(found, meter), coder, Bar("coding", paths, meter))
        count = _written(reports, format, what, output, with_text=with_text)
    if not count:
        notes.print("nothing was coded")
        raise typer.Exit(NOTHING_CODED)


def _coded(articles: Iterable[Article], coder: Coder, bar: Bar) -> Iterator[Report]:
    """Reports in order, with a bar on standard error once there are more than a few."""
    waiting = list(_first(articles := iter(articles), PROGRESS_FROM))
    if len(waiting) < PROGRESS_FROM:
        yield from coder.pipe(waiting, batch_size=1)
        return
    with bar:
        for count, report in enumerate(coder.pipe(_chained(waiting, articles)), 1):
            bar.at(count)
            yield report


def _first(items: Iterator[Article], count: int) -> Iterator[Article]:
    for _, item in zip(range(count), items, strict=False):
        yield item


def _chained(first: list[Article], rest: Iterator[Article]) -> Iterator[Article]:
    yield from first
    yield from rest


def _written(reports: Iterator[Report], format: Format, what: Kind, output: Path | None, *, with_text: bool) -> int:
    counted = _Counted(reports)
    if format is Format.parquet:
        _to_parquet(counted, what, output)
        return counted.count
    if output is None:
        _to_text(counted, format, what, sys.stdout, with_text=with_text)
    else:
        with opened(output) as file:
            _to_text(counted, format, what, file, with_text=with_text)
    return counted.count


def _to_text(reports: Iterable[Report], format: Format, what: Kind, out: TextIO, *, with_text: bool) -> None:
    match format:
        case Format.jsonl:
            write_jsonl(reports, out, with_text=with_text)
        case Format.csv:
            write_csv(reports, what.value, out)
        case Format.html:
            out.write(page(list(reports)))
        case _:
            shown_on = console(out)
            for report in reports:
                show(report, shown_on)


def _to_parquet(reports: Iterable[Report], what: Kind, output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is binary: give a file with --output", param_hint="--format parquet")
    if output is None:
        write_parquet(reports, what.value, sys.stdout.buffer)
        return
    opened(output).close()
    with output.open("wb") as file:
        write_parquet(reports, what.value, file)


class _Counted:
    """Reports passed on, and how many."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = reports
        self.count = 0

    def __iter__(self) -> Iterator[Report]:
        for report in self._reports:
            self.count += 1
            yield report
