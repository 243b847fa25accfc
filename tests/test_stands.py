"""Who stands where on a question, as of a day."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli.app import NOT_FOUND, USED_WRONGLY
from onrecord.issues import Issue
from onrecord.pipeline import Coder
from onrecord.records import Article
from onrecord.store import QueryError, Record, open_record

ARTICLES = (
    ("a1", "2021-03-08", "Fjord Wire", "Norway condemned Sunday's election in Abkhazia. Sweden welcomed the election."),
    ("a2", "2021-03-09", "Lake Post", "Finland rejected the election in Abkhazia. Talks on fish went on."),
    ("a3", "2021-04-20", "Fjord Wire", "Sweden condemned the election in Abkhazia."),
    ("a4", "2021-04-21", None, "Denmark is expected to condemn the election."),
)
ISSUE = Issue(question="Is the election recognised?", terms=("election",), since=datetime.date(2021, 3, 1), until=datetime.date(2021, 4, 30))


@pytest.fixture(scope="module")
def db(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stands") / "record.db"
    with open_record(path) as record:
        record.add((Article.make(text, id=id, published=day, publisher=outlet) for id, day, outlet, text in ARTICLES), coder)
    return path


@pytest.fixture
def record(db: Path) -> Iterator[Record]:
    with open_record(db) as opened:
        yield opened


def test_each_holder_s_latest_position_and_the_earlier_ones(record: Record) -> None:
    found = record.stands(ISSUE)
    assert {h.name: h.latest.stance for h in found.holders} == {"Norway": "oppose", "Finland": "oppose", "Sweden": "oppose"}
    sweden = next(h for h in found.holders if h.name == "Sweden")
    assert [b.stance for b in sweden.earlier] == ["support"]
    assert sweden.opposite is not None
    assert sweden.opposite.quotation.startswith("Sweden welcomed")
    assert found.holders[0].name == "Sweden"  # the latest first


def test_what_was_said_later_does_not_count_yet(record: Record) -> None:
    found = record.stands(ISSUE, as_of=datetime.date(2021, 3, 31))
    assert {h.name: h.latest.stance for h in found.holders} == {"Norway": "oppose", "Finland": "oppose", "Sweden": "support"}


def test_nobody_is_called_silent(record: Record) -> None:
    found = record.stands(ISSUE, as_of=datetime.date(2021, 3, 31), holders=("CHL", "NOR"))
    assert found.without == ("CHL",)
    assert str(found.searched) == "no statement found in 2 article(s) of 2 outlet(s) between 2021-03-01 and 2021-03-31"


def test_of_many_articles_the_origins_are_counted_by_their_days(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    as_of = datetime.date(2021, 3, 31)
    one_by_one = record.stands(ISSUE, as_of=as_of).searched
    monkeypatch.setattr("onrecord.store.stands.COUNTED", 0)
    assert record.stands(ISSUE, as_of=as_of).searched == one_by_one
    assert one_by_one.origins == 2


def test_only_the_last_said_are_looked_through(record: Record) -> None:
    found = record.stands(Issue(question="Is the election recognised?", terms=("election",)), most=1)
    assert [(h.name, len(h.earlier)) for h in found.holders] == [("Sweden", 0)]
    assert found.searched.since == datetime.date(2021, 4, 20)


def test_an_event_by_one_of_its_mentions(record: Record) -> None:
    event = next(p["object"]["event_id"] for p in record_positions(record) if p["holder"]["name"] == "Norway")
    found = record.stands(event)
    assert {h.name for h in found.holders} >= {"Norway", "Sweden"}


def record_positions(record: Record) -> list[dict[str, dict[str, str]]]:
    report = record.report("a1")
    assert report is not None
    names = {a.id: a.name for a in report.actors}
    return [{"holder": {"name": names[p.holder.actor_id or ""]}, "object": {"event_id": p.object.event_id or ""}} for p in report.positions]


def test_there_is_no_such_event(record: Record) -> None:
    with pytest.raises(QueryError, match="ev-none"):
        record.stands("ev-none")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def test_on_the_command_line(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "issue.toml"
    path.write_text('question = "Is the election recognised?"\nterms = ["election"]\nholders = ["CHL"]\n', encoding="utf-8")
    shown = run("stands", str(path), "--db", str(db), "--as-of", "2021-03-31")
    assert shown.exit_code == 0
    assert "support (welcome)" in " ".join(shown.stdout.split())
    assert "CHL: no statement found in 2 article(s)" in shown.stderr
    rows = [json.loads(line) for line in run("stands", str(path), "--db", str(db), "--format", "jsonl").stdout.splitlines()]
    assert {(r["name"], r["latest"]["stance"], len(r["earlier"])) for r in rows} == {("Norway", "oppose", 0), ("Finland", "oppose", 0), ("Sweden", "oppose", 1)}


@pytest.mark.parametrize(("words", "status"), [(("ev-none",), NOT_FOUND), (("none.toml",), USED_WRONGLY), (("ev-none", "--as-of", "soon"), USED_WRONGLY)])
def test_wrong_use(db: Path, words: tuple[str, ...], status: int) -> None:
    assert run("stands", *words, "--db", str(db)).exit_code == status


def test_no_issue_is_proposed_before_articles_are_linked_into_stories(db: Path) -> None:
    assert run("issues", "--db", str(db)).exit_code == NOT_FOUND
