"""``onrecord watch``: what is new in feeds into a record, again and again."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from onrecord.cli import coders, logs
from onrecord.cli.app import INTERRUPTED, NOTHING_CODED, app, notes, say
from onrecord.cli.fetching import Private, fetcher
from onrecord.cli.opening import Database, record
from onrecord.cli.recording import summary
from onrecord.cluster.linker import Linker
from onrecord.read.addresses import is_address
from onrecord.read.feeds import FeedError, listed
from onrecord.store import Tally
from onrecord.watch import Settings, Summary, Watcher
from onrecord.watch.settings import HOUR, MINUTE

LARGEST_FEED = 5_000_000
Sources = Annotated[list[str], typer.Argument(help="Addresses of feeds, OPML files, or files with an address a line.", metavar="FEED…")]


@app.command()
def watch(
    sources: Sources,
    *,
    db: Database,
    every: Annotated[float, typer.Option(min=1, help="Minutes between two polls of a feed, more where it asks for it.")] = 30,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed that is due, add what is new, and end.")] = False,
    from_feed: Annotated[bool, typer.Option("--from-feed", help="Take an item's text from its feed where the feed has all of it.")] = False,
    revisit: Annotated[list[float] | None, typer.Option(help="Hours after which a page is looked at again; may be repeated; 0 for never (6 and 24).")] = None,
    allow_private: Private = None,
    publisher: coders.Publisher = None,
    max_chars: coders.MaxChars = coders.MAX_CHARS,
    language: coders.Languages = None,
    model: coders.Model = "small",
    codebook: coders.Books = None,
    actors: coders.ActorTables = None,
    operating_point: coders.Point = "broad",
    min_confidence: coders.Least = 0.0,
    log: logs.Log = None,
) -> None:
    """Watch feeds: what is new in them is added to a record, each item once and each revision as a version."""
    logs.set_up(log)
    feeds = addresses(sources)
    settings = Settings(
        every=every * MINUTE,
        from_feed=from_feed,
        revisit=tuple(sorted(h * HOUR for h in (revisit if revisit is not None else (6, 24)) if h > 0)),
        reading=coders.reading(publisher=publisher, max_chars=max_chars, language=language),
    )
    asking = fetcher(allow_private or (), feeds, size=LARGEST_FEED)
    chosen = coders.workers(1, model, operating_point, min_confidence, codebook or (), actors or ())
    with chosen as coder, record(db, create=True) as to, stopping() as stop:
        watcher = Watcher(to, coder, feeds, settings=settings, fetcher=asking, linker=Linker(), on_note=say, on_round=_shown())
        done = watcher.run(stop, once=once)
        waiting = to.watched().counts().get("waiting", 0)
    notes.print(told(done, waiting), markup=False)
    if stop.is_set():
        say("stopped as asked: the same command goes on from here")
        raise typer.Exit(INTERRUPTED)
    if done.polls and done.failing == done.polls:
        raise typer.Exit(NOTHING_CODED)


def addresses(sources: Sequence[str]) -> list[str]:
    """The addresses of the feeds that are named, or listed in files."""
    found: list[str] = []
    for source in sources:
        if is_address(source):
            found.append(source)
            continue
        try:
            found += listed(Path(source).read_bytes())
        except OSError as error:
            raise typer.BadParameter(f"{source} is neither an address nor a file that can be read: {error.strerror}", param_hint="FEED…") from error
        except FeedError as error:
            raise typer.BadParameter(f"{source}: {error}", param_hint="FEED…") from error
    return list(dict.fromkeys(found))


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Set once the user has pressed Ctrl-C, or the process is told to end; pressed a second time it interrupts at once."""
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)

    def press(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        say("finishing what has begun; press Ctrl-C again to stop at once")
        for number in numbers:
            signal.signal(number, before[number])

    before: dict[signal.Signals, Any] = {number: signal.signal(number, press) for number in numbers}
    try:
        yield stop
    finally:
        for number in numbers:
            signal.signal(number, before[number])


def told(done: Summary, waiting: int) -> str:
    """What was done, in a line."""
    parts = [(done.polls, "poll" if done.polls == 1 else "polls"), (done.failing, "of them in vain"), (done.items, "new or changed items")]
    line = ", ".join(f"{count} {what}" for count, what in parts if count or what == "polls")
    rest = [(done.looked_at, "as they were"), (done.given_up, "given up"), (waiting, "waiting to be tried again")]
    return "; ".join([line, summary(done.tally), *(f"{count} {what}" for count, what in rest if count)])


def _shown() -> Callable[[Summary], None]:
    """Says what was added whenever something was."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    before = summary(Tally())

    def show(done: Summary) -> None:
        nonlocal before
        if (said := summary(done.tally)) != before:
            before = said
            notes.print(said, markup=False)

    return show
