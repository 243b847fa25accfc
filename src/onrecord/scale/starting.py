"""The door: Ray is loaded when it is needed, after it has been told to be quiet."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterable
from importlib import import_module

from onrecord.scale.chunks import Reader
from onrecord.scale.parts import Tables
from onrecord.scale.settings import Settings
from onrecord.scale.tally import Tally
from onrecord.workers import Coder

QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_SCHEDULER_EVENTS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
"""No statistics to anybody, and no lines of Ray's own, which would stand among ours."""


def scale(
    paths: Iterable[str],
    output: str,
    make: Callable[[], Coder],
    *,
    read: Reader,
    tables: Tables,
    begun_with: Settings | None = None,
    address: str | None = None,
    workers: int | None = None,
    on_progress: Callable[[Tally], None] = lambda _: None,
    on_told: Callable[[str], None] = lambda _: None,
) -> Tally:
    """Code the articles of files with a pool of workers; what an output has already is not done again.

    The output is the same whatever was killed on the way, and however often: docs/scale.md says how it is laid out.

    Args:
        paths: files, directories and globs, on this machine or by an address (``s3://bucket/news/*.jsonl.gz``).
        output: a folder, likewise.
        make: makes a coder in each worker.
        read: reads files.
        tables: how findings become tables.
        begun_with: how the output is laid out, and what it is made of.
        address: of a Ray cluster; None for this machine.
        workers: how many; by default one for each processor.
        on_progress: called from time to time.
        on_told: called with what is worth knowing: a document that was set aside.

    Raises:
        ScaleError: there is no input, the output holds something else, or the cluster can't be reached.
    """
    prepare(here=address is None)
    done = import_module("onrecord.scale.running").run(
        paths,
        output,
        make,
        read=read,
        tables=tables,
        begun_with=begun_with or Settings(),
        address=address,
        workers=workers,
        on_progress=on_progress,
        on_told=on_told,
    )
    assert isinstance(done, Tally)
    return done


def prepare(*, here: bool) -> None:
    """Set what Ray reads when it is loaded: on this machine it answers only to those who know a token, which are its own processes."""
    if "ray" in sys.modules:
        return
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    if here:
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
