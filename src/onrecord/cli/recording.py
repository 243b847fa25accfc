"""``onrecord add`` and ``onrecord forget``: articles into a record, and out of it again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import chain
from types import FrameType
from typing import Annotated

import typer

from onrecord.cli import coders, logs
from onrecord.cli.app import INTERRUPTED, NOT_FOUND, NOTHING_CODED, app, notes, say
from onrecord.cli.opening import Database, record
from onrecord.cli.progress import Bar
from onrecord.cluster.linker import Linker
from onrecord.read import Meter
from onrecord.store import Tally

BATCH_OF_ONE = 32
"""Documents that a batch has at least for each process, so that none waits long for the slowest."""


@app.command()
def add(
    paths: coders.Paths,
    *,
    db: Database,
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
    allow_private: Annotated[
        list[str] | None, typer.Option("--allow-private", help="Also fetch from this network (192.168.1.0/24; `any` for all); may be repeated.")
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="How many documents are coded and written together.")] = 16,
    log: logs.Log = None,
) -> None:
    """Add articles to a record, from files or addresses; what it has already, coded by the same coder, is not coded again."""
    logs.set_up(log)
    meter, skips = Meter(), coders.Skips()
    web = [p for p in paths if p.lower().startswith(("http://", "https://"))]
    files = [p for p in paths if p not in web]
    found = coders.documents(
        files,
        published=published,
        publisher=publisher,
        url=url,
        max_chars=max_chars,
        language=language,
        day_first=day_first,
        where=where,
        meter=meter,
    )
    if web:  # what fetches is loaded where something is to be fetched
        options = coders.reading(published=published, publisher=publisher, max_chars=max_chars, language=language, day_first=day_first)
        found = chain(found, import_module("onrecord.cli.fetching").pages(web, options, allow_private or ()))
    chosen = coders.workers(jobs, model, operating_point, min_confidence, codebook or (), actors or ())
    with chosen as coder, record(db, create=True) as to, interruptible() as stopped, Bar("adding", files, meter) as bar:
        tally = to.add(
            found,
            coder,
            linker=Linker(),
            batch=max(batch, BATCH_OF_ONE * jobs) if jobs > 1 else batch,
            on_skip=skips.say,
            on_batch=lambda so_far: bar.at(so_far.documents),
            stop=lambda: bool(stopped),
        )
    skips.end()
    notes.print(summary(tally, meter.left_out), markup=False)
    if stopped:
        say("stopped as asked: what was added stays; add the same paths again to go on")
        raise typer.Exit(INTERRUPTED)
    if tally.documents == tally.skipped:
        raise typer.Exit(NOTHING_CODED)


@app.command()
def forget(
    articles: Annotated[list[str], typer.Argument(help="The ids of articles.", metavar="ARTICLE…")],
    *,
    db: Database,
    lift: Annotated[bool, typer.Option("--lift", help="Let articles that were forgotten be added again.")] = False,
) -> None:
    """Remove articles from a record with everything derived from them; they are not added again."""
    with record(db) as of:
        done = of.remember(articles) if lift else of.forget(articles)
    notes.print(f"{len(done)} article(s) {'may be added again' if lift else 'forgotten'}")
    unknown = sorted(set(articles) - set(done))
    if unknown:
        notes.print(f"not {'forgotten' if lift else 'in the record'}: {', '.join(unknown)}", markup=False)
        raise typer.Exit(NOT_FOUND)


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """A list that holds something once the user has pressed Ctrl-C; pressed a second time it interrupts at once."""
    pressed: list[int] = []

    def press(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)
        say("finishing the batch; press Ctrl-C again to stop at once")
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def summary(tally: Tally, left_out: int = 0) -> str:
    """What became of the documents, in one line; what came to nothing is left out but for what was added."""
    parts = [(tally.added, "added"), (tally.replaced, "replaced"), (tally.recoded, "recoded"), (tally.unchanged, "unchanged")]
    parts += [(tally.forgotten, "not added, since they were to be forgotten"), (tally.skipped, "skipped"), (left_out, "left out by --where")]
    return ", ".join(f"{count} {what}" for count, what in parts if count or what == "added")
