"""The commands of the record as a newcomer meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import polars
import pytest
from tests.store_samples import SampleCoder, an_article
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli import coders, recording
from onrecord.cli.app import INTERRUPTED, NOT_FOUND, NOTHING_CODED, USED_WRONGLY
from onrecord.pipeline import Coder
from onrecord.store import open_record

TEXT = "Peru condemned the coup in Niger on Sunday. Voters in Ghana elected a new parliament on Monday.\n"


def run(*words: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(w) for w in words], input=stdin)


@pytest.fixture(autouse=True)
def one_coder(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coders, "Coder", lambda **_: coder)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    rows = [{"id": f"n{n}", "text": TEXT + f"Item {n}.", "published": f"2023-08-0{n}", "publisher": "The Gazette"} for n in (1, 2, 3)]
    (folder / "news.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows) + "no JSON\n", encoding="utf-8")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "sample.db"
    with open_record(path) as record:
        record.add([an_article(n) for n in range(60)], SampleCoder())
    return path


def test_adding_says_what_became_of_the_documents(files: Path, tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    first = run("add", files, "--db", db)
    assert first.exit_code == 0
    assert "3 added, 1 skipped" in first.stderr
    assert "line 4" in first.stderr
    assert first.stdout == ""
    assert "0 added, 3 unchanged, 1 skipped" in run("add", files, "--db", db).stderr
    with open_record(db) as record:
        assert record.sql("SELECT source, line, reason FROM skips").rows == ({"source": str(files / "news.jsonl"), "line": 4, "reason": "bad_row"},)


def test_nothing_to_add_is_exit_3(tmp_path: Path) -> None:
    assert run("add", tmp_path / "nothing.txt", "--db", tmp_path / "record.db").exit_code == NOTHING_CODED


def test_ctrl_c_finishes_the_batch(files: Path, tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pressing(SampleCoder):
        def pipe(self, articles: object, *, batch_size: int = 16) -> Iterator[object]:  # type: ignore[override]
            os.kill(os.getpid(), signal.SIGINT)
            yield from coder.pipe(articles)  # type: ignore[arg-type]

    monkeypatch.setattr(coders, "Coder", lambda **_: Pressing())
    before = signal.getsignal(signal.SIGINT)
    result = run("add", files, "--db", tmp_path / "record.db", "--batch", 2)
    assert result.exit_code == INTERRUPTED
    assert "2 added" in result.stderr
    assert "go on" in result.stderr
    assert signal.getsignal(signal.SIGINT) is before


def test_forgetting_and_letting_in_again(files: Path, tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    run("add", files, "--db", db)
    assert run("forget", "n1", "--db", db).exit_code == 0
    assert "not added, since" in run("add", files, "--db", db).stderr
    unknown = run("forget", "n1", "n2", "--db", db)
    assert unknown.exit_code == NOT_FOUND
    assert "not in the record: n1" in unknown.stderr
    assert run("forget", "n1", "n2", "--lift", "--db", db).exit_code == 0
    assert "2 added, 1 unchanged" in run("add", files, "--db", db).stderr


@pytest.mark.parametrize("words", [["events"], ["why", "ev-1"], ["forget", "a"], ["positions"]])
def test_a_record_that_is_not_there_is_not_made(words: list[str], tmp_path: Path) -> None:
    result = run(*words, "--db", tmp_path / "none.db")
    assert result.exit_code == USED_WRONGLY
    assert "there is no record" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_events_as_json_have_the_documented_shape(files: Path, tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    run("add", files, "--db", db)
    result = run("events", "--db", db, "--type", "ELECTION", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows
    for row in rows:
        assert row["type"] == "ELECTION"
        assert row["date"]["value"].startswith("2023-0")
        assert row["date"]["precision"] == "day"
        assert {"place", "title", "actors", "origins", "positions"} <= row.keys()


@pytest.mark.parametrize("what", ["events", "positions", "quotes", "actors", "articles"])
def test_every_kind_comes_in_every_format(what: str, db: Path, tmp_path: Path) -> None:
    count = 4 if what == "actors" else 60
    lines = run(what, "--db", db, "--format", "jsonl").stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(run(what, "--db", db, "--format", "csv").stdout)))
    run(what, "--db", db, "--format", "parquet", "-o", tmp_path / "out.parquet")
    frame = polars.read_parquet(tmp_path / "out.parquet")
    assert len(lines) == len(rows) == frame.height == count
    assert [json.loads(x)["id"] for x in lines] == [r["id"] for r in rows] == frame["id"].to_list()
    table = run(what, "--db", db, "--limit", "2")
    assert table.exit_code == 0
    assert rows[0]["id"] in table.stdout
    assert "--after" in table.stderr


def test_pages_go_on_where_they_stopped(db: Path) -> None:
    first = run("positions", "--db", db, "--format", "jsonl", "--limit", "40")
    cursor = first.stderr.split("--after ")[1].strip()
    second = run("positions", "--db", db, "--format", "jsonl", "--after", cursor)
    ids = [json.loads(x)["id"] for x in (first.stdout + second.stdout).splitlines()]
    assert len(set(ids)) == len(ids) == 60


def test_long_answers_come_in_pages(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.asking.PAGE", 7)
    assert len(set(run("articles", "--db", db, "--format", "jsonl").stdout.splitlines())) == 60
    assert len(run("articles", "--db", db, "--format", "csv", "--limit", "20").stdout.splitlines()) == 21


def test_an_empty_answer_is_said(db: Path) -> None:
    result = run("positions", "--db", db, "--actor", "Nobody", "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no actor 'Nobody'" in result.stderr
    assert "no positions in the record match" in result.stderr


def test_a_damaged_record_is_said_in_a_line(db: Path) -> None:
    whole = db.read_bytes()
    db.write_bytes(whole[: len(whole) // 2])
    result = run("positions", "--db", db, "--format", "jsonl")
    assert result.exit_code == USED_WRONGLY
    assert "malformed" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_filter_is_exit_2(db: Path) -> None:
    result = run("events", "--db", db, "--since", "someday")
    assert result.exit_code == USED_WRONGLY
    assert "no date" in result.stderr


def test_why_explains_a_finding_of_a_record(files: Path, tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    run("add", files, "--db", db)
    id = json.loads(run("positions", "--db", db, "--format", "jsonl").stdout.splitlines()[0])["id"]
    result = run("why", id, "--db", db)
    assert result.exit_code == 0
    assert "made by rule: positions." in result.stdout
    assert "condemned" in result.stdout
    assert "otherwise" not in result.stdout
    assert run("why", "ev-nowhere", "--db", db).exit_code == NOT_FOUND
    assert run("why", "ev-", "--db", db).exit_code == USED_WRONGLY


def test_the_summary_leaves_out_what_came_to_nothing() -> None:
    assert recording.summary(recording.Tally(added=3)) == "3 added"
    assert recording.summary(recording.Tally(recoded=2, unchanged=1)) == "0 added, 2 recoded, 1 unchanged"


def test_a_finding_is_reviewed_and_left_out(db: Path) -> None:
    id = json.loads(run("positions", "--db", db, "--limit", "1", "--format", "jsonl").stdout)["id"]
    done = run("review", id, "--db", db, "--verdict", "corrected", "--by", "Ana", "--set", "act=endorse", "--note", "Read on.")
    assert done.exit_code == 0
    assert "corrected by Ana" in done.stderr
    row = json.loads(run("positions", "--db", db, "--reviewed", "confirmed", "--format", "jsonl").stdout)
    assert (row["id"], row["act"], row["stance"], row["review"]) == (id, "endorse", "support", "corrected")
    assert "corrected by Ana" in run("why", id, "--db", db).stdout
    assert run("review", id, "--db", db, "--verdict", "rejected", "--by", "Ana").exit_code == 0
    assert id not in run("positions", "--db", db, "--format", "jsonl").stdout
    assert id in run("positions", "--db", db, "--format", "jsonl", "--reviewed", "with-rejected").stdout
    assert [r["verdict"] for r in csv.DictReader(io.StringIO(run("reviews", "--db", db, "--earlier", "--format", "csv").stdout))] == ["rejected", "corrected"]


def test_what_can_not_be_reviewed_is_said(db: Path) -> None:
    wrong = run("review", "po-none", "--db", db, "--verdict", "confirmed", "--by", "Ana")
    assert wrong.exit_code == USED_WRONGLY
    assert "no finding 'po-none'" in wrong.stderr
    assert run("review", "po-none", "--db", db, "--verdict", "corrected", "--by", "Ana", "--set", "act").exit_code == USED_WRONGLY


def test_a_retraction_shows_beside_the_source(db: Path) -> None:
    assert run("correct", "a0", "--db", db, "--kind", "retraction", "--by", "Ana").exit_code == 0
    assert "(retraction" in run("positions", "--db", db, "--article", "a0").stdout
    assert run("correct", "none", "--db", db, "--kind", "retraction", "--by", "Ana").exit_code == USED_WRONGLY
