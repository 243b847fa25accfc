"""An article: its text as written, its findings in the text and beside it, their reasons, and how to cite them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.explore.conftest import HOSTILE, HTML
from tests.store_samples import SampleCoder, an_article

from onrecord.explore import make_app
from onrecord.explore.visible import UNSEEN, visible
from onrecord.records import Article
from onrecord.store import open_record

ALL = "&".join(f"kind={k}" for k in ("event", "position", "quotation", "place", "time", "actor", "term"))


def text_of(page: str) -> str:
    """What the page shows as the article's text."""
    found = re.search(r'<div class="text".*?>(.*)</div>\n<section', page, re.S)
    assert found is not None
    return html.unescape(re.sub(r"<[^>]*>", "", found[1]))


def rows(explorer: TestClient, more: str = "", id: str = "a1") -> list[dict]:
    return explorer.get(f"/article.json?id={id}&point=broad{more}").json()["rows"]


@pytest.mark.parametrize("number", [1, 7])
def test_the_text_is_shown_as_written_whatever_stands_in_it(explorer: TestClient, number: int) -> None:
    text = an_article(number, words=HOSTILE if number == 7 else "").text
    for asked in ("", "&point=broad", f"&point=broad&{ALL}"):
        page = explorer.get(f"/article?id=a{number}{asked}").text
        assert text_of(page) == text
        assert "<script>alert" not in page


def test_what_cannot_be_seen_is_shown_and_turns_nothing_around() -> None:
    shown = visible("a\u202eb\u200bc\x07d")
    assert [m[1] for m in re.finditer(r'data-code="(U\+\w+)"', shown)] == ["U+202E", "U+200B", "U+0007"]
    assert shown.count("<bdi") == 3
    assert not UNSEEN.search("sal\u200cam \u200f\u200d\u200e")


def test_findings_stand_in_the_order_of_the_text_and_name_what_says_so(explorer: TestClient) -> None:
    found = rows(explorer)
    assert [r["kind"] for r in found] == ["event", "position", "quotation"]
    assert [r["anchor"]["start"] for r in found] == sorted(r["anchor"]["start"] for r in found)
    event, position, quotation = found
    assert event["what"] == "Sudmark “struck” Ostia"
    assert position["what"] == "Westrum condemns the strike"
    assert quotation["voice"] == {"name": "Westrum", "id": "WES.GOV", "own": False}
    assert event["event"].startswith(("event-", "ev-"))


def test_each_finding_can_be_reached_in_the_text_and_has_a_card(explorer: TestClient) -> None:
    page = explorer.get(f"/article?id=a1&point=broad&{ALL}").text
    for row in rows(explorer, f"&{ALL}"):
        assert page.count(f' id="{row["id"]}"') == 1
        assert page.count(f' id="card-{row["id"]}"') == 1
        assert f'href="#card-{row["id"]}"' in page or row["kind"] in ("actor", "place", "time")


def test_what_the_filters_leave_out_keeps_its_place_in_the_text(explorer: TestClient) -> None:
    position = rows(explorer, "&kind=position")[0]["id"]
    page = explorer.get("/article?id=a1&kind=event").text
    assert f'<span id="{position}" class="here">' in page
    assert f'id="card-{position}"' not in page
    assert f'id="card-{position}"' in explorer.get(f"/article?id=a1&kind=event&finding={position}").text


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("&kind=term", ["term"]),
        ("&kind=event&kind=place", ["event", "place"]),
        ("&voice=own", ["event", "position"]),
        ("&voice=WES.GOV", ["quotation"]),
        ("&voice=WES.GOV&kind=term&kind=event", ["term"]),
        ("&min_confidence=0.88", ["quotation"]),
        ("&min_confidence=1", []),
    ],
)
def test_findings_are_filtered_by_kind_voice_and_confidence(explorer: TestClient, asked: str, kinds: list[str]) -> None:
    assert [r["kind"] for r in rows(explorer, asked)] == kinds


def test_unless_all_is_asked_for_only_the_surest_is_shown(explorer: TestClient) -> None:
    assert [r["kind"] for r in explorer.get("/article.json?id=a1").json()["rows"]] == ["event", "quotation"]
    assert "none found in this article" in explorer.get("/article?id=a1&min_confidence=1").text


def test_a_quotation_is_cited_with_who_when_where_and_which_text(explorer: TestClient) -> None:
    answer = explorer.get("/article.json?id=a1&kind=quotation").json()
    cited = answer["rows"][0]["citation"]
    text, article = answer["text"], answer["article"]
    assert text[cited["start"] : cited["end"]] == cited["quotation"]
    assert (cited["speaker"], cited["outlet"], cited["headline"], cited["date"]) == ("Westrum", "The Gazette", "Strike near Lower Vale", article["published"])
    assert cited["text_sha256"] == article["text_sha256"] == an_article(1).text_sha256
    for said in (cited["quotation"], "Westrum", "The Gazette", "Strike near Lower Vale", cited["text_sha256"]):
        assert said in cited["words"]
    assert html.escape(cited["words"], quote=False) in html.unescape(explorer.get("/article?id=a1").text)


def test_a_sentence_of_the_article_is_never_cited_as_the_words_of_whom_it_cites(explorer: TestClient) -> None:
    cited = rows(explorer, "&kind=position")[0]["citation"]
    assert cited["put"] is None
    assert "— The Gazette, in its own words" in cited["words"]


def test_a_finding_says_by_which_rule_and_why(explorer: TestClient) -> None:
    event = rows(explorer, "&kind=event")[0]["id"]
    answer = explorer.get(f"/finding.json?id={event}").json()
    assert "made by rule: sample.strike" in answer["explanation"]
    page = explorer.get(f"/finding?id={event}").text
    assert "made by rule: sample.strike" in page
    assert "because: v1" in page
    assert f"#{event}" in page
    assert explorer.get("/finding.json?id=ev-none").status_code == 404


def test_the_page_of_a_finding_shows_hostile_text_as_text(explorer: TestClient) -> None:
    for row in rows(explorer, f"&{ALL}", id="a7"):
        page = explorer.get("/finding", params={"id": row["id"]})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_an_article_that_is_not_there_is_told_so(explorer: TestClient) -> None:
    assert explorer.get("/article.json?id=nowhere").status_code == 404
    assert explorer.get("/article.json?id=a1&version=9").status_code == 404
    assert explorer.get("/article.json?id=a1&kind=rumour").status_code == 422
    assert explorer.get("/article.json").status_code == 422


@pytest.fixture
def recoded(tmp_path: Path) -> Iterator[TestClient]:
    """An article that two versions of a coder have read."""
    with open_record(tmp_path / "r.db") as record:
        for version in ("1", "2"):
            record.add([an_article(1)], SampleCoder(version))
        yield TestClient(make_app(record), base_url="http://localhost", headers=HTML)


def test_what_reviewers_say_of_findings_is_shown_and_holds(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add([an_article(1)], SampleCoder())
        client = TestClient(make_app(record), base_url="http://localhost", headers=HTML)
        event, position, quotation = (r["id"] for r in rows(client))
        record.review(event, "confirmed", by="Ada")
        record.review(position, "corrected", by="Ada", fields={"act": "criticise"}, note="milder")
        record.review(quotation, "rejected", by="Ben")
        record.correct_article("a1", "retraction", by="Ben")
        assert [(r["id"], r["review"]["verdict"]) for r in rows(client)] == [(event, "confirmed"), (position, "corrected")]
        assert "criticises" in rows(client)[1]["what"]
        assert [r["id"] for r in rows(client, "&reviewed=with-rejected")] == [event, position, quotation]
        assert rows(client, "&reviewed=unreviewed") == []
        page = client.get("/article?id=a1&point=broad").text
        assert "This article was retracted" in page
        assert "checked by <bdi>Ada</bdi>" in page
        assert "rejected by <bdi>Ben</bdi>" in client.get(f"/finding?id={quotation}").text
        assert client.get(f"/finding.json?id={position}").json()["finding"]["what"] == "Westrum criticises the strike"


def test_other_readings_of_an_article_can_be_looked_at(recoded: TestClient) -> None:
    answer = recoded.get("/article.json?id=a1").json()
    assert (answer["version"], [v["current"] for v in answer["versions"]]) == (2, [False, True])
    reasons = [recoded.get(f"/article.json?id=a1&kind=event{asked}").json()["rows"][0]["reason"] for asked in ("", "&version=1", "&version=2")]
    assert reasons == ["sample.strike|v2", "sample.strike|v1", "sample.strike|v2"]
    assert "superseded" in recoded.get("/article?id=a1&version=1").text


def test_a_copy_names_the_articles_that_have_the_same_text(tmp_path: Path) -> None:
    from onrecord.cluster.linker import Linker

    one = an_article(1, words="The harbour was shut for hours and fishermen watched from the pier while smoke rose over the yards. " * 4)
    other = Article.make(one.text, id="b1", title="The same", published=one.published, publisher="The Herald")
    with open_record(tmp_path / "r.db") as record:
        record.add([one, other], SampleCoder(), linker=Linker())
        client = TestClient(make_app(record), base_url="http://localhost", headers=HTML)
        answer = client.get("/article.json?id=a1").json()
        assert [c["id"] for c in answer["copies"]] == ["b1"]
        assert "The Herald" in client.get("/article?id=a1").text


def test_a_huge_text_is_shown_whole_and_cut_into_blocks(tmp_path: Path) -> None:
    text = an_article(1).text + "\n" + "A line that goes on about nothing much at all.\n" * 20_000
    with open_record(tmp_path / "r.db") as record:
        record.add([Article.make(text, id="huge"), Article.make("x" * 100_000, id="one line"), Article.make("\n" * 50_000, id="empty")], SampleCoder())
        client = TestClient(make_app(record), base_url="http://localhost", headers=HTML)
        page = client.get("/article?id=huge").text
        assert text_of(page) == text
        assert 100 < page.count('class="block"') < 5_000
        for id in ("one line", "empty"):
            assert client.get("/article", params={"id": id}).status_code == 200
