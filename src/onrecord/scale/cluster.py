"""Ray, on this machine or a cluster: kept quiet, without a word to anybody outside, and small."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

import ray
import ray.data

from onrecord.scale.errors import ScaleError
from onrecord.scale.leftover import FOLDER, clear

STORE = 256 * 2**20
"""Bytes of memory for what is on its way between processes of this machine: texts, a few chunks for each worker."""
BLOCK = 2**10
"""Bytes that go from one step to the next together: less than a chunk has, so that each goes alone."""


@contextlib.contextmanager
def started(address: str | None, workers: int | None) -> Iterator[int]:
    """Ray for as long as it is needed; the number of workers.

    Args:
        address: of a cluster (``auto``, ``host:6379``); None starts Ray on this machine alone, closed to everybody else.
        workers: how many; None for as many as there are processors.

    Raises:
        ScaleError: the cluster can't be reached.
    """
    _configure()
    if ray.is_initialized():
        yield workers or _processors()
    elif address is None:
        count = workers or os.cpu_count() or 1
        with _here(count):
            yield count
    else:
        try:
            with _silent():
                ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise ScaleError(f"no Ray cluster can be reached at {address}: {error} (RAY_AUTH_MODE=token where it asks for a token)") from error
        try:
            yield workers or _processors()
        finally:
            ray.shutdown()


def _processors() -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


@contextlib.contextmanager
def _here(workers: int) -> Iterator[None]:
    """Ray on this machine."""
    place = "/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir()  # the names of sockets below must be short
    clear(place)
    folder = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-", dir=place)
    try:
        with _silent():
            ray.init(
                "local",
                num_cpus=workers,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
                object_store_memory=STORE,
                _node_ip_address="127.0.0.1",
                _temp_dir=folder,
            )
        yield
    finally:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep off standard error what Ray writes there past Python before it knows how much to say; what goes wrong is raised all the same."""
    before = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)


def _configure() -> None:
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context: Any = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = BLOCK
    context.target_min_block_size = 1
    context.max_consecutive_actor_init_deaths = 10  # a worker may be killed while it starts
    context.log_internal_stack_trace_to_stdout = False
