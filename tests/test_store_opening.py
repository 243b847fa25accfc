"""Opening a record: what is one, what is none, and how its tables came about."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from tests.store_samples import SampleCoder, an_article

from onrecord.store import Links, NewerRecordError, NoRecordError, RecordError, open_record
from onrecord.store.migrations import HERE, revisions
from onrecord.store.opening import address
from onrecord.store.schema import metadata

BESIDE = ("articles_fts", "ix_articles_words")


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_the_steps_lead_to_the_schema(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    where = str(tmp_path / "r.db") if backend == "sqlite" else request.getfixturevalue("new_database")()
    with open_record(where) as record, record.engine.connect() as connection:
        options = {"include_object": lambda _item, name, *_: not (name or "").startswith(BESIDE)}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_the_steps_are_in_one_line() -> None:
    scripts = ScriptDirectory(str(HERE))
    assert [s.revision for s in scripts.walk_revisions()] == revisions()[::-1]
    assert [s.down_revision for s in scripts.walk_revisions()] == [*revisions()[-2::-1], None]


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record, record.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerRecordError, match=r"newer version of onrecord.*pip install --upgrade"):
        open_record(path)


def test_a_record_of_an_older_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.db"
    monkeypatch.setattr("onrecord.store.opening.revisions", lambda: revisions()[:1])
    monkeypatch.setattr("onrecord.store.migrating.HEAD", "0001")
    with open_record(path) as record, record.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    monkeypatch.undo()
    with open_record(path) as record:
        record.add([an_article(1)], SampleCoder())
        assert record.report("a1") is not None


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_what_linking_remembers_is_taken_along(backend: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    where = str(tmp_path / "r.db") if backend == "sqlite" else request.getfixturevalue("new_database")()
    monkeypatch.setattr("onrecord.store.opening.revisions", lambda: revisions()[:5])
    monkeypatch.setattr("onrecord.store.migrating.HEAD", "0005")
    with open_record(where) as record, record.engine.begin() as connection:
        connection.execute(text("INSERT INTO blocking_keys (kind, value, item) VALUES ('story', 'v1', 'x'), ('story', 'v1', 'y'), ('story', 'v2', 'x')"))
        connection.execute(text("INSERT INTO link_notes (kind, item, body) VALUES ('story', 'x', :body)"), {"body": b"centre" * 100})
    monkeypatch.undo()
    with open_record(where) as record, record.engine.begin() as connection:
        links = Links(connection, "2021-01-01T00:00:00Z")
        assert links.firsts("story", ["v1", "v2"], most=9) == {"v1": ["x", "y"], "v2": ["x"]}
        assert links.notes("story", ["x"]) == {"x": b"centre" * 100}
        links.block("story", {"x": ["v3"]})
        assert links.firsts("story", ["v1", "v2", "v3"], most=9) == {"v1": ["y"], "v3": ["x"]}


def test_no_record_is_made_where_none_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoRecordError, match="onrecord add"):
        open_record(tmp_path / "nothing.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Only a few notes, no database at all.")
    with pytest.raises(RecordError, match="not a database"):
        open_record(tmp_path / "notes.txt")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(RecordError, match="something else"):
        open_record(tmp_path / "other.db")
    assert (tmp_path / "notes.txt").read_text() == "Only a few notes, no database at all."


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="can't be opened"):
        open_record(tmp_path / "no" / "record.db")


@pytest.mark.parametrize("where", ["mysql://host/db", "sqlite://", "sqlite:///:memory:", "post gres://"])
def test_other_addresses_are_refused(where: str) -> None:
    with pytest.raises(RecordError, match="no address of a record"):
        address(where)


def test_a_server_that_does_not_answer_is_said_without_the_password() -> None:
    with pytest.raises(RecordError) as error:
        open_record("postgresql://me:hidden@127.0.0.1:1/none")
    assert "hidden" not in str(error.value)


def test_postgresql_without_its_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.store.opening.find_spec", lambda _: None)
    with pytest.raises(RecordError, match=r"onrecord\[postgres\]"):
        address("postgresql://host/db")


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_two_may_open_a_new_record_at_once(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    where = str(tmp_path / "r.db") if backend == "sqlite" else request.getfixturevalue("new_database")()
    failed: list[BaseException] = []

    def run(do: Callable[[], object]) -> None:
        try:
            do()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(lambda: open_record(where).close(),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
