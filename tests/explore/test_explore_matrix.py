"""Holders by events or questions: each cell has the latest stance, how many there are, and leads to the words."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient


def test_a_cell_has_the_latest_stance_and_leads_to_its_quotations(joint: TestClient) -> None:
    found = joint.get("/matrix.json?point=broad").json()
    cells = {(c["holder"], c["on_id"]): c for c in found["rows"]}
    ostia = cells["Ostia", "event-a"]
    assert (ostia["stance"], ostia["positions"], ostia["articles"], ostia["article"]) == ("oppose", 2, 2, "a4")
    page = joint.get("/matrix?point=broad").text
    assert f'href="/article?id=a4#{ostia["position"]}"' in page
    assert "/positions?actor=OST.GOV&amp;event=event-a&amp;point=broad" in page
    behind = joint.get("/positions.json?actor=OST.GOV&event=event-a&point=broad").json()["rows"]
    assert ostia["position"] in {r["id"] for r in behind}
    assert len(behind) == ostia["positions"]


def test_a_stance_is_told_by_a_word_and_not_by_colour_alone(joint: TestClient) -> None:
    assert '<span aria-hidden="true">−</span> against' in joint.get("/matrix?point=broad").text


def test_the_csv_has_a_row_for_each_cell(joint: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(joint.get("/matrix.csv?point=broad").text)))
    assert {(r["holder"], r["on_id"], r["positions"]) for r in rows} == {("Ostia", "event-a", "2"), ("Westrum", "event-a", "1"), ("Norland", "event-wide", "1")}


@pytest.mark.parametrize(
    ("asked", "holders"),
    [
        ("actor=Westrum", {"Westrum"}),
        ("country=OST", {"Ostia"}),
        ("event=event-wide", {"Norland"}),
        ("until=2021-03-09", {"Ostia"}),
        ("publisher=Fjord+Wire", {"Ostia"}),
        ("stance=support", set()),
    ],
)
def test_it_is_filtered_as_positions_are(joint: TestClient, asked: str, holders: set[str]) -> None:
    assert {h["name"] for h in joint.get(f"/matrix.json?point=broad&{asked}").json()["holders"]} == holders


@pytest.mark.parametrize(
    ("sort", "names"), [("count", ["Ostia", "Norland", "Westrum"]), ("name", ["Norland", "Ostia", "Westrum"]), ("latest", ["Norland", "Westrum", "Ostia"])]
)
def test_it_is_sorted(joint: TestClient, sort: str, names: list[str]) -> None:
    assert [h["name"] for h in joint.get(f"/matrix.json?point=broad&sort={sort}").json()["holders"]] == names


def test_by_questions_a_column_leads_to_who_stands_where(explorer: TestClient) -> None:
    found = explorer.get("/matrix.json?by=issue&point=broad").json()
    assert found["columns"]
    page = explorer.get("/matrix?by=issue&point=broad").text
    assert 'href="/stands?issue=' in page
    assert sum(c["positions"] for c in found["rows"]) == sum(c["positions"] for c in found["columns"])


def test_where_nothing_is_found_it_is_said(joint: TestClient) -> None:
    page = joint.get("/matrix")
    assert page.status_code == 200
    assert "No position in this record is like that." in page.text
