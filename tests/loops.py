"""Loops of asyncio beside the tests' own thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def beside(run: Callable[[], T]) -> T:
    """What a function gives in a thread of its own: the browser of another test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
