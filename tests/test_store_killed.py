"""A writer killed at any moment leaves every article wholly there or not at all, and is taken up where it was stopped."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.store_samples import SampleCoder, an_article
from tests.store_victim import ARTICLES, BATCH

from onrecord.store import Record, open_record
from onrecord.store.clock import COUNTER
from onrecord.store.schema import FINDINGS, articles, codings, counters, metadata, runs

KILLS = int(os.environ.get("ONRECORD_KILLS", "12"))
"""How often."""
OF_ONE = 5
"""After so many attempts a record is completed and compared, and the next one begun."""
TIMES = {"added_at", "coded_at", "started_at", "finished_at", "status"}


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).parent.parent
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "tests.store_victim"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process
    process.communicate()


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def begun(process: subprocess.Popen[str], path: Path) -> int:
    assert process.stdin is not None
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    return int(told(process))


def content(record: Record) -> dict[str, list[Any]]:
    """All rows, but for when they were written."""
    out = {}
    with record.engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [c for c in table.columns if c.name not in TIMES]
            out[table.name] = sorted((tuple(r) for r in connection.execute(select(*columns)) if r[0] != COUNTER), key=repr)
    return out


def check(path: Path) -> int:
    """How many articles the record has; each is whole, and the file is sound."""
    if not path.exists():
        return 0
    with open_record(path) as record, record.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        ids = connection.execute(select(articles.c.id).order_by(articles.c.key)).scalars().all()
        assert ids == [f"a{n}" for n in range(len(ids))]
        assert len(ids) % BATCH == 0
        assert connection.execute(select(func.count()).select_from(codings)).scalar_one() == len(ids)
        assert connection.execute(text("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'struck'")).scalar_one() == len(ids)
        for name, table in FINDINGS.items():
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == len(ids) * (3 if name == "actors" else 1)
        for n in {0, len(ids) // 2, len(ids) - 1} if ids else ():
            assert record.report(f"a{n}") == SampleCoder().report(an_article(n))
        return len(ids)


def test_killed_at_any_moment(nursery: subprocess.Popen[str], tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed.db"
    lasts = completed(nursery, undisturbed)
    with open_record(undisturbed) as record:
        expected = content(record)
    assert len(expected["articles"]) == ARTICLES
    moments = random.Random(6)
    killed = number = 0
    while killed < KILLS:
        number += 1
        assert number < 10 * KILLS, "the writer is done before it is killed"
        path = tmp_path / f"record-{number}.db"
        there = 0
        for _ in range(OF_ONE):
            writer = begun(nursery, path)
            time.sleep(moments.uniform(0, lasts / 2))
            with contextlib.suppress(ProcessLookupError):  # it was done
                os.kill(writer, signal.SIGKILL)
            if told(nursery) == "killed":
                killed += 1
            else:  # how fast a writer is depends on what else the machine does
                lasts *= 0.8
            before, there = there, check(path)
            assert there >= before
            if there == ARTICLES:
                break
        completed(nursery, path)
        with open_record(path) as record:
            assert content(record) == expected


def completed(process: subprocess.Popen[str], path: Path) -> float:
    """Let a writer come to its end; returns how many seconds that took."""
    begin = time.monotonic()
    begun(process, path)
    assert told(process) == "done"
    return time.monotonic() - begin


def test_the_last_numbers_are_those_of_the_rows(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add([an_article(n) for n in range(5)], SampleCoder())
        with record.engine.connect() as connection:
            last = {r.name: r.last for r in connection.execute(select(counters))}
            assert last["articles"] == connection.execute(select(func.max(articles.c.key))).scalar_one()
            assert last["runs"] == connection.execute(select(func.max(runs.c.key))).scalar_one()
