"""A record multiplied for measurements is one that can be read and added to."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.multiply import multiply
from benchmarks.renaming import World
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.store import open_record


@pytest.fixture
def multiplied(tmp_path: Path) -> Path:
    with open_record(tmp_path / "small.db") as record:
        record.add([an_article(n, words=f"Minister Ravel{chr(97 + n)}o spoke. ") for n in range(5)], SampleCoder(), linker=Linker())
    multiply(tmp_path / "small.db", tmp_path / "large.db", 14)
    return tmp_path / "large.db"


def test_every_copy_reads_like_what_it_was_made_of(multiplied: Path) -> None:
    with open_record(multiplied) as record:
        assert [r["id"] for r in record.articles(article=["a1", "a1x1", "a1x2"])] == ["a1x2", "a1", "a1x1"]
        first, later = record.report("a1"), record.report("a1x2")  # every span is checked against the text
        assert first is not None
        assert later is not None
        assert len(later.article.text) == len(first.article.text)
        assert later.positions[0].said.value == "2021-09-09"
        assert len(record.positions()) == len(record.events()) == 15
        assert sum(r["count"] for r in record.counts("event-year")) == 15
        assert record.finding(later.events[0].id) is not None


def test_copies_stay_apart_and_articles_can_be_added(multiplied: Path) -> None:
    with open_record(multiplied) as record:
        record.add([an_article(0, day="2020-01-11", publisher="The Other")], SampleCoder("2"), linker=Linker())
        record.add([an_article(n) for n in range(20, 23)], SampleCoder(), linker=Linker())
        assert len(record.articles()) == 18
        origins = record.sql("SELECT origin_id, count(*) AS n FROM articles WHERE current GROUP BY origin_id")
        assert {r["origin_id"][-2:] for r in origins} >= {"x1", "x2"}
        assert all(not (r["id"].endswith("x1") and any(not a.endswith("x1") for o in r["origins"] for a in o["articles"])) for r in record.events())


def test_names_keep_their_length_and_dates_their_precision() -> None:
    world = World(1, frozenset({"ravel"}))
    assert world.named("Ravel met Harold.") == "Tixon met Harold."
    assert world.who("_.GOV.ravel-ana") == "_.GOV.tixon-ana"
    assert (world.days % 7, world.days % 30) == (0, 0)
    assert [world.when(v) for v in ("2021-03-09", "2021-03", "--03-31", None)] == ["2020-08-11", "2020-08", "--03-31", None]
