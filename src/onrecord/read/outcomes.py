"""What reading can come to: a draft a format module hands on, a skip with its reason, a note beside an article."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any, Literal

from onrecord.read.where import Facts, Where

MAX_BYTES = 256 * 2**20
"""A document that has to be read whole, or one line of JSON, may not be larger than this."""

PublishedReason = Literal["given", "metadata"]


class BrokenError(OSError):
    """A part of a compressed file (a member of gzip, a frame of zstd) is broken. Whoever goes on reading gets what follows it.

    Attributes:
        offset: the byte of the file at which the part begins.
        until: the byte at which reading goes on; None where nothing more can be read.
        why: what is wrong with it.
    """

    def __init__(self, *, offset: int, until: int | None, why: str) -> None:
        onward = "nothing more of it can be read" if until is None else f"reading goes on at byte {until:,}"
        super().__init__(f"what is compressed from byte {offset:,} on is broken ({why}); {onward}")
        self.offset, self.until, self.why = offset, until, why


class SkipReason(enum.StrEnum):
    """Why a document gave no article."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    OTHER_LANGUAGE = "other_language"
    NO_TEXT = "no_text"
    UNSUPPORTED = "unsupported"
    BAD_ROW = "bad_row"
    ENCRYPTED = "encrypted"
    NO_PAGE = "no_page"


class NoteKind(enum.StrEnum):
    """What is worth saying about an article that was read all the same."""

    UNCLEAR_DATE = "unclear_date"
    FILE_DATE = "file_date"
    TRUNCATED = "truncated"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A document that was not read.

    ``path`` is the file as it was named (``-`` for standard input); ``record`` is the line (JSONL, CSV), row
    (Parquet), record (a web archive) or article (an export) in it, counted from 1, or None for the whole file;
    ``message`` says what was wrong, where, and what to do; ``count`` is for how many documents it stands, which is
    more than one for what an archive holds beside pages.
    """

    path: str
    record: int | None = None
    reason: SkipReason
    message: str
    count: int = 1

    def __str__(self) -> str:
        return f"{self.message} [{self.reason}]"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A document that was not asked for (``where``); ``path`` is its file as it was named."""

    path: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something to know about an article that was read: where it is, of what kind, in words."""

    path: str
    record: int | None = None
    kind: NoteKind
    message: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What holds for a whole run: see :func:`onrecord.read.read`."""

    published: Any = None
    publisher: str | None = None
    url: str | None = None
    max_chars: int = 1_000_000
    languages: tuple[str, ...] = ("en",)
    day_first: bool | None = None
    where: Where | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a format module found: an article to be, before its text is cleaned, measured and dated.

    ``published`` is as the document writes it and ``published_reason`` what it would be; ``file_date`` is when
    the file was made, which counts only where nothing else dates the article. ``retrieved_at`` is when it was
    fetched, ISO 8601; ``truncated`` why it was not fetched to its end, where that is so; ``facts`` what was known of
    it before it was read. ``record`` and ``unit`` say where in the file it stands: ``line`` 3, ``article`` 2.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: Any = None
    published_reason: PublishedReason = "given"
    file_date: Any = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved_at: str | None = None
    truncated: str | None = None
    facts: Facts | None = None
    record: int | None = None
    unit: str = "article"


def broken(path: str, line: int, error: BrokenError) -> Skip:
    """The skip for a broken part of a compressed file in which lines are counted."""
    onward = "" if error.until is None else " (lines behind it are counted without what is lost)"
    return Skip(path=path, record=line, reason=SkipReason.UNREADABLE, message=f"{where(path, line, 'line')}: {error}{onward}")


def where(path: str, record: int | None, unit: str) -> str:
    """A place in a file, in words: ``news.jsonl, line 3``."""
    return shown(path) if record is None else f"{shown(path)}, {unit} {record}"


def shown(path: str) -> str:
    """A path as messages name it."""
    return "standard input" if path == "-" else path
