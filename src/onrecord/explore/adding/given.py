"""What a visitor gives to be added, and the documents in it."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from onrecord.read import Note, ReadOptions, Skip, SkipReason, read
from onrecord.read.fetching import Fetcher, FetchError
from onrecord.read.finish import finished
from onrecord.read.outcomes import Draft
from onrecord.read.pages import articles
from onrecord.records import Article

PASTED = "the pasted text"
LONGEST_NAME = 120


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is to be added: a text, files or an address.

    Attributes:
        text: a pasted text.
        files: paths of files that were uploaded.
        address: where to fetch a document.
        title: of a pasted text.
        publisher: who published it, where a document itself does not say.
        published: when, likewise.
        url: its address, likewise.
    """

    text: str | None = None
    files: tuple[str, ...] = ()
    address: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        """What it is, in a few words."""
        if self.address is not None:
            return self.address
        if self.files:
            names = [Path(f).name for f in self.files]
            return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        return self.title or PASTED


def documents(given: Given, on_note: Callable[[Note], None], fetcher: Fetcher) -> Iterator[Article | Skip]:
    """The articles of what was given, and a skip for each document that has none.

    Args:
        given: what was given.
        on_note: called with what is worth knowing about an article that was read.
        fetcher: fetches it.
    """
    if given.text is not None:
        yield from _pasted(given, on_note)
    elif given.address is not None:
        yield from _fetched(given, given.address, on_note, fetcher)
    else:
        for path in given.files:
            for document in read(path, published=given.published, publisher=given.publisher, url=given.url, on_note=on_note):
                yield _named(document, path, Path(path).name) if isinstance(document, Skip) else document


def safe_name(name: str | None, number: int) -> str:
    """The name under which an uploaded file is kept: no folder, nothing but letters, numbers and a few marks, its suffix kept.

    >>> safe_name("../../etc/pass wd.TXT", 1), safe_name("", 2)
    ('pass_wd.TXT', 'file-2')
    """
    base = PurePosixPath((name or "").replace("\\", "/")).name
    plain = "".join(c if c.isalnum() or c in "-_. " else "_" for c in base).replace(" ", "_").strip("._")
    stem, suffix = os.path.splitext(plain)
    return f"{stem[:LONGEST_NAME]}{suffix[:12]}" or f"file-{number}"


def _pasted(given: Given, on_note: Callable[[Note], None]) -> Iterator[Article | Skip]:
    draft = Draft(text=given.text or "", title=given.title, published=given.published, publisher=given.publisher, url=given.url)
    for item in finished(draft, PASTED, ReadOptions()):
        if isinstance(item, Note):
            on_note(item)
        else:
            yield item


def _fetched(given: Given, address: str, on_note: Callable[[Note], None], fetcher: Fetcher) -> Iterator[Article | Skip]:
    at = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        found = fetcher.fetch(address)
    except FetchError as error:
        yield Skip(path=address, reason=SkipReason.UNREADABLE, message=f"{address}: {error}")
        return
    options = ReadOptions(published=given.published, publisher=given.publisher)
    for document in articles(found, options, name=address, on_note=on_note):
        yield document if isinstance(document, Skip) or document.retrieved_at else dataclasses.replace(document, retrieved_at=at)


def _named(skip: Skip, path: str, name: str) -> Skip:
    """A skip that calls a document as its giver does."""
    return dataclasses.replace(skip, path=name, message=skip.message.replace(path, name))
