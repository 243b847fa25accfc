"""The whole way: shards → chunks → parts by a pool of workers → output. Ray Data moves, schedules and repeats; nothing of that is done here."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
import ray
import ray.data
import ray.data.exceptions
import ray.exceptions

from onrecord.scale import parts, settings
from onrecord.scale.chunks import Reader, chunks, packed, unpacked
from onrecord.scale.cluster import started
from onrecord.scale.coding import DEATHS, Done, Work, Worker
from onrecord.scale.errors import ScaleError
from onrecord.scale.finishing import finish
from onrecord.scale.parts import Tables
from onrecord.scale.settings import Settings
from onrecord.scale.shards import Manifest, Shard, missing
from onrecord.scale.storage import Folder, files
from onrecord.scale.tally import Tally
from onrecord.workers import Coder

END = -1
"""The number of the row that says how many chunks a shard has."""
BLOCKS = 4096
OF_A_READER = 4
"""Workers that one process reads for."""

Row = dict[str, Any]


def run(
    paths: Iterable[str],
    output: str,
    make: Callable[[], Coder],
    *,
    read: Reader,
    tables: Tables,
    begun_with: Settings,
    address: str | None,
    workers: int | None,
    on_progress: Callable[[Tally], None],
    on_told: Callable[[str], None],
) -> Tally:
    """Do what :func:`onrecord.scale.scale` says."""
    folder = Folder(output)
    found = files(paths)
    settings.begin(folder, begun_with)
    todo, done = missing(found, folder)
    tally = Tally(shards=len(todo), before=len(done), bytes=sum(s.size for s in todo))
    on_progress(tally)
    if not todo:
        return tally
    with started(address, workers) as count:
        attempts = _Attempts.remote()  # type: ignore[attr-defined]
        work = Work(make=make, tables=tables, folder=folder, attempts=_Counted(attempts), with_text=begun_with.with_text)
        coded = _coded(todo, folder, _Reading(read=read, attempts=_Counted(attempts), size=begun_with.chunk), work, count)
        try:
            _Run(folder, todo, begun_with, tables, tally, on_progress, on_told).finish_all(coded.iter_rows())
        except (ray.exceptions.RayError, ray.data.exceptions.SystemException) as error:
            raise ScaleError(f"the workers can't go on: {_cause(error)}") from error
    folder.clear(parts.PARTS)
    return tally


def _coded(todo: list[Shard], folder: Folder, reading: _Reading, work: Work, workers: int) -> Any:
    """A row for each chunk of the shards that has been coded, and one for the end of each."""
    rows = [{"shard": msgspec.json.encode(shard).decode(), "there": sorted(parts.written(folder, shard.version))} for shard in todo]
    readers = -(-workers // OF_A_READER)
    pool = ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=2)
    return (
        ray.data.from_items(rows, override_num_blocks=min(len(rows), BLOCKS))
        .flat_map(reading.rows, num_cpus=0, compute=ray.data.TaskPoolStrategy(size=readers))
        .map(_Coding, fn_constructor_args=(work,), num_cpus=1, compute=pool)
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Reading:
    """Shards → rows of chunks."""

    read: Reader
    attempts: _Counted
    size: int

    def rows(self, row: Row) -> Iterator[Row]:
        """The chunks of a shard that are not coded yet, then how many it has."""
        shard = msgspec.json.decode(row["shard"], type=Shard)
        there = set(row["there"])
        total = 0
        for number, chunk in enumerate(chunks(shard, self.read, self.attempts, size=self.size, deaths=DEATHS)):
            total = number + 1
            if number not in there:
                yield {"version": shard.version, "number": number, "total": 0, "reached": chunk.reached, "chunk": packed(chunk)}
        yield {"version": shard.version, "number": END, "total": total, "reached": 0, "chunk": b""}


class _Coding:
    """A worker, as Ray makes and calls it."""

    def __init__(self, work: Work) -> None:
        self._worker = Worker(work)

    def __call__(self, row: Row) -> Row:
        end = row["number"] == END
        done = Done() if end else self._worker.do(row["version"], row["number"], unpacked(row["chunk"]))
        return {**{name: row[name] for name in ("version", "number", "total", "reached")}, "done": msgspec.json.encode(done).decode()}


@ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)
class _Attempts:
    """Counts attempts for all workers."""

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()

    def begun(self, what: str) -> int:
        self._begun[what] += 1
        return self._begun[what] - 1

    def ended(self, what: str) -> None:
        del self._begun[what]


@dataclasses.dataclass(frozen=True)
class _Counted:
    """The one that counts, as workers speak with it."""

    actor: Any

    def begun(self, what: str) -> int:
        """Note that something is begun, and how often it was begun before without coming to its end."""
        return int(ray.get(self.actor.begun.remote(what)))

    def ended(self, what: str) -> None:
        """Note that it came to its end."""
        self.actor.ended.remote(what)


@ray.remote(num_cpus=0, max_retries=-1)  # type: ignore[untyped-decorator]
def _finish(folder: Folder, shard: Shard, total: int, begun_with: Settings, tables: Tables) -> Manifest:
    return finish(folder, shard, total, begun_with.partition, tables.notes)


def _cause(error: BaseException) -> str:
    """What went wrong in a worker, in a line."""
    inner = getattr(error, "cause", None) or error
    lines = [line.strip() for line in str(inner).splitlines() if line.strip()]
    return f"{type(inner).__name__}: {lines[-1][:300]}" if lines else type(inner).__name__


class _Run:
    """What the one who waits for the workers keeps in mind."""

    def __init__(
        self,
        folder: Folder,
        todo: list[Shard],
        begun_with: Settings,
        tables: Tables,
        tally: Tally,
        on_progress: Callable[[Tally], None],
        on_told: Callable[[str], None],
    ) -> None:
        self._folder, self._begun_with, self._tables = folder, begun_with, tables
        self._tally, self._on_progress, self._on_told = tally, on_progress, on_told
        self._shards = {shard.version: shard for shard in todo}
        self._coded: dict[str, int] = {shard.version: len(parts.written(folder, shard.version)) for shard in todo}
        self._totals: dict[str, int] = {}
        self._reached: Counter[str] = Counter()
        self._finishing: list[Any] = []
        self._began = time.monotonic()

    def finish_all(self, rows: Iterable[Row]) -> None:
        """Have every shard finished once all its chunks are coded."""
        for row in rows:
            self._count(row, msgspec.json.decode(row["done"], type=Done))
            if self._totals.get(version := row["version"]) == self._coded[version]:
                self._finishing.append(_finish.remote(self._folder, self._shards[version], self._totals[version], self._begun_with, self._tables))
            self._gather(wait=False)
        self._gather(wait=True)

    def _count(self, row: Row, done: Done) -> None:
        version, tally = row["version"], self._tally
        if done.refused:
            raise ScaleError(done.refused)
        if row["number"] == END:
            self._totals[version] = row["total"]
            return
        self._coded[version] += 1
        tally.read += max(0, row["reached"] - self._reached[version])
        self._reached[version] = max(row["reached"], self._reached[version])
        if not tally.articles:
            self._began = time.monotonic() - done.seconds
        tally.articles += done.articles
        tally.characters += done.characters
        tally.skipped += done.skipped
        tally.left_out += done.left_out
        tally.seconds = time.monotonic() - self._began
        for told in done.told:
            self._on_told(told)
        self._on_progress(tally)

    def _gather(self, *, wait: bool) -> None:
        """Take note of the shards that are finished."""
        while self._finishing:
            done, self._finishing = ray.wait(self._finishing, timeout=None if wait else 0)
            if not done:
                return
            for one in done:
                ray.get(one)
                self._tally.finished += 1
                self._on_progress(self._tally)
