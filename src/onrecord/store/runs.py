"""Runs: what coded, with what, and when."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import Connection, insert, select, update

from onrecord.records import digest
from onrecord.store.schema import runs
from onrecord.store.unfolding import Keys
from onrecord.workers import Coder


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One coder at one operating point; all that it ever coded is one run, however often it was interrupted.

    ``id`` is derived from the rest.
    """

    id: str
    coder: str
    version: str
    model: str | None
    codebooks: tuple[str, ...]
    operating_point: dict[str, float]

    @classmethod
    def of(cls, coder: Coder) -> Run:
        """The run of a coder."""
        named, *_ = coder.name.split(" actors ")  # the tables of actors stay in the name
        head, *books = named.split(" codebook ")
        made_by, _, model = head.partition(" model ")
        point = dataclasses.asdict(coder.point)
        id = digest("run", coder.name, *(f"{k}={v}" for k, v in sorted(point.items())))
        return cls(id=id, coder=coder.name, version=made_by.rpartition(" ")[2], model=model or None, codebooks=tuple(books), operating_point=point)


def key_of(connection: Connection, run: Run) -> int | None:
    """The number of a run; None where it has coded nothing yet."""
    return connection.execute(select(runs.c.key).where(runs.c.id == run.id)).scalar()


def begin(connection: Connection, run: Run, keys: Keys, at: str) -> int:
    """Note that a run codes, and its number."""
    key = key_of(connection, run)
    if key is None:
        key = keys.next("runs")
        row: dict[str, Any] = {**dataclasses.asdict(run), "codebooks": list(run.codebooks)}
        connection.execute(insert(runs).values(**row, key=key, status="running", started_at=at))
    else:
        connection.execute(update(runs).where(runs.c.key == key, runs.c.status != "running").values(status="running", finished_at=None))
    return key


def end(connection: Connection, run: Run, status: str, at: str) -> None:
    """Note that a run has come to its end, or was stopped."""
    connection.execute(update(runs).where(runs.c.id == run.id, runs.c.status == "running").values(status=status, finished_at=at))
