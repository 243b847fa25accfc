"""What waits to be added: a few things at a time, given one after the other to a process of their own."""

from __future__ import annotations

import dataclasses
import datetime
import multiprocessing
import queue
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO

from onrecord.explore.adding.given import Given, safe_name
from onrecord.explore.adding.process import STATE, STOP, Task, serve
from onrecord.explore.adding.progress import Progress, read, written
from onrecord.workers import Coder

MOST_WAITING = 20
KEPT = 50
"""Addings that are over and of which is still known how they went."""
PATIENCE = 30.0
"""Seconds that closing waits for the batch that is being written."""
Upload = tuple[str | None, BinaryIO]


class Ready:
    """Stands for a job where the process is only to be ready for one."""


READY = Ready()


class FullError(Exception):
    """As much is waiting to be added as may wait."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something that is to be added.

    Attributes:
        id: by which it is asked for.
        what: what it is, in a few words.
        at: when it was given, ISO 8601 in UTC.
        task: what the process is told.
    """

    id: str
    what: str
    at: str
    task: Task

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return read(self.task.folder / STATE)


class Adding:
    """A queue of what is to be added, and the process that adds it. Close it.

    The process is started, and its coder made, when the first thing is given, or when it is told to be ready (:meth:`prepare`).

    Args:
        where: the record, as :func:`onrecord.store.open_record` takes it.
        make: makes the coder: a function of a module, or a partial of one.
        most: how many things may wait.
    """

    def __init__(self, where: str, make: Callable[[], Coder], *, most: int = MOST_WAITING) -> None:
        self._where, self._make = where, make
        self._folder = Path(tempfile.mkdtemp(prefix="onrecord-adding-"))
        self._waiting: queue.Queue[Job | Ready | None] = queue.Queue()
        self._most = most
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: BaseProcess | None = None
        self._ours: Connection | None = None

    def add(self, given: Given, files: Sequence[Upload] = ()) -> Job:
        """Put something behind what waits.

        Args:
            given: what it is; where files come with it, its ``files`` are set.
            files: the names of files, and what is in them.

        Raises:
            FullError: as much waits as may.
        """
        with self._lock:
            if sum(not j.progress.ended for j in self._jobs.values()) >= self._most:
                raise FullError(f"{self._most} addings are waiting: come back when some are done")
            self._forget()
            id = secrets.token_urlsafe(12)
            folder = self._folder / id
            (folder / "files").mkdir(parents=True)
            if files:
                given = dataclasses.replace(given, files=tuple(_kept(files, folder / "files")))
            at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            job = self._jobs[id] = Job(id=id, what=str(given), at=at, task=Task(given=given, folder=folder))
            self._begin()
        self._waiting.put(job)
        return job

    def prepare(self) -> None:
        """Start the process, and have it make its coder, before anything is given: somebody is about to."""
        with self._lock:
            if self._begin():
                self._waiting.put(READY)

    def _begin(self) -> bool:
        """Start the thread that gives one job after the other; whether it was not running."""
        if self._thread is not None:
            return False
        self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
        self._thread.start()
        return True

    def job(self, id: str) -> Job | None:
        """What was given under an id; None where nothing was, or it is too long ago."""
        return self._jobs.get(id)

    def jobs(self) -> list[Job]:
        """What was given, the last first."""
        return list(self._jobs.values())[::-1]

    def stop(self, id: str) -> None:
        """End something after the batch that is being written; what has not begun does not begin."""
        if job := self._jobs.get(id):
            (job.task.folder / STOP).touch()

    def close(self, *, patience: float = PATIENCE) -> None:
        """End everything: wait for the batch that is being written, at most so many seconds; throw away what was uploaded."""
        if self._folder.is_dir():
            (self._folder / STOP).touch()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(patience)
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._thread is not None:
            self._thread.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self) -> None:
        """Give one job after the other to the process."""
        while (job := self._waiting.get()) is not None:
            if isinstance(job, Ready):
                self._answered(None)
                continue
            try:
                self._do(job)
            finally:
                shutil.rmtree(job.task.folder / "files", ignore_errors=True)

    def _do(self, job: Job) -> None:
        state = job.task.folder / STATE
        if job.task.stopped:
            written(Progress(state="stopped"), state)
            return
        written(Progress(state="starting"), state)
        if not self._answered(job.task) and not job.progress.ended:
            progress = job.progress
            progress.state, progress.problem = "failed", "the process that adds ended; what it had written stays"
            written(progress, state)

    def _answered(self, task: Task | None) -> bool:
        """Whether the process has done a task, or made its coder where there is none; one that ended is forgotten."""
        process, ours = self._started()
        try:
            ours.send(task)
            wait([ours, process.sentinel])
            answered = bool(ours.poll() and ours.recv())
        except (OSError, EOFError):
            answered = False
        if not answered:
            process.kill()
            process.join()
            self._process = None
        return answered

    def _started(self) -> tuple[BaseProcess, Connection]:
        """The process, started where there is none."""
        if self._process is None or self._ours is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._ours, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs, self._where, self._make), name="onrecord adding", daemon=True)
            self._process.start()
            theirs.close()  # so that the process's end is noticed here
        return self._process, self._ours

    def _forget(self) -> None:
        """Forget how the oldest went."""
        over = [j for j in self._jobs.values() if j.progress.ended]
        for job in over[: max(0, len(over) - KEPT)]:
            del self._jobs[job.id]
            shutil.rmtree(job.task.folder, ignore_errors=True)


def _kept(files: Sequence[Upload], folder: Path) -> list[str]:
    """The paths at which uploaded files were put, each under its own name."""
    paths: list[str] = []
    for number, (name, content) in enumerate(files, 1):
        path = folder / safe_name(name, number)
        if path.exists():
            path = folder / f"{number}-{path.name}"
        with path.open("wb") as out:
            shutil.copyfileobj(content, out)
        paths.append(str(path))
    return paths
