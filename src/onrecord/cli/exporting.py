"""``onrecord export``: saved reports or a record in formats that others' tools read."""

from __future__ import annotations

import contextlib
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from onrecord.annotate import brat, label_studio
from onrecord.cli.app import NOTHING_CODED, USED_WRONGLY, app, notes, opened, say
from onrecord.cli.opening import record
from onrecord.export import from_record, from_report
from onrecord.export.event import ExportEvent
from onrecord.export.formats import TABLES, acled, described, geojson, parquet, webannotation, write
from onrecord.export.formats.tables import Written
from onrecord.export.selecting import ASSERTED, Selection
from onrecord.records import Report
from onrecord.store import Record

FOLDERS = frozenset({"brat", "parquet"})
WHOLE = frozenset({"web-annotation", "brat", "label-studio", "parquet"})
"""Formats of everything that was found, with how it is put, and not of some events."""


Saved = Annotated[
    list[Path] | None,
    typer.Argument(help="Reports saved with `onrecord code … --format jsonl`; - for standard input.", metavar="[REPORTS.jsonl…]", allow_dash=True),
]


class Format(StrEnum):
    """What can be written."""

    gdelt = "gdelt2-events"
    polecat = "polecat"
    icews = "icews"
    acled = "acled-like"
    ucdp = "ucdp-like"
    geojson = "geojson"
    web_annotation = "web-annotation"
    brat = "brat"
    label_studio = "label-studio"
    parquet = "parquet"


class Put(StrEnum):
    """How an event is put that is not asserted."""

    denied = "denied"
    planned = "planned"
    hypothetical = "hypothetical"
    demanded = "demanded"


@app.command()
def export(
    format: Annotated[Format, typer.Argument(help="The format; docs/exports.md tells what each has a place for.", metavar="FORMAT")],
    reports: Annotated[
        list[Path] | None,
        typer.Argument(help="Reports saved with `onrecord code … --format jsonl`; - for standard input.", metavar="[REPORTS.jsonl…]", allow_dash=True),
    ] = None,
    *,
    db: Annotated[str | None, typer.Option("--db", help="A record instead of reports: a file, or postgresql://user@host/database.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; for brat and parquet a folder. Without it, standard output.")] = None,
    include: Annotated[list[Put] | None, typer.Option(help="Events that are denied, planned … too, where the format can say so; may be repeated.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="An actor's id (CHL.GOV) or name; may be repeated, as all filters but dates and confidence.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="The actor's country (CHL).")] = None,
    sector: Annotated[list[str] | None, typer.Option(help="The actor's PLOVER sector (GOV).")] = None,
    type: Annotated[list[str] | None, typer.Option(help="The event's type (ASSAULT).")] = None,
    place: Annotated[list[str] | None, typer.Option(help="The event's place, by name, country code or GeoNames id.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Who published the article.")] = None,
    article: Annotated[list[str] | None, typer.Option(help="The article, by id.")] = None,
    since: Annotated[str | None, typer.Option(help="The first day: 2021-03-09, 2021-03 or 2021.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="The least confidence.")] = 0.0,
) -> None:
    """Write events as GDELT, POLECAT, ICEWS, ACLED or UCDP have them, or findings for annotation tools, maps and data frames."""
    if bool(reports) == bool(db):
        raise typer.BadParameter("give saved reports, or a record with --db", param_hint="REPORTS.jsonl")
    name = format.value
    if name in FOLDERS and output is None:
        raise typer.BadParameter(f"{name} is a folder of files: give one with --output", param_hint="--output")
    if name == Format.label_studio and output is None:
        raise typer.BadParameter("label-studio is tasks and a labelling interface: give a file for the tasks with --output", param_hint="--output")
    filters = {"actor": actor, "country": country, "sector": sector, "type": type, "place": place, "publisher": publisher, "article": article}
    given = {k: frozenset(v) for k, v in filters.items() if v}
    if name in WHOLE and (given or since or until or min_confidence or include):
        raise typer.BadParameter(f"{name} has everything that was found, each with how it is put: leave the filters out", param_hint="FORMAT")
    put = ASSERTED | {p.value for p in include or ()}
    if name in TABLES and (untold := put - ASSERTED - TABLES[name].tells):
        able = ", ".join(n for n, t in TABLES.items() if not put - ASSERTED - t.tells)
        what = " or ".join(sorted(untold))
        raise typer.BadParameter(f"{name} has no place to say that an event is {what}; these have: {able}, geojson", param_hint="--include")
    try:
        wanted = Selection(put=put, **given, since=since, until=until, min_confidence=min_confidence)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with _source(reports or (), db) as source:
        _write(name, source, wanted, output)


class _Source:
    """Where events and reports come from."""

    def __init__(self, files: Iterable[Path], of: Record | None) -> None:
        self._files = list(files)
        self.record = of

    def events(self) -> Iterator[ExportEvent]:
        """Events: of a record those across articles, of reports each as its article has it."""
        if self.record is not None:
            yield from from_record.from_record(self.record)
            return
        for path, number, body in _bodies(self._files):
            with _told(path, number):
                has_text = "text" in body["article"]
                report = Report.from_dict(body) if has_text else from_report.without_text(body)
            yield from from_report.of_report(report, texts=has_text)

    def reports(self) -> Iterator[Report]:
        """Reports with their articles' texts."""
        if self.record is not None:
            yield from from_record.reports_of(self.record)
            return
        for path, number, body in _bodies(self._files):
            with _told(path, number):
                report = Report.from_dict(body)
            yield report


@contextlib.contextmanager
def _source(files: Iterable[Path], db: str | None) -> Iterator[_Source]:
    if db is None:
        yield _Source(files, None)
        return
    with record(db) as of:
        yield _Source((), of)


def _bodies(files: Iterable[Path]) -> Iterator[tuple[Path, int, dict[str, Any]]]:
    for path in files:
        try:
            with contextlib.nullcontext(sys.stdin) if str(path) == "-" else path.open(encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        with _told(path, number):
                            body = json.loads(line)
                        yield path, number, body
        except OSError as error:
            say(f"can't read {path}: {error.strerror}")
            raise typer.Exit(USED_WRONGLY) from error


@contextlib.contextmanager
def _told(path: Path, number: int) -> Iterator[None]:
    """What is wrong with a line is said with its number."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError) as error:
        say(f"{path}, line {number}: not a saved report: {error}")
        raise typer.Exit(USED_WRONGLY) from error


def _write(name: str, source: _Source, wanted: Selection, output: Path | None) -> None:
    if name in FOLDERS:
        assert output is not None
        _folder(name, source, output)
        return
    if name == Format.label_studio:
        assert output is not None
        opened(output).close()
        _count(label_studio.write(source.reports(), output), "tasks")
        return
    with _to(output) as out:
        if name in TABLES:
            done = write(TABLES[name], wanted.of(source.events()), out)
        elif name == "geojson":
            done = geojson.write(wanted.of(source.events()), out)
        else:
            done = Written(rows=webannotation.write(source.reports(), out))
    if name in TABLES and output is not None:
        output.with_name(f"{output.stem}_schema.json").write_text(described(TABLES[name]), encoding="utf-8")
        if name == Format.acled and source.record is not None:
            _gone(source.record, output.with_name(f"{output.stem}_deleted.csv"))
    if done.left_out:
        kinds = ", ".join(f"{count} {type}" for type, count in done.left_out.most_common())
        say(f"left out, since {name} has no place for them: {kinds}")
    _count(done.rows, "annotations" if name == "web-annotation" else "features" if name == "geojson" else "rows")


def _gone(of: Record, path: Path) -> None:
    with opened(path) as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(acled.GONE)
        rows.writerows((acled.number(id, country), acled.timestamp(at)) for id, country, at in from_record.gone(of))


def _folder(name: str, source: _Source, folder: Path) -> None:
    try:
        if name == "brat":
            _count(brat.write(source.reports(), folder), "articles")
            return
        linked = source.events() if source.record is not None else None
        counts = parquet.write(source.reports(), folder, linked=linked)
    except OSError as error:
        raise typer.BadParameter(f"can't write {folder}: {error.strerror}", param_hint="--output") from error
    notes.print(", ".join(f"{count} {what}" for what, count in counts.items()), markup=False)


def _count(number: int, what: str) -> None:
    notes.print(f"{number} {what}", markup=False)
    if not number:
        raise typer.Exit(NOTHING_CODED)


@contextlib.contextmanager
def _to(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with opened(output) as file:
        yield file
