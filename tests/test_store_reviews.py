"""Reviews of findings, and corrections and retractions of articles."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord.export.from_record import from_record, reports_of
from onrecord.records import Article, Report
from onrecord.store import EventRow, Links, Member, Record, RecordError, open_record


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    made: Callable[[], str] = request.getfixturevalue("new_database")
    return made()


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where) as made:
        made.add([an_article(n) for n in range(3)], SampleCoder())
        yield made


def of(record: Record, room: str, article: str = "a0") -> str:
    """The id of the one finding of a room in an article."""
    (row,) = getattr(record, room)(article=article)
    return str(row["id"])


class Shifted(SampleCoder):
    """Finds the same under other ids, or something else in the same words.

    Args:
        changes: what it finds otherwise, by room.
    """

    def __init__(self, **changes: dict[str, Any]) -> None:
        super().__init__("2")
        self._changes = changes

    def report(self, article: Article) -> Report:
        found = super().report(article)
        rooms: dict[str, Any] = {
            room: tuple(dataclasses.replace(f, id=f"{f.id}-2", **self._changes.get(room, {})) for f in getattr(found, room)) for room in ("events", "positions")
        }
        return dataclasses.replace(found, **rooms)


def test_what_was_rejected_is_left_out_unless_asked_for(record: Record) -> None:
    id = of(record, "positions")
    record.review(id, "rejected", by="Ana", note="It was not they who condemned it.")
    assert [r["article"] for r in record.positions()] == ["a2", "a1"]
    assert {(r["id"], r["review"]) for r in record.positions(reviewed="with-rejected", article="a0")} == {(id, "rejected")}
    assert len(record.positions(reviewed="unreviewed")) == 2
    assert len(record.positions(reviewed="confirmed")) == 0
    (article,) = record.articles(article="a0")
    assert article["positions"] == 0
    assert [r["positions"] for r in record.events(article="a0")] == [[]]
    assert sum(r["positions"] for r in record.actors()) == 2


def test_what_was_corrected_shows_as_corrected_and_is_found_by_it(record: Record) -> None:
    id = of(record, "positions")
    record.review(id, "corrected", by="Ana", fields={"act": "endorse", "holder_id": "NOR.GOV"})
    (row,) = record.positions(act="endorse")
    assert (row["id"], row["stance"], row["review"]) == (id, "support", "corrected")
    assert row["holder"] == {"name": "Norland", "id": "NOR.GOV", "country": "NOR", "sector": "GOV"}
    assert id not in {r["id"] for r in record.positions(act="condemn")}
    assert [r["id"] for r in record.positions(reviewed="confirmed")] == [id]
    report = record.report("a0")
    assert report is not None
    assert report.positions[0].act == "condemn", "the report is what the coder made"
    assert [r.positions[0].act for r in reports_of(record)] == ["endorse", "condemn", "condemn"]


def test_an_actor_can_be_given_by_name_and_whom_nobody_knows_is_refused(record: Record) -> None:
    stand, event = of(record, "positions"), of(record, "events")
    row = record.review(stand, "corrected", by="Ana", fields={"holder_id": "norland"})
    assert row["fields"] == {"holder_id": "NOR.GOV"}
    assert record.positions(article="a0")[0]["holder"]["id"] == "NOR.GOV"
    with pytest.raises(RecordError, match=r"holder_id can't be 'CHL.GOV': the record has no actor 'CHL.GOV'"):
        record.review(stand, "corrected", by="Ana", fields={"holder_id": "CHL.GOV"})
    with pytest.raises(RecordError, match=r"there are Sudmark \(SUD.GOV\)"):
        record.review(event, "corrected", by="Ana", fields={"actors": ["Sudm"], "recipients": [None]})
    assert record.positions(article="a0")[0]["holder"]["id"] == "NOR.GOV", "what was refused changes nothing"
    record.review(event, "corrected", by="Ana", fields={"actors": ["Westrum"], "recipients": [None]})
    assert [a["id"] for a in record.events(article="a0")[0]["actors"]] == ["WES.GOV"]


def test_a_name_that_several_have_needs_an_id(record: Record) -> None:
    record.review("SUD.GOV", "corrected", by="Ana", fields={"name": "Norland"}, article="a0")
    with pytest.raises(RecordError, match=r"several are called: give the id of Norland \(NOR.GOV\) or \w+ \(SUD.GOV\)"):
        record.review(of(record, "positions"), "corrected", by="Ana", fields={"holder_id": "Norland"})


def test_a_corrected_name_of_an_actor_is_what_it_is_searched_by(record: Record) -> None:
    articles = [r["id"] for r in record.articles(actor="OST.GOV")]
    for id in articles:
        record.review("OST.GOV", "corrected", by="Ana", fields={"name": "Ostian Republic"}, article=id)
    (actor,) = record.actors(actor="ostian republic")
    assert (actor["id"], actor["name"], actor["articles"]) == ("OST.GOV", "Ostian Republic", len(articles))
    assert not record.actors(actor="Ostia").rows
    record.add([an_article(n) for n in range(3)], SampleCoder("2"))  # the review holds for what is coded again
    assert [a["id"] for a in record.actors(actor="Ostian Republic")] == ["OST.GOV"]
    for id in articles:
        record.review("OST.GOV", "confirmed", by="Ben", article=id)
    assert [a["name"] for a in record.actors(actor="OST.GOV")] == ["Ostia"]
    assert not record.actors(actor="Ostian Republic").rows


def test_the_last_review_counts_and_the_earlier_ones_stay(record: Record) -> None:
    id = of(record, "positions")
    record.review(id, "corrected", by="Ana", fields={"act": "endorse"})
    record.review(id, "rejected", by="Ben")
    record.review(id, "confirmed", by="Ana", note="Read it again.")
    (row,) = record.positions(article="a0")
    assert (row["act"], row["stance"], row["review"]) == ("condemn", "oppose", "confirmed")
    assert [(r["verdict"], r["reviewer"], r["note"]) for r in record.reviews()] == [("confirmed", "Ana", "Read it again.")]
    assert [r["verdict"] for r in record.reviews(finding=id, earlier=True)] == ["confirmed", "rejected", "corrected"]
    assert record.reviews(earlier=True)[2]["fields"] == '{"act": "endorse"}'


def test_a_review_holds_for_what_is_coded_again(record: Record) -> None:
    event, stand = of(record, "events"), of(record, "positions")
    record.review(event, "rejected", by="Ana")
    record.review(stand, "corrected", by="Ana", fields={"act": "endorse"})
    record.add([an_article(0)], SampleCoder("2"))
    assert record.events(article="a0").rows == ()
    assert [(r["id"], r["act"]) for r in record.positions(article="a0")] == [(stand, "endorse")]
    record.add([an_article(0)], SampleCoder())  # the earlier findings are current again
    assert record.events(article="a0").rows == ()
    assert [(r["id"], r["act"]) for r in record.positions(article="a0")] == [(stand, "endorse")]


def test_a_review_is_found_again_by_the_words_where_ids_have_shifted(record: Record) -> None:
    event, stand = of(record, "events"), of(record, "positions")
    record.review(event, "rejected", by="Ana")
    record.review(stand, "corrected", by="Ana", fields={"act": "endorse"})
    record.add([an_article(0)], Shifted())
    assert record.events(article="a0").rows == ()
    assert [(r["id"], r["act"]) for r in record.positions(article="a0")] == [(f"{stand}-2", "endorse")]
    assert {(r["finding"], r["holds_for"]) for r in record.reviews()} == {(event, f"{event}-2"), (stand, f"{stand}-2")}
    record.review(f"{stand}-2", "confirmed", by="Ben")
    assert [r["verdict"] for r in record.reviews(article="a0")] == ["confirmed", "rejected"]


def test_a_review_of_what_is_no_longer_said_waits(record: Record) -> None:
    event = of(record, "events")
    record.review(event, "rejected", by="Ana")
    record.add([an_article(0)], Shifted(events={"type": "PROTEST", "mode": None}))
    assert [(r["type"], r["review"]) for r in record.events(article="a0")] == [("PROTEST", None)]
    assert [(r["finding"], r["holds_for"]) for r in record.reviews()] == [(event, None)]
    record.add([an_article(0)], SampleCoder("3"))
    assert record.events(article="a0").rows == ()


def test_a_review_of_a_correction_that_the_coder_made_itself_holds_for_it(record: Record) -> None:
    stand = of(record, "positions")
    record.review(stand, "corrected", by="Ana", fields={"act": "endorse"})
    record.add([an_article(0)], Shifted(positions={"act": "endorse", "stance": "support"}))
    assert [(r["id"], r["review"]) for r in record.positions(article="a0")] == [(f"{stand}-2", "corrected")]


def test_a_review_holds_in_another_version_of_the_article(record: Record) -> None:
    event, stand = of(record, "events"), of(record, "positions")
    record.review(event, "confirmed", by="Ana")
    record.review(stand, "rejected", by="Ana")
    before = an_article(0)
    later = dataclasses.replace(before, title="Strike near the bay")
    record.add([later], SampleCoder())
    assert [r["review"] for r in record.events(article="a0")] == ["confirmed"]
    assert record.positions(article="a0").rows == ()


def test_an_event_loses_a_mention_that_is_rejected(record: Record) -> None:
    mentions = [of(record, "events", f"a{n}") for n in range(2)]
    with record.engine.begin() as connection:
        links = Links(connection, "2021-01-01T00:00:00Z")
        links.save([EventRow(id="e1", type="ASSAULT", title="A strike")])
        links.assign("e1", [Member(mention_id=m) for m in mentions])
        links.note("mention", {mentions[0]: b"x"})
        links.done(["a0", "a1", "a2"])
    record.review(mentions[0], "rejected", by="Ana")
    (row,) = (r for r in record.events() if r["id"] == "e1")
    assert (row["mentions"], row["origins"][0]["articles"], len(row["positions"])) == ([mentions[1]], ["a1"], 1)
    with record.engine.begin() as connection:
        links = Links(connection, "2021-01-01T00:00:00Z")
        assert links.stale() == ["e1"]
        assert links.notes("mention", mentions) == {}
        assert [(u.article.id, u.report.events) for u in links.unlinked()] == [("a0", ())]
    assert mentions[0] not in {m.id for e in from_record(record) for m in e.mentions}
    record.review(mentions[0], "confirmed", by="Ben")
    assert {r["review"] for r in record.events(article="a0")} == {"confirmed"}


def test_who_took_part_is_corrected_by_ids(record: Record) -> None:
    id = of(record, "events")
    record.review(id, "corrected", by="Ana", fields={"type": "PROTEST", "mode": None, "actors": ["OST.GOV"], "recipients": [None], "date": "2020-02"})
    (row,) = record.events(actor="OST.GOV", type="PROTEST")
    assert [(a["id"], a["country"], a["role"]) for a in row["actors"]] == [("OST.GOV", "OST", "actor")]
    assert row["date"] == {"value": "2020-02", "end": None, "precision": "month", "reason": "review"}
    assert [r["id"] for r in record.events(since="2020-02", until="2020-02")] == [id]
    assert sum(r["count"] for r in record.counts("actor-month", level="country", actor="OST.GOV")) >= 1


@pytest.mark.parametrize(
    ("verdict", "options", "message"),
    [
        ("doubted", {}, "there is no verdict 'doubted'"),
        ("corrected", {}, "by fields"),
        ("rejected", {"fields": {"act": "endorse"}}, "by fields"),
        ("corrected", {"fields": {"act": "applaud loudly"}}, "there is no act"),
        ("corrected", {"fields": {"stance": "sideways"}}, "stance"),
        ("corrected", {"fields": {"evidence": "other words"}}, "evidence of positions can't be corrected"),
    ],
)
def test_what_is_no_review_is_refused_and_changes_nothing(record: Record, verdict: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        record.review(of(record, "positions"), verdict, by="Ana", **options)
    assert len(record.reviews()) == 0


def test_an_actor_is_reviewed_in_one_article(record: Record) -> None:
    before = {r["id"]: r["articles"] for r in record.actors()}
    with pytest.raises(RecordError, match="more than one article"):
        record.review("NOR.GOV", "rejected", by="Ana")
    record.review("NOR.GOV", "rejected", by="Ana", article="a0")
    assert {r["id"]: r["articles"] for r in record.actors()} == {**before, "NOR.GOV": before["NOR.GOV"] - 1}


def test_a_retraction_marks_what_rests_on_the_article(record: Record) -> None:
    record.correct_article("a0", "correction", by="Ana", note="The figure was wrong.")
    record.correct_article("a0", "retraction", by="Ana")
    for rows in (record.articles(), record.positions(), record.quotes(), record.events()):
        assert sorted((r["retracted"] for r in rows), key=str) == [None, None, "retraction"]
    record.correct_article("a0", "lifted", by="Ana")
    assert {r["retracted"] for r in record.positions()} == {None}
    with pytest.raises(RecordError, match="no article"):
        record.correct_article("none", "retraction", by="Ana")


def test_an_event_is_marked_where_some_of_its_articles_are(record: Record) -> None:
    with record.engine.begin() as connection:
        links = Links(connection, "2021-01-01T00:00:00Z")
        links.save([EventRow(id="e1", type="ASSAULT")])
        links.assign("e1", [Member(mention_id=of(record, "events", f"a{n}")) for n in range(2)])
    record.correct_article("a0", "retraction", by="Ana")
    assert {r["id"]: r["retracted"] for r in record.events()}["e1"] == "some"
    record.correct_article("a1", "retraction", by="Ana")
    assert {r["id"]: r["retracted"] for r in record.events()}["e1"] == "retraction"


def test_forgetting_an_article_forgets_what_was_said_of_it(record: Record) -> None:
    record.review(of(record, "positions"), "rejected", by="Ana", note="no")
    record.correct_article("a0", "retraction", by="Ana")
    record.forget(["a0"])
    assert record.sql("SELECT (SELECT count(*) FROM reviews) + (SELECT count(*) FROM corrections) AS n")[0]["n"] == 0
