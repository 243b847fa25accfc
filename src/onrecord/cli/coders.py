"""Coders and codebooks as the options of a command ask for them, and the articles that they code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from onrecord.actors import ActorTable, ActorTableError
from onrecord.cli import logs
from onrecord.cli.app import USED_WRONGLY, say
from onrecord.encoder import ModelError
from onrecord.events import Codebook, CodebookError
from onrecord.operating import OperatingPoint
from onrecord.operating import operating_point as named_point
from onrecord.pipeline import Coder
from onrecord.read import Meter, ReadOptions, Skip, SkipReason, WhereError, read
from onrecord.records import Article
from onrecord.workers import Workers, loading

Paths = Annotated[list[str], typer.Argument(help="Files, directories, globs, or - for standard input.", metavar="PATH…")]
Published = Annotated[str | None, typer.Option(help="When the articles were published (2021-03-09), where a document does not say.")]
Publisher = Annotated[str | None, typer.Option(help="Who published them, where a document does not say.")]
Url = Annotated[str | None, typer.Option(help="Their address, where a document does not say.")]
MaxChars = Annotated[int, typer.Option(help="Skip longer texts.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Code articles in this language (a two-letter code); may be repeated; `all` for any.")]
DayFirst = Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 03/04/2011 in a date column reads.")]
Where = Annotated[
    list[str] | None,
    typer.Option(help="Only documents for which this holds: `host in (bbc.co.uk, *.gov.uk) and language = en and date >= 2021-01`; may be repeated."),
]
Model = Annotated[str, typer.Option(help="`small` for the packaged encoder, `none` to code by rules alone, or a folder of other weights.")]
Books = Annotated[list[Path] | None, typer.Option(help="A TOML file with event types, modes and phrases of your own; may be repeated.")]
ActorTables = Annotated[list[Path] | None, typer.Option("--actors", help="A table of actors of your own, or a snapshot of the actor memory; may be repeated.")]
Point = Annotated[str, typer.Option(help="`broad` for all that is found, `strict` for what is surest.")]
Least = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out attributions, events and positions that are less sure.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many processes code side by side; each takes about 600 MB.")]
MAX_CHARS = 1_000_000
MOST_SAID = 20
"""Skips of one reason that are said one by one."""


def documents(
    paths: Iterable[str],
    *,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    max_chars: int = MAX_CHARS,
    language: Sequence[str] | None = None,
    day_first: bool | None = None,
    where: Sequence[str] | None = None,
    meter: Meter | None = None,
) -> Iterator[Article | Skip]:
    """The articles and skips of some files, read as the options of a command say; what is worth noting is said on standard error."""
    try:
        return read(
            paths,
            published=published,
            publisher=publisher,
            url=url,
            max_chars=max_chars,
            languages=languages(language),
            day_first=day_first,
            where=where or (),
            on_note=lambda note: say(note.message),
            meter=meter,
        )
    except WhereError as error:
        raise typer.BadParameter(str(error), param_hint="--where") from error
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def reading(
    *,
    published: str | None = None,
    publisher: str | None = None,
    max_chars: int = MAX_CHARS,
    language: Sequence[str] | None = None,
    day_first: bool | None = None,
) -> ReadOptions:
    """What holds for articles that are fetched, as the options of a command say."""
    return ReadOptions(published=published, publisher=publisher, max_chars=max_chars, languages=languages(language), day_first=day_first)


def languages(given: Sequence[str] | None) -> tuple[str, ...]:
    """The languages that are read; none for any."""
    return () if given and "all" in given else tuple(given or ("en",))


class Skips:
    """Skips as they are said on standard error: the first of each reason one by one, for an archive may have millions, then how many more."""

    def __init__(self) -> None:
        self.count = 0
        self._met: Counter[SkipReason] = Counter()

    def say(self, skip: Skip) -> None:
        """Say one, or count it."""
        self.count += skip.count
        self._met[skip.reason] += 1
        if self._met[skip.reason] <= MOST_SAID and not logs.kept():  # the log has them all
            say(f"skipped: {skip}")

    def end(self) -> None:
        """Say how many were counted and not said."""
        for reason, count in self._met.items():
            if count > MOST_SAID and not logs.kept():
                say(f"skipped: {count - MOST_SAID:,} more of the kind {reason}")


def articles(documents: Iterable[Article | Skip], meter: Meter | None = None) -> Iterator[Article]:
    """The articles; skips and, at the end, what is missing or was left out is said on standard error."""
    undated = 0
    skips = Skips()
    for document in documents:
        if isinstance(document, Skip):
            skips.say(document)
            continue
        undated += document.published is None
        yield document
    skips.end()
    if undated:
        say(f"{undated} article(s) without a publication date: a date without a year stays so (--03-31); give one with --published 2021-03-09")
    if skips.count:
        say(f"{skips.count:,} document(s) skipped")
    if meter is not None and meter.left_out:
        say(f"{meter.left_out:,} document(s) left out by --where")


def codebooks(paths: Iterable[Path]) -> tuple[Codebook, ...]:
    """The codebooks in files; what is wrong with any of them is said, all at once."""
    books: list[Codebook] = []
    problems: list[str] = []
    for path in paths:
        try:
            books.append(Codebook.read(path))
        except CodebookError as error:
            problems.extend(error.problems)
    if problems:
        raise unusable(CodebookError(problems))
    return tuple(books)


def actor_tables(paths: Iterable[Path]) -> tuple[ActorTable, ...]:
    """The tables of actors in files; what is wrong with any of them is said, all at once, and what was left out of them."""
    tables: list[ActorTable] = []
    problems: list[str] = []
    for path in paths:
        try:
            tables.append(ActorTable.read(path))
        except ActorTableError as error:
            problems.extend(error.problems)
    if problems:
        raise unusable(ActorTableError(problems))
    for note in (note for table in tables for note in table.notes):
        say(f"left out: {note}")
    return tuple(tables)


def unusable(error: CodebookError | ActorTableError) -> typer.Exit:
    """Say what is wrong with a user's files, and the exit to raise."""
    for problem in error.problems:
        say(problem)
    return typer.Exit(USED_WRONGLY)


def made(model: str, point: str, least: float, books: Sequence[Path], tables: Sequence[Path]) -> Coder:
    """A coder with what is in files; what is wrong with them is said."""
    return coder(model, point, least, codebooks(books), actor_tables(tables))


def workers(jobs: int, model: str, point: str, least: float, books: Sequence[Path], tables: Sequence[Path]) -> AbstractContextManager[Workers | Coder]:
    """A coder, or as many processes with one each as are asked for."""
    if jobs == 1:
        with loading():
            return nullcontext(made(model, point, least, books, tables))
    codebooks(books), actor_tables(tables)  # what is wrong with them is said here, once
    try:
        return Workers(partial(made, model, point, least, books, tables), jobs)
    except BrokenProcessPool as error:
        raise typer.BadParameter("the processes could not start: try --jobs 1 to see why", param_hint="--jobs") from error


def coder(model: str = "small", point: str = "broad", least: float = 0.0, books: Sequence[Codebook] = (), tables: Sequence[ActorTable] = ()) -> Coder:
    """A coder; what is wrong with an option is said of that option."""
    try:
        return Coder(model=model, operating_point=chosen_point(point, least), codebook=books, actor_table=tables)
    except CodebookError as error:
        raise unusable(error) from error
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from error


def chosen_point(name: str, least: float) -> OperatingPoint:
    """An operating point by its name; what is wrong with it is said of the option."""
    try:
        return named_point(name, least=least)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--operating-point") from error
