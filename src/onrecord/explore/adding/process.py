"""The process that adds: it waits for what is given, and writes down how far it is."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from onrecord.cluster.linker import Linker
from onrecord.explore.adding.given import Given, documents
from onrecord.explore.adding.progress import MOST_SHOWN, Added, Progress, Skipped, written
from onrecord.read import Skip
from onrecord.read.fetching import Fetcher
from onrecord.records import Article
from onrecord.store import RecordError, Tally, open_record
from onrecord.workers import Coder

LOG = logging.getLogger(__name__)
STATE = "state.json"
STOP = "stop"
BEHIND = 10
"""How far the process stands behind others where they want the processor, too: pages go first."""
BATCH = 4
"""Documents that are coded and written together: few, so that what is done is soon seen, and stopping is quick."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something given, and the folder in which its progress is written; an empty file ``stop`` there, or one folder up, ends it after a batch."""

    given: Given
    folder: Path

    @property
    def stopped(self) -> bool:
        """Whether it is to end."""
        return (self.folder / STOP).exists() or (self.folder.parent / STOP).exists()


def serve(tasks: Connection, where: str, make: Callable[[], Coder]) -> None:
    """Do one task after the other, and answer each with True, until there is nobody to give one.

    Args:
        tasks: gives tasks; None is to be ready for one.
        where: the record, as :func:`onrecord.store.open_record` takes it.
        make: makes the coder, when the first task or None comes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the process ends it
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    coder: Coder | None = None
    fetcher = Fetcher()  # one for all, so that it knows which hosts it has just asked
    while True:
        try:
            task: Task | None = tasks.recv()
        except (EOFError, OSError):
            return
        if task is None:
            with contextlib.suppress(Exception):  # the next task says what is wrong
                coder = coder or make()
            with contextlib.suppress(OSError):
                tasks.send(True)
            continue
        progress = Progress(state="starting")
        written(progress, task.folder / STATE)
        try:
            coder = coder or make()
        except Exception:
            LOG.exception("the coder could not be made")
            progress.state, progress.problem = "failed", "the coder could not be made; the server's log says why"
        else:
            work(task, where, coder, progress, fetcher)
        written(progress, task.folder / STATE)
        try:
            tasks.send(True)
        except OSError:
            return


def work(task: Task, where: str, coder: Coder, progress: Progress, fetcher: Fetcher) -> None:
    """Do a task; how it went stands in its progress."""
    state = task.folder / STATE
    read: dict[str, str | None] = {}

    def counted() -> Iterator[Article | Skip]:
        for document in documents(task.given, lambda note: _noted(progress, note.message), fetcher):
            progress.read += 1
            if isinstance(document, Article):
                read[document.id] = document.title
            written(progress, state)
            yield document

    def skipped(skip: Skip) -> None:
        read.pop(skip.path, None)  # an article that could not be coded is called by its id
        if len(progress.skips) < MOST_SHOWN:
            progress.skips = [*progress.skips, Skipped(where=skip.path, record=skip.record, reason=skip.reason.value, message=skip.message)]

    def batch(tally: Tally) -> None:
        progress.tally = dataclasses.asdict(tally)
        if len(progress.articles) < MOST_SHOWN:
            progress.articles = [*progress.articles, *(Added(id=id, title=title) for id, title in read.items())][:MOST_SHOWN]
        read.clear()
        written(progress, state)

    progress.state = "working"
    written(progress, state)
    try:
        with open_record(where, create=False) as record:
            record.add(counted(), coder, linker=Linker(), batch=BATCH, on_skip=skipped, on_batch=batch, stop=lambda: task.stopped)
    except RecordError as error:
        progress.state, progress.problem = "failed", f"the record could not be written: {error}"
    except Exception:
        LOG.exception("adding failed")
        progress.state, progress.problem = "failed", "something went wrong; the server's log says what"
    else:
        progress.state = "stopped" if task.stopped else "done"


def _noted(progress: Progress, message: str) -> None:
    if len(progress.notes) < MOST_SHOWN:
        progress.notes = [*progress.notes, message]
