"""What came from the web → articles: a page, a PDF or whatever else is read, known by its address."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from onrecord.read.addresses import own_address
from onrecord.read.fetching import Fetched
from onrecord.read.outcomes import Note, ReadOptions, Skip, SkipReason
from onrecord.read.reader import read_bytes
from onrecord.read.sources import SUFFIXES, Format
from onrecord.records import Article, digest

FORMAT_OF: dict[str, Format] = {
    "text/html": "webpage",
    "application/xhtml+xml": "webpage",
    "text/plain": "plain",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
}
"""How a document of a media type is read."""
PAGES: tuple[Format, ...] = ("webpage", "plain", "pdf", "word", "rtf")
"""What holds one article, which is known by its address: when it changes there, that is another version of the same article."""


def article_id(address: str) -> str:
    """The id of the article at an address."""
    return digest("web", address, length=16)


def articles(found: Fetched, options: ReadOptions, *, name: str | None = None, on_note: Callable[[Note], None] = lambda _: None) -> Iterator[Article | Skip]:
    """The articles of a document that was fetched, and a skip where there is none.

    An article of a page is known by the page's address, so that the same page with another text is another version of it.

    Args:
        found: what was fetched.
        options: what holds for it.
        name: what skips call it; its address by default.
        on_note: called with what is worth knowing about an article that was read.
    """
    name = name or found.address
    suffix = os.path.splitext(urlsplit(found.address).path)[1].lower()
    format = FORMAT_OF.get(found.media_type) or SUFFIXES.get(suffix) or ("webpage" if not found.media_type else None)
    if format is None:
        yield Skip(path=name, reason=SkipReason.UNSUPPORTED, message=f"{name}: {found.media_type} is not read: give the address of a page")
        return
    options = dataclasses.replace(options, url=None)
    for number, document in enumerate(read_bytes(found.content, name, format, options, on_note=on_note)):
        if isinstance(document, Skip):
            yield document
            continue
        address = own_address(document.url, found.address)
        if format not in PAGES:
            yield dataclasses.replace(document, url=document.url or address)
            continue
        named: dict[str, Any] = {"id": article_id(address if not number else f"{address} {number}"), "url": address}
        yield dataclasses.replace(document, **named)
