"""A site on this machine that has feeds and pages, under whatever names; and what fetches from it."""

from __future__ import annotations

import contextlib
import importlib
import warnings
from collections.abc import Iterator
from typing import Any

from benchmarks.loopback import Answer, fetching, served

from onrecord.read.fetching import Fetcher

with warnings.catch_warnings():  # urllib3 warns of what is not installed, once, when it is loaded
    warnings.simplefilter("ignore")
    importlib.import_module("onrecord.read.webpage")


class Site:
    """What the site has: by host and path an answer, or what makes one of the request's headers. ``asked`` is what it was asked for."""

    def __init__(self) -> None:
        self.has: dict[str, Any] = {}
        self.asked: list[str] = []
        self.port = 0

    def at(self, where: str) -> str:
        """The address of a host and path: ``gazette.example/feed``."""
        host, _, path = where.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def page(self, where: str, title: str, text: str, **headers: str) -> None:
        """Have a page with an article."""
        self.has[where] = (200, {"content-type": "text/html", **headers}, a_page(title, text))

    def feed(self, where: str, *items: str, head: str = "", **headers: str) -> None:
        """Have a feed."""
        self.has[where] = (200, {"content-type": "application/rss+xml", **headers}, a_feed(*items, head=head))

    def item(self, where: str, title: str, *, guid: str | None = None, more: str = "") -> str:
        """An item of a feed, whose page is somewhere."""
        called = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
        return f"<item><title>{title}</title><link>{self.at(where)}</link>{called}{more}</item>"

    def answer(self, host: str, path: str, headers: dict[str, str]) -> Answer:
        """What it answers."""
        where = host + path
        self.asked.append(where)
        found = self.has.get(where, self.has.get(where.partition("?")[0], (404, {}, b"")))
        if callable(found):
            found = found(headers)
        status, said, body = found
        if status == 200 and said.get("etag") and headers.get("if-none-match") == said["etag"]:
            return 304, said, b""
        return status, said, body

    def fetcher(self, **limits: Any) -> Fetcher:
        """Fetches from it alone."""
        return fetching(self.port, **{"pause": 0, "seconds": 2, **limits})


def a_page(title: str, text: str, *, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{p}</p>" for p in text.split("\n"))
    return f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def a_feed(*items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title>{head}{"".join(items)}</channel></rss>'.encode()


@contextlib.contextmanager
def site() -> Iterator[Site]:
    """A site while the context lasts."""
    made = Site()
    with served(made.answer) as made.port:
        yield made
