"""Overview, search, map, sources: what they show, and that nothing of an article is more than text in them."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

PAGES = ("/", "/search", "/search?text=strike", "/search?text=alert", "/map?point=broad", "/sources", "/source?publisher=Lake+Post")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_script_or_style_of_its_own(joint: TestClient, address: str) -> None:
    page = joint.get(address)
    assert page.status_code == 200
    assert not re.search(r"<script(?![^>]* src=)|<style|<[^>]* style=|<[^>]* on\w+=", page.text)


def test_the_overview_tells_added_from_dated(joint: TestClient) -> None:
    page = joint.get("/").text
    assert "Added last" in page
    assert "Dated last" in page
    data = joint.get("/overview.json").json()
    assert data["added"][0]["id"] == "a5"
    assert data["last_day"] == "2021-04-20"
    assert all(d["day"] <= data["last_day"] for d in data["days"])


def test_the_chart_of_days_says_what_its_table_says(joint: TestClient) -> None:
    page = joint.get("/").text
    (source,) = re.findall(r'data-src="([^"]+)"', page)
    days = joint.get(source.replace("&amp;", "&")).json()["days"]
    rows = re.findall(r'since=([\d-]+)&amp;until=[\d-]+">[^<]*</a></th><td class="number">(\d+)', page)
    assert sorted(rows) == sorted((d["day"], str(d["count"])) for d in days)
    assert days


def test_an_empty_search_says_how_to_search(explorer: TestClient) -> None:
    assert "leaves a word out" in explorer.get("/search").text
    assert explorer.get("/search.json").json()["rows"] == []


def test_what_a_search_found_is_marked_and_hostile_words_are_text(explorer: TestClient) -> None:
    page = explorer.get("/search", params={"text": "alert strike"}).text
    assert "<mark>" in page
    assert "<script>alert" not in page
    assert "None found" in explorer.get("/search?text=zebra").text


def test_a_facet_leads_to_as_many_articles_as_it_says(explorer: TestClient) -> None:
    facets = explorer.get("/search.json?text=strike").json()["facets"]
    for name in ("actor", "publisher", "type"):
        value = facets[name][0]
        assert explorer.get("/search.json", params={"text": "strike", name: value["value"]}).json()["counted"] == value["count"]


def test_what_narrows_a_search_can_be_taken_away(explorer: TestClient) -> None:
    page = explorer.get("/search?text=strike&publisher=The+Gazette&since=2020").text
    assert "/search?text=strike&amp;since=2020" in page
    assert "/search?text=strike&amp;publisher=The+Gazette" in page


def test_the_map_shows_the_events_of_its_list(joint: TestClient) -> None:
    data = joint.get("/map.json?point=broad").json()
    here = next(p for p in data["places"] if p["name"] == "Harbin Bay")
    assert (here["lat"], here["lon"], here["precision"]) == (1.25, -2.5, "city")
    assert "event-a" in [e["id"] for e in data["rows"]]
    assert joint.get(here["href"].replace("/map", "/map.json")).json()["rows"]
    assert all(e["place"] for e in data["rows"])


def test_days_narrow_the_map_but_not_its_timeline(joint: TestClient) -> None:
    page = joint.get("/map?point=broad&since=2021-03-01&until=2021-03-31").text
    assert 'data-src="/timeline.json?point=broad"' in page
    assert joint.get("/map.json?point=broad&since=2022").json()["places"] == []
    assert [d["day"] for d in joint.get("/timeline.json?point=broad").json()["days"]].count("2021-03-08") == 1


def test_the_map_takes_no_side(joint: TestClient) -> None:
    page = joint.get("/map").text
    assert "disputed" in page
    assert "takes no side" in page


def test_sources_lead_to_an_outlet_and_its_articles(joint: TestClient) -> None:
    page = joint.get("/sources").text
    assert "/source?publisher=Lake+Post" in page
    assert {r["id"] for r in joint.get("/source.json?publisher=Lake+Post").json()["rows"]} == {"a4", "a1"}
    assert joint.get("/source.json?publisher=Nobody").status_code == 404
    assert joint.get("/origin.json?id=or-none").status_code == 404


def test_a_text_is_shown_with_all_that_print_it(explorer: TestClient) -> None:
    listed = explorer.get("/articles.json").json()["rows"]
    origin = listed[0]["origin"]
    shown = explorer.get("/origin.json", params={"id": origin}).json()["rows"]
    assert {r["id"] for r in shown} == {r["id"] for r in listed if r["origin"] == origin}
    assert [r["first"] for r in shown] == [True, *[False] * (len(shown) - 1)]
    assert explorer.get("/origin", params={"id": origin}).text.count('class="row article"') == len(shown)
