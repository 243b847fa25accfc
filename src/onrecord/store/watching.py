"""What the record knows of feeds that are watched: each poll of a feed and each try of an item is written down in one transaction of its own.

An item is ``waiting`` until it has been fetched and coded; only then, its article being in the record, is it ``done``. So whatever ends the watcher
ends it between two such states, and nothing is lost: an item that was fetched and not written down is fetched again, and its article, being the same,
changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, or_, select, update

from onrecord.store.opening import writing
from onrecord.store.schema import articles, watched_entries, watched_feeds, watched_hosts, watched_items
from onrecord.store.upserting import upsert

Row = dict[str, Any]
WAITING, DONE, SKIPPED, FAILED, GONE = "waiting", "done", "skipped", "failed", "gone"
OK, FAILING, ENDED = "ok", "failing", "gone"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry as a feed had it.

    Attributes:
        guid: what the feed calls it.
        address: by which its item is known.
        link: where its page is.
        version: another when the entry has changed.
        entry: what is kept of it until its article is in the record.
        moves: whether an item that the feed called so before, at another address, is this one.
    """

    guid: str
    address: str
    link: str
    version: str
    entry: Row
    moves: bool


class Watched:
    """The feeds that are watched for a record. Times are ISO 8601 in UTC.

    Args:
        engine: the record.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def feeds(self, addresses: Sequence[str], at: str) -> list[Row]:
        """The feeds at some addresses, those among them that are not known written down as due."""
        with self._engine.connect() as connection:
            known = self._known(connection, addresses)
        if missing := [a for a in dict.fromkeys(addresses) if a not in known]:
            with writing(self._engine) as connection:
                rows = [{"address": a, "due_at": at, "failures": 0, "status": OK} for a in missing]
                upsert(connection, watched_feeds, [{c.name: r.get(c.name) for c in watched_feeds.columns} for r in rows], key=("address",), keep=("due_at",))
                known = self._known(connection, addresses)
        return [known[a] for a in dict.fromkeys(addresses)]

    def _known(self, connection: Connection, addresses: Sequence[str]) -> dict[str, Row]:
        rows = connection.execute(select(watched_feeds).where(watched_feeds.c.address.in_(addresses))).mappings()
        return {row["address"]: dict(row) for row in rows}

    def polled(self, feed: Row, seen: Iterable[Seen], at: str) -> int:
        """Write down a feed as it is now, and the entries that stood in it; returns how many are new or have changed."""
        news = 0
        with writing(self._engine) as connection:
            upsert(connection, watched_feeds, [feed], key=("address",))
            listed = list(seen)
            before = self._entries(connection, feed["address"], [s.guid for s in listed])
            items = self._items(connection, [*(s.address for s in listed), *(e["item"] for e in before.values())])
            for s in listed:
                news += self._saw(connection, feed["address"], s, before.get(s.guid), items, at)
        return news

    def _entries(self, connection: Connection, feed: str, guids: Sequence[str]) -> dict[str, Row]:
        asked = watched_entries.c.feed == feed, watched_entries.c.guid.in_(guids)
        return {row["guid"]: dict(row) for row in connection.execute(select(watched_entries).where(*asked)).mappings()}

    def _items(self, connection: Connection, addresses: Iterable[str]) -> dict[str, Row]:
        asked = select(watched_items).where(watched_items.c.address.in_(set(addresses)))
        return {row["address"]: dict(row) for row in connection.execute(asked).mappings()}

    def _saw(self, connection: Connection, feed: str, s: Seen, before: Row | None, items: dict[str, Row], at: str) -> bool:
        """Write down an entry; whether its item is to be fetched for it."""
        address = s.address
        if before is not None and before["item"] != address and address not in items and s.moves and before["item"] in items:
            address = before["item"]
        item = items.get(address)
        entry = {"feed": feed, "guid": s.guid, "item": address, "version": s.version, "seen_at": at}
        if before is None or {**before, "seen_at": at} != entry or before["seen_at"][:10] != at[:10]:
            upsert(connection, watched_entries, [entry], key=("feed", "guid"))
        if item is None:
            row: Row = {c.name: None for c in watched_items.columns}
            row |= {"address": address, "link": s.link, "seen_at": at, "status": WAITING, "due_at": at, "tries": 0, "fetches": 0, "entry": s.entry}
            upsert(connection, watched_items, [row], key=("address",))
            items[address] = row
            return True
        changed = before is not None and (before["version"] != s.version or (s.link != item["link"] and address != s.address))
        if changed and item["status"] != GONE:
            values = {"status": WAITING, "due_at": at, "tries": 0, "entry": s.entry, "link": s.link}
            connection.execute(update(watched_items).where(watched_items.c.address == address).values(**values))
            item |= values
            return True
        return False

    def due(self, at: str, *, most: int) -> list[Row]:
        """The items that are to be fetched by now, those first that have waited longest."""
        asked = select(watched_items).where(watched_items.c.due_at <= at).order_by(watched_items.c.due_at, watched_items.c.address).limit(most)
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(asked).mappings()]

    def tried(self, items: Iterable[Row]) -> None:
        """Write down what became of some items."""
        rows = list(items)
        if rows:
            with writing(self._engine) as connection:
                upsert(connection, watched_items, rows, key=("address",))

    def same(self, ids_and_texts: Iterable[tuple[str, str, str | None]]) -> set[str]:
        """The ids of those articles, given with the hash of their text and their title, that the record has so in some version."""
        wanted = {(id, text, title) for id, text, title in ids_and_texts}
        with self._engine.connect() as connection:
            asked = select(articles.c.id, articles.c.text_sha256, articles.c.title).where(articles.c.id.in_({w[0] for w in wanted}))
            return {row.id for row in connection.execute(asked) if (row.id, row.text_sha256, row.title) in wanted}

    def hosts(self) -> list[Row]:
        """What is known of the sites that were asked."""
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(watched_hosts)).mappings()]

    def asked(self, hosts: Sequence[Row]) -> None:
        """Write down what is known of some sites now."""
        if hosts:
            with writing(self._engine) as connection:
                upsert(connection, watched_hosts, [dict(h) for h in hosts], key=("site",))

    def counts(self) -> Mapping[str, int]:
        """How many items there are, by what became of them."""
        with self._engine.connect() as connection:
            found = connection.execute(select(watched_items.c.status, func.count().label("n")).group_by(watched_items.c.status))
            return {str(row.status): int(row.n) for row in found}

    def next_due(self) -> str | None:
        """When the next item is to be fetched; None where none is."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.min(watched_items.c.due_at))).scalar()

    def drop(self, before: str) -> None:
        """Forget entries that have not been in their feed since a time, and items that no feed has had since and that wait for nothing."""
        with writing(self._engine) as connection:
            connection.execute(delete(watched_entries).where(watched_entries.c.seen_at < before))
            still = select(watched_entries.c.item)
            old = watched_items.c.seen_at < before, or_(watched_items.c.due_at.is_(None), watched_items.c.due_at < before)
            connection.execute(delete(watched_items).where(*old, watched_items.c.address.not_in(still)))
