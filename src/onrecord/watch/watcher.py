"""The loop: which feeds and items are due, fetching them host by host, coding what came, and writing down what became of it."""

from __future__ import annotations

import dataclasses
import random
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from onrecord.read import Skip
from onrecord.read.fetching import Fetcher
from onrecord.records import Article
from onrecord.store import Linker, Record, Tally
from onrecord.store.watching import ENDED, FAILED, SKIPPED, WAITING
from onrecord.watch.clock import Clock, moment, stamp
from onrecord.watch.hosts import Hosts
from onrecord.watch.items import Got, get
from onrecord.watch.polling import Polled, host_of, poll, too_late
from onrecord.watch.settings import DAY, MINUTE, Settings
from onrecord.workers import Coder

Row = dict[str, Any]
LONGEST_WAIT = MINUTE
"""Seconds after which one looks whether something is due, whatever was reckoned before."""
SHORTEST_WAIT = 1.0
PATIENCE = 2 * MINUTE
"""The longest pause between two requests of one site that is waited for where feeds are asked once."""
SLACK = 0.1
"""The part of its pause by which a feed may be asked too early, when it is asked once: a timetable is never quite on time."""
LOOKED_AT = 5_000
"""Items that are due and among which those are chosen whose hosts may be asked."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Summary:
    """What was done.

    Attributes:
        polls: how often feeds were asked.
        unchanged: how often a feed said that it had not changed.
        failing: how often a feed gave nothing.
        items: items that were new in feeds, or had changed.
        looked_at: items that were fetched and were as they had been.
        put_off: how often an item gave nothing and is tried again.
        given_up: items that were given up.
        tally: what became of the articles.
    """

    polls: int = 0
    unchanged: int = 0
    failing: int = 0
    items: int = 0
    looked_at: int = 0
    put_off: int = 0
    given_up: int = 0
    tally: Tally = dataclasses.field(default_factory=Tally)


class Watcher:
    """Watches feeds for a record.

    Args:
        record: takes the articles, and remembers how far it is.
        coder: codes them.
        feeds: the addresses of the feeds.
        settings: how they are watched.
        fetcher: fetches.
        linker: puts the articles together with others.
        clock: tells the time.
        on_note: called with what somebody who watches is to know.
        on_round: called with what was done so far, whenever something was.
        chance: spreads what would come all at once.
    """

    def __init__(
        self,
        record: Record,
        coder: Coder,
        feeds: Sequence[str],
        *,
        settings: Settings,
        fetcher: Fetcher,
        linker: Linker | None = None,
        clock: Clock | None = None,
        on_note: Callable[[str], None] = lambda _: None,
        on_round: Callable[[Summary], None] = lambda _: None,
        chance: random.Random | None = None,
    ) -> None:
        self._record, self._coder, self._linker = record, coder, linker
        self._watched = record.watched()
        self._addresses = list(dict.fromkeys(feeds))
        self._settings, self._fetcher, self._clock = settings, fetcher, clock or Clock()
        self._chance = chance or random.Random()
        self._hosts = Hosts(fetcher, self._clock, self._watched.hosts(), chance=self._chance)
        self._note, self._on_round = on_note, on_round
        self._said: dict[str, str | None] = {}
        self._swept = 0.0
        self.summary = Summary()

    def run(self, stop: threading.Event, *, once: bool = False) -> Summary:
        """Watch until it is to stop; or ask each feed once and fetch what is new.

        What is being fetched, coded or written when it is to stop is finished.
        """
        polled: set[str] = set()
        while not stop.is_set():
            if not self._round(stop, polled if once else set(), once=once):
                rest = self._rest() if once else self._until_next()
                if rest is None:
                    break
                self._clock.wait(rest, stop)
        return self.summary

    def _rest(self) -> float | None:
        """Seconds until the next item may be fetched whose site wants a pause between two requests; None where there is none, or it wants too long a one."""
        now = self._clock.now()
        links = (i["link"] for i in self._watched.due(stamp(now), most=LOOKED_AT))
        rests = [self._hosts.free_at(link) - now for link in links if self._hosts.is_well(link)]
        return min((r for r in rests if 0 < r <= PATIENCE), default=None)

    def _round(self, stop: threading.Event, polled: set[str], *, once: bool) -> bool:
        """Do what is due; whether anything was."""
        now = self._clock.now()
        self._sweep(now)
        feeds = [f for f in self._due_feeds(now, once=once) if f["address"] not in polled]
        items = self._due_items(now)
        if not feeds and not items:
            return False
        polled.update(f["address"] for f in feeds)
        asked, got = self._asked(feeds, items, stop)
        for found in asked:
            self._take(found, now)
        self._add(got)
        self._watched.asked(self._hosts.changed())
        self._on_round(self.summary)
        return True

    def _due_feeds(self, now: float, *, once: bool) -> list[Row]:
        soon = now + (SLACK * self._settings.every if once else 0.0)
        out = []
        for feed in self._watched.feeds(self._addresses, stamp(now)):
            if feed["status"] == ENDED:
                self._say(feed["address"], f"{feed['address']}: {feed['why']}")
            elif (moment(feed["due_at"]) <= soon or too_late(feed["due_at"], now)) and self._hosts.free_at(feed["moved_to"] or feed["address"]) <= now:
                out.append(feed)
        return out

    def _due_items(self, now: float) -> list[Row]:
        """The items to be fetched next: those that have waited longest, not too many of one host."""
        of: dict[str, int] = {}
        out = []
        for item in self._watched.due(stamp(now), most=LOOKED_AT):
            host = host_of(item["link"])
            if of.get(host, 0) < self._settings.of_host and self._hosts.free_at(item["link"]) <= now:
                of[host] = of.get(host, 0) + 1
                out.append(item)
            if len(out) == self._settings.of_round:
                break
        return out

    def _asked(self, feeds: list[Row], items: list[Row], stop: threading.Event) -> tuple[list[Polled], list[Got]]:
        """Ask for feeds and items, several hosts side by side, each for one thing at a time."""
        hosts: dict[str, list[tuple[str, Row]]] = {}
        for item in items:  # first: a site that wants long pauses may give one thing a time, and its feed would always be that
            hosts.setdefault(host_of(item["link"]), []).append(("item", item))
        for feed in feeds:
            hosts.setdefault(host_of(feed["moved_to"] or feed["address"]), []).append(("feed", feed))
        polled: list[Polled] = []
        got: list[Got] = []

        def work(jobs: list[tuple[str, Row]]) -> None:
            for kind, row in jobs:
                where = row["link"] if kind == "item" else row["moved_to"] or row["address"]
                if stop.is_set() or self._hosts.free_at(where) > self._clock.now():
                    continue
                if kind == "feed":  # one at a time of one host, so that lists are all that is shared
                    polled.append(poll(row, self._fetcher, self._hosts, self._clock, self._settings, self._chance))
                else:
                    got.append(get(row, self._fetcher, self._hosts, self._clock, self._settings, self._chance))
                self._hosts.rest(where)

        with ThreadPoolExecutor(self._settings.at_once, thread_name_prefix="watching") as pool:
            list(pool.map(work, hosts.values()))
        return polled, got

    def _take(self, found: Polled, now: float) -> None:
        """Write down what a feed said."""
        self.summary.polls += 1
        self.summary.unchanged += found.unchanged
        self.summary.failing += found.problem is not None
        self.summary.items += self._watched.polled(found.feed, found.seen, stamp(now))
        address = found.feed["address"]
        self._say(address, f"{address}: {found.problem}" if found.problem else None)

    def _say(self, of: str, message: str | None) -> None:
        """Say something of a feed, once as long as it holds."""
        if message != self._said.get(of):
            self._said[of] = message
            if message is not None:
                self._note(message)

    def _add(self, got: list[Got]) -> None:
        """Have articles coded and written, then write down what became of their items."""
        found = [d for g in got for d in g.documents if isinstance(d, Article)]
        same = self._watched.same((a.id, a.text_sha256, a.title) for a in found) if found else set()
        failed: dict[str, str] = {}
        todo = list(_each_once(d for g in got for d in g.documents if isinstance(d, Skip) or d.id not in same))

        def skipped(skip: Skip) -> None:
            failed[skip.path] = skip.message
            self._note(f"skipped: {skip}")

        if todo:
            tally = self._record.add(todo, self._coder, linker=self._linker, on_skip=skipped)
            for field in dataclasses.fields(Tally):
                setattr(self.summary.tally, field.name, getattr(self.summary.tally, field.name) + getattr(tally, field.name))
        items = []
        for g in got:
            item = g.item
            if item["article"] in failed and g.documents:
                item = {**item, "status": SKIPPED, "why": failed[item["article"]][:500], "due_at": None}
            self.summary.looked_at += g.unchanged or bool(g.documents and all(isinstance(d, Article) and d.id in same for d in g.documents))
            self.summary.put_off += g.problem is not None and item["due_at"] is not None
            given_up = g.problem is not None and item["due_at"] is None
            self.summary.given_up += given_up
            if given_up:
                what = "was given up" if item["status"] in (FAILED, WAITING) else "is gone"
                self._note(f"{item['address']} {what}: {g.problem}")
            items.append(item)
        self._watched.tried(items)

    def _until_next(self) -> float:
        """Seconds until something is due."""
        now = self._clock.now()
        times = [moment(f["due_at"]) for f in self._watched.feeds(self._addresses, stamp(now)) if f["due_at"]]
        times += [t for t in (moment(self._watched.next_due()), self._hosts.next_free()) if t]
        later = [t - now for t in times if t > now]
        return min(max(min(later, default=LONGEST_WAIT), SHORTEST_WAIT), LONGEST_WAIT)

    def _sweep(self, now: float) -> None:
        """Once a day forget what has been in no feed for long."""
        if now - self._swept > DAY:
            self._swept = now
            self._watched.drop(stamp(now - self._settings.kept))


def _each_once(documents: Iterable[Article | Skip]) -> Iterable[Article | Skip]:
    """Documents without those whose article came already: two items may lead to one page."""
    seen: set[str] = set()
    for document in documents:
        if isinstance(document, Skip):
            yield document
        elif document.id not in seen:
            seen.add(document.id)
            yield document
