"""What becomes of a record whose disk is full, whose file is damaged or held, whose clock is set back, or that two write to: nothing committed is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from tests.store_samples import SampleCoder, an_article
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.cluster.linker import Linker
from onrecord.read import read
from onrecord.records import Article
from onrecord.store import BusyRecordError, DamagedRecordError, FullRecordError, Record, clock, open_record
from onrecord.store.opening import writing
from onrecord.store.schema import articles, codings, event_members, positions, runs

ROOT = Path(__file__).parent.parent
PAGE = 4096
FEW, MANY = 12, 400


def added(path: Path, first: int, last: int, *, linker: Linker | None = None) -> None:
    with open_record(path) as record:
        record.add([an_article(n) for n in range(first, last)], SampleCoder(), linker=linker)


def ids(record: Record) -> list[str]:
    with record.engine.connect() as connection:
        return list(connection.execute(select(articles.c.id).order_by(articles.c.key)).scalars())


def is_whole(path: Path, number: int) -> None:
    """The file is sound, and its articles are the first so many, each with its report."""
    with open_record(path, create=False) as record:
        assert record.check() == []
        assert ids(record) == [f"a{n}" for n in range(number)]
        assert all(record.report(f"a{n}") == SampleCoder().report(an_article(n)) for n in (0, number - 1))


# --- a full disk


def until_full(record: Record) -> int:
    """Add until it can't be; how many articles the record had been told to hold by then."""
    tallies: list[int] = []
    many = (an_article(n, words="Nobody was surprised. " * 200) for n in range(MANY))
    with pytest.raises(FullRecordError, match=r"make room.*what was added before stays"):
        record.add(many, SampleCoder(), batch=4, on_batch=lambda tally: tallies.append(tally.added))
    assert tallies
    return tallies[-1]


def test_a_file_that_may_not_grow_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    added(path, 0, 0)
    with open_record(path) as record:
        pages = path.stat().st_size // PAGE + 150

        @event.listens_for(record.engine, "connect")
        def _(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

        record.engine.dispose()
        done = until_full(record)
        assert len(ids(record)) == done
    with open_record(path) as record:  # the bound is gone: there is room again
        assert record.check() == []
        record.add([an_article(n, words="Nobody was surprised. " * 200) for n in range(done + 8)], SampleCoder())
        assert ids(record) == [f"a{n}" for n in range(done + 8)]
        assert record.check() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    at = tmp_path / "disk"
    at.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(at)], capture_output=True, text=True, check=False) if _root() else None
    if mounted is None or mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip() if mounted else 'not root'}")
    yield at
    subprocess.run(["umount", str(at)], check=True)


def _root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


def test_a_full_disk_keeps_what_it_has(small_disk: Path) -> None:
    path = small_disk / "r.db"
    other = small_disk / "other"
    other.write_bytes(bytes(1_500_000))
    with open_record(path) as record:
        done = until_full(record)
    with open_record(path) as record:
        assert len(ids(record)) == done
    other.unlink()
    with open_record(path) as record:
        record.add([an_article(n, words="Nobody was surprised. " * 200) for n in range(done + 4)], SampleCoder(), batch=4)
        assert ids(record) == [f"a{n}" for n in range(done + 4)]
        assert record.check() == []


# --- a damaged file


def overwrite(path: Path, name: str) -> None:
    """Overwrite a page in the middle of a table or an index."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = [n for (n,) in connection.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (name,))]
    with path.open("rb+") as file:
        file.seek((pages[len(pages) // 2] - 1) * PAGE)
        file.write(os.urandom(7) * 500)


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str], Path]:
    try:
        sqlite3.connect(":memory:").execute("SELECT * FROM dbstat")
    except sqlite3.OperationalError:
        pytest.skip("this SQLite can't tell which page is of what (dbstat)")

    def make(name: str) -> Path:
        path = tmp_path / "r.db"
        added(path, 0, 60)
        with open_record(path) as record:
            record.review(SampleCoder().report(an_article(0)).positions[0].id, "rejected", by="Ana", note="no stand")
        overwrite(path, name)
        return path

    return make


@pytest.mark.parametrize("name", ["codings", "event_mentions", "an index"])
def test_a_damaged_record_takes_nothing_and_gives_what_it_can(name: str, spoilt: Callable[[str], Path]) -> None:
    path = spoilt(_named(name))
    before = path.read_bytes()
    with open_record(path) as record:
        with pytest.raises(DamagedRecordError, match=rf"{path.name} is damaged .*docs/faults\.md"):
            record.add([an_article(100)], SampleCoder())
        assert len(ids(record)) == 60
        assert record.check()
        read = sum(_readable(record, n) for n in range(60))
        assert read > 20
    assert path.read_bytes() == before
    said = CliRunner().invoke(app, ["check", str(path)])
    assert said.exit_code == 1
    assert "restore a back-up" in said.output
    refused = CliRunner().invoke(app, ["backup", str(path), str(path.with_name("copy.db"))])
    assert refused.exit_code == 2
    assert not path.with_name("copy.db").exists()


def _named(name: str) -> str:
    """The name of an index on positions where one is meant, whatever it is called."""
    if name != "an index":
        return name
    return sorted(str(i.name) for i in positions.indexes)[0]


def _readable(record: Record, number: int) -> bool:
    try:
        return record.report(f"a{number}") == SampleCoder().report(an_article(number))
    except DamagedRecordError:
        return False


def test_a_question_that_meets_the_damage_says_where_it_is(spoilt: Callable[[str], Path]) -> None:
    path = spoilt("codings")
    with open_record(path) as record, pytest.raises(DamagedRecordError, match=path.name):
        assert [record.report(f"a{n}") for n in range(60)]


@pytest.mark.parametrize("name", ["codings", "articles"])
def test_what_can_be_read_is_saved_and_the_rest_completed(name: str, spoilt: Callable[[str], Path], tmp_path: Path) -> None:
    path, saved = spoilt(name), tmp_path / "saved.db"
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["recover", str(path), str(saved)])
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == before
    left = tmp_path / "saved.db.uncoded.jsonl"
    uncoded = [a for a in read([left]) if isinstance(a, Article)] if left.exists() else []
    assert bool(uncoded) == (name == "codings")
    with open_record(saved, create=False) as record:
        assert 20 < len(ids(record)) < 60
        assert all(_readable(record, int(id[1:])) for id in ids(record))
        assert [a for a in uncoded if a != an_article(int(a.id[1:]))] == []
        assert [(r["finding"], r["note"]) for r in record.reviews()] == [(SampleCoder().report(an_article(0)).positions[0].id, "no stand")]
        record.add(uncoded, SampleCoder())
        record.add([an_article(n) for n in range(60)], SampleCoder())
        assert sorted(ids(record)) == sorted(f"a{n}" for n in range(60))
        assert all(_readable(record, n) for n in range(60))
        assert record.check() == []


# --- a held record


def test_a_record_that_is_held_is_waited_for_and_then_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    added(path, 0, FEW)
    monkeypatch.setattr("onrecord.store.opening.BUSY", 200)
    with open_record(path) as holder, open_record(path) as record:
        with writing(holder.engine):
            assert len(ids(record)) == FEW  # reading goes on
            with pytest.raises(BusyRecordError, match=r"another process is writing to it.*nothing was lost"):
                record.add([an_article(FEW)], SampleCoder())
        record.add([an_article(FEW)], SampleCoder())
    is_whole(path, FEW + 1)


# --- a clock that jumps


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_clock_set_back_changes_no_order(backend: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    where = str(tmp_path / "r.db") if backend == "sqlite" else request.getfixturevalue("new_database")()
    real = datetime.now(UTC)
    with open_record(where) as record:
        record.add([an_article(0)], SampleCoder())
        point = record.changes().next
        monkeypatch.setattr(clock, "wall", lambda: real - timedelta(days=400))
        record.add([an_article(1)], SampleCoder("2"))
        record.correct_article("a1", "correction", by="Ana")
        after = record.changes(point)
        assert {(c["what"], c["id"]) for c in after} == {("added", "a1"), ("coded", "a1")}
        monkeypatch.setattr(clock, "wall", lambda: real + timedelta(days=400))
        record.forget(["a0"])
        monkeypatch.undo()
        record.add([an_article(2)], SampleCoder("2"))
        assert {(c["what"], c["id"]) for c in record.changes(after.next) if c["what"] != "forgotten"} == {("added", "a2"), ("coded", "a2")}
        with record.engine.connect() as connection:
            times = list(connection.execute(select(codings.c.coded_at).order_by(codings.c.article)).scalars())
            assert times == sorted(set(times))
            assert all(r.started_at < r.finished_at for r in connection.execute(select(runs.c.started_at, runs.c.finished_at)))


def test_a_record_from_before_times_were_counted_goes_on_from_its_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    added(path, 0, 1)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM counters WHERE name = ?", (clock.COUNTER,))
    monkeypatch.setattr(clock, "wall", lambda: clock.START)
    added(path, 1, 2)
    with open_record(path) as record:
        assert [c["id"] for c in record.changes() if c["what"] == "coded"] == ["a0", "a1"]


# --- two writers

WRITE = """
import sys
from tests.store_samples import SampleCoder, an_article
from onrecord.cluster.linker import Linker
from onrecord.store import open_record
with open_record(sys.argv[1]) as record:
    print("open", flush=True); sys.stdin.readline()
    tally = record.add([an_article(n) for n in range(int(sys.argv[2]), int(sys.argv[3]))], SampleCoder(), linker=Linker(), batch=2)
    print(tally.added, tally.unchanged, flush=True)
"""


def linked(record: Record) -> set[frozenset[str]]:
    """Which mentions are one event."""
    together: dict[str, set[str]] = {}
    with record.engine.connect() as connection:
        for event_id, mention in connection.execute(select(event_members.c.event_id, event_members.c.mention_id)):
            together.setdefault(event_id, set()).add(mention)
    return {frozenset(some) for some in together.values()}


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path, alone = tmp_path / "r.db", tmp_path / "alone.db"
    spans = ((0, 24), (12, 36))
    command = [sys.executable, "-W", "ignore", "-c", WRITE, str(path)]
    writers = [subprocess.Popen([*command, str(a), str(b)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for a, b in spans]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [[int(n) for n in writer.communicate(timeout=120)[0].split()] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert sum(new for new, _ in said) == 36
    assert [new + old for new, old in said] == [24, 24]
    added(alone, 0, 36, linker=Linker())
    with open_record(path) as record, open_record(alone) as other:
        assert record.check() == []
        assert sorted(ids(record)) == sorted(ids(other))
        assert linked(record) == linked(other)


# --- a back-up


def test_a_back_up_made_while_articles_are_added_holds_whole_batches(tmp_path: Path) -> None:
    path, batch = tmp_path / "r.db", 3
    made: list[Path] = []

    def copy(_: object) -> None:
        """Between batches, and through the command that a user gives."""
        out = tmp_path / f"copy-{len(made)}.db"
        result = CliRunner().invoke(app, ["backup", str(path), str(out)])
        assert result.exit_code == 0, result.output
        made.append(out)

    with open_record(path) as record:
        record.add((an_article(n) for n in range(12)), SampleCoder(), batch=batch, on_batch=copy)
        with writing(record.engine) as connection:  # while something is being written that is not committed
            connection.execute(articles.update().values(title="changed"))
            copy(None)
    for number, out in enumerate(made, 1):
        is_whole(out, min(number * batch, 12))
    assert not list(tmp_path.glob("*.part*"))


def test_a_back_up_overwrites_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "r.db", tmp_path / "out.db"
    added(path, 0, 1)
    out.write_text("mine")
    refused = CliRunner().invoke(app, ["backup", str(path), str(out)])
    assert (refused.exit_code, out.read_text()) == (2, "mine")
    assert "overwrites nothing" in refused.output
    other = CliRunner().invoke(app, ["backup", str(out), str(tmp_path / "new.db")])
    assert other.exit_code == 2
    assert not (tmp_path / "new.db").exists()
