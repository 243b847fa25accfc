"""Fetching an item of a feed: its page, or its own text where its feed has all of it."""

from __future__ import annotations

import dataclasses
import random
import re
from html import escape
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from onrecord.read import Skip, SkipReason
from onrecord.read.fetching import Fetched, Fetcher, FetchError
from onrecord.read.pages import article_id, articles
from onrecord.records import Article
from onrecord.store.watching import DONE, FAILED, GONE, SKIPPED
from onrecord.watch.clock import Clock, backed_off, moment, retry_after, stamp
from onrecord.watch.hosts import Hosts
from onrecord.watch.settings import DAY, HOUR, MINUTE, Settings

Row = dict[str, Any]
FIRST_AGAIN = 5 * MINUTE
LONGEST_AGAIN = 6 * HOUR
WAITS = 7 * DAY
"""How long an item waits for a site that does not answer."""
NOT_THERE = 3
"""How often a page is looked for that is not there."""
CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\bread (?:more|on|the rest)|\bcontinue reading)[\s\]»>.]*$", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,2000}>")
LEAST = 600
"""Characters that a text has at least which a feed has all of."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What fetching an item came to.

    Attributes:
        item: what is known of it now; written down once its documents are in the record.
        documents: what it gave, for the record.
        unchanged: whether its page said that it is as it was.
        problem: what was wrong, where something was.
    """

    item: Row
    documents: tuple[Article | Skip, ...] = ()
    unchanged: bool = False
    problem: str | None = None


def get(item: Row, fetcher: Fetcher, hosts: Hosts, clock: Clock, settings: Settings, chance: random.Random) -> Got:
    """Fetch an item; nothing that its page does ends more than this."""
    entry = item["entry"] or {}
    now = clock.now()
    if entry and (not entry["linked"] or (settings.from_feed and is_whole(entry))):
        return _read(item, _of_feed(item, entry), settings, now, of_page=False)
    headers = {name: item[kept] for name, kept in (("if-none-match", "etag"), ("if-modified-since", "modified")) if item[kept] and item["article"]}
    try:
        came = fetcher.fetch(item["link"], headers=headers, permitted=hosts.permitted)
        hosts.answered(item["link"])
        if urlsplit(came.address).path in ("", "/") and urlsplit(item["link"]).path not in ("", "/"):
            raise FetchError("its site sends one on to the front page", status=HTTPStatus.NOT_FOUND)
    except FetchError as error:
        hosts.failed(item["link"], error)
        return _failed(item, error, clock, settings, chance)
    if came.status == HTTPStatus.NOT_MODIFIED:
        return Got(item=settled(item, now, settings, of_page=True), unchanged=True)
    return _read(item, came, settings, clock.now(), of_page=True)


def is_whole(entry: Row) -> bool:
    """Whether a feed has all of an item's text: it says so, or it is long enough, and it does not break off."""
    text = TAG.sub("", entry["content"]).strip()
    return len(text) >= LEAST and bool(entry["whole"] or len(text) >= 3 * LEAST) and not CUT.search(text[-60:])


def settled(item: Row, now: float, settings: Settings, *, of_page: bool) -> Row:
    """An item that needs nothing for now: its page is looked at again when it is time; what its feed says of it is kept until then, but for its text."""
    since = moment(item["seen_at"])
    again = [since + after for after in settings.revisit if since + after > now]
    due = stamp(min(again)) if again and of_page else None
    entry = {**item["entry"], "content": "", "whole": False} if item["entry"] else None
    return {**item, "status": DONE, "due_at": due, "tries": 0, "why": None, "entry": entry}


def _of_feed(item: Row, entry: Row) -> Fetched:
    """What a feed has of an item, as a page."""
    page = f"<html><head><title>{escape(entry['title'] or '')}</title></head><body><article>{entry['content']}</article></body></html>"
    return Fetched(address=item["link"], content=page.encode("utf-8", "replace"), media_type="text/html", headers={})


def _read(item: Row, came: Fetched, settings: Settings, now: float, *, of_page: bool) -> Got:
    """The articles of what came."""
    entry = item["entry"] or {}
    options = dataclasses.replace(
        settings.reading,
        published=settings.reading.published or entry.get("published"),
        publisher=settings.reading.publisher or entry.get("publisher"),
    )
    try:
        found = list(articles(came, options, name=item["address"]))
    except Exception as error:  # a page that a library stumbles over stops no other
        found = [Skip(path=item["address"], reason=SkipReason.UNREADABLE, message=f"{item['address']} can't be read: {type(error).__name__}: {error}")]
    known = {
        **settled(item, now, settings, of_page=of_page),
        "etag": came.headers.get("etag"),
        "modified": came.headers.get("last-modified"),
        "fetched_at": stamp(now),
        "fetches": item["fetches"] + 1,
    }
    documents: list[Article | Skip] = []
    for number, document in enumerate(found):
        if isinstance(document, Article):
            own = _own_id(item, document) if number == 0 else document.id
            known["article"] = own if number == 0 else known["article"]
            title = document.title or (entry.get("title") if number == 0 else None)
            document = dataclasses.replace(document, id=own, title=title, retrieved_at=stamp(now)[:19] + "Z")
        documents.append(document)
    if found and isinstance(found[0], Skip):
        known |= {"status": SKIPPED, "why": found[0].message[:500]}
        if found[0].reason not in (SkipReason.NO_TEXT, SkipReason.EMPTY):
            known["due_at"] = None
    return Got(item=known, documents=tuple(documents))


def _own_id(item: Row, article: Article) -> str:
    """The id of an item's article: the one that it has, else that of its page's address."""
    if item["article"]:
        return str(item["article"])
    return article.id if (item["entry"] or {}).get("linked", True) else article_id(item["address"])


def _failed(item: Row, error: FetchError, clock: Clock, settings: Settings, chance: random.Random) -> Got:
    """An item that gave nothing: it is tried again, later each time, and given up in the end."""
    now = clock.now()
    waited = now - moment(item["seen_at"]) > WAITS
    if error.unreachable and not waited:  # it is the site that is to blame, and the site is left alone
        return Got(item={**item, "why": str(error)[:500], "due_at": stamp(now + MINUTE)}, problem=str(error))
    tries = item["tries"] + 1
    gone = error.status == HTTPStatus.GONE or (error.status == HTTPStatus.NOT_FOUND and tries >= NOT_THERE)
    if gone or error.refused or tries >= settings.tries or waited:
        status = GONE if gone else FAILED
        return Got(item={**item, "tries": tries, "status": status, "why": str(error)[:500], "due_at": None, "entry": None}, problem=str(error))
    wait = max(backed_off(tries, first=FIRST_AGAIN, longest=LONGEST_AGAIN, chance=chance), retry_after(error.headers.get("retry-after"), now))
    return Got(item={**item, "tries": tries, "why": str(error)[:500], "due_at": stamp(now + wait)}, problem=str(error))
