"""The page of one event: what each article says of it stands beside what the others say."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import briefs, make_app
from onrecord.explore.sides import accounts
from onrecord.records import Article
from onrecord.store import Record, open_record


def test_an_event_with_the_sentences_that_report_it(joint: TestClient) -> None:
    found = joint.get("/event.json?id=event-a&point=broad").json()
    assert found["event"]["title"] == "Strike near Harbin Bay"
    assert [(m["article"], m["publisher"], m["trigger"]["text"]) for m in found["rows"]] == [
        *(("a0", "Fjord Wire", "struck"), ("a4", "Lake Post", "struck"), ("a1", "Lake Post", "struck"))
    ]
    assert found["rows"][0]["evidence"]["text"].startswith("Norland struck Sudmark near Harbin Bay")
    assert [(p["holder"]["name"], p["stance"]) for p in found["positions"]] == [("Westrum", "oppose"), ("Ostia", "oppose"), ("Ostia", "oppose")]
    assert {(t["term"]["text"], t["said_by"]) for t in found["terms"]} == {("so-called", "Ostia"), ("so-called", "Westrum")}
    assert found["part_of"]["title"] == "The war"
    assert [c["what"] for c in found["log"]] == ["made", "merged"]
    assert [o["published"] for o in found["timeline"]] == ["2021-03-08", "2021-03-09", "2021-03-10"]


def test_the_page_leads_from_each_sentence_to_its_article(joint: TestClient) -> None:
    page = joint.get("/event?id=event-a").text
    for m in joint.get("/event.json?id=event-a").json()["rows"]:
        assert f'href="/article?id={m["article"]}#{m["id"]}"' in page
        assert f'id="{m["id"]}"' in page


def test_an_event_as_it_was_known_on_a_day(joint: TestClient) -> None:
    found = joint.get("/event.json?id=event-a&point=broad&as_of=2021-03-09").json()
    assert [m["article"] for m in found["rows"]] == ["a0", "a4"]
    assert {p["article"] for p in found["positions"]} <= {"a0", "a4"}
    assert [o["articles"] for o in found["event"]["origins"]] == [["a0"], ["a4"]]
    page = joint.get("/event?id=event-a&as_of=2021-03-09").text
    assert "Only articles published up to 9 March 2021" in page
    assert "/brief.docx?event=event-a&amp;point=strict&amp;as_of=2021-03-09" in page
    assert joint.get("/event.json?id=event-a&as_of=").json() == joint.get("/event.json?id=event-a").json()
    assert joint.get("/event.json?id=event-a&as_of=2021-03-01").status_code == 404


def test_what_sources_differ_on_stands_side_by_side(joint: TestClient) -> None:
    page = joint.get("/event?id=event-a").text
    assert "How many were killed" in page
    assert page.index('<p class="what">2</p>') < page.index('<p class="what">at least 6</p>')


def test_where_nothing_is_found_it_is_said_in_how_many_articles(joint: TestClient) -> None:
    assert "No denial found in these 3 articles." in joint.get("/event?id=event-a").text


def test_the_csv_has_a_row_for_each_mention(joint: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(joint.get("/event.csv?id=event-a").text)))
    assert [(r["article"], r["trigger"], r["who_role"]) for r in rows] == [(a, "struck", "actor; recipient") for a in ("a0", "a4", "a1")]


def test_an_event_that_was_merged_leads_to_the_one_it_became(joint: TestClient) -> None:
    answer = joint.get("/event?id=event-old&point=broad", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/event?id=event-a&point=broad")
    assert joint.get("/event.json?id=event-old").json()["event"]["id"] == "event-a"


def test_a_mention_leads_to_its_place_in_the_event_it_is_of(joint: TestClient, joined: Record) -> None:
    mention = joined.report("a0").events[0].id  # type: ignore[union-attr]
    answer = joint.get(f"/event?id={mention}", follow_redirects=False)
    assert answer.headers["location"] == f"/event?id=event-a#{mention}"


def test_a_mention_of_no_event_across_articles_has_a_page_of_its_own(joint: TestClient, joined: Record) -> None:
    mention = joined.report("a5").events[0].id  # type: ignore[union-attr]
    found = joint.get(f"/event.json?id={mention}&point=broad").json()
    assert (found["across"], [m["id"] for m in found["rows"]]) == (False, [mention])
    assert [p["holder"]["name"] for p in found["positions"]] == ["Westrum"]
    assert "told in one article only" in joint.get(f"/event?id={mention}").text


@pytest.mark.parametrize(("asked", "status"), [("/event.json?id=event-none", 404), ("/event.json", 422), ("/event.json?id=event-a&colour=red", 422)])
def test_what_is_not_there_is_a_problem(joint: TestClient, asked: str, status: int) -> None:
    assert joint.get(asked).status_code == status


def test_hostile_words_stand_as_text(joint: TestClient) -> None:
    assert "<script>alert" not in joint.get("/event?id=event-a&point=broad").text


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """One text in three outlets, and another on the same strike."""
    text = an_article(0).text
    prints = [("c0", "Fjord Wire", "2021-03-08"), ("c1", "Lake Post", "2021-03-09"), ("c2", "Hill Times", "2021-03-10")]
    made = [Article.make(text, id=id, title="Strike", published=day, published_reason="given", publisher=outlet) for id, outlet, day in prints]
    with open_record(tmp_path_factory.mktemp("copied") / "r.db") as record:
        record.add([*made, an_article(4, day="2021-03-11", publisher="Fjord Wire")], SampleCoder(), linker=Linker())
        yield record


def test_what_many_articles_carry_is_one_position_with_its_articles(copied: Record) -> None:
    (event,) = {p["event"] for p in copied.positions(article="c0")}
    assert len(copied.positions(event=event)) >= 3
    told = [[c["article"] for c in p["carried"]] for p in copied.positions_on(event)]
    assert ["c0", "c1", "c2"] in told
    assert sorted(a for some in told for a in some) == sorted(p["article"] for p in copied.positions(event=event))
    early = copied.positions_on(event, as_of=datetime.date(2021, 3, 9))
    assert [[c["article"] for c in p["carried"]] for p in early] == [["c0", "c1"]]
    client = TestClient(make_app(copied), base_url="http://localhost", headers={"accept": "text/html"})
    page = client.get(f"/event?id={event}&point=broad").text
    assert "also in 2 articles (1 origin in all)" in page
    assert 'href="/article?id=c2#' in page
    brief = briefs.on_event(copied, event, point="broad")
    assert [p.also for p in brief.positions if p.source == 1] == [(2, 3)]
    assert "also [2], [3]" in docx.Document(io.BytesIO(briefs.docx(brief))).element.xml


def test_one_sentence_of_one_speaker_is_told_once() -> None:
    def told(article: str, said_by: str | None, words: str, put: str = "asserted") -> dict[str, Any]:
        where = {"article": article, "published": None, "publisher": None, "origin": article}
        return {"id": f"ev-{article}", "said_by": said_by, "said_by_id": None, "evidence": {"text": words}, "veridicality": put, **where}

    some = [told("a", "Ostia", "Westrum  shelled it."), told("b", "Ostia", "Westrum shelled it."), told("c", "Norland", "Westrum shelled it.")]
    found = accounts([*some, told("d", None, "Westrum shelled it."), told("e", "Westrum", "It did not.", "denied")], [{"act": "deny"}, {"act": "condemn"}])
    assert [[c["article"] for c in m["carried"]] for m in found.said] == [["a", "b"], ["c"]]
    assert [m["article"] for m in found.denied] == ["e"]
    assert (found.denying, found.accusing) == (({"act": "deny"},), ())
