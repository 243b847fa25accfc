"""What a linker reads and writes, and what becomes of it when articles are coded anew or forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord.records import Article, Report
from onrecord.store import EventRow, Links, Member, Record, open_record
from onrecord.store.opening import writing

AT = "2024-01-01T00:00:00Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    where = str(tmp_path / "r.db") if request.param == "sqlite" else request.getfixturevalue("new_database")()
    with open_record(where) as opened:
        opened.add([an_article(n) for n in range(5)], SampleCoder())
        yield opened


@contextmanager
def linking(record: Record) -> Iterator[Links]:
    with writing(record.engine) as connection:
        yield Links(connection, AT)


def mention(number: int) -> str:
    return SampleCoder().report(an_article(number)).events[0].id


def an_event(id: str, **more: str) -> EventRow:
    return EventRow(id=id, type="ASSAULT", title=f"Event {id}", **more)


def test_articles_wait_in_order_until_they_are_done(record: Record) -> None:
    with linking(record) as links:
        assert [u.article.id for u in links.unlinked()] == ["a0", "a1", "a2", "a3", "a4"]
        assert [u.article.id for u in links.unlinked(2)] == ["a0", "a1"]
        assert links.unlinked(1)[0].report == SampleCoder().report(an_article(0))
        links.done(["a0", "a1", "a2", "a3"])
    with linking(record) as links:
        assert [u.article.id for u in links.unlinked()] == ["a4"]
        links.done(["a4"])
    record.add([an_article(2)], SampleCoder("2"))  # coded anew, it waits again
    with linking(record) as links:
        assert [u.article.id for u in links.unlinked()] == ["a2"]


def test_candidates_share_a_blocking_key(record: Record) -> None:
    with linking(record) as links:
        links.block("copy", {"x": ["k1", "k2"]})
        links.block("copy", {"y": ["k2"]})
        links.block("story", {"z": ["k2"]})
        assert links.firsts("copy", ["k1", "k2", "k3"], most=9) == {"k1": ["x"], "k2": ["x", "y"]}
        assert links.firsts("copy", ["k1", "k2"], most=1) == {"k1": ["x"], "k2": ["x"]}
        links.block("copy", {"x": ["k3"]})
        assert links.firsts("copy", ["k1", "k2", "k3"], most=9) == {"k2": ["y"], "k3": ["x"]}
        assert sorted(links.first("copy", ["k2", "k3"], most=9)) == ["x", "y"]


def test_notes_are_kept_until_they_are_taken_back(record: Record) -> None:
    with linking(record) as links:
        links.note("centre", {"x": b"\x00\xff", "y": b"2"})
        links.note("centre", {"x": b"3", "y": None})
        assert links.notes("centre", ["x", "y"]) == {"x": b"3"}


def test_a_group_that_is_left_by_all_goes(record: Record) -> None:
    with linking(record) as links:
        links.group("story", "s1", ["a0", "a1"], title="First")
        links.group("story", "s2", ["a2"])
        assert links.grouped("story", ["s1", "s2"]) == {"s1": ["a0", "a1"], "s2": ["a2"]}
        links.group("story", "s1", ["a2"])
        assert links.grouped("story", ["s1", "s2"]) == {"s1": ["a0", "a1", "a2"]}
    assert [r["id"] for r in record.sql("SELECT id FROM stories")] == ["s1"]
    (story,) = record.sql("SELECT title, published_from, published_to FROM stories")
    assert (story["title"], str(story["published_from"]), str(story["published_to"])) == ("First", "2020-01-10", "2022-03-12")


def test_a_mention_is_of_one_event_and_takes_its_positions_along(record: Record) -> None:
    with linking(record) as links:
        links.save([an_event("e1"), an_event("e2")])
        links.assign("e1", [Member(mention_id=mention(n), confidence=0.5) for n in (0, 1)])
        links.assign("e2", [Member(mention_id=mention(1))])
        assert links.memberships([mention(n) for n in range(3)]) == {mention(0): "e1", mention(1): "e2"}
        assert links.members(["e1"]) == {"e1": [Member(mention_id=mention(0), confidence=0.5)]}
    assert [r["article"] for r in record.positions(event="e2")] == ["a1"]
    assert {r["id"] for r in record.events()} == {"e1", "e2", *(mention(n) for n in (2, 3, 4))}


def test_a_merged_event_is_asked_for_by_either_id(record: Record) -> None:
    with linking(record) as links:
        links.save([an_event("e1"), an_event("e2", merged_into="e1")])
        links.assign("e1", [Member(mention_id=mention(0))])
        links.log("merged", "e1", ["e2"])
    assert [r["article"] for r in record.positions(event="e2")] == ["a0"]
    assert "e2" not in {r["id"] for r in record.events()}


def test_what_is_found_again_keeps_its_event(record: Record) -> None:
    with linking(record) as links:
        links.save([an_event("e1")])
        links.assign("e1", [Member(mention_id=mention(n)) for n in (0, 1)])
    record.add([an_article(0)], SampleCoder("2"))
    assert {r["article"] for r in record.positions(event="e1")} == {"a0", "a1"}
    with linking(record) as links:
        assert links.stale() == []


def test_an_event_that_loses_a_mention_is_stale_and_one_that_loses_all_is_gone(record: Record) -> None:
    with linking(record) as links:
        links.save([an_event("e1"), an_event("e2")])
        links.assign("e1", [Member(mention_id=mention(n)) for n in (0, 1)])
        links.assign("e2", [Member(mention_id=mention(2))])
    record.add([an_article(n, words="Corrected. ") for n in (0, 2)], NothingFound())
    with linking(record) as links:
        assert links.stale() == ["e1"]
        links.save([an_event("e1")])
        assert links.stale() == []
    assert [r["id"] for r in record.sql("SELECT id FROM events WHERE current")] == ["e1"]
    assert [(r["what"], r["event_id"]) for r in record.sql("SELECT what, event_id FROM events_log")] == [("emptied", "e2")]


def test_forgetting_leaves_no_words_of_the_article_in_what_was_made_of_it(record: Record) -> None:
    with linking(record) as links:
        links.save([an_event("e1"), an_event("e2")])
        links.assign("e1", [Member(mention_id=mention(n)) for n in (0, 1)])
        links.assign("e2", [Member(mention_id=mention(2))])
        links.group("story", "s1", ["a0", "a1"], title="From the first")
        links.group("story", "s2", ["a2"], title="Alone")
        links.block("copy", {"a0": ["k"]})
        links.note("copy", {"a0": b"words"})
        links.done([f"a{n}" for n in range(5)])
    record.forget(["a0", "a2"])
    assert [(r["id"], r["title"]) for r in record.sql("SELECT id, title FROM events")] == [("e1", None)]
    assert [(r["id"], r["title"]) for r in record.sql("SELECT id, title FROM stories")] == [("s1", None)]
    with linking(record) as links:
        assert links.stale() == ["e1"]
        assert [u.article.id for u in links.unlinked()] == ["a1"]  # its story is to be told anew
        assert links.notes("copy", ["a0"]) == {}
        assert links.firsts("copy", ["k"], most=9) == {}


class NothingFound(SampleCoder):
    """Finds nothing."""

    def report(self, article: Article) -> Report:
        return Report(article=article, coder=self.name)
