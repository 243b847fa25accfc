"""Web archives: the pages of WARC files, as those of Common Crawl News, and the texts of WET files.

A page's address is ``WARC-Target-URI`` and its ``retrieved_at`` is ``WARC-Date``. Which records are wanted is decided by what their heads say,
before a page is unpacked or searched for its article.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from fastwarc.warc import WarcRecord, conversion, metadata, resource, response, revisit

from onrecord.read.characters import decode, is_blank
from onrecord.read.dates import moment
from onrecord.read.http_body import Answer, Body, BodyError, BodyTooLargeError, answer, body
from onrecord.read.language import code_of
from onrecord.read.outcomes import Draft, LeftOut, Skip, SkipReason, shown, where
from onrecord.read.sources import Source
from onrecord.read.warc_records import Archive, Damage, Found
from onrecord.read.webpage import drafts_of_page
from onrecord.read.where import Facts, host_of

LARGEST = 16 * 2**20
"""A page may not be larger than this, as it is kept and unpacked."""
PAGES = frozenset(("text/html", "application/xhtml+xml", "application/xml+xhtml", "application/vnd.wap.xhtml+xml"))
PLAIN = frozenset(("text/plain",))
HTML_LANGUAGE = re.compile(rb"<html\b[^>]{0,600}?\s(?:xml:)?lang\s*=\s*[\"']?\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)", re.IGNORECASE)
LIKELY_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
ADDRESS_DAY = re.compile(r"(?<!\d)((?:19[89]|20[0-4])\d)([/\-_]?)(\d{1,2})\2(\d{1,2})(?!\d)")
OPENING = 8192
LEAST_WORDS = 8
ENDING = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔")
CLOSING = "\"'”’»)]"
NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{20}")
LONGEST_TITLE = 300
NOT_PAGES = {
    "revisit": "say only that a page had not changed: the page is in the archive that they name",
    "status": "are answers other than 200: no page was there",
    "media_type": "are no web pages, but pictures, scripts, feeds and the like",
}


@dataclasses.dataclass(slots=True, kw_only=True)
class _Page:
    """A record that was read, before its page is."""

    number: int
    id: str | None
    address: str | None
    retrieved: str | None
    truncated: str | None
    data: Answer | bytes
    facts: Facts
    language: str | None = None
    is_text: bool = False


def drafts(source: Source) -> Iterator[Draft | Skip | LeftOut]:
    """The articles of an archive's pages; of what is no page, how many there are, at the end."""
    with source.opened_packed() as stream:
        archive = Archive(stream)
        waiting: _Page | None = None  # what Common Crawl knows of a page's language comes behind the page
        counted: Counter[str] = Counter()
        number = 0
        for found in archive:
            if isinstance(found, Damage):
                if waiting is not None:
                    yield from _outcomes(waiting, source)
                    waiting = None
                yield _damaged(found, source.path)
                continue
            record = found.record
            if waiting is not None and record.record_type == metadata and _is_about(record, waiting):
                waiting.language = waiting.language or _language_found(record)
            elif record.record_type in (response, resource, conversion, revisit):
                if waiting is not None:
                    yield from _outcomes(waiting, source)
                    waiting = None
                number += 1
                outcome = _page(found, number, source)
                if isinstance(outcome, _Page):
                    waiting = outcome
                elif isinstance(outcome, str):
                    counted[outcome] += 1
                else:
                    yield outcome
        if waiting is not None:
            yield from _outcomes(waiting, source)
    for kind, count in counted.items():
        yield Skip(path=source.path, reason=SkipReason.NO_PAGE, message=f"{shown(source.path)}: {count:,} record(s) {NOT_PAGES[kind]}", count=count)


def _page(found: Found, number: int, source: Source) -> _Page | Skip | LeftOut | str:
    """The page of a record with what is known of it; or why there is none."""
    record = found.record
    head = {name.lower(): value for name, value in record.headers.items()}
    address, fetched = head.get("warc-target-uri", "").strip("<> ") or None, moment(head.get("warc-date"))
    if record.record_type == revisit:
        return "revisit"
    facts = _first_facts(address, fetched, head.get("warc-identified-content-language"))
    if source.wanted is not None and source.wanted.of(facts) is False:
        return LeftOut(path=source.path)
    length, data = record.content_length, record.reader.read(LARGEST + 1)
    if len(data) > LARGEST:
        return Skip(
            path=source.path, record=number, reason=SkipReason.TOO_LONG, message=f"{_place(source, number, address)} is larger than {LARGEST // 2**20} MB"
        )
    if len(data) < length:
        message = f"{_place(source, number, address)} ends after {len(data):,} of {length:,} bytes (byte {found.offset:,} of the file): get the archive again"
        return Skip(path=source.path, record=number, reason=SkipReason.UNREADABLE, message=message)
    content: Answer | bytes = data
    if record.record_type == response:
        parsed = answer(data)
        if parsed is None:
            message = f"{_place(source, number, address)} is no answer of a web server (byte {found.offset:,} of the file)"
            return Skip(path=source.path, record=number, reason=SkipReason.UNREADABLE, message=message)
        if parsed.status != 200:
            return "status"
        if not (parsed.media_type in PAGES or (not parsed.media_type and LIKELY_PAGE.match(parsed.body))):
            return "media_type"
        content = parsed
    elif head.get("content-type", "").partition(";")[0].strip().lower() not in (PLAIN if record.record_type == conversion else PAGES):
        return "media_type"
    return _Page(
        number=number, id=record.record_id, address=address, retrieved=fetched, truncated=head.get("warc-truncated"), data=content, facts=facts,
        is_text=record.record_type == conversion,
    )  # fmt: skip


def _outcomes(page: _Page, source: Source) -> Iterator[Draft | Skip | LeftOut]:
    """What a page gives, once all is known of it that the archive says."""
    place = _place(source, page.number, page.address)
    wanted, facts = source.wanted, page.facts
    if page.language:
        facts = dataclasses.replace(facts, language=page.language)
    try:
        unpacked = Body(page.data) if isinstance(page.data, bytes) else body(page.data, most=LARGEST)
    except BodyError as error:
        reason = SkipReason.TOO_LONG if isinstance(error, BodyTooLargeError) else SkipReason.UNREADABLE
        yield Skip(path=source.path, record=page.number, reason=reason, message=f"{place} {error}")
        return
    data = unpacked.data
    if wanted is not None and wanted.of(facts) is None and not page.is_text:
        facts = facts.or_else(Facts(language=_language_said(page, data)))
    if wanted is not None and wanted.of(facts) is False:
        yield LeftOut(path=source.path)
        return
    given = False
    try:
        for draft in _text(data) if page.is_text else drafts_of_page(data, path=source.path, charset=_charset(page), url=page.address):
            given = True
            if isinstance(draft, Draft) and not has_sentence(draft.text):
                draft = Skip(path=source.path, reason=SkipReason.NO_TEXT, message="holds no sentence, only menus and lists")
            if isinstance(draft, Skip):
                why = draft.message.removeprefix(shown(source.path)).lstrip()
                yield dataclasses.replace(draft, record=page.number, message=f"{place} {why}")
            else:
                yield dataclasses.replace(
                    draft,
                    url=page.address or draft.url,
                    publisher=draft.publisher or facts.host,
                    language=page.language or facts.language if page.is_text else page.language,
                    retrieved_at=page.retrieved,
                    truncated=page.truncated or (None if unpacked.whole else "what is packed ends early"),
                    facts=facts,
                    record=page.number,
                    unit="record",
                )
    except Exception as error:  # a library stumbled over the page; the archive goes on
        yield Skip(
            path=source.path, record=page.number, reason=SkipReason.UNREADABLE, message=f"{place} could not be read: {type(error).__name__}: {str(error)[:200]}"
        )
        return
    if not given:
        yield Skip(path=source.path, record=page.number, reason=SkipReason.NO_TEXT, message=f"{place} is empty")


def has_sentence(text: str) -> bool:
    """Whether a line of a text goes on for eight words or more to the end of a sentence, as those of menus and lists do not."""
    if NO_SPACES.search(text):
        return True
    for line in text.splitlines():
        words = line.split()
        if any(word.rstrip(CLOSING).endswith(ENDING) for word in words[LEAST_WORDS - 1 :]):
            return True
    return False


def _text(data: bytes) -> Iterator[Draft | Skip]:
    """A text of a WET file: its first line is the page's title."""
    text = decode(data)
    first, _, rest = text.lstrip("\r\n").partition("\n")
    title = first.strip() if len(first) <= LONGEST_TITLE and not is_blank(rest) else None
    if not is_blank(text):
        yield Draft(text=rest.strip("\r\n") if title else text, title=title)


def _first_facts(address: str | None, fetched: str | None, languages: str | None) -> Facts:
    """What the head of a record says: the day is the one in the address, else the one on which it was fetched."""
    day = fetched[:10] if fetched else None
    return Facts(host=host_of(address), language=code_of(languages) if languages else None, date=_address_day(address) or day, retrieved=day)


def _address_day(address: str | None) -> str | None:
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return None
    for found in ADDRESS_DAY.finditer(path):
        if not found[2] and len(found[0]) != 8:
            continue
        try:
            return dt.date(int(found[1]), int(found[3]), int(found[4])).isoformat()
        except ValueError:
            continue
    return None


def _language_said(page: _Page, data: bytes) -> str | None:
    """The one language that a page, or else the server, says it is in."""
    found = HTML_LANGUAGE.search(data, 0, OPENING)
    said = found[1].decode("ascii") if found else None
    if not said and isinstance(page.data, Answer) and "," not in (header := page.data.headers.get("content-language", "")):
        said = header
    return code_of(said) if said else None


def _charset(page: _Page) -> str | None:
    return page.data.charset if isinstance(page.data, Answer) else None


def _is_about(record: WarcRecord, page: _Page) -> bool:
    about = record.headers.get("WARC-Concurrent-To") or record.headers.get("WARC-Refers-To")
    return bool(about and page.id and about.strip("<> ").removeprefix("urn:uuid:") == page.id.strip("<> ").removeprefix("urn:uuid:"))


def _language_found(record: WarcRecord) -> str | None:
    """The language that Common Crawl found in a page, where it was sure."""
    for line in decode(record.reader.read(OPENING)).splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "languages-cld2":
            try:
                said: Any = json.loads(value)
                return code_of(str(said["languages"][0]["code"])) if said.get("reliable") else None
            except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
                return None
    return None


def _place(source: Source, number: int, address: str | None) -> str:
    return where(source.path, number, "record") + (f" ({address[:200]})" if address else "")


def _damaged(found: Damage, path: str) -> Skip:
    onward = "nothing more of it can be read" if found.until is None else f"reading goes on at byte {found.until:,}"
    message = f"{shown(path)}, byte {found.offset:,}: the archive is damaged here ({found.why}); {onward}"
    return Skip(path=path, reason=SkipReason.UNREADABLE, message=message)
