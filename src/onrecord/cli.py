"""The command line: findings on standard output, progress and notes on standard error.

Exit status: 0 all went well (documents may have been skipped, each with a line on standard error);
1 a rule does not do what its examples say; 2 the command was used wrongly; 3 there was nothing to code; 4 the finding asked for is not there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from onrecord.encoder import ModelError
from onrecord.events import Codebook, CodebookError
from onrecord.export.check import packaged_rules, summary, table_of, tried
from onrecord.export.page import page
from onrecord.export.table import show, stands
from onrecord.export.why import explanation, find_finding
from onrecord.export.write import write_csv, write_jsonl, write_parquet
from onrecord.operating import operating_point as named_point
from onrecord.pipeline import Coder
from onrecord.read import Skip, read
from onrecord.records import Article, Report

RULE_FAILS = 1
NOTHING_CODED = 3
NOT_FOUND = 4
PROGRESS_FROM = 5
NARROWEST = 100

app = typer.Typer(name="onrecord", help="News text in, what is on record out.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
lexicon = typer.Typer(name="lexicon", help="The rules that findings name, and codebooks of your own.", no_args_is_help=True)
app.add_typer(lexicon)
notes = Console(stderr=True, highlight=False, soft_wrap=True)


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


@app.callback(invoke_without_command=True)
def about(*, show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """News text in, what is on record out: events, attributions and positions with their evidence."""
    if show_version:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(help="Files, directories, globs, or - for standard input.", metavar="PATH…")],
    *,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the findings.")] = Format.table,
    what: Annotated[Kind, typer.Option(help="What a row of CSV or Parquet is.")] = Kind.events,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Keep the articles' texts in JSONL reports.")] = False,
    published: Annotated[str | None, typer.Option(help="When the articles were published (2021-03-09), where a document does not say.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published them, where a document does not say.")] = None,
    url: Annotated[str | None, typer.Option(help="Their address, where a document does not say.")] = None,
    max_chars: Annotated[int, typer.Option(help="Skip longer texts.")] = 1_000_000,
    language: Annotated[list[str] | None, typer.Option(help="Code articles in this language (a two-letter code); may be repeated; `all` for any.")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 03/04/2011 in a date column reads.")] = None,
    model: Annotated[str, typer.Option(help="`small` for the packaged encoder, `none` to code by rules alone, or a folder of other weights.")] = "small",
    codebook: Annotated[list[Path] | None, typer.Option(help="A TOML file with event types, modes and phrases of your own; may be repeated.")] = None,
    operating_point: Annotated[str, typer.Option(help="`broad` for all that is found, `strict` for what is surest.")] = "broad",
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out attributions, events and positions that are less sure.")] = 0.0,
) -> None:
    """Code articles: who did what to whom, who said what, who stands where."""
    languages = () if language and "all" in language else tuple(language or ("en",))
    options = {"published": published, "publisher": publisher, "url": url, "max_chars": max_chars, "languages": languages, "day_first": day_first}
    try:
        found = _articles(read(paths, **options, on_note=lambda note: _say(note.message)))  # type: ignore[arg-type]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    reports = _coded(found, _coder(model, operating_point, min_confidence, _books(codebook or ())))
    count = _written(reports, format, what, output, with_text=with_text)
    if not count:
        notes.print("nothing was coded")
        raise typer.Exit(NOTHING_CODED)


@app.command()
def why(
    id: Annotated[str, typer.Argument(help="The id of a finding, or its first characters.")],
    report: Annotated[Path, typer.Argument(help="Reports saved with `onrecord code … --format jsonl`; - for standard input.", allow_dash=True)] = Path("-"),
    *,
    codebook: Annotated[list[Path] | None, typer.Option(help="A codebook that the report was made with; may be repeated.")] = None,
) -> None:
    """Say which rule, words and reasons made a finding."""
    books = _books(codebook or ())
    try:
        with nullcontext(sys.stdin) if str(report) == "-" else report.open(encoding="utf-8") as lines:
            hit = find_finding(lines, id)
    except (OSError, ValueError) as error:
        notes.print(f"{report}: {error}")
        raise typer.Exit(2) from error
    if hit is None:
        notes.print(f"no finding {id!r} in {report}")
        raise typer.Exit(NOT_FOUND)
    for line in explanation(*hit, codebooks=books):
        typer.echo(line)


@lexicon.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Codebooks; without one, the packaged rules.", metavar="[FILE…]")] = None,
    *,
    failing: Annotated[bool, typer.Option("--failing", help="Show only what fails.")] = False,
) -> None:
    """Try every rule on its own examples and counterexamples."""
    books = _books(files or ())
    rules = [t.value for b in books for t in b.rules] if books else packaged_rules()
    try:
        coder = Coder(model="none", codebook=books)
    except CodebookError as error:
        raise _unusable(error) from error
    results = list(tried(coder, rules))
    shown = [r for r in results if not (failing and r.passed)]
    out = _console(sys.stdout)
    if shown:
        out.print(table_of(shown))
    out.print(summary(results), markup=False, soft_wrap=True)
    if not all(r.passed for r in results):
        raise typer.Exit(RULE_FAILS)


@app.command()
def demo(
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("onrecord-demo.html"),
) -> None:
    """Code the bundled example articles, show what is on record in them and write the page."""
    with as_file(files("onrecord") / "examples" / "articles.jsonl") as bundled:
        reports = list(_coded(_articles(read([str(bundled)])), Coder()))
    out = _console(sys.stdout)
    for report in reports:
        show(report, out, what=("events",))
    out.print(stands(reports))
    with _opened(output) as file:
        file.write(page(reports, title="On record: the bundled examples"))
    out.print(f"\n{len(reports)} articles, {sum(len(r.events) for r in reports)} events, {sum(len(r.positions) for r in reports)} positions.")
    out.print(f"The texts with every finding marked and explained: {output}", soft_wrap=True)


def main() -> None:
    """Run the command line."""
    app()


def _articles(documents: Iterable[Article | Skip]) -> Iterator[Article]:
    """The articles; each skip and, at the end, what is missing is said on standard error."""
    skipped = undated = 0
    for document in documents:
        if isinstance(document, Skip):
            skipped += 1
            _say(f"skipped: {document}")
            continue
        undated += document.published is None
        yield document
    if undated:
        _say(f"{undated} article(s) without a publication date: a date without a year stays so (--03-31); give one with --published 2021-03-09")
    if skipped:
        _say(f"{skipped} document(s) skipped")


def _say(message: str) -> None:
    notes.print(message, style="yellow", markup=False)


def _books(paths: Iterable[Path]) -> tuple[Codebook, ...]:
    """The codebooks in files; what is wrong with any of them is said, all at once."""
    books: list[Codebook] = []
    problems: list[str] = []
    for path in paths:
        try:
            books.append(Codebook.read(path))
        except CodebookError as error:
            problems.extend(error.problems)
    if problems:
        raise _unusable(CodebookError(problems))
    return tuple(books)


def _unusable(error: CodebookError) -> typer.Exit:
    for problem in error.problems:
        _say(problem)
    return typer.Exit(2)


def _coder(model: str, point: str, least: float, books: Sequence[Codebook]) -> Coder:
    try:
        chosen = named_point(point, least=least)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--operating-point") from error
    try:
        return Coder(model=model, operating_point=chosen, codebook=books)
    except CodebookError as error:
        raise _unusable(error) from error
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from error


def _coded(articles: Iterable[Article], coder: Coder) -> Iterator[Report]:
    """Reports in order, with a bar on standard error once there are more than a few."""
    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    waiting = list(_first(articles := iter(articles), PROGRESS_FROM))
    if len(waiting) < PROGRESS_FROM:
        yield from coder.pipe(waiting, batch_size=1)
        return
    with Progress(*columns, console=notes, transient=True, disable=not notes.is_terminal) as bar:
        task = bar.add_task("coding", total=None)
        for report in coder.pipe(_chained(waiting, articles)):
            bar.advance(task)
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
        with _opened(output) as file:
            _to_text(counted, format, what, file, with_text=with_text)
    return counted.count


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise typer.BadParameter(f"can't write {path}: {error.strerror}", param_hint="--output") from error


def _to_text(reports: Iterable[Report], format: Format, what: Kind, out: TextIO, *, with_text: bool) -> None:
    match format:
        case Format.jsonl:
            write_jsonl(reports, out, with_text=with_text)
        case Format.csv:
            write_csv(reports, what.value, out)
        case Format.html:
            out.write(page(list(reports)))
        case _:
            console = _console(out)
            for report in reports:
                show(report, console)


def _to_parquet(reports: Iterable[Report], what: Kind, output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is binary: give a file with --output", param_hint="--format parquet")
    if output is None:
        write_parquet(reports, what.value, sys.stdout.buffer)
        return
    _opened(output).close()
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


def _console(out: TextIO) -> Console:
    console = Console(file=out, highlight=False)
    return console if console.width >= NARROWEST or console.is_terminal else Console(file=out, highlight=False, width=NARROWEST)


if __name__ == "__main__":
    main()
