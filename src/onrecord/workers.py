"""Several processes that code side by side, used like one coder."""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Protocol, Self

from onrecord.operating import OperatingPoint
from onrecord.records import Article, Report

AHEAD = 2
"""Portions that wait for each process, so that none is ever idle and memory stays flat."""


class Coder(Protocol):
    """What makes reports of articles."""

    point: OperatingPoint

    @property
    def name(self) -> str:
        """What makes the reports."""

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        """Reports on many articles, in order."""


class WorkerError(RuntimeError):
    """Coding an article ended the process that did it, twice."""


class Workers:
    """Processes that each have a coder of their own. Close them, or use them in a ``with`` statement.

    A process that is killed is replaced, and what it was doing is done again.

    Args:
        make: makes a coder in each process: a function of a module, or a partial of one.
        count: how many processes.
        portion: how many articles a process takes at a time.

    Raises:
        ValueError: ``count`` is not positive.
    """

    def __init__(self, make: Callable[[], Coder], count: int, *, portion: int = 8) -> None:
        if count < 1:
            raise ValueError(f"there must be one process at least, got {count}")
        self._make, self._count, self._portion = make, count, portion
        self._pool = self._started()
        self.name, self.point = self._about

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        """Reports on many articles, in order.

        Raises:
            WorkerError: an article ends whichever process codes it.
        """
        waiting: deque[tuple[list[Article], Future[list[Report]]]] = deque()
        source = iter(articles)
        size = min(batch_size, self._portion)
        while portion := list(itertools.islice(source, size)):
            waiting.append((portion, self._submitted(portion)))
            if len(waiting) > self._count * AHEAD:
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def _next(self, waiting: deque[tuple[list[Article], Future[list[Report]]]]) -> list[Report]:
        """The reports on the portion that is next; where its process was killed, processes start anew."""
        portion, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self._restart()
        reports = self._singly(portion)
        for at, (later, _) in enumerate(waiting):
            waiting[at] = later, self._submitted(later)
        return reports

    def _singly(self, portion: list[Article]) -> list[Report]:
        out: list[Report] = []
        for article in portion:
            try:
                out += self._submitted([article]).result()
            except BrokenProcessPool as error:
                self._restart()
                raise WorkerError(f"coding article {article.id} ended the process that did it") from error
        return out

    def _submitted(self, portion: list[Article]) -> Future[list[Report]]:
        """A portion on its way to a process; where one has just been killed, one that failed, for whoever asks for it to begin anew."""
        try:
            return self._pool.submit(_code, portion)
        except BrokenProcessPool as error:
            failed: Future[list[Report]] = Future()
            failed.set_exception(error)
            return failed

    def _started(self) -> ProcessPoolExecutor:
        """Processes that have all started: one that is still being started while another is killed would be left behind."""
        pool = ProcessPoolExecutor(self._count, mp_context=multiprocessing.get_context("spawn"), initializer=_start, initargs=(self._make,))
        answers = [pool.submit(_about) for _ in range(self._count)]
        self._about, *_ = (answer.result() for answer in answers)
        return pool

    def _restart(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._started()


_coder: list[Coder] = []
"""The coder of a process, made when it starts."""


def _start(make: Callable[[], Coder]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the processes ends them
    with loading():
        _coder.append(make())


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """While something large is loaded Python's collector rests, and from then on leaves alone what is there: it looks through the rest, parses that are done
    with among it, more often.

    Without it tables as large as the lexicons' keep a full collection from coming for hundreds of articles, and cost several while they are made.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def _about() -> tuple[str, OperatingPoint]:
    return _coder[0].name, _coder[0].point


def _code(articles: list[Article]) -> list[Report]:
    return list(_coder[0].pipe(articles, batch_size=len(articles)))
