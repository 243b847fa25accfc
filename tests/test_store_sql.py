"""SQL of strangers: it reads, takes no longer and gives no more than it may, and reaches nothing beyond the record."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from tests.store_samples import SampleCoder, an_article

from onrecord.store import QueryError, Record, open_record

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
BOUNDS = {"seconds": 0.5, "rows": 5, "size": 20_000}


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Twelve articles, open as a role that can do nothing on the server but use its database."""
    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("record") / "r.db")
    else:
        where = request.getfixturevalue("module_database")()
        with open_record(where) as mighty, mighty.engine.begin() as connection:
            connection.execute(text("DROP ROLE IF EXISTS reader"))
            connection.execute(text("CREATE ROLE reader LOGIN"))
            connection.execute(text("GRANT pg_read_all_data TO reader"))
        with open_record(where) as mighty:
            mighty.add([an_article(n) for n in range(12)], SampleCoder())
        where = make_url(where).set(username="reader").render_as_string()
    with open_record(where) as opened:
        if request.param == "sqlite":
            opened.add([an_article(n) for n in range(12)], SampleCoder())
        yield opened


def test_what_may_be_asked(record: Record) -> None:
    table = record.sql("SELECT id, title FROM articles WHERE current ORDER BY id LIMIT 2", **BOUNDS)
    assert [r["id"] for r in table] == ["a0", "a1"]
    assert table.notes == ()
    assert record.sql("/* who */ WITH x AS (SELECT 1 AS n) SELECT n FROM x -- so", **BOUNDS)[0]["n"] == 1


def test_no_more_rows_than_may(record: Record) -> None:
    table = record.sql("SELECT key FROM articles", **BOUNDS)
    assert len(table) == 5
    assert table.notes == ("only the first 5 rows are given",)
    endless = record.sql(ENDLESS.format("i"), **BOUNDS)
    assert [r["i"] for r in endless] == [1, 2, 3, 4, 5]


def test_no_more_text_than_may(record: Record) -> None:
    long = (
        "replace(substr('0123456789', 1, 10), '0', (SELECT group_concat(text) FROM articles))"
        if record.engine.dialect.name == "sqlite"
        else "repeat('x', 9000)"
    )
    with_long = f"SELECT {long} AS x UNION ALL SELECT {long} || '!' UNION ALL SELECT {long} || '?'"
    table = record.sql(with_long, seconds=5, rows=100, size=18_500 if record.engine.dialect.name != "sqlite" else 3_000)
    assert len(table) < 3
    assert "long" in table.notes[0]


@pytest.mark.parametrize("what", ["max(i)", "count(*)"])
def test_no_longer_than_may(record: Record, what: str) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s"):
        record.sql(ENDLESS.format(what), **BOUNDS)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM articles",
        "SELECT 1; DROP TABLE events",
        "COMMIT; DELETE FROM articles",
        "ATTACH 'other.db' AS other",
        "PRAGMA writable_schema = 1",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = OFF",
        "UPDATE sqlite_master SET sql = ''",
        "SELECT load_extension('evil')",
        "SELECT readfile('/etc/passwd')",
        "VACUUM INTO 'copy.db'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_sleep(60)",
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "SELECT lo_import('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'touch reached'",
        "SET statement_timeout = 0",
        "BEGIN",
        "WITH gone AS (DELETE FROM articles RETURNING 1) SELECT * FROM gone",
        'SELECT U&"pg\\005fsleep"(1)',
        "SELECT 1\x00",
        "SELECT '\ud800'",
        "",
        ";",
        "--",
    ],
)
def test_what_may_not_be_asked(record: Record, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError) as told:
        record.sql(statement, **BOUNDS)
    assert "/r.db" not in str(told.value)
    assert len(record.articles()) == 12
    assert list(tmp_path.iterdir()) == []


def test_text_is_searched_and_tables_are_described(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add([an_article(n) for n in range(3)], SampleCoder())
        assert len(record.sql("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'condemned'", **BOUNDS)) == 3
        assert {r["name"] for r in record.sql("SELECT name FROM pragma_table_info('actors')", **BOUNDS)} >= {"id", "name"}


def test_values_of_several_kinds_in_one_column(record: Record) -> None:
    if record.engine.dialect.name == "sqlite":
        table = record.sql("SELECT 1 AS x UNION ALL SELECT 'a' UNION ALL SELECT x'ff' UNION ALL SELECT NULL", **BOUNDS)
        assert len(table) == 4


def test_a_mighty_role_answers_no_stranger(new_database: Callable[[], str]) -> None:
    with open_record(new_database()) as record:
        assert record.sql("SELECT 1 AS n")[0]["n"] == 1
        with pytest.raises(QueryError, match="role"):
            record.sql("SELECT 1 AS n", **BOUNDS)
