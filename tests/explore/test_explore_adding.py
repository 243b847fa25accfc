"""Adding from a page: a text, files or an address, coded beside the pages, with what became of each."""

from __future__ import annotations

import datetime
import functools
import pickle
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cli import coders, logs, serving
from onrecord.cli.logs import Form
from onrecord.explore import Settings, make_app
from onrecord.explore.adding import Adding, FullError, Given
from onrecord.explore.adding.given import documents, safe_name
from onrecord.read import Skip
from onrecord.read.fetching import Fetched, FetchError
from onrecord.store import Record, open_record

TOKEN = "open sesame"
SIGNED = {"authorization": f"Bearer {TOKEN}"}
HTML = {"accept": "text/html"}


def deadly() -> SampleCoder:
    return Deadly()


def noted(path: Path) -> SampleCoder:
    """Makes a coder, and a file that says so."""
    path.touch()
    return SampleCoder()


class Deadly(SampleCoder):
    """Ends its process at articles that say so."""

    def pipe(self, articles: Any, *, batch_size: int = 16) -> Any:
        for article in articles:
            if "deadly" in article.text:
                import os

                os._exit(1)
            time.sleep(0.3 if "slow" in article.text else 0)
            yield self.report(article)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("adding") / "r.db") as made:
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> Iterator[TestClient]:
    app = make_app(record, Settings(write=True, token=TOKEN, coder=deadly))
    with TestClient(app, base_url="http://localhost", headers=SIGNED, raise_server_exceptions=False) as made:
        yield made


def ended(client: TestClient, answer: Any, seconds: float = 60) -> dict[str, Any]:
    """The progress of an adding, once it is over."""
    assert answer.status_code == 202, answer.text
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        progress: dict[str, Any] = client.get(answer.json()["progress"], headers=SIGNED).json()
        if progress["ended"]:
            return progress
        time.sleep(0.05)
    raise AssertionError(f"not over: {progress}")


def test_a_pasted_text_is_coded_and_in_the_record(client: TestClient) -> None:
    text = an_article(3).text
    fields = {"text": text, "title": "Strike at dawn", "publisher": "The Herald", "published": "2021-04-05", "url": "https://herald.example/1"}
    progress = ended(client, client.post("/add/text", data=fields))
    assert (progress["state"], progress["tally"]["added"]) == ("done", 1)
    (article,) = progress["articles"]
    row = next(r for r in client.get("/articles.json").json()["rows"] if r["id"] == article["id"])
    assert (row["title"], row["publisher"], row["published"], row["url"]) == ("Strike at dawn", "The Herald", "2021-04-05", "https://herald.example/1")
    assert (row["events"], row["positions"], row["quotes"]) == (1, 1, 1)
    again = ended(client, client.post("/add/text", data=fields))
    assert again["tally"]["unchanged"] == 1


def test_files_are_read_by_their_formats_and_skips_say_why(client: TestClient) -> None:
    page = f"<html><title>Strike</title><body><article><p>{an_article(4).text}</p></article></body></html>"
    files = [("files", ("../page.html", page.encode())), ("files", ("empty.txt", b"")), ("files", ("sheet.xlsx", b"PK"))]
    progress = ended(client, client.post("/add/files", files=files, data={"publisher": "The Post"}))
    assert progress["tally"]["added"] == 1
    assert {(s["where"], s["reason"]) for s in progress["skips"]} == {("empty.txt", "empty"), ("sheet.xlsx", "unsupported")}
    assert not any("/" in s["message"].split(":")[0] for s in progress["skips"]), "no path of this machine is told"


def test_an_address_that_is_not_of_the_public_web_is_not_fetched(client: TestClient) -> None:
    progress = ended(client, client.post("/add/address", data={"address": "http://127.0.0.1/secret"}))
    assert progress["tally"]["skipped"] == 1
    assert "public internet" in progress["skips"][0]["message"]


def test_what_ends_the_process_ends_nothing_else(client: TestClient) -> None:
    first = client.post("/add/text", data={"text": "A deadly text in plain English words, which ends whatever reads it."})
    second = client.post("/add/text", data={"text": an_article(5).text, "publisher": "The Mail"})
    assert ended(client, first)["state"] == "failed"
    assert ended(client, second)["tally"]["added"] == 1


def test_a_browser_is_led_to_a_page_that_shows_how_far_it_is(client: TestClient) -> None:
    sent = client.post("/add/text", data={"text": an_article(6).text}, headers=HTML, follow_redirects=False)
    assert sent.status_code == 303
    where = sent.headers["location"]
    early = client.get(where, headers=HTML).text
    assert '<meta http-equiv="refresh"' in early or "In the record" in early
    until = time.monotonic() + 60
    while '<meta http-equiv="refresh"' in (page := client.get(where, headers=HTML).text):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert "In the record" in page
    assert "/article?id=" in page
    assert "Added since" in client.get("/add", headers=HTML).text


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/add/text", {}, 422),
        ("/add/text", {"text": "x", "published": "someday"}, 422),
        ("/add/text", {"text": "x", "colour": "red"}, 422),
        ("/add/address", {"address": ""}, 422),
        ("/add/files", {}, 422),
    ],
)
def test_what_is_given_wrongly_is_told(client: TestClient, path: str, fields: dict[str, str], status: int) -> None:
    answer = client.post(path, data=fields)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_more_than_is_taken_is_refused(client: TestClient) -> None:
    assert client.post("/add/files", files={"files": ("big.txt", b"x" * 21_000_000)}).status_code == 413


def test_adding_needs_the_token(record: Record) -> None:
    app = make_app(record, Settings(write=True, token=TOKEN, coder=SampleCoder))
    with TestClient(app, base_url="http://localhost") as stranger:
        assert stranger.post("/add/text", data={"text": "x"}).status_code == 401
        assert "Sign in" in stranger.get("/add", headers=HTML).text


def test_an_explorer_that_reads_says_how_to_add(explorer: TestClient) -> None:
    assert "--write" in explorer.get("/add").text
    assert explorer.post("/add/text", data={"text": "x"}).status_code == 403
    assert explorer.get("/adding.json?id=nothing").status_code == 404


def test_no_more_waits_than_may_and_what_is_stopped_does_not_begin(record: Record) -> None:
    adding = Adding(record.address, deadly, most=2)
    try:
        jobs = [adding.add(Given(text=f"A slow text in plain English words, the {n}th of some.")) for n in range(2)]
        with pytest.raises(FullError):
            adding.add(Given(text="one more"))
        adding.stop(jobs[1].id)
        until = time.monotonic() + 60
        while not all(j.progress.ended for j in jobs):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert [j.progress.state for j in jobs] == ["done", "stopped"]
    finally:
        folder = jobs[0].task.folder.parent
        adding.close()
    assert not folder.exists()


class Web:
    """Gives one page."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self.found = Fetched(address="https://herald.example/story", content=content, media_type=media_type, headers={})

    def fetch(self, address: str) -> Fetched:
        if "missing" in address:
            raise FetchError("herald.example answered 404 (Not Found)")
        return self.found


def test_a_fetched_page_is_read_as_what_it_is_and_known_by_its_address() -> None:
    page = f"<html><head><title>Strike at dawn</title></head><body><article><p>{an_article(1).text}</p></article></body></html>"
    web: Any = Web(page.encode(), "text/html")
    (article,) = documents(Given(address="https://herald.example/s", publisher="The Herald"), lambda _: None, web)
    assert not isinstance(article, Skip)
    assert (article.url, article.publisher) == ("https://herald.example/story", "The Herald")
    fetched = datetime.datetime.fromisoformat(article.retrieved_at or "")
    assert datetime.timedelta() <= datetime.datetime.now(datetime.UTC) - fetched < datetime.timedelta(minutes=1)
    (skip,) = documents(Given(address="https://herald.example/missing"), lambda _: None, web)
    assert isinstance(skip, Skip)
    assert "404" in skip.message


def test_the_coder_is_made_as_soon_as_somebody_who_may_add_opens_the_page(record: Record, tmp_path: Path) -> None:
    made = tmp_path / "made"
    app = make_app(record, Settings(write=True, token=TOKEN, coder=functools.partial(noted, made)))
    with TestClient(app, base_url="http://localhost", headers=HTML) as client:
        assert client.get("/add").status_code == 200
        time.sleep(0.2)
        assert app.state.adding._process is None, "nobody has signed in"
        client.get("/add", headers=SIGNED)
        until = time.monotonic() + 60
        while not made.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert made.exists()
        client.get("/add", headers=SIGNED)
        first = app.state.adding._process
        progress = ended(client, client.post("/add/text", data={"text": an_article(5).text}, headers={**SIGNED, "accept": "application/json"}))
        assert progress["state"] == "done"
        assert app.state.adding._process is first


def test_the_process_that_adds_logs_as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(logs, "set_up", done.append)
    monkeypatch.setattr(coders, "made", lambda *given: done.append(given))
    pickle.loads(pickle.dumps(partial(serving._made, Form.JSON, "none", (), ())))()
    assert done == [Form.JSON, ("none", "broad", 0.0, (), ())]


def test_files_are_kept_under_harmless_names() -> None:
    assert [safe_name(n, 3) for n in ("../../x.txt", "C:\\a\\b.PDF", ".hidden", "\0", None)] == ["x.txt", "b.PDF", "hidden", "file-3", "file-3"]
