"""Whole lists, exports and SQL to take away."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import anyio
import polars
import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient
from tests.loops import beside

from onrecord.explore import downloading
from onrecord.explore.pages import data
from onrecord.store import Record


@pytest.mark.parametrize("what", downloading.LISTS)
def test_a_whole_list_is_the_same_in_each_form(explorer: TestClient, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "ROWS", 5)  # so that it takes several pages
    asked = "?point=broad" if what in data.CONFIDENT else ""
    get = {form: explorer.get(f"/data/{what}.{form}{asked}") for form in downloading.FORMS}
    ids = [r["id"] for r in explorer.get(f"/{what}.json{asked or '?'}&limit=1000").json()["rows"]]
    assert len(ids) > 3
    assert [r["id"] for r in csv.DictReader(io.StringIO(get["csv"].text))] == ids
    assert [json.loads(line)["id"] for line in get["jsonl"].text.splitlines()] == ids
    assert [r["id"] for r in get["json"].json()] == ids
    assert polars.read_parquet(io.BytesIO(get["parquet"].content))["id"].to_list() == ids


def test_a_list_is_filtered_and_may_be_empty(explorer: TestClient) -> None:
    assert explorer.get("/data/positions.json?act=condemn&actor=Ostia&point=broad").json()
    nothing = "?actor=nobody"
    assert explorer.get(f"/data/positions.json{nothing}").json() == []
    assert explorer.get(f"/data/positions.csv{nothing}").text.startswith("id,holder")
    assert polars.read_parquet(io.BytesIO(explorer.get(f"/data/positions.parquet{nothing}").content)).height == 0


def test_what_is_wrong_with_a_list_is_told_before_it_is_sent(explorer: TestClient) -> None:
    answer = explorer.get("/data/events.jsonl?since=someday")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("format", downloading.EXPORTS)
def test_an_export_is_a_file(explorer: TestClient, format: str) -> None:
    answer = explorer.get(f"/data/export/{format}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    if format in ("parquet", "brat"):
        assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    elif format in ("geojson", "web-annotation"):
        assert answer.json()
    else:
        assert len(answer.text.splitlines()) >= 1


def test_an_export_is_narrowed_where_it_can_be(explorer: TestClient) -> None:
    everything = explorer.get("/data/export/polecat").text.splitlines()
    some = explorer.get("/data/export/polecat?country=NOR").text.splitlines()
    assert 1 < len(some) < len(everything)
    assert explorer.get("/data/export/brat?country=NOR").status_code == 422
    assert explorer.get("/data/export/icews?include=denied").status_code in (200, 400)
    assert explorer.get("/data/export/polecat?include=everything").status_code == 422


def test_an_export_that_nobody_takes_leaves_its_place(explorer: TestClient) -> None:
    request = Request({"type": "http", "app": explorer.app, "headers": []})
    for _ in range(downloading.AT_ONCE + 1):  # never begun: the visitor went before
        answer = downloading._file(request, iter([b"a"]), "a.csv", "text/csv", alone=True)
        assert isinstance(answer, StreamingResponse)
        del answer

    async def left() -> None:
        for _ in range(downloading.AT_ONCE + 1):  # left after the first piece
            answer = downloading._file(request, iter([b"a", b"b"]), "a.csv", "text/csv", alone=True)
            assert isinstance(answer, StreamingResponse)
            pieces = answer.body_iterator
            assert await anext(aiter(pieces)) == b"a"
            await pieces.aclose()  # type: ignore[attr-defined]

    beside(lambda: anyio.run(left))
    assert explorer.get("/data/export/polecat").status_code == 200


def test_exports_beyond_what_may_be_made_at_once_wait(explorer: TestClient) -> None:
    for _ in range(downloading.AT_ONCE):
        downloading._making.acquire()
    try:
        answer = explorer.get("/data/export/polecat", headers={"accept": "application/json"})
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
    finally:
        for _ in range(downloading.AT_ONCE):
            downloading._making.release()
    assert explorer.get("/data/export/polecat").status_code == 200


def test_sql_is_answered_as_a_page_json_and_csv(explorer: TestClient) -> None:
    asked = {"statement": "SELECT id AS a, 1.5 AS b, NULL AS c, 9e999 AS d FROM articles WHERE current ORDER BY id LIMIT 2"}
    rows = explorer.get("/sql.json", params=asked).json()
    assert rows["columns"] == ["a", "b", "c", "d"]
    assert rows["rows"][0] == {"a": "a0", "b": 1.5, "c": None, "d": None}
    assert explorer.get("/sql.csv", params=asked).text.splitlines()[0] == "a,b,c,d"
    assert "<td><bdi>a0</bdi></td>" in explorer.get("/sql", params=asked).text


@pytest.mark.parametrize("statement", ["SELEKT", "DELETE FROM articles", "SELECT * FROM nothing", "PRAGMA database_list"])
def test_sql_that_is_wrong_is_a_problem_that_tells_no_path(explorer: TestClient, shown: Record, statement: str) -> None:
    answer = explorer.get("/sql.json", params={"statement": statement})
    assert answer.status_code == 400
    assert "r.db" not in answer.text
    assert "Traceback" not in answer.text


def test_sql_is_bounded(explorer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "SECONDS", 0.3)
    monkeypatch.setattr(data, "ROWS", 3)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
    assert "longer" in explorer.get("/sql.json", params={"statement": endless.format("max(i)")}).json()["detail"]
    answer = explorer.get("/sql.json", params={"statement": endless.format("i")}).json()
    assert len(answer["rows"]) == 3
    assert answer["notes"] == ["only the first 3 rows are given"]


def test_no_other_site_asks_sql_with_a_readers_browser(explorer: TestClient) -> None:
    assert explorer.get("/sql?statement=SELECT+1", headers={"sec-fetch-site": "cross-site"}).status_code == 403
