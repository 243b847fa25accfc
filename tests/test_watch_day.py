"""A simulated day of feeds with all that goes wrong, and a watcher that is ended at any moment: every item once, every revision a version."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.feeds import LENGTH, START, Day, Stub
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.feed_site import site

from onrecord.store import Record, open_record
from onrecord.store.watching import Watched
from onrecord.watch import Clock, Settings, Watcher
from onrecord.watch.settings import HOUR, MINUTE

WRITES = ((Watched, "polled"), (Watched, "tried"), (Watched, "asked"), (Record, "add"))


class Killed(BaseException):
    """The process is ended."""


class Until(Clock):
    """A clock that goes on only while one waits, until the day is over."""

    def __init__(self, length: float) -> None:
        self.at, self.end = START, START + length

    def now(self) -> float:
        return self.at

    def real(self, seconds: float) -> float:
        return 0.0

    def wait(self, seconds: float, stop: threading.Event) -> None:
        self.at += max(seconds, 30.0)
        if self.at > self.end:
            stop.set()


def deadly(patch: pytest.MonkeyPatch, falls: Callable[[], bool]) -> None:
    """Have whatever writes end the process, before or behind what it writes."""
    for owner, name in WRITES:
        real = getattr(owner, name)

        def write(*args: Any, real: Any = real, **given: Any) -> Any:
            if falls():
                raise Killed
            done = real(*args, **given)
            if falls():
                raise Killed
            return done

        patch.setattr(owner, name, write)


@pytest.mark.parametrize("seed", [2])
def test_every_item_exactly_once_and_every_revision_a_version(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, chance, killed = Until(LENGTH + 2 * HOUR), random.Random(seed), 0
    deadly(monkeypatch, lambda: chance.random() < 0.02)
    day = Day(lambda: clock.at - START, count=50, feeds=3, hang=0, seed=seed)
    choices = Settings(every=30 * MINUTE, revisit=(6 * HOUR,))
    with day.served():
        while clock.at < clock.end:
            try:
                with open_record(tmp_path / "r.db") as record:
                    fetcher = day.fetcher(seconds=2, pause=0)
                    Watcher(record, Stub(), day.addresses, settings=choices, fetcher=fetcher, clock=clock, chance=chance).run(threading.Event())
            except Killed:
                killed += 1
    with open_record(tmp_path / "r.db") as record:
        assert day.wrong(record) == []
    assert killed > 5
    assert sum(day.went_wrong.values()) > 20


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "r.db"
    with open_record(path):
        pass
    return path


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(falls=st.sets(st.integers(0, 14), max_size=4))
def test_wherever_it_is_ended_nothing_is_lost_or_doubled(falls: set[int], empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    shutil.copy(empty, path)
    clock, asked = Until(LENGTH), iter(range(10**9))
    with site() as web, pytest.MonkeyPatch.context() as patch:
        deadly(patch, lambda: next(asked) in falls)
        text = "The assembly of Norland met and voted on its budget, as its speaker said. Its members will meet again on Monday, and vote. Version "
        for part in ("a", "b"):
            for n in (1, 2, 3):
                web.page(f"gazette.example/{n}", f"Story {n}", f"{text}{part}{n}.")
            web.feed("gazette.example/feed", *(web.item(f"gazette.example/{n}", f"Story {n}", more=f"<description>{part}</description>") for n in (1, 2, 3)))
            while True:
                try:
                    with open_record(path) as record:
                        Watcher(record, Stub(), [web.at("gazette.example/feed")], settings=Settings(), fetcher=web.fetcher(), clock=clock).run(
                            threading.Event(), once=True
                        )
                    break
                except Killed:
                    continue
            clock.at += HOUR
    with open_record(path) as record:
        found = [(r["text"][-3:], bool(r["current"])) for r in record.sql("SELECT text, current FROM articles ORDER BY text").rows]
    assert found == [(f"{part}{n}.", part == "b") for part in ("a", "b") for n in (1, 2, 3)]
    path.unlink()
