"""What a visitor may take of the server, and what is told of it: requests at once, sizes, time; /healthz; the log."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy import func, literal, select
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cli.logs import Form, Lines
from onrecord.explore import Settings, downloading, limiting, listening, make_app
from onrecord.store import BusyRecordError, DamagedRecordError, FullRecordError, Record, Table, TooLongError, open_record, within

JSON = {"accept": "application/json"}


@contextlib.contextmanager
def served(record: Record, settings: Settings | None = None) -> Iterator[int]:
    """An explorer as `onrecord serve` runs it; its port."""
    listen = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(listening.config(make_app(record, settings)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listen]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield listen.getsockname()[1]
    server.should_exit = True
    thread.join(20)


def answered(port: int, sent: bytes, *, waits: float = 10) -> bytes:
    """What comes until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=waits) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(sent)
        came = b""
        with contextlib.suppress(ConnectionError):
            while piece := connection.recv(65_536):
                came += piece
        return came


def client(record: Record, **settings: object) -> TestClient:
    made = make_app(record, Settings(**settings))  # type: ignore[arg-type]
    return TestClient(made, base_url="http://localhost", headers=JSON, raise_server_exceptions=False)


# --- too many, too large, too slow


def test_one_request_too_many_is_asked_to_come_again(shown: Record) -> None:
    with served(shown, Settings(at_once=0)) as port:
        came = httpx.get(f"http://127.0.0.1:{port}/events.json", headers=JSON)
        assert came.status_code == 503
        assert came.headers["content-type"] == "application/problem+json"
        assert came.headers["retry-after"] == "2"
        assert "content-security-policy" in came.headers
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200


def test_requests_are_counted_out_again(shown: Record) -> None:
    few = client(shown, at_once=1)
    assert [few.get(path).status_code for path in ("/events.json", "/none", "/article.json?id=none", "/events.json")] == [200, 404, 404, 200]


def test_a_head_that_is_too_large_is_refused(shown: Record) -> None:
    with served(shown) as port:
        head = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-much: " + b"x" * 40_000
        assert answered(port, head + b"\r\n\r\n").split(b"\r\n")[0].endswith((b"431 Request Header Fields Too Large", b"400 Bad Request"))
        assert answered(port, head).startswith(b"HTTP/1.1 400")  # that never ends


def test_a_body_that_is_too_large_or_slow_is_refused(shown: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "BODY", 0.3)
    monkeypatch.setattr("onrecord.explore.security.LARGEST", 1_000)
    head = b"POST /review HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer t\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    with served(shown, Settings(write=True, token="t")) as port:
        large = httpx.post(f"http://127.0.0.1:{port}/review", data={"finding": "x" * 5_000}, headers={**JSON, "authorization": "Bearer t"})
        assert large.status_code == 413
        assert answered(port, head + b"content-length: 500\r\n\r\nfinding=").startswith(b"HTTP/1.1 408")


def test_a_visitor_who_says_nothing_is_not_waited_for(shown: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.3)
    with served(shown) as port:
        begin = time.monotonic()
        assert answered(port, b"GET / HTTP/1.1\r\nhost: loc").startswith(b"HTTP/1.1 408")
        assert answered(port, b"").startswith(b"HTTP/1.1 408")
        assert time.monotonic() - begin < 8
        whole = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"
        with socket.create_connection(("127.0.0.1", port), timeout=10) as patient:
            patient.sendall(whole)
            assert patient.recv(65_536).startswith(b"HTTP/1.1 200")
            patient.settimeout(0.6)
            with contextlib.suppress(TimeoutError):
                assert b"ok" in patient.recv(65_536)
            patient.settimeout(10)
            time.sleep(0.6)  # between two requests a connection stays open longer
            patient.sendall(whole)
            assert patient.recv(65_536).startswith(b"HTTP/1.1 200")


def test_a_visitor_who_takes_nothing_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "TAKEN_SECONDS", 0.5)
    with open_record(tmp_path / "r.db") as record:
        record.add([an_article(0, words="What they said was long. " * 400_000)], SampleCoder())
        with served(record) as port, socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            deaf.settimeout(10)
            deaf.connect(("127.0.0.1", port))
            deaf.sendall(b"GET /data/articles.json HTTP/1.1\r\nhost: localhost\r\n\r\nGET /article.json?id=a0 HTTP/1.1\r\nhost: localhost\r\n\r\n")
            time.sleep(3)
            came = 0
            with contextlib.suppress(ConnectionError):
                while piece := deaf.recv(65_536):
                    came += len(piece)
            assert came < 9_000_000


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_questions_are_interrupted_when_their_time_is_over(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    where = str(tmp_path / "r.db") if backend == "sqlite" else request.getfixturevalue("new_database")()
    with open_record(where) as record:
        numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
        endless = select(func.count()).select_from(numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 500_000_000)))
        begin = time.monotonic()
        with within(0.2), record._asking() as connection, pytest.raises(TooLongError):
            connection.execute(endless).scalar()
        assert time.monotonic() - begin < 5
        with within(0), pytest.raises(TooLongError):
            record.events()
        assert len(record.events()) == 0  # the next question has its own time, on the same connection


def test_a_page_that_takes_too_long_says_so(shown: Record) -> None:
    slow = client(shown, seconds=0.0)
    came = slow.get("/events.json")
    assert (came.status_code, came.json()["status"]) == (503, 503)
    assert "ask for less" in came.json()["detail"]
    assert "ask for less" in slow.get("/events", headers={"accept": "text/html"}).text


# --- what is wrong with the record


@pytest.mark.parametrize(("error", "status"), [(BusyRecordError, 503), (DamagedRecordError, 503), (FullRecordError, 507), (ZeroDivisionError, 500)])
def test_an_error_has_a_reference_that_the_log_has_too(
    error: type[Exception], status: int, shown: Record, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error("/secret/record.db says no")

    monkeypatch.setattr(Record, "events", fails)
    came = client(shown).get("/events.json")
    assert came.status_code == status
    assert "secret" not in came.text
    assert came.json()["instance"] == f"urn:onrecord:request:{came.headers['x-request-id']}"
    assert "content-security-policy" in came.headers
    if error is not BusyRecordError:
        assert came.headers["x-request-id"] in [getattr(r, "fields", {}).get("id") for r in caplog.records]
        assert came.headers["x-request-id"] not in client(shown).get("/events", headers={"accept": "text/html"}).text
        assert "Reference" in client(shown).get("/events", headers={"accept": "text/html"}).text


# --- health


def test_health_needs_no_token_and_tells_nothing(shown: Record) -> None:
    away = client(shown, open_reading=False, token="t", hosts=("news.example",))
    came = away.get("/healthz")
    assert (came.status_code, came.json(), came.headers["cache-control"]) == (200, {"status": "ok"}, "no-store")
    assert away.get("/events.json", headers={"host": "news.example"}).status_code == 401


def test_health_says_when_the_record_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_record(path) as record:
        record.add([an_article(0)], SampleCoder())
        asked = client(record)
        assert asked.get("/healthz").status_code == 200
        record.engine.dispose()
        path.write_bytes(b"nothing that is a database " * 1_000)
        came = asked.get("/healthz")
        assert (came.status_code, came.json()["status"]) == (503, "failing")
        assert str(tmp_path) not in came.text


# --- the log


@contextlib.contextmanager
def logged(form: Form) -> Iterator[io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines(form))
    logger = logging.getLogger("onrecord")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield out
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_a_request_is_a_line_without_what_was_searched_for(shown: Record) -> None:
    with logged(Form.JSON) as out:
        came = client(shown).get("/events.json?actor=Somebody+Private&limit=5")
    (line,) = [json.loads(x) for x in out.getvalue().splitlines()]
    assert (line["event"], line["path"], line["asked"], line["status"]) == ("request", "/events.json", ["actor", "limit"], came.status_code)
    assert line["id"] == came.headers["x-request-id"]
    assert line["bytes"] == len(came.content)
    assert "Private" not in out.getvalue()


def test_batches_and_skips_are_lines_without_words_of_articles(tmp_path: Path) -> None:
    with logged(Form.JSON) as out, open_record(tmp_path / "r.db") as record:
        record.add([an_article(0, words="Zebra. "), an_article(1, words="Unreadable. ")], SampleCoder(fails_on="Unreadable"))
    lines = [json.loads(x) for x in out.getvalue().splitlines()]
    assert [x["event"] for x in lines] == ["skip", "batch"]
    assert (lines[0]["source"], lines[1]["added"], lines[1]["skipped"]) == ("a1", 1, 1)
    assert "struck" not in out.getvalue()


def test_an_exception_is_told_by_its_kind_and_place_only() -> None:
    with logged(Form.TEXT) as out:
        try:
            raise ValueError("Norland struck\nSudmark")
        except ValueError:
            logging.getLogger("onrecord.x").exception("coding failed")
    assert len(out.getvalue().splitlines()) == 1
    assert 'error="ValueError"' in out.getvalue()
    assert "Norland" not in out.getvalue()


def test_pages_wait_for_no_sql_and_no_export(shown: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go = threading.Semaphore(0), threading.Event()

    def long(*_: object, **__: object) -> object:
        begun.release()
        go.wait(30)
        return Table([], {})

    def long_pieces(*_: object) -> Iterator[bytes]:
        long()
        yield b"x"

    monkeypatch.setattr(Record, "sql", long)
    monkeypatch.setattr(downloading, "_made", long_pieces)
    with (
        TestClient(make_app(shown), base_url="http://localhost", headers=JSON, raise_server_exceptions=False) as client,
        ThreadPoolExecutor(8) as visitors,
    ):
        asked = [visitors.submit(client.get, f"/sql?statement=SELECT+{n}") for n in range(4)]
        asked += [visitors.submit(client.get, f"/data/export/gdelt2-events?publisher={n}") for n in range(4)]
        assert all(begun.acquire(timeout=20) for _ in range(4))  # two statements and two exports are being worked at
        before = time.monotonic()
        assert client.get("/events").status_code == client.get("/actors").status_code == 200
        waited = time.monotonic() - before
        go.set()
        statuses = sorted(each.result().status_code for each in asked)
    assert waited < 4
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) >= 4
