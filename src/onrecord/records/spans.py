"""An article and the characters of it that findings stand on."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable
from typing import Any

NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


class SpanError(ValueError):
    """A span does not say what the article says at its offsets."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some characters of an article.

    Raises:
        SpanError: the offsets are negative, empty or of another length than the text.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise SpanError(f"a span needs 0 <= start < end, got {self.start}:{self.end} for {self.text!r}")
        if len(self.text) != self.end - self.start:
            raise SpanError(f"{self.start}:{self.end} is {self.end - self.start} characters, its text {self.text!r} is {len(self.text)}")

    def alone(self) -> Span:
        """The characters by themselves, without what a kind of span adds to them."""
        return Span(start=self.start, end=self.end, text=self.text)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the span shares a character with ``start:end``."""
        return self.start < end and start < self.end

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies wholly within the span."""
        return self.start <= start and end <= self.end


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news text and what is known of it.

    ``published`` is an ISO 8601 date or date-time, or None; ``published_reason`` says where it comes
    from (``given``, ``metadata``, ``dateline``, ``updated_line``). ``retrieved_at`` is when it was fetched from its
    address, ISO 8601 in UTC, where that is known; two articles that differ in nothing else are the same version.
    ``text`` is never changed once read.
    Make one with :meth:`make`, which derives the id.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    published_reason: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str = "en"
    retrieved_at: str | None = None

    @classmethod
    def make(cls, text: str, *, id: str | None = None, url: str | None = None, **fields: Any) -> Article:
        """An article whose id, unless given, is derived from its text and address.

        NUL and lone surrogates, which no database takes, become U+FFFD one for one, so offsets hold.
        """
        text = NO_CHARACTER.sub("\ufffd", text)
        return cls(id=id or digest("article", text, url or "", length=16), text=text, url=url, **fields)

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The characters ``start:end`` of the text as a span."""
        return Span(start=start, end=end, text=self.text[start:end])


def digest(*parts: str, length: int = 12) -> str:
    """A short id derived from its parts, the same on every machine and run."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def finding_id(prefix: str, article_id: str, type: str, spans: Iterable[Span], participants: Iterable[str] = ()) -> str:
    """The id of a finding, from what it is and where: ``ev-3f2a…`` for the prefix ``ev``."""
    where = ",".join(f"{s.start}:{s.end}" for s in spans)
    return f"{prefix}-{digest(article_id, prefix, type, where, ','.join(participants))}"
