"""An end to what does not end by itself."""

from __future__ import annotations

import contextlib
import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

PATIENCE = 600.0
"""Seconds that a chunk of 16 articles may take together, and then each of them alone: a text of a million characters takes up to two minutes."""


class LateError(RuntimeError):
    """Something took longer than it may."""


@contextlib.contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Stop what is done within after some time.

    A library that never comes back to Python can't be stopped so: after twice that time the process is ended, which counts as any other end of a worker.

    Args:
        seconds: how long it may take.

    Raises:
        LateError: it took longer.
    """

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise LateError(f"it took longer than {seconds:g} s")

    can_stop = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
    faulthandler.dump_traceback_later(2 * seconds, exit=True, file=sys.__stderr__ or sys.stderr)
    before = signal.signal(signal.SIGALRM, late) if can_stop else None
    if can_stop:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        try:
            if can_stop:
                signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # the signal can come up to here
            if can_stop:
                signal.signal(signal.SIGALRM, before)
            faulthandler.cancel_dump_traceback_later()
