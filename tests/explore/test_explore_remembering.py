"""What was answered is answered again only while the record, the question and who asks are the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from tests.loops import beside
from tests.store_samples import SampleCoder, an_article

from onrecord.explore import Settings, make_app, remembering
from onrecord.store import Record, open_record

HTML = {"accept": "text/html"}


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "r.db") if request.param == "sqlite" else request.getfixturevalue("new_database")()


def asked(record: Record, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often articles are asked for."""
    times: list[int] = []
    found = Record.articles

    def counted(self: Record, **wanted: object) -> object:
        times.append(1)
        return found(self, **wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(Record, "articles", counted)
    return times


def test_the_same_is_found_once_until_the_record_changes(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_record(where) as record, open_record(where) as other:
        record.add([an_article(0)], SampleCoder())
        times = asked(record, monkeypatch)
        client = TestClient(make_app(record), base_url="http://localhost")
        first = client.get("/articles.json")
        again = client.get("/articles.json")
        assert len(times) == 1
        assert first.headers.pop("x-request-id") != again.headers.pop("x-request-id")
        assert (again.content, again.headers) == (first.content, first.headers)
        assert client.get("/articles.json", headers={"if-none-match": first.headers["etag"]}).status_code == 304
        assert len(client.get("/articles.json?limit=1").json()["rows"]) == 1
        assert len(times) == 2
        other.add([an_article(1)], SampleCoder())  # as another process does
        assert len(client.get("/articles.json").json()["rows"]) == 2
        record.forget(["a0"])  # and this one
        assert [r["id"] for r in client.get("/articles.json").json()["rows"]] == ["a1"]


def test_a_reader_may_be_given_a_page_that_is_a_little_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(remembering.time, "monotonic", lambda: now[0])
    with open_record(tmp_path / "r.db") as record:
        record.add([an_article(0)], SampleCoder())
        client = TestClient(make_app(record, Settings(write=True, token="open sesame")), base_url="http://localhost", headers=HTML)
        signed = {"authorization": "Bearer open sesame"}
        first = client.get("/articles").text
        client.get("/articles", headers=signed)
        record.add([an_article(1)], SampleCoder())
        now[0] += remembering.PATIENCE - 1
        assert client.get("/articles").text == first
        assert client.get("/articles", headers=signed).text.count('href="/article?') > first.count('href="/article?'), "who may write sees what was written"
        assert len(client.get("/articles.json").json()["rows"]) == 2, "so does a program"
        now[0] += 2
        assert client.get("/articles").text != first


def test_whoever_has_it_and_asks_first_is_told_so(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        tag = TestClient(make_app(record), base_url="http://localhost").get("/articles.json").headers["etag"]
        client = TestClient(make_app(record), base_url="http://localhost")
        assert client.get("/articles.json", headers={"if-none-match": tag}).status_code == 304
        assert client.get("/articles.json").json()["rows"] == []


def test_many_who_ask_for_the_same_at_once_have_it_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_record(tmp_path / "r.db") as record:
        times = asked(record, monkeypatch)

        async def all_at_once() -> list[int]:
            transport = httpx.ASGITransport(app=make_app(record))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return [a.status_code for a in await asyncio.gather(*(client.get("/articles.json") for _ in range(8)))]

        assert beside(lambda: asyncio.run(all_at_once())) == [200] * 8
        assert len(times) == 1


def test_forms_and_people_are_told_apart(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        client = TestClient(make_app(record, Settings(write=True, token="open sesame")), base_url="http://localhost", headers=HTML)
        assert 'href="/sign-in"' in client.get("/articles").text
        signed = {"authorization": "Bearer open sesame"}
        assert 'href="/sign-in"' not in client.get("/articles", headers=signed).text
        assert 'href="/sign-in"' in client.get("/articles").text


def test_the_token_is_asked_for_whatever_is_remembered(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        client = TestClient(make_app(record, Settings(open_reading=False, token="open sesame")), base_url="http://localhost")
        assert client.get("/articles.json", headers={"authorization": "Bearer open sesame"}).status_code == 200
        assert client.get("/articles.json").status_code == 401


def test_what_is_wrong_is_not_remembered_and_no_more_is_than_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 500)
    with open_record(tmp_path / "r.db") as record:
        kept: Callable[[], int]
        client = TestClient(make_app(record), base_url="http://localhost")
        assert client.get("/events.json?since=someday").status_code == 400
        for n in range(1, 40):
            assert client.get(f"/articles.json?limit={n}").status_code == 200
        middleware = client.app.middleware_stack  # type: ignore[attr-defined]
        while not isinstance(middleware, remembering.Remembering):
            middleware = middleware.app
        kept = lambda: sum(len(given.body) for given in middleware._given.values())  # noqa: E731
        assert 0 < kept() <= 500
        assert kept() == middleware._size
