"""Framing: which loaded terms outlets and speakers use of an event or actor, side by side, and which they do not."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.explore.conftest import HTML
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import make_app
from onrecord.records import Article, Framing, Report, finding_id
from onrecord.store import open_record

WORDS = {"The Gazette": "It was a <b>massacre</b>, the paper holds. Another massacre followed.", "The Herald": "Witnesses saw a tragic accident, it holds."}


class TermCoder(SampleCoder):
    """Finds two loaded words in the outlet's own voice, said of who acts first."""

    def report(self, article: Article) -> Report:
        report = super().report(article)
        own = []
        for term in ("massacre", "tragic"):
            at = article.text.find(term)
            while at >= 0:
                span = article.span(at, at + len(term))
                id = finding_id("fr", article.id, "violence_label", [span])
                about = report.actors[0].id
                own.append(Framing(id=id, about=about, term=span, category="violence_label", confidence=0.7, reason="sample.term|own_voice"))
                at = article.text.find(term, at + 1)
        return dataclasses.replace(report, framing=(*report.framing, *own))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    one, two, three = (
        an_article(n, day="2021-03-10", words=WORDS[p] + " ", publisher=p) for n, p in ((0, "The Gazette"), (4, "The Herald"), (8, "The Herald"))
    )
    with open_record(tmp_path_factory.mktemp("framing") / "r.db") as record:
        record.add([one, two, three], TermCoder(), linker=Linker())
        yield TestClient(make_app(record), base_url="http://localhost", headers=HTML)


def terms(client: TestClient, asked: str) -> dict[str, list[tuple[int, int]]]:
    """How often, and in how many articles, each side has each term."""
    found = client.get(f"/framing.json?{asked}").json()
    return {t["term"]: [(c["times"], c["articles"]) for c in t["sides"]] for t in found["terms"]}


def test_two_outlets_on_one_actor(client: TestClient) -> None:
    asked = "actor=Norland&publisher=The+Gazette&publisher=The+Herald"
    found = client.get(f"/framing.json?{asked}").json()
    assert [(s["name"], s["articles"]) for s in found["sides"]] == [("The Gazette", 1), ("The Herald", 2)]
    assert terms(client, asked) == {"massacre": [(2, 1), (0, 0)], "tragic": [(0, 0), (2, 2)]}
    page = client.get(f"/framing?{asked}").text
    assert "not found in its 1 article<" in page
    assert "not found in its 2 articles<" in page


def test_a_term_is_shown_in_its_sentence_which_is_a_link_into_the_article(client: TestClient) -> None:
    found = client.get("/framing.json?actor=NOR.GOV&publisher=The+Gazette").json()
    (term,) = found["terms"]
    first = term["sides"][0]["uses"][0]
    assert (first["before"], first["term"], first["after"]) == ("It was a <b>", "massacre", "</b>, the paper holds.")
    page = client.get("/framing?actor=NOR.GOV&publisher=The+Gazette").text
    assert f"/article?id=a0&amp;finding={first['id']}#{first['id']}" in page
    assert "It was a &lt;b&gt;<mark>massacre</mark>&lt;/b&gt;, the paper holds." in page


def test_an_outlets_own_words_are_told_from_those_it_quotes(client: TestClient) -> None:
    event = client.get("/article.json?id=a0&kind=event").json()["rows"][0]["event"]
    found = client.get(f"/framing.json?event={event}&publisher=The+Gazette&publisher=The+Herald").json()
    by_term = {t["term"]: t["sides"] for t in found["terms"]}
    gazette = {term: (sides[0]["own"], sides[0]["quoted"]) for term, sides in by_term.items()}
    assert (gazette["so-called"], gazette["massacre"]) == ((0, 1), (2, 0))


def test_two_speakers_and_an_outlet(client: TestClient) -> None:
    event = client.get("/article.json?id=a0&kind=event").json()["rows"][0]["event"]
    found = client.get(f"/framing.json?event={event}&speaker=OST.GOV&speaker=Sudmark&publisher=The+Gazette").json()
    assert [(s["kind"], s["name"]) for s in found["sides"]] == [("outlet", "The Gazette"), ("speaker", "Ostia"), ("speaker", "Sudmark")]
    (said,) = [t for t in found["terms"] if t["term"] == "so-called"]
    assert [c["times"] > 0 for c in said["sides"]] == [True, True, False]


def test_what_is_said_of_something_else_is_in_its_articles_only(client: TestClient) -> None:
    assert "so-called" not in terms(client, "actor=NOR.GOV")
    assert "so-called" in terms(client, "actor=NOR.GOV&within=articles")


def test_only_the_surest_terms_unless_all_are_asked_for(client: TestClient) -> None:
    assert {"massacre", "tragic", "so-called"} == set(terms(client, "actor=NOR.GOV&within=articles&point=broad"))


def test_the_csv_has_a_row_for_each_term_and_side_also_where_there_is_nothing(client: TestClient) -> None:
    asked = "actor=NOR.GOV&publisher=The+Gazette&publisher=The+Herald"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/framing.csv?{asked}").text)))
    assert [(r["term"], r["side"], r["times"], r["origins"], r["of_articles"]) for r in rows] == [
        ("massacre", "The Gazette", "2", "1", "1"),
        ("massacre", "The Herald", "0", "0", "2"),
        ("tragic", "The Gazette", "0", "0", "1"),
        ("tragic", "The Herald", "2", "1", "2"),
    ]


def test_the_page_without_a_subject_offers_some(client: TestClient) -> None:
    answer = client.get("/framing")
    assert answer.status_code == 200
    assert 'action="/framing"' in answer.text
    for event in client.get("/framing.json").json()["suggested"]:
        assert len(event["publishers"]) > 1


def test_what_the_record_does_not_know(client: TestClient) -> None:
    assert client.get("/framing.json?actor=Nobody").status_code == 404
    assert client.get("/framing.json?event=event-none").status_code == 404
    found = client.get("/framing.json?actor=NOR.GOV&publisher=The+Unknown").json()
    assert (found["sides"][0]["articles"], found["terms"]) == (0, [])
