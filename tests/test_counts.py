"""Counts by unit and period, and the feed of changes."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli.app import USED_WRONGLY
from onrecord.cluster.linker import Linker
from onrecord.pipeline import Coder
from onrecord.records import Article
from onrecord.store import QueryError, Record, open_record
from onrecord.store.query.counts import name_of

ARTICLES = (
    ("a1", "2021-01-12", "Fjord Wire", "Norway condemned Sweden on Monday. Norwegian troops attacked Sweden on 11 January 2021."),
    ("a2", "2021-01-13", "Lake Post", "Norway condemned Sweden on 11 January 2021. Fishing went on as before in the harbours of the coast and in the fjords."),
    ("a3", "2021-03-02", "Fjord Wire", "Sweden condemned Norway on 1 March 2021. Denmark did not attack Norway. In 1994 Finland condemned Norway."),
)


@pytest.fixture(scope="module")
def db(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counts") / "record.db"
    with open_record(path) as record:
        record.add((Article.make(text, id=id, published=day, publisher=outlet) for id, day, outlet, text in ARTICLES), coder, linker=Linker(), batch=1)
    return path


@pytest.fixture
def record(db: Path) -> Iterator[Record]:
    with open_record(db) as opened:
        yield opened


def test_dyads_by_month_with_what_was_published(record: Record) -> None:
    rows = list(record.counts("dyad-month", by="mention", since="2021"))
    assert [(r["period"], r["source"], r["target"], r["quad"], r["count"], r["articles"], r["outlets"]) for r in rows] == [
        ("2021-01", "NOR", "SWE", 3, 2, 2, 2),
        ("2021-01", "NOR", "SWE", 4, 1, 2, 2),
        ("2021-03", "SWE", "NOR", 3, 1, 1, 1),
    ]
    assert rows[0]["score"] < 0


def test_what_is_dated_less_exactly_than_the_period_is_left_out_and_said(record: Record) -> None:
    assert any("1 mention(s)" in note for note in record.counts("dyad-month").notes)
    assert [r["period"] for r in record.counts("dyad-year", split="none", country="FIN")] == ["1994"]


def test_what_is_denied_is_not_counted(record: Record) -> None:
    assert not [r for r in record.counts("actor-year", split="none") if r["actor"] == "DNK"]


def test_zeros_are_filled_in_for_every_key_and_period(record: Record) -> None:
    rows = list(record.counts("actor-month", split="none", fill=True, since="2021-01", until="2021-03"))
    assert {(r["period"], r["actor"]) for r in rows} == {(f"2021-0{m}", who) for m in (1, 2, 3) for who in ("NOR", "SWE")}
    assert {r["period"] for r in rows if r["count"] == 0} == {"2021-02"}
    assert all(r["score"] is None for r in rows if r["count"] == 0)


def test_counts_by_origin_statement_and_mention_are_told_apart(record: Record) -> None:
    found = {
        by: sum(r["count"] for r in record.counts("event-month", by=by, type="ACCUSE", since="2021")) for by in ("event", "origin", "statement", "mention")
    }
    assert found["event"] <= found["origin"] == found["statement"] == found["mention"] == 3


@pytest.mark.parametrize("given", [{"unit": "dyads"}, {"by": "vote"}, {"level": "town"}, {"split": "mode"}])
def test_a_unit_that_there_is_not(record: Record, given: dict[str, str]) -> None:
    with pytest.raises(QueryError, match=r"choose|put one of"):
        record.counts(**{"unit": "dyad-month", **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(("period", "name"), [("day", "2020-12-31"), ("week", "2020-W53"), ("month", "2020-12"), ("quarter", "2020-Q4"), ("year", "2020")])
def test_names_of_periods(period: str, name: str) -> None:
    assert name_of(datetime.date(2020, 12, 31), period) == name  # type: ignore[arg-type]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def test_counts_on_the_command_line(db: Path, tmp_path: Path) -> None:
    result = run("counts", "--db", str(db), "--unit", "dyad-month", "--fill", "--format", "csv", "--since", "2021-01", "--until", "2021-03")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 9
    assert {r["by"] for r in rows} == {"event"}
    assert run("counts", "--db", str(db), "--unit", "dyad-month", "--format", "parquet", "-o", str(tmp_path / "c.parquet")).exit_code == 0
    assert run("counts", "--db", str(db), "--unit", "dyadmonth").exit_code == USED_WRONGLY
    assert "NOR" in run("counts", "--db", str(db), "--unit", "actor-year").stdout


# The feed of changes


def test_every_change_comes_once_however_it_is_paged(coder: Coder, tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add((Article.make(text, id=id, published=day, publisher=outlet) for id, day, outlet, text in ARTICLES), coder)
        record.forget(["a2"])
        record.add([Article.make("Norway thanked Sweden.", id="a1", published="2021-01-12")], coder)
        everything = list(record.changes())
        assert {(r["what"], r["id"]) for r in everything if r["kind"] == "article"} >= {("added", "a3"), ("coded", "a3"), ("replaced", "a1")}
        assert sum(r["what"] == "forgotten" for r in everything) == 1
        assert not [r for r in everything if r["id"] == "a2"]
        paged, point = [], None
        while len(table := record.changes(point, limit=2)):
            paged += list(table)
            point = table.next
        assert paged == everything
        record.add([Article.make("Chad thanked Niger.", id="a9", published="2021-01-12")], coder)
        assert {(r["what"], r["id"]) for r in record.changes(point)} == {("added", "a9"), ("coded", "a9")}


def test_changes_on_the_command_line(db: Path) -> None:
    result = run("changes", "--db", str(db), "--limit", "2", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 2
    assert "go on with --since" in result.stderr
    assert run("changes", "--db", str(db), "--since", "2021-01-01~x").exit_code == USED_WRONGLY
