"""Reviewing from the pages: what is confirmed, corrected and rejected holds on each page, and only who may write can do it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import Settings, briefs, make_app
from onrecord.explore.correcting import changed, fields
from onrecord.store import Record, open_record

TOKEN = "open sesame"
SIGNED = {"authorization": f"Bearer {TOKEN}"}
HTML = {"accept": "text/html"}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as made:
        made.add([an_article(n) for n in range(4)], SampleCoder(), linker=Linker())
        yield made


@pytest.fixture
def client(record: Record) -> TestClient:
    app = make_app(record, Settings(write=True, token=TOKEN))
    return TestClient(app, base_url="http://localhost", headers={**SIGNED, **HTML}, raise_server_exceptions=False, follow_redirects=False)


def position(record: Record, article: str = "a0") -> str:
    return str(record.positions(article=article, reviewed="with-rejected")[0]["id"])


def form(page: str, action: str) -> Any:
    """The first form of a page that leads somewhere."""
    return html.fromstring(page).xpath(f"//form[@action='{action}']")[0]


def test_a_form_on_a_finding_rejects_it_and_leads_back(client: TestClient, record: Record) -> None:
    id = position(record)
    page = client.get("/positions?article=a0&point=broad").text
    filled = dict(form(page, "/review").form_values())
    assert filled["finding"] == id
    answer = client.post("/review", data={**filled, "by": "Ana Prieto", "note": "not they", "verdict": "rejected"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/positions?article=a0&point=broad#{id}")
    after = client.get("/positions?article=a0&point=broad").text
    assert "1 rejected by review" in after
    assert id not in after
    shown = client.get("/positions?article=a0&point=broad&reviewed=with-rejected").text
    assert 'class="reviewed rejected"' in shown
    assert 'value="Ana Prieto"' in shown, "the name is remembered"
    assert client.get("/positions.json?point=broad").json()["rejected"] == 1


def test_what_is_rejected_is_in_no_brief(client: TestClient, record: Record) -> None:
    event = record.events(article="a0")[0]["id"]
    client.post("/reviews", json={"finding": position(record), "verdict": "confirmed", "by": "Ana"})
    assert briefs.on_event(record, event, point="broad").positions
    assert "reading checked by a reviewer" in briefs.html(briefs.on_event(record, event, point="broad"))
    client.post("/reviews", json={"finding": position(record), "verdict": "rejected", "by": "Ana"})
    assert not briefs.on_event(record, event, point="broad").positions


def test_a_correction_changes_what_was_changed_and_what_follows(client: TestClient, record: Record) -> None:
    id = position(record)
    page = client.get(f"/review?id={id}&back=/positions").text
    filled = dict(form(page, "/review").form_values())
    assert (filled["set-act"], filled["set-stance"], filled["set-holder_id"]) == ("condemn", "oppose", "OST.GOV")
    answer = client.post("/review", data={**filled, "set-act": "welcome", "by": "Ana", "verdict": "corrected"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/positions")
    (row,) = record.positions(article="a0")
    assert (row["act"], row["stance"], row["review"]) == ("welcome", "support", "corrected")
    again = dict(form(client.get(f"/review?id={id}").text, "/review").form_values())
    assert again["set-act"] == "welcome"
    client.post("/review", data={**again, "set-status": "refused", "by": "Ben", "verdict": "corrected"})
    (row,) = record.positions(article="a0")
    assert (row["act"], row["stance"], row["status"]) == ("welcome", "support", "refused"), "an earlier correction is kept where nobody takes it back"


def test_a_form_that_says_nothing_new_or_is_nobodys_is_given_back(client: TestClient, record: Record) -> None:
    id = position(record)
    filled = dict(form(client.get(f"/review?id={id}").text, "/review").form_values())
    nothing = client.post("/review", data={**filled, "by": "Ana", "verdict": "corrected", "note": "a note"})
    assert nothing.status_code == 422
    assert "Nothing is corrected" in nothing.text
    assert "a note" in nothing.text
    assert client.post("/review", data={**filled, "by": " ", "verdict": "confirmed"}).status_code == 422
    wrong = client.post("/review", data={**filled, "by": "Ana", "verdict": "corrected", "set-said": "someday soon"})
    assert wrong.status_code == 422
    assert "no date" in html.fromstring(wrong.text).xpath("string(//*[@role='alert'])")
    assert client.post("/review", data={"finding": "po-nothing", "by": "Ana", "verdict": "confirmed"}).status_code == 404
    assert len(record.reviews()) == 0


def test_a_rejected_mention_leaves_its_event(client: TestClient, record: Record) -> None:
    event = record.events(article="a0")[0]
    client.post("/reviews", json={"finding": event["mentions"][0], "verdict": "rejected", "by": "Ana"})
    assert event["id"] not in {e["id"] for e in record.events()}
    assert client.get("/events.json?point=broad&article=a0").json()["rejected"] == 1


@pytest.mark.parametrize("where", ["https://attacker.example/", "//attacker.example", "/\\attacker.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: TestClient, record: Record, where: str) -> None:
    answer = client.post("/review", data={"finding": position(record), "by": "Ana", "verdict": "confirmed", "back": where})
    assert (answer.status_code, answer.headers["location"]) == (303, "/reviews")


def test_a_retraction_marks_every_finding_and_brief(client: TestClient, record: Record) -> None:
    page = client.get("/article?id=a0").text
    assert form(page, "/correction").form_values()
    assert client.post("/correction", data={"article": "a0", "kind": "retraction", "by": "Ana", "note": "withdrawn"}).headers["location"] == "/article?id=a0"
    for path in ("/positions", "/quotes", "/articles"):
        assert "article retracted" in client.get(f"{path}?article=a0" + ("" if path == "/articles" else "&point=broad")).text
    event = record.events(article="a0")[0]["id"]
    assert "article retracted" in client.get(f"/stands?event={event}&point=broad").text
    assert "article retracted" in client.get(f"/event?id={event}&point=broad").text
    made = briefs.on_event(record, event, point="broad")
    assert [s.state for s in made.sources if s.article == "a0"] == ["retracted by its publisher"]
    assert "retracted by its publisher" in briefs.html(made)
    assert "withdrawn" in client.get("/corrections").text
    client.post("/corrections", json={"article": "a0", "kind": "lifted", "by": "Ana"})
    assert "article retracted" not in client.get("/positions?article=a0&point=broad").text


def test_reviews_are_listed_with_filters_and_pages(client: TestClient, record: Record) -> None:
    for n, verdict in enumerate(("confirmed", "rejected", "confirmed")):
        client.post("/reviews", json={"finding": position(record, f"a{n}"), "verdict": verdict, "by": "Ana" if n else "Ben", "note": f"<b>note {n}</b>"})
    rows = client.get("/reviews.json").json()["rows"]
    assert [r["article"] for r in rows] == ["a2", "a1", "a0"]
    assert [r["article"] for r in client.get("/reviews.json?verdict=rejected").json()["rows"]] == ["a1"]
    assert [r["article"] for r in client.get("/reviews.json?reviewer=Ben&room=positions").json()["rows"]] == ["a0"]
    first = client.get("/reviews.json?limit=2").json()
    assert [r["article"] for r in client.get(f"/reviews.json?limit=2&after={first['next']}").json()["rows"]] == ["a0"]
    page = client.get("/reviews").text
    assert "&lt;b&gt;note 1&lt;/b&gt;" in page
    assert len(list(csv.DictReader(io.StringIO(client.get("/reviews.csv").text)))) == 3
    assert client.get("/reviews.json?after=nonsense").status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"finding": "po-nothing", "verdict": "confirmed", "by": "Ana"}, 404),
        ({"verdict": "confirmed", "by": "Ana"}, 422),
        ({"finding": "?", "verdict": "true", "by": "Ana"}, 422),
        ({"finding": "?", "verdict": "corrected", "by": "Ana", "fields": {"colour": "red"}}, 422),
        ({"finding": "?", "verdict": "corrected", "by": "Ana", "fields": {"act": "sing"}}, 422),
        ({"finding": "?", "verdict": "corrected", "by": "Ana"}, 422),
    ],
)
def test_a_program_is_told_what_is_wrong(client: TestClient, record: Record, body: dict[str, Any], status: int) -> None:
    sent = {**body, **({"finding": position(record)} if body.get("finding") == "?" else {})}
    answer = client.post("/reviews", json=sent, headers={"accept": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_who_only_reads_sees_no_form_and_can_say_nothing(record: Record) -> None:
    record.review(position(record), "confirmed", by="Ana")
    reader = TestClient(make_app(record), base_url="http://localhost", headers=HTML)
    for path in ("/positions?point=broad", "/article?id=a0&point=broad", "/events?point=broad"):
        page = reader.get(path).text
        assert 'action="/review"' not in page
        assert 'action="/correction"' not in page
    assert "checked" in reader.get("/positions?point=broad&article=a0").text
    assert reader.post("/reviews", json={"finding": position(record), "verdict": "rejected", "by": "Eve"}).status_code == 403
    stranger = TestClient(make_app(record, Settings(write=True, token=TOKEN)), base_url="http://localhost", headers=HTML)
    assert 'action="/review"' not in stranger.get("/positions?point=broad").text
    assert stranger.post("/review", data={"finding": position(record), "verdict": "rejected", "by": "Eve"}).status_code == 401
    elsewhere = {**SIGNED, "origin": "http://attacker.example"}
    assert stranger.post("/review", data={"finding": position(record), "verdict": "rejected", "by": "Eve"}, headers=elsewhere).status_code == 403


@pytest.mark.parametrize("room", ["actors", "places", "times", "attributions", "events", "positions", "framing"])
def test_a_form_that_is_sent_back_as_it_is_changes_nothing(record: Record, room: str) -> None:
    report = record.report("a0")
    assert report is not None
    coded = report.to_dict()[room][0]
    shown = fields(room, coded, {})
    assert shown
    assert changed(room, coded, {f.name: f.value for f in shown}) == {}


def test_who_takes_part_is_corrected_by_place(record: Record) -> None:
    report = record.report("a0")
    assert report is not None
    coded = report.to_dict()["events"][0]
    assert changed("events", coded, {"actors.0": "WES.GOV", "recipients.0": ""}) == {"actors": ["WES.GOV"], "recipients": [None]}
    assert changed("events", coded, {"type": "PROTEST"}) == {"type": "PROTEST"}
