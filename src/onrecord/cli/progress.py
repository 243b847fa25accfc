"""How far a long command is: articles, their rate and the time left, on standard error, where that is a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterable
from os import PathLike
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from onrecord.cli.app import notes
from onrecord.read import Meter, size_of


class Bar:
    """A bar that fills as the bytes of the files are read; the time left is what the rest of them takes at this rate.

    Args:
        verb: what is done, ``coding``.
        paths: the files, whose bytes are counted where a bar is shown.
        meter: sees how far reading is.
    """

    def __init__(self, verb: str, paths: Iterable[str | PathLike[str]], meter: Meter) -> None:
        self._meter, self._paths = meter, paths
        self._shown = notes.is_terminal
        columns = (
            TextColumn(verb),
            BarColumn(),
            TextColumn("{task.fields[done]:,} articles"),
            TextColumn("{task.fields[rate]:.1f}/s"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=notes, transient=True, disable=not self._shown)
        self._task = self._bar.add_task(verb, total=None, done=0, rate=0.0)
        self._began = 0.0

    def __enter__(self) -> Self:
        if self._shown:
            self._meter.total = size_of(self._paths)
        self._began = time.monotonic()
        self._bar.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.__exit__(kind, error, trace)

    def at(self, done: int) -> None:
        """Show how many articles are done."""
        if self._shown:
            seconds = max(time.monotonic() - self._began, 0.001)
            self._bar.update(self._task, completed=self._meter.done, total=self._meter.total or None, done=done, rate=done / seconds)
