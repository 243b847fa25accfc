"""How quick the explorer is on a record: ``python -m benchmarks.explore RECORD.db [--readers 50 --seconds 60 --adding ARTICLES.jsonl]``.

Each page is asked alone, each time for something else of the record, and the server's time at the 95th percentile is told. Then many read at once:
each reader asks for a page, thinks for 0.2 to 1 s and asks for the next, while the explorer adds articles that it was given; errors and the 95th
percentile are told. The server is a process of its own on loopback, run as ``onrecord serve`` runs it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from onrecord.explore.templating import to
from onrecord.store import open_record

THINKS = (0.2, 1.0)
"""Seconds that a reader thinks between pages, at least and at most."""
STARTS = 30
TOKEN = secrets.token_urlsafe(16)
SAMPLE = 40
"""Things of each kind that are asked for."""


def addresses(path: Path) -> dict[str, list[str]]:
    """What is asked of each page: the lists as they are and filtered, and events, actors and articles, those most is on record of and others."""
    with open_record(path, create=False) as record:

        def ask(statement: str) -> list[str]:
            return [str(row["id"]) for row in record.sql(statement)]

        linked = f"SELECT event_id AS id FROM event_members GROUP BY event_id ORDER BY count(*) DESC LIMIT {SAMPLE // 4}"
        events = ask(linked) + ask(f"SELECT id FROM events WHERE current ORDER BY id LIMIT {SAMPLE}")
        actors = [r["id"] for r in record.actors(limit=SAMPLE // 2)] + ask(f"SELECT id FROM actors ORDER BY id LIMIT {SAMPLE}")
        articles = [r["id"] for r in record.articles(limit=SAMPLE)]
        positions = [r["id"] for r in record.positions(limit=SAMPLE // 2)]
        named = [r["name"] for r in record.actors(limit=10)]
        outlets = [r["publisher"] for r in record.articles(limit=SAMPLE) if r["publisher"]][:10]
    words = ("election", "minister sanctions", "ceasefire", "border", "ambassador", "missile")
    filtered = [*({"actor": n} for n in named), *({"text": w} for w in words), *({"publisher": o} for o in outlets[:3]), {"since": "2020", "until": "2021"}]
    listed = {f"/{what}": [f"/{what}", *(to(f"/{what}", **f) for f in filtered)] for what in ("events", "positions", "quotes", "articles")}
    return {
        "/": ["/"],
        **listed,
        "/actors": ["/actors", *(to("/actors", text=w) for w in words), to("/actors", country="USA")],
        "/event": [to("/event", id=e) for e in events],
        "/actor": [to("/actor", id=a) for a in actors],
        "/article": [to("/article", id=a) for a in articles],
        "/finding": [to("/finding", id=p) for p in positions],
        "/stands": [to("/stands", event=e) for e in events],
        "/issues": ["/issues"],
        "/matrix": ["/matrix", *(to("/matrix", actor=n) for n in named[:5]), "/matrix?by=issue"],
        "/framing": [to("/framing", event=e) for e in events[:10]],
        "/search": [to("/search", text=w) for w in words],
        "/map": ["/map", "/map?point=broad"],
        "/map.json": ["/map.json"],
        "/sources": ["/sources"],
        "/source": [to("/source", publisher=o) for o in outlets],
        "/data": ["/data"],
        "/api": ["/api"],
    }


@contextlib.contextmanager
def served(path: Path, *options: str) -> Iterator[str]:
    """The address of an explorer that runs while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "onrecord.cli", "serve", str(path), "--port", str(port), *options], stderr=subprocess.DEVNULL)
    at = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + STARTS
        while True:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{at}/static/explorer.css")
                break
            if time.monotonic() > until:
                raise RuntimeError("the explorer does not start")
            time.sleep(0.2)
        yield at
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=STARTS)


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of them stays below, in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share))] if times else float("nan")


def alone(at: str, pages: dict[str, list[str]], rounds: int) -> None:
    """Ask each page alone, and tell how long the server takes."""
    with httpx.Client(base_url=at, headers={"accept": "text/html"}, timeout=60) as client:
        for name, asked in pages.items():
            times, wrong = [], Counter[int]()
            client.get(asked[0])
            for n in range(max(rounds, len(asked))):
                begin = time.perf_counter()
                answer = client.get(asked[n % len(asked)])
                times.append(time.perf_counter() - begin)
                if answer.status_code != httpx.codes.OK:
                    wrong[answer.status_code] += 1
            slowest = asked[times.index(max(times)) % len(asked)]
            told = f"   {dict(wrong)}" if wrong else ""
            print(
                f"{name:12} p50 {percentile(times, 0.5):7.1f} ms   p95 {percentile(times, 0.95):7.1f} ms   slowest {max(times) * 1000:7.1f} ms {slowest}{told}"
            )


async def together(at: str, pages: dict[str, list[str]], readers: int, seconds: float) -> None:
    """Let many read at once, and tell how long they wait."""
    times: dict[str, list[float]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    until = time.monotonic() + seconds

    async def read(number: int) -> None:
        draw = random.Random(number)
        async with httpx.AsyncClient(base_url=at, headers={"accept": "text/html"}, timeout=60) as client:
            await asyncio.sleep(draw.uniform(0, THINKS[1]))
            while time.monotonic() < until:
                name = draw.choice(list(pages))
                begin = time.perf_counter()
                try:
                    answer = await client.get(draw.choice(pages[name]))
                    if answer.status_code != httpx.codes.OK:
                        wrong[f"{name} {answer.status_code}"] += 1
                except httpx.HTTPError as error:
                    wrong[f"{name} {type(error).__name__}"] += 1
                times[name].append(time.perf_counter() - begin)
                await asyncio.sleep(draw.uniform(*THINKS))

    await asyncio.gather(*(read(n) for n in range(readers)))
    every = [t for some in times.values() for t in some]
    worst = max(times, key=lambda name: percentile(times[name], 0.95))
    print(f"{readers} readers, {seconds:.0f} s, thinking {THINKS[0]} to {THINKS[1]} s: {len(every)} pages, {sum(wrong.values())} errors {dict(wrong)}")
    print(f"p50 {percentile(every, 0.5):.1f} ms   p95 {percentile(every, 0.95):.1f} ms   slowest {max(every) * 1000:.1f} ms   slowest page by p95: {worst}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("record", type=Path)
    arguments.add_argument("--rounds", type=int, default=20, help="how often each page is asked alone; 0 for never")
    arguments.add_argument("--readers", type=int, default=50)
    arguments.add_argument("--seconds", type=float, default=0, help="how long many read at once; 0 for never")
    arguments.add_argument("--adding", type=Path, help="articles that are given to the explorer to be added meanwhile")
    arguments.add_argument("--only", nargs="*", help="these pages alone")
    given = arguments.parse_args()
    pages = addresses(given.record)
    pages = {name: asked for name, asked in pages.items() if asked and (not given.only or name in given.only)}
    with served(given.record) as at:
        if given.rounds:
            alone(at, pages, given.rounds)
    if given.seconds:
        with served(given.record, *(("--write", "--token", TOKEN) if given.adding else ())) as at:
            adding = _adding(at, given.adding) if given.adding else None
            asyncio.run(together(at, pages, given.readers, given.seconds))
            if adding:
                print(f"added meanwhile: {_added(adding)} articles")


def _adding(at: str, articles: Path) -> str:
    """Give articles to the explorer to be added, as a visitor does; the address that tells how far it is."""
    asking = {"authorization": f"Bearer {TOKEN}", "accept": "application/json"}
    with articles.open("rb") as file:
        answer = httpx.post(f"{at}/add/files", headers=asking, files={"files": (articles.name, file)}, timeout=60)
    answer.raise_for_status()
    return f"{at}{answer.json()['progress']}"


def _added(adding: str) -> int:
    """How many articles the record has got of those that were given."""
    told = httpx.get(adding, headers={"authorization": f"Bearer {TOKEN}"}, timeout=60).json()
    return sum(n for what, n in told["tally"].items() if what in ("added", "replaced", "recoded"))


if __name__ == "__main__":
    main()
