"""Fetching from the web: what is asked, what is refused, and where it ends. 127.0.0.1 stands for the public internet, 127.0.0.2 for what is not."""

from __future__ import annotations

import gzip
import ipaddress
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

import pytest
from benchmarks.loopback import HERE, listening

from onrecord.read.fetching import Address, Fetcher, FetchError, Limits, is_public


class Site(BaseHTTPRequestHandler):
    """A small web site with bad habits."""

    seen: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        Site.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        port = self.headers["host"].rpartition(":")[2]
        match self.path.strip("/").split("/"):
            case ["page"]:
                self._give(b"<p>Norland voted.</p>", "text/html; charset=utf-8")
            case ["packed"]:
                self._give(gzip.compress(b"word " * 1000), "text/plain", packed=True)
            case ["bomb"]:
                self._give(gzip.compress(b"\0" * 50_000_000), "text/plain", packed=True)
            case ["large"]:
                self._give(b"x" * 2_000_000, "text/plain")
            case ["cut"]:
                self._give(gzip.compress(b"word " * 1000)[:-20], "text/plain", packed=True)
            case ["to", "page"]:
                self._send_on("/page")
            case ["to", "itself"]:
                self._send_on("/to/itself")
            case ["to", "inside"]:
                self._send_on(f"http://127.0.0.2:{port}/page")
            case ["to", "name"]:
                self._send_on(f"http://intranet.example:{port}/page")
            case ["to", "file"]:
                self._send_on("file:///etc/hostname")
            case ["slow"]:
                self._drip()
            case _:
                self.send_error(404)

    def _give(self, body: bytes, kind: str, *, packed: bool = False) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        if packed:
            self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_on(self, where: str) -> None:
        self.send_response(302)
        self.send_header("location", where)
        self.end_headers()

    def _drip(self) -> None:
        """A header at a time, for ever."""
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for n in range(100):
                self.wfile.write(f"x-{n}: y\r\n".encode())
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening(Site) as port:
        yield port


@pytest.fixture
def fetch(port: int) -> Callable[..., bytes]:
    """Fetches a path of the site."""
    names = {"news.example": ["127.0.0.1"], "intranet.example": ["127.0.0.2"], "both.example": ["127.0.0.1", "127.0.0.2"]}

    def got(path: str, *, host: str = "news.example", **limits: float) -> bytes:
        bounds = Limits(ports=(port,), pause=0, **{"size": 1_000_000, "seconds": 5, **limits})  # type: ignore[arg-type]
        fetcher = Fetcher(bounds, allowed=lambda a: a == HERE, resolving=lambda h, _: names.get(h, [h]))
        return fetcher.fetch(f"http://{host}:{port}{path}").content

    return got


def test_a_page_is_fetched_with_its_type_and_address(port: int) -> None:
    fetcher = Fetcher(Limits(ports=(port,), pause=0), allowed=lambda a: a == HERE)
    found = fetcher.fetch(f"http://127.0.0.1:{port}/to/page", headers={"if-none-match": '"7"'})
    assert (found.content, found.media_type, found.address) == (b"<p>Norland voted.</p>", "text/html", f"http://127.0.0.1:{port}/page")
    _, sent = Site.seen[-1]
    assert sent["if-none-match"] == '"7"'
    assert sent["user-agent"].startswith("onrecord/")
    assert "cookie" not in sent


def test_what_is_packed_is_unpacked(fetch: Callable[..., bytes]) -> None:
    assert fetch("/packed") == b"word " * 1000


@pytest.mark.parametrize(
    ("path", "said"),
    [("/bomb", "larger than"), ("/large", "larger than"), ("/cut", "incomplete"), ("/nothing", "404"), ("/to/itself", "redirects more than")],
)
def test_what_goes_too_far_or_is_not_there_is_refused(fetch: Callable[..., bytes], path: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        fetch(path)


@pytest.mark.parametrize("path", ["/to/inside", "/to/name"])
def test_a_redirect_leads_nowhere_that_may_not_be_asked(fetch: Callable[..., bytes], path: str) -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch(path)


def test_a_redirect_leads_to_no_file(fetch: Callable[..., bytes]) -> None:
    with pytest.raises(FetchError, match="http"):
        fetch("/to/file")


@pytest.mark.parametrize("host", ["intranet.example", "both.example", "127.0.0.2"])
def test_a_name_is_refused_if_any_address_of_it_may_not_be_asked(fetch: Callable[..., bytes], host: str) -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch("/page", host=host)


def test_the_connection_goes_to_the_address_that_was_looked_at(port: int) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    fetcher = Fetcher(Limits(ports=(port,), pause=0), allowed=lambda a: a == HERE, resolving=lambda _h, _p: next(answers))
    assert fetcher.fetch(f"http://rebinding.example:{port}/page").content
    with pytest.raises(FetchError, match="public"):
        fetcher.fetch(f"http://rebinding.example:{port}/page")


def test_however_slowly_a_server_answers_it_ends(fetch: Callable[..., bytes]) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        fetch("/slow", seconds=0.4)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "address",
    [
        "ftp://news.example/",
        "file:///etc/passwd",
        "news.example/page",
        "http://",
        "http://me:secret@news.example/",
        "http://news.example:22/",
        "http://[::1",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(address: str) -> None:
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError("nothing is to be looked up")

    with pytest.raises(FetchError):
        Fetcher(resolving=never).fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.1.2.3", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.0.2.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(_address(address))


def test_one_host_is_not_asked_twice_at_once(port: int) -> None:
    fetcher = Fetcher(Limits(ports=(port,), pause=0.3), allowed=lambda a: a == HERE)
    began = time.monotonic()
    for _ in range(2):
        fetcher.fetch(f"http://127.0.0.1:{port}/page")
    assert time.monotonic() - began >= 0.3


def _address(text: str) -> Address:
    return ipaddress.ip_address(text)
