"""Pages that somebody names: each fetched once, as politely as the items of feeds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from onrecord.read import Note, ReadOptions, Skip, SkipReason
from onrecord.read.feeds import is_feed
from onrecord.read.fetching import Fetcher, FetchError
from onrecord.read.pages import articles
from onrecord.records import Article
from onrecord.watch.clock import Clock, stamp
from onrecord.watch.hosts import Hosts


def documents(
    addresses: Iterable[str], options: ReadOptions, fetcher: Fetcher, *, hosts: Hosts | None = None, on_note: Callable[[Note], None] = lambda _: None
) -> Iterator[Article | Skip]:
    """The articles at some addresses, and a skip for each address that has none.

    Args:
        addresses: where they are.
        options: what holds for them.
        fetcher: fetches them.
        hosts: what is known of their sites.
        on_note: called with what is worth knowing about an article that was read.
    """
    clock = Clock()
    hosts = hosts or Hosts(fetcher, clock)
    for address in addresses:
        try:
            came = fetcher.fetch(address, permitted=hosts.permitted)
        except FetchError as error:
            yield Skip(path=address, reason=SkipReason.UNREADABLE, message=f"{address}: {error}")
            continue
        if is_feed(came.content):
            message = f"{address} is a feed: `onrecord watch {address} --db …` adds the articles in it, and those that come"
            yield Skip(path=address, reason=SkipReason.UNSUPPORTED, message=message)
            continue
        at = stamp(clock.now())[:19] + "Z"
        for document in articles(came, options, name=address, on_note=on_note):
            yield document if isinstance(document, Skip) else dataclasses.replace(document, retrieved_at=document.retrieved_at or at)
