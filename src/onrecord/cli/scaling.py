"""``onrecord scale`` and ``onrecord load``: archives coded by many workers, and what they found into a record."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from onrecord.cli import coders, logs
from onrecord.cli.app import INTERRUPTED, NOTHING_CODED, USED_WRONGLY, app, notes, say
from onrecord.cli.opening import Database, record
from onrecord.cli.recording import interruptible, summary
from onrecord.cluster.linker import Linker
from onrecord.export.write import NOTES, frames
from onrecord.read import read

if TYPE_CHECKING:
    from onrecord.scale import Partition, Tally

try:
    from onrecord.scale import Saved, ScaleError, Settings, Tables
    from onrecord.scale import scale as scaled
except ModuleNotFoundError as missing:
    if missing.name != "fsspec":
        raise

EVERY = 30
"""Seconds between two lines on how far it has come, where nobody looks at a bar."""
BATCH = 64


@app.command()
def scale(
    paths: Annotated[list[str], typer.Argument(help="Files, directories and globs, here or at an address (s3://bucket/news/).", metavar="INPUT…")],
    output: Annotated[str, typer.Argument(help="A folder for the results, here or at an address.", metavar="OUTPUT")],
    *,
    workers: Annotated[int | None, typer.Option(min=1, help="How many processes code; by default one for each processor.")] = None,
    address: Annotated[str | None, typer.Option(help="A Ray cluster (auto, or host:6379); by default this machine alone.")] = None,
    partition: Annotated[str, typer.Option(help="`year` for a folder for each year of publication, `shard` for none.")] = "year",
    with_text: Annotated[bool, typer.Option("--with-text/--without-text", help="Keep the articles' texts, which `load` needs.")] = True,
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
) -> None:
    """Code an archive with many workers into partitioned Parquet; what is there already is not done again."""
    _installed("fsspec", "ray")
    if partition not in ("year", "shard"):
        raise typer.BadParameter("it is year or shard", param_hint="--partition")
    options: dict[str, Any] = {"published": published, "publisher": publisher, "url": url, "max_chars": max_chars, "day_first": day_first, "where": where or ()}
    coders.documents((), language=language, **options)  # what is wrong with them is said here, once
    coders.chosen_point(operating_point, min_confidence)
    options["languages"] = coders.languages(language)
    books, tables = coders.codebooks(codebook or ()), coders.actor_tables(actors or ())
    begun_with = Settings(partition=_partition(partition), with_text=with_text, reading={name: repr(value) for name, value in options.items()})
    try:
        with _shown() as show:
            tally = scaled(
                paths,
                output,
                partial(coders.coder, model, operating_point, min_confidence, books, tables),
                read=partial(read, **options),
                tables=Tables(frames=frames, notes=NOTES),
                begun_with=begun_with,
                address=address,
                workers=workers,
                on_progress=show,
                on_told=lambda message: say(f"skipped: {message}"),
            )
    except ScaleError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    except KeyboardInterrupt as pressed:
        say("stopped: give the same command again to go on from here")
        raise typer.Exit(INTERRUPTED) from pressed
    _end(tally, output)


@app.command()
def load(
    output: Annotated[str, typer.Argument(help="What `onrecord scale` wrote: a folder, here or at an address.", metavar="OUTPUT")],
    *,
    db: Database,
    batch: Annotated[int, typer.Option(min=1, max=256, help="How many documents are written together.")] = BATCH,
    log: logs.Log = None,
) -> None:
    """Bring what `onrecord scale` found into a record, linked as if it had been added there; what it has already stays as it is."""
    logs.set_up(log)
    _installed("fsspec")
    try:
        saved = Saved(output)
    except ScaleError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    columns = (TextColumn("loading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=notes, transient=True, disable=not notes.is_terminal)
    with record(db, create=True) as to, interruptible() as stopped, progress as bar:
        task = bar.add_task("loading", total=saved.articles)
        tally = to.add(
            saved.documents(),
            saved,
            linker=Linker(),
            batch=batch,
            on_batch=lambda so_far: bar.update(task, completed=so_far.documents),
            stop=lambda: bool(stopped),
        )
    notes.print(summary(tally), markup=False)
    if stopped:
        say("stopped as asked: what was loaded stays; give the same command again to go on")
        raise typer.Exit(INTERRUPTED)


def _installed(*needed: str) -> None:
    if lacking := [name for name in needed if find_spec(name) is None]:
        say(f"this needs {' and '.join(lacking)}, not installed here: pip install 'onrecord[scale]'")
        raise typer.Exit(USED_WRONGLY)


def _partition(given: str) -> Partition:
    return "year" if given == "year" else "shard"


@contextmanager
def _shown() -> Iterator[_Shown]:
    """Shows how far it has come: on a terminal as a bar, elsewhere as a line from time to time."""
    columns = (TextColumn("coding"), BarColumn(), TextColumn("{task.fields[words]}"), TimeElapsedColumn())
    with Progress(*columns, console=notes, transient=True, disable=not notes.is_terminal) as bar:
        yield _Shown(bar)


class _Shown:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("coding", total=None, words="starting")
        self._last = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        if tally.articles:
            self._bar.update(self._task, total=tally.bytes, completed=tally.read, words=_words(tally))
        if self._bar.disable and time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            notes.print(_words(tally), markup=False)


def _words(tally: Tally) -> str:
    """How far it has come: ``12,800 articles, 23.4 a second, 3 of 40 shards, about 0:41:10 left``."""
    left = "" if tally.left is None else f", about {timedelta(seconds=round(tally.left))} left"
    return f"{tally.articles:,} articles, {tally.rate:.1f} a second, {tally.finished} of {tally.shards} shards{left}"


def _end(tally: Tally, output: str) -> None:
    if not tally.shards:
        notes.print(f"nothing to do: all {tally.before} shards are in {output}", markup=False)
        return
    words = f"{tally.articles:,} articles coded in {timedelta(seconds=round(tally.seconds))}, {tally.rate:.1f} a second, {tally.finished} shards"
    notes.print(f"{words}{f' ({tally.before} were there)' if tally.before else ''}", markup=False)
    if tally.skipped:
        say(f"{tally.skipped:,} document(s) skipped: {output.rstrip('/')}/skips says which and why")
    if tally.left_out:
        say(f"{tally.left_out:,} document(s) left out by --where")
    if not tally.articles and not tally.before:
        raise typer.Exit(NOTHING_CODED)
