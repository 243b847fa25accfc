"""An actor: by months, by whom it deals with, where it stands and others on it, and in which roles articles see it."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient
from tests.explore.conftest import HTML
from tests.store_samples import SampleCoder, an_article

from onrecord.explore import make_app
from onrecord.records import Article, Report
from onrecord.store import open_record

ARTICLES = 8


class RoleCoder(SampleCoder):
    """Gives the first actor a role, and takes every position to be on it."""

    def report(self, article: Article) -> Report:
        report = super().report(article)
        actors = (dataclasses.replace(report.actors[0], role="<b>premier</b>", affiliation_id=report.actors[1].id), *report.actors[1:])
        thing = dataclasses.replace(report.positions[0].object, kind="actor", event_id=None, actor_id=report.actors[0].id)
        positions = (dataclasses.replace(report.positions[0], object=thing, confidence=0.9),)
        return dataclasses.replace(report, actors=actors, positions=positions)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_record(tmp_path_factory.mktemp("actor") / "r.db") as record:
        record.add([an_article(n) for n in range(ARTICLES)], RoleCoder())
        yield TestClient(make_app(record), base_url="http://localhost", headers=HTML)


def about(client: TestClient, id: str = "NOR.GOV") -> dict:
    return client.get("/actor.json", params={"id": id}).json()


def test_months_count_what_it_does_what_is_done_to_it_and_who_stands_where(client: TestClient) -> None:
    months = {m["month"]: m for m in about(client)["rows"]}
    mine = {n: an_article(n).published[:7] for n in range(ARTICLES)}
    assert {m for m, row in months.items() if row["does"]} == {mine[0], mine[4]}
    assert {m for m, row in months.items() if row["undergoes"]} == {mine[3], mine[7]}
    assert {m for m, row in months.items() if row["held_oppose"]} == {mine[2], mine[6]}
    assert {m for m, row in months.items() if row["on_oppose"]} == {mine[0], mine[4]}
    rows = list(csv.DictReader(io.StringIO(client.get("/actor.csv?id=NOR.GOV").text)))
    assert [{name: str(value) for name, value in m.items()} for m in months.values()] == rows


def test_counterparts_are_those_on_the_other_side_and_lead_to_their_events(client: TestClient) -> None:
    found = about(client)
    assert [(r["id"], r["name"], r["events"]) for r in found["acts_on"]] == [("SUD.GOV", "Sudmark", 2)]
    assert [(r["id"], r["events"]) for r in found["acted_on_by"]] == [("WES.GOV", 2)]
    events = client.get("/events.json?source=NOR.GOV&target=SUD.GOV").json()["rows"]
    assert len(events) == 2
    assert "/events?source=NOR.GOV&amp;target=SUD.GOV" in client.get("/actor?id=NOR.GOV").text


def test_the_latest_events_are_those_of_the_list(client: TestClient) -> None:
    listed = client.get("/events.json?actor=NOR.GOV").json()["rows"]
    assert about(client)["events"] == listed


def test_what_the_chart_shows_leads_to_what_it_counts(client: TestClient) -> None:
    periods = about(client)["periods"]
    assert list(dict.fromkeys(p["series"] for p in periods)) == ["events as doer", "events as target", "positions it takes", "positions on it"]
    for period in (p for p in periods if p["href"]):
        where = urlsplit(period["href"])
        rows = client.get(f"{where.path}.json?{where.query}").json()["rows"]
        assert len(rows) == period["count"]
        assert parse_qs(where.query)["since"] == [period["period"]]


def test_a_role_has_the_articles_that_say_so(client: TestClient) -> None:
    (role,) = about(client)["roles"]
    assert (role["role"], role["affiliation"], role["affiliation_id"], role["articles"]) == ("<b>premier</b>", "Sudmark", "SUD.GOV", 2)
    assert {e["article"] for e in role["evidence"]} == {"a0", "a4"}
    page = client.get("/actor?id=NOR.GOV").text
    assert "&lt;b&gt;premier" in page
    assert "/article?id=a0&amp;kind=actor#NOR.GOV" in page


def test_what_others_say_of_it_and_where_they_stand_is_told_apart_from_its_own(client: TestClient) -> None:
    found = about(client)
    assert {p["holder"]["id"] for p in found["stood_on"]} == {"OST.GOV"}
    assert {p["holder"]["id"] for p in found["holds"]} == {"NOR.GOV"}
    assert {q["speaker"]["id"] for q in found["quotes"]} == {"NOR.GOV"}
    assert found["said_of"] == []
    assert found["written"] == [{"text": "Norland", "articles": 6}]
    assert "None found in the 6 articles" in client.get("/actor?id=NOR.GOV").text


def test_what_was_rejected_is_counted_no_more(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add([an_article(0)], RoleCoder())
        client = TestClient(make_app(record), base_url="http://localhost", headers=HTML)
        event = client.get("/article.json?id=a0&kind=event").json()["rows"][0]["id"]
        assert about(client)["acts_on"]
        record.review(event, "rejected", by="Ada")
        assert about(client)["acts_on"] == []


def test_somebody_whom_the_record_does_not_know(client: TestClient) -> None:
    assert client.get("/actor.json?id=nobody").status_code == 404


def test_what_others_say_of_an_actor_names_it_in_their_words(tmp_path: Path) -> None:
    class Naming(SampleCoder):
        """Somebody is mentioned in what is quoted."""

        def report(self, article: Article) -> Report:
            report = super().report(article)
            said = report.attributions[0].content[0]
            mention = dataclasses.replace(
                report.actors[0].mentions[0], start=said.start + 1, end=said.start + 5, text=article.text[said.start + 1 : said.start + 5]
            )
            actor = dataclasses.replace(report.actors[0], mentions=(*report.actors[0].mentions, mention))
            return dataclasses.replace(report, actors=(actor, *report.actors[1:]))

    with open_record(tmp_path / "r.db") as record:
        record.add([an_article(0), an_article(1)], Naming())
        client = TestClient(make_app(record), base_url="http://localhost", headers=HTML)
        assert [(q["article"], q["speaker"]["id"]) for q in about(client)["said_of"]] == [("a0", "OST.GOV")]
        assert about(client, "OST.GOV")["said_of"] == []
