"""Asking a feed what is new."""

from __future__ import annotations

import dataclasses
import random
import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from onrecord.read.addresses import plain
from onrecord.read.feeds import Entry, Feed, FeedError, parse
from onrecord.read.fetching import Fetched, Fetcher, FetchError
from onrecord.store.watching import ENDED, FAILING, OK, Seen
from onrecord.watch.clock import Clock, backed_off, moment, retry_after, stamp
from onrecord.watch.hosts import Hosts
from onrecord.watch.settings import DAY, HOUR, MINUTE, Settings

Row = dict[str, Any]
ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
LONGEST_PAUSE = DAY
"""The longest that a feed is left alone because it says so itself."""
LONGEST_FAILING = 12 * HOUR
FIRST_AGAIN = 5 * MINUTE
BACK = 3
"""After so many failures a feed that has moved is looked for where it was."""
MAX_AGE = re.compile(r"max-age\s*=\s*(\d{1,9})")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What asking a feed came to.

    Attributes:
        feed: what is known of it now.
        seen: the entries that stood in it; none where it has not changed.
        unchanged: whether it said that it has not.
        problem: what was wrong, where something was.
    """

    feed: Row
    seen: tuple[Seen, ...] = ()
    unchanged: bool = False
    problem: str | None = None


def poll(feed: Row, fetcher: Fetcher, hosts: Hosts, clock: Clock, settings: Settings, chance: random.Random) -> Polled:
    """Ask a feed what is new; nothing that it does ends more than this."""
    address = feed["moved_to"] or feed["address"]
    headers = {"accept": ACCEPT}
    headers |= {name: feed[kept] for name, kept in (("if-none-match", "etag"), ("if-modified-since", "modified")) if feed[kept] and feed[kept].isprintable()}
    try:
        came = fetcher.fetch(address, headers=headers, permitted=hosts.permitted)
        hosts.answered(address)
        found = parse(came.content, came.address) if came.status == HTTPStatus.OK else None
    except (FetchError, FeedError) as error:
        if isinstance(error, FetchError):
            hosts.failed(address, error)
        return _failed(feed, error, clock, settings, chance)
    except Exception as error:  # a feed that a library stumbles over stops no other
        return _failed(feed, FeedError(f"it can't be read: {type(error).__name__}: {str(error)[:200]}"), clock, settings, chance)
    now = clock.now()
    known = {**feed, "checked_at": stamp(now), "failures": 0, "status": OK, "why": None, "due_at": stamp(_next(found, came, now, settings, chance))}
    if found is None:
        return Polled(feed=known, unchanged=True)
    whole = found.complete
    known |= {
        "title": found.title or feed["title"],
        "answered_at": stamp(now),
        "etag": _kept(came.headers.get("etag")) if whole else None,
        "modified": _kept(came.headers.get("last-modified")) if whole else None,
        "moved_to": came.moved or feed["moved_to"],
    }
    problem = None if whole else "it came incomplete"
    return Polled(feed=known, seen=tuple(seen(found, feed["address"])), problem=problem)


def seen(feed: Feed, address: str) -> list[Seen]:
    """The entries of a feed as they are written down.

    Args:
        feed: the feed.
        address: its own, by which its items are known that have none.
    """
    where = {plain(e.link) if e.link else f"{address}#{e.guid}" for e in feed.entries}
    return [_seen(e, feed, address, where) for e in feed.entries]


def _seen(entry: Entry, feed: Feed, address: str, where: set[str]) -> Seen:
    link = entry.link or address
    kept = {"title": entry.title, "published": entry.published, "publisher": feed.title, "feed": address}
    return Seen(
        guid=entry.guid,
        address=plain(entry.link) if entry.link else f"{address}#{entry.guid}",
        link=link,
        version=entry.version,
        entry={**kept, "content": entry.content, "whole": entry.whole, "linked": entry.link is not None},
        moves=entry.link is not None and entry.guid != entry.link and len(where) == len(feed.entries),
    )


def _failed(feed: Row, error: Exception, clock: Clock, settings: Settings, chance: random.Random) -> Polled:
    """A feed that gave nothing: it is asked again, later each time; never again once it says that it is gone."""
    now = clock.now()
    status = error.status if isinstance(error, FetchError) else None
    if status == HTTPStatus.GONE and not feed["moved_to"]:
        why = f"{error}: it is not asked again"
        return Polled(feed={**feed, "checked_at": stamp(now), "status": ENDED, "why": why, "due_at": None, "failures": feed["failures"] + 1}, problem=why)
    failures = feed["failures"] + 1
    asked = retry_after(error.headers.get("retry-after"), now) if isinstance(error, FetchError) else 0.0
    first = min(FIRST_AGAIN, settings.every)
    due = now + max(asked, backed_off(failures, first=first, longest=max(LONGEST_FAILING, settings.every), chance=chance))
    moved = feed["moved_to"] if failures < BACK and status != HTTPStatus.GONE else None
    known = {**feed, "checked_at": stamp(now), "status": FAILING, "why": str(error)[:500], "failures": failures, "due_at": stamp(due), "moved_to": moved}
    return Polled(feed=known, problem=str(error))


def _next(feed: Feed | None, came: Fetched, now: float, settings: Settings, chance: random.Random) -> float:
    """When a feed is to be asked again."""
    said = MAX_AGE.search(came.headers.get("cache-control", "").lower())
    asked = max((feed.pause * MINUTE) if feed else 0.0, float(said[1]) if said else 0.0)
    due = now + max(settings.every, min(asked, LONGEST_PAUSE)) * chance.uniform(1.0, 1.05)
    hour = datetime.fromtimestamp(due, UTC)
    for _ in range(7 * 24):
        if feed is None or (hour.hour not in feed.hours and hour.weekday() not in feed.days):
            break
        due += HOUR - due % HOUR
        hour = datetime.fromtimestamp(due, UTC)
    return due


def _kept(header: str | None) -> str | None:
    return header if header and len(header) <= 500 and header.isprintable() else None


def too_late(due: str | None, now: float) -> bool:
    """Whether something is due later than anything ever is, the clock having been wrong when it was written down."""
    return moment(due) > now + 2 * LONGEST_PAUSE + 7 * DAY


def host_of(address: str) -> str:
    """The host of an address."""
    return (urlsplit(address).hostname or "").lower()
