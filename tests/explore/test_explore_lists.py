"""The lists, as pages, JSON and CSV: the same rows in each."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

LISTS = ("/events", "/positions", "/quotes", "/actors", "/articles")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_the_same_rows_in_each_form(explorer: TestClient, path: str) -> None:
    asked = "?limit=3&point=broad" if path in ("/events", "/positions", "/quotes") else "?limit=3"
    rows = explorer.get(f"{path}.json{asked}").json()["rows"]
    lines = list(csv.DictReader(io.StringIO(explorer.get(f"{path}.csv{asked}").text)))
    page = explorer.get(path + asked)
    assert len(rows) == 3
    assert [r["id"] for r in rows] == [line["id"] for line in lines]
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert all(r["id"] in page.text or r.get("article", "") in page.text for r in rows)


@pytest.mark.parametrize("path", LISTS)
def test_following_the_cursor_gives_every_row_once(explorer: TestClient, path: str) -> None:
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = explorer.get(f"{path}.json", params={"limit": 5, "after": after}).json()
        seen += [r["id"] for r in page["rows"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == len(explorer.get(f"{path}.json?limit=1000").json()["rows"])


def test_the_filters_are_those_of_the_command_line(explorer: TestClient) -> None:
    rows = explorer.get("/positions.json", params={"actor": "Ostia", "act": "condemn", "since": "2020", "until": "2022", "point": "broad"}).json()["rows"]
    assert {r["holder"]["name"] for r in rows} == {"Ostia"}


def test_a_field_that_a_form_leaves_empty_asks_for_nothing(explorer: TestClient) -> None:
    assert explorer.get("/positions.json?actor=&since=&limit=4").json() == explorer.get("/positions.json?limit=4").json()


def test_what_has_not_changed_is_not_sent_again(explorer: TestClient) -> None:
    first = explorer.get("/articles.json")
    again = explorer.get("/articles.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/events.json?since=someday", 400, "someday"),
        ("/events.json?colour=red", 422, "colour"),
        ("/events.json?limit=0", 422, "limit"),
        ("/events.json?after=nonsense", 400, "cursor"),
        ("/nowhere.json", 404, ""),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(explorer: TestClient, address: str, status: int, said: str) -> None:
    answer = explorer.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert said in answer.json()["detail"]
    assert "onrecord/" not in answer.text


def test_to_a_person_what_is_wrong_is_told_as_a_page(explorer: TestClient) -> None:
    answer = explorer.get("/events?since=someday")
    assert answer.status_code == 400
    assert "<h1>Bad Request</h1>" in answer.text


def test_a_form_offers_words_and_asks_for_codes(explorer: TestClient) -> None:
    page = explorer.get("/positions?act=condemn&stance=oppose").text
    assert '<option value="condemn" selected>condemns</option>' in page
    assert '<option value="oppose" selected>against</option>' in page
    assert '<option value="RALLY" selected>RALLY</option>' in explorer.get("/events?type=RALLY").text  # a type of a user's own
