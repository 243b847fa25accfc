"""A day of feeds, simulated: a server on this machine has feeds and pages as they are at each moment of the day, with all that goes wrong, and a watcher
that is killed again and again has to bring every item into a record exactly once, and every revision as a version.

    python -m benchmarks.feeds --speed 200

takes 24 hours / 200, 432 seconds. The coder is a stub, so that its speed does not matter; all else is what ``onrecord watch`` does.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.loopback import Answer, fetching, served
from onrecord.operating import OperatingPoint
from onrecord.read.fetching import Fetcher
from onrecord.records import Article, Report
from onrecord.store import Record, open_record
from onrecord.watch import Clock, Settings, Summary, Watcher
from onrecord.watch.settings import HOUR, MINUTE

START = 1_700_000_000.0
LENGTH = 24 * HOUR
LISTED = 12 * HOUR
"""How long an entry stands in its feed."""
BOMB = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (n + 1, n, n, n, n) for n in range(97, 115))
BAD = {
    "bomb.example/feed": BOMB + b"]><rss><channel><item><title>&s;</title></item></channel></rss>",
    "noise.example/feed": bytes(range(256)) * 40,
    "page.example/feed": b"<html><body>No feed here</body></html>",
}
"""Feeds that are none."""
GERMAN = "Die Regierung hat am Montag nach langen Verhandlungen ein Gesetz beschlossen, das die Bewohner im Norden seit Jahren gefordert hatten. " * 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story: when its versions come (seconds since the start), whether its feeds say so, in which feeds it stands and by which addresses, and what is odd."""

    number: int
    at: tuple[float, ...]
    announced: bool
    feeds: tuple[int, ...]
    kind: str

    def version(self, now: float) -> int:
        """Which version is there at a time; -1 before the first."""
        return sum(t <= now for t in self.at) - 1

    def text(self, version: int) -> str:
        """The text of a version."""
        note = "Correction: an earlier version of this article gave a wrong number. " if version else ""
        words = f"The assembly of Norland met for the {self.number}th time and voted on the budget of its provinces, as its speaker said on Monday. "
        return GERMAN if self.kind == "german" else f"{words * 3}{note}Story {self.number} version {version}."


def stories(count: int, feeds: int, seed: int) -> list[Story]:
    """The stories of a day."""
    chance = random.Random(seed)
    out = []
    for n in range(count):
        kind = chance.choices(("plain", "short", "mobile", "gone", "never", "german", "closed"), (60, 15, 12, 4, 3, 3, 3))[0]
        revised = chance.choices(("no", "announced", "twice", "silent"), (70, 15, 5, 10))[0] if kind in ("plain", "short", "mobile") else "no"
        begun = chance.uniform(0, {"no": 22, "announced": 15, "twice": 10, "silent": 15}[revised]) * HOUR
        times = [begun]
        if revised != "no":
            times.append(begun + chance.uniform(4, 5.5) * HOUR)
        if revised == "twice":
            times.append(times[-1] + 4.5 * HOUR)
        own = chance.randrange(feeds)
        also = (chance.randrange(feeds),) if chance.random() < 0.3 else ()
        out.append(Story(number=n, at=tuple(times), announced=revised != "silent", feeds=(own, *also), kind=kind))
    return out


class Day:
    """A site with the feeds and pages of a day.

    Args:
        now: gives the seconds since the day began.
        count: how many stories there are.
        feeds: in how many feeds.
        faults: how much of what is asked goes wrong.
        hang: real seconds for which an answer that hangs does.
        seed: which day it is.
    """

    def __init__(self, now: Callable[[], float], *, count: int, feeds: int, faults: float = 0.16, hang: float = 1.0, seed: int = 1) -> None:
        self.now, self.feeds, self.faults, self.hang = now, feeds, faults, hang
        self.stories = stories(count, feeds, seed)
        self.chance = random.Random(seed + 1)
        self.asked: Counter[str] = Counter()
        self.went_wrong: Counter[str] = Counter()
        self.forbidden: list[str] = []
        self.port = 0
        self._lock = threading.Lock()

    @property
    def addresses(self) -> list[str]:
        """The addresses of its feeds, those that are none among them."""
        return [f"http://www.paper{n}.com:{self.port}/feed" for n in range(self.feeds)] + [f"http://{where.replace('/', f':{self.port}/')}" for where in BAD]

    def link(self, story: Story, place: int) -> str:
        """The address by which a feed has a story."""
        host = f"www.paper{story.feeds[0]}.com:{self.port}"
        path = {"closed": "/closed"}.get(story.kind, "") + f"/story/{story.number}"
        if story.kind == "short" and place == 0:
            return f"http://short.example:{self.port}/{story.number}"
        if story.kind == "mobile" and place == 1:
            return f"http://m.paper{story.feeds[0]}.com:{self.port}{path}"
        return f"http://{host}{path}" + (f"?utm_source=feed{story.feeds[place]}&utm_medium=rss" if place or story.number % 2 else "")

    def answer(self, host: str, path: str, headers: dict[str, str]) -> Answer | None:
        """What it answers; None for a connection that is cut."""
        now = self.now()
        with self._lock:
            self.asked[host] += 1
            fault = self.chance.random() / self.faults if self.faults else 1.0
        if path == "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /closed\n"
        if path.startswith("/closed"):
            self.forbidden.append(path)
        if host == "www.paper0.com" and 6 * HOUR < now < 7.5 * HOUR:
            self.went_wrong["cut"] += 1
            return None
        if fault < 1.0 and host.startswith(("www", "m.")):
            return self._fault(fault, host, path)
        return self._answer(host, path, headers, now)

    def _fault(self, fault: float, host: str, path: str) -> Answer | None:
        kind = ("500", "500", "500", "503", "hang", "cut", "short", "noise")[int(fault * 8)]
        self.went_wrong[kind] += 1
        if kind == "500":
            return 500, {}, b""
        if kind == "503":
            return 503, {"retry-after": "600"}, b""
        if kind == "cut":
            return None
        if kind == "hang":
            time.sleep(self.hang)
            return None
        found = self._answer(host, path, {}, self.now())
        if kind == "noise":
            return (200, {}, b"\x00\xff<rss" * 50) if path == "/feed" else (200, {"content-encoding": "gzip"}, b"no gzip")
        status, said, body = found
        return status, {**said, "content-length": str(len(body) + 500)}, body[: len(body) // 2]

    def _answer(self, host: str, path: str, headers: dict[str, str], now: float) -> Answer:
        if host + path in BAD:
            return 200, {"content-type": "text/html" if host.startswith("page") else "application/rss+xml"}, BAD[host + path]
        if path == "/feed":
            number = int(host.removeprefix("www.paper").removeprefix("feeds.paper").removesuffix(".com"))
            if number == 1 and now > 8 * HOUR and host.startswith("www"):
                return 301, {"location": f"http://feeds.paper1.com:{self.port}/feed"}, b""
            return self._given(self._feed(number, now), "application/rss+xml", headers)
        story = self.stories[int(path.partition("?")[0].rpartition("/")[2])]
        if host == "short.example":
            return 302, {"location": f"http://www.paper{story.feeds[0]}.com:{self.port}/story/{story.number}?utm_source=short"}, b""
        version = story.version(now)
        if story.kind == "never" or version < 0:
            return 404, {}, b""
        if story.kind == "gone" and now > story.at[0] + 4 * HOUR:
            return 410, {}, b""
        own = f"http://www.paper{story.feeds[0]}.com:{self.port}/story/{story.number}"
        head = f'<head><title>Story {story.number}</title><link rel="canonical" href="{own}"></head>'
        page = f"<html>{head}<body><article><p>{story.text(version)}</p></article></body></html>"
        return self._given(page.encode(), "text/html; charset=utf-8", headers)

    def _given(self, body: bytes, kind: str, headers: dict[str, str]) -> Answer:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if headers.get("if-none-match") == etag:
            return 304, {"etag": etag}, b""
        return 200, {"content-type": kind, "etag": etag}, body

    def _feed(self, number: int, now: float) -> bytes:
        items = []
        for story in self.stories:
            version = story.version(now) if story.announced else min(story.version(now), 0)
            for place, feed in enumerate(story.feeds):
                if feed == number and version >= 0 and now < story.at[version] + LISTED:
                    renamed = story.number % 10 == 3 and now > story.at[0] + HOUR
                    guid = f"{number}-{place}-{story.number}{'-b' if renamed else ''}"
                    link = self.link(story, place).replace("&", "&amp;")
                    about = f"<description>As of version {version}</description>"
                    items.append(f'<item><title>Story {story.number}</title><link>{link}</link><guid isPermaLink="false">{guid}</guid>{about}</item>')
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper {number}</title>{"".join(items)}</channel></rss>'.encode()

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """At a port of this machine while the context lasts."""
        with served(self.answer) as self.port:
            yield

    def fetcher(self, *, seconds: float, pause: float) -> Fetcher:
        """Fetches from it alone."""
        return fetching(self.port, seconds=seconds, pause=pause)

    def wrong(self, record: Record) -> list[str]:
        """What is not in a record as it should be: an item not there or there twice, a version that is missing or too much."""
        found: dict[int, dict[str, list[str]]] = {}
        for row in record.sql("SELECT id, text, current FROM articles ORDER BY key").rows:
            words = row["text"].rstrip(".").split()
            number, version = (int(words[-3]), words[-1]) if words[-2] == "version" else (-1, "?")
            found.setdefault(number, {}).setdefault(row["id"], []).append(version)
        wrong = []
        for story in self.stories:
            expected = [str(n) for n in range(len(story.at))] if story.kind not in ("never", "german", "closed") else []
            got = list(found.pop(story.number, {}).values())
            if got != ([expected] if expected else []):
                wrong.append(f"story {story.number} ({story.kind}): versions {got}, not {expected}")
        return wrong + [f"there should be no such article: {found}" for _ in found] + [f"robots.txt was not heard: {path}" for path in self.forbidden]


class Stub:
    """A coder that finds nothing, at once."""

    name = "stub"
    point = OperatingPoint()

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        """Reports without findings."""
        del batch_size
        return (Report(article=a, coder=self.name) for a in articles)


class Fast(Clock):
    """A clock that goes faster, the same in every process.

    Args:
        begun: when the day began, in real seconds since 1970.
        speed: how much faster.
    """

    def __init__(self, begun: float, speed: float) -> None:
        self.begun, self.speed = begun, speed

    def now(self) -> float:
        """Seconds since 1970, in the day's own time."""
        return START + (time.time() - self.begun) * self.speed

    def real(self, seconds: float) -> float:
        """How long some seconds of the day are."""
        return seconds / self.speed


def watched(path: str, port: int, addresses: list[str], clock: Fast) -> None:
    """Watch, until one is killed; what a process does."""
    fetcher = fetching(port, seconds=0.5, pause=1 / clock.speed)
    settings = Settings(every=10 * MINUTE, revisit=(6 * HOUR,), at_once=8)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    def told(done: Summary) -> None:
        Path(f"{path}.{os.getpid()}").write_text(f"{done.polls} {done.unchanged} {done.failing} {done.looked_at}")

    with open_record(path) as record:
        Watcher(record, Stub(), addresses, settings=settings, fetcher=fetcher, clock=clock, on_round=told).run(stop)


def run(speed: float, count: int, feeds: int, kills: int, seed: int) -> int:
    """A day; the number of things that are not as they should be."""
    context = multiprocessing.get_context("spawn")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "record.db")
        begun = time.time() + 2
        day = Day(lambda: (time.time() - begun) * speed, count=count, feeds=feeds, hang=1.0, seed=seed)
        with day.served():
            moments = sorted(chance.uniform(0.02, 0.95) * LENGTH / speed for _ in range(kills))
            end = (LENGTH + 2 * HOUR) / speed
            for moment in [*moments, end]:
                process = context.Process(target=watched, args=(path, day.port, day.addresses, Fast(begun, speed)))
                process.start()
                process.join(max(0.05, begun + moment - time.time()))
                if moment == end:
                    process.terminate()
                    process.join(60)
                process.kill()
                process.join()
        told = [map(int, f.read_text().split()) for f in Path(folder).glob("record.db.*") if f.suffix[1:].isdecimal()]
        polls, unchanged, failing, looked_at = (sum(numbers) for numbers in zip(*told, strict=True))
        with open_record(path) as record:
            wrong = day.wrong(record)
            articles = record.sql("SELECT count(*) AS n, sum(current) AS current FROM articles").rows[0]
            items = {r["status"]: r["n"] for r in record.sql("SELECT status, count(*) AS n FROM watched_items GROUP BY status").rows}
    print(f"{count} stories in {feeds} feeds over 24 hours at {speed:g} × speed; the watcher was killed {kills} times")
    print(f"asked {sum(day.asked.values()):,} times, of which went wrong {dict(day.went_wrong)}")
    print(f"{polls:,} polls, {unchanged:,} of feeds that had not changed, {failing:,} in vain; {looked_at} pages looked at again were as before")
    print(f"articles {articles['current']}, versions {articles['n']}; items {items}")
    print("\n".join(wrong) if wrong else "every item exactly once, every revision a version")
    return len(wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", type=float, default=200.0)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--feeds", type=int, default=10)
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(min(1, run(given.speed, given.stories, given.feeds, given.kills, given.seed)))


if __name__ == "__main__":
    main()
