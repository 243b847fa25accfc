"""A row of a table or an object of JSON → a draft: which column is what.

Names are compared without case, hyphens and spaces; of several columns for one thing the first listed that
holds something is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.read.characters import is_blank
from onrecord.read.dates import moment, published_date
from onrecord.read.finish import has_value
from onrecord.read.language import code_of
from onrecord.read.outcomes import Draft, Skip, SkipReason, where
from onrecord.read.where import Facts, day_of, host_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "story_id", "article_id", "doc_id", "document_id", "_id", "guid"),
    "text": ("text", "body", "content", "full_text", "fulltext", "article_text", "maintext", "article_body", "articlebody", "article", "story"),
    "title": ("title", "headline", "head"),
    "published": (
        "published", "date", "published_at", "publishedat", "publication_date", "published_date", "publish_date", "pub_date", "pubdate", "date_published",
        "datepublished", "date_publish", "publication_datetime", "timestamp", "datetime",
    ),
    "publisher": ("publisher", "source", "outlet", "source_name", "publication", "newspaper", "site_name", "sitename", "source_domain", "domain"),
    "url": ("url", "link", "canonical_url", "web_url", "source_url"),
    "byline": ("byline", "author", "authors", "creator"),
    "language": ("language", "lang", "language_code"),
    "retrieved_at": (
        "retrieved_at", "retrieved", "retrieval_date", "date_retrieved", "fetched_at", "fetched", "date_fetched", "crawled_at", "crawl_date", "scraped_at",
        "scrape_date", "date_scraped", "downloaded_at", "date_download", "download_date", "accessed_at", "accessed", "access_date", "date_accessed",
    ),
}  # fmt: skip


def normal(name: object) -> str:
    """A column's name as it is compared."""
    return str(name).strip().lstrip("\ufeff").casefold().replace("-", "_").replace(" ", "_")


def has_text_column(names: Iterable[object]) -> bool:
    """Whether one of the columns can hold an article's text."""
    return not {normal(n) for n in names}.isdisjoint(COLUMNS["text"])


def known_columns(names: Iterable[str]) -> list[str]:
    """Those of the columns that say something about an article."""
    known = {alias for aliases in COLUMNS.values() for alias in aliases}
    return [name for name in names if normal(name) in known]


def asked_columns(names: Iterable[str]) -> list[str]:
    """Those of the columns that conditions ask of: address, language and dates."""
    asked = {alias for field in ("url", "language", "published", "retrieved_at") for alias in COLUMNS[field]}
    return [name for name in names if normal(name) in asked]


def facts_of_row(row: Mapping[Any, Any]) -> Facts:
    """What a row says of host, language and dates without its text."""
    cells = {normal(name): value for name, value in row.items() if has_value(value)}
    date, url = published_date(_first(cells, "published")), _plain(_first(cells, "url"))
    retrieved = day_of(moment(_first(cells, "retrieved_at")))
    return Facts(host=host_of(url), language=code_of(_plain(_first(cells, "language"))), date=day_of(date), retrieved=retrieved)


def draft_of_row(row: Mapping[Any, Any], *, path: str, record: int | None, unit: str) -> Draft | Skip:
    """The draft a row holds, or a skip where it has no text.

    What is nested is taken where its meaning is plain (``{"source": {"name": …}}``, a list of authors or
    paragraphs, a report's ``article``) and let be elsewhere.
    """
    inner = row.get("article")
    if isinstance(inner, Mapping):
        row = {**row, **inner}
    cells = {normal(name): value for name, value in row.items() if has_value(value)}
    text = _text(_first(cells, "text"))
    if text is None or is_blank(text):
        place = where(path, record, unit)
        names = ", ".join(list(map(str, row))[:8]) or "nothing"
        message = f"{place} has no text: put it in a column named text, body or content (this one has {names})"
        return Skip(path=path, record=record, reason=SkipReason.NO_TEXT, message=message)
    return Draft(
        text=text,
        id=_plain(_first(cells, "id")),
        title=_plain(_first(cells, "title")),
        published=_first(cells, "published"),
        publisher=_plain(_first(cells, "publisher")),
        byline=_plain(_first(cells, "byline")),
        url=_plain(_first(cells, "url")),
        language=_plain(_first(cells, "language")),
        retrieved_at=moment(_first(cells, "retrieved_at")),
        record=record,
        unit=unit,
    )


def _first(cells: Mapping[str, Any], field: str) -> Any:
    for alias in COLUMNS[field]:
        value = cells.get(alias)
        if value is not None and not (field == "text" and _text(value) is None):
            return value
    return None


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return None


def _plain(value: Any) -> str | None:
    """A short value as a string: a number as it prints, a name out of an object, a list joined."""
    if value is None or isinstance(value, (bool, bytes)):
        return None
    if isinstance(value, Mapping):
        for key in ("name", "title", "url", "$oid", "id"):
            if found := _plain(value.get(key)):
                return found
        return None
    if isinstance(value, (list, tuple)):
        return ", ".join(x for x in map(_plain, value[:50]) if x) or None
    return str(value)
