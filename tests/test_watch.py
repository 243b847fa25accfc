"""Watching feeds: what is asked, what comes into the record, and how often."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.feed_site import Site, a_page, site
from tests.store_samples import SampleCoder, an_article

from onrecord.store import Record, open_record
from onrecord.watch import Clock, Settings, Summary, Watcher
from onrecord.watch.settings import DAY, HOUR, MINUTE

FEED = "gazette.example/feed"
START = 1_700_000_000.0


class Stopped(Clock):
    """A clock that goes on only while one waits."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> float:
        return self.at

    def real(self, seconds: float) -> float:
        return 0.0

    def wait(self, seconds: float, stop: threading.Event) -> None:
        self.at += seconds


def text_of(number: int, words: str = "") -> str:
    return an_article(number, words=words).text


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as made:
        yield made


@pytest.fixture
def clock() -> Stopped:
    return Stopped()


@pytest.fixture
def watch(web: Site, record: Record, clock: Stopped) -> Callable[..., Summary]:
    """Asks feeds once, as a new process would."""

    def once(*feeds: str, notes: list[str] | None = None, limits: dict[str, Any] | None = None, **settings: Any) -> Summary:
        watcher = Watcher(
            record,
            SampleCoder(),
            [web.at(f) for f in feeds or (FEED,)],
            settings=Settings(**settings),
            fetcher=web.fetcher(**limits or {}),
            clock=clock,
            on_note=(notes if notes is not None else []).append,
        )
        return watcher.run(threading.Event(), once=True)

    return once


def versions(record: Record) -> list[tuple[str, str, bool]]:
    rows = record.sql("SELECT url, text, current FROM articles ORDER BY key").rows
    return [(r["url"].split("/", 3)[3], r["text"], bool(r["current"])) for r in rows]


def test_what_is_new_comes_in_once(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.page("gazette.example/1", "Strike near Old Mill", text_of(1))
    web.page("gazette.example/2", "Strike near Pike Hill", text_of(2))
    web.feed(FEED, web.item("gazette.example/1", "Strike near Old Mill"), etag='"1"')
    first = watch()
    assert (first.polls, first.items, first.tally.added) == (1, 1, 1)
    clock.at += HOUR
    assert watch().unchanged == 1
    web.feed(FEED, web.item("gazette.example/2", "Two"), web.item("gazette.example/1", "Strike near Old Mill"), etag='"2"')
    clock.at += HOUR
    assert watch().tally.added == 1
    (row,) = record.sql("SELECT retrieved_at, publisher, url FROM articles WHERE title LIKE '%Old Mill'").rows
    assert row == {"retrieved_at": "2023-11-14T22:13:20Z", "publisher": "The Gazette", "url": web.at("gazette.example/1")}
    assert web.asked.count("gazette.example/1") == 1
    assert web.asked.count("gazette.example/robots.txt") == 1


def test_a_record_in_postgresql_remembers_as_well(web: Site, new_database: Callable[[], str], clock: Stopped) -> None:
    web.page("gazette.example/1", "Strike", text_of(1))
    web.feed(FEED, web.item("gazette.example/1", "Strike", guid="7"))
    with open_record(new_database()) as record:
        for hour in range(8):
            clock.at = START + hour * HOUR
            if hour == 3:
                web.page("gazette.example/1", "Strike", text_of(1, "More came. "))
            Watcher(record, SampleCoder(), [web.at(FEED)], settings=Settings(), fetcher=web.fetcher(), clock=clock).run(threading.Event(), once=True)
        assert [v[2] for v in versions(record)] == [False, True]
        (row,) = record.sql("SELECT id FROM articles WHERE current").rows
        assert record.forget([row["id"]]) == [row["id"]]
        assert record.watched().counts() == {}


def test_a_revision_is_a_version_whether_its_feed_says_so_or_not(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    item = web.item("gazette.example/1", "Strike", guid="7", more="<pubDate>Tue, 14 Nov 2023 10:00:00 GMT</pubDate>")
    web.page("gazette.example/1", "Strike", text_of(1), etag='"a"')
    web.feed(FEED, item)
    watch()
    web.page("gazette.example/1", "Strike", text_of(1, "Correction: an earlier version of this article gave the wrong number. "), etag='"b"')
    clock.at += 6 * HOUR + 1
    assert watch().tally.replaced == 1
    web.page("gazette.example/1", "Strike", text_of(1, "Later more was known. "), etag='"c"')
    web.feed(FEED, item.replace("<pubDate>", "<description>Later more was known</description><pubDate>"))
    clock.at += HOUR
    assert watch().tally.replaced == 1
    found = versions(record)
    assert [(v[0], v[2]) for v in found] == [("1", False), ("1", False), ("1", True)]
    assert "Correction: an earlier version" in found[1][1]
    assert record.sql("SELECT DISTINCT published FROM articles").rows == ({"published": "2023-11-14T10:00:00Z"},)
    for _ in range(3):
        clock.at += DAY
        watch()
    assert len(versions(record)) == 3
    assert web.asked.count("gazette.example/1") == 4


def test_one_page_is_one_article_however_it_is_called(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    own = f'<link rel="canonical" href="{web.at("www.example.com/story")}">'
    body = a_page("Strike", text_of(1), head=own)
    for where in ("www.example.com/story", "m.example.com/story", "example.com/amp/story"):
        web.has[where] = (200, {"content-type": "text/html"}, body)
    web.has["short.example/x"] = (302, {"location": web.at("www.example.com/story?utm_source=short")}, b"")
    web.feed(FEED, web.item("www.example.com/story?utm_source=rss", "Strike", guid="1"), web.item("m.example.com/story", "Strike", guid="2"))
    web.feed("post.example/feed", web.item("www.example.com/story?utm_medium=feed&amp;fbclid=3", "Strike", guid="9"), web.item("short.example/x", "Strike"))
    web.feed("mail.example/feed", web.item("example.com/amp/story", "Strike"))
    watch(FEED, "post.example/feed", "mail.example/feed")
    assert [v[0] for v in versions(record)] == ["story"]
    web.feed(FEED, web.item("www.example.com/story", "Strike", guid="changed"))
    clock.at += HOUR
    assert watch().items == 0


def test_a_page_can_not_speak_for_another_site(web: Site, record: Record, watch: Callable[..., Summary]) -> None:
    web.page("gazette.example/1", "Strike", text_of(1))
    stolen = f'<link rel="canonical" href="{web.at("gazette.example/1")}">'
    web.has["elsewhere.test/a"] = (200, {"content-type": "text/html"}, a_page("Strike", text_of(2), head=stolen))
    web.feed(FEED, web.item("gazette.example/1", "Strike"), web.item("elsewhere.test/a", "Strike"))
    watch()
    assert sorted(v[0] for v in versions(record)) == ["1", "a"]


def test_an_item_that_its_feed_moves_stays_one_article(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.page("gazette.example/old-name", "Strike", text_of(1))
    web.feed(FEED, web.item("gazette.example/old-name", "Strike", guid="7"))
    watch()
    web.page("gazette.example/new-name", "Strike", text_of(1, "More came. "))
    web.feed(FEED, web.item("gazette.example/new-name", "Strike", guid="7"))
    clock.at += HOUR
    assert watch().tally.replaced == 1
    assert [(v[0], v[2]) for v in versions(record)] == [("old-name", False), ("new-name", True)]


def test_robots_are_heard(web: Site, record: Record, watch: Callable[..., Summary]) -> None:
    web.has["gazette.example/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed\n")
    for name in ("closed/1", "open/2"):
        web.page(f"gazette.example/{name}", "Strike", text_of(int(name[-1])))
    web.has["gazette.example/way"] = (301, {"location": "/closed/3"}, b"")
    web.feed(FEED, *(web.item(f"gazette.example/{name}", name) for name in ("closed/1", "open/2", "way")))
    notes: list[str] = []
    assert watch(notes=notes).given_up == 2
    assert [v[0] for v in versions(record)] == ["open/2"]
    assert all("robots.txt" in n for n in notes)
    assert not any("closed" in path for path in web.asked)


@pytest.mark.parametrize(("delay", "added"), [(60, 3), (600, 0)])
def test_a_site_may_want_long_pauses(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped, delay: int, added: int) -> None:
    web.has["gazette.example/robots.txt"] = (200, {}, f"User-agent: onrecord\nCrawl-delay: {delay}\n".encode())
    for n in (1, 2, 3):
        web.page(f"gazette.example/{n}", f"Strike {n}", text_of(n))
    web.feed(FEED, *(web.item(f"gazette.example/{n}", f"Strike {n}") for n in (1, 2, 3)))
    assert watch().tally.added == added
    assert clock.at == START + delay * added
    for _ in range(3 - added):
        clock.at += HOUR
        assert watch().tally.added == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_can_not_say_what_it_allows_is_left_alone(web: Site, watch: Callable[..., Summary], clock: Stopped, status: int) -> None:
    web.has["gazette.example/robots.txt"] = (status, {"retry-after": "7200"}, b"")
    web.page("gazette.example/1", "Strike", text_of(1))
    web.feed(FEED, web.item("gazette.example/1", "Strike"))
    assert watch().failing == 1
    assert web.asked == ["gazette.example/robots.txt"]
    clock.at += HOUR
    assert watch().polls == 0
    del web.has["gazette.example/robots.txt"]
    clock.at += 2 * HOUR
    assert watch().tally.added == 1


def test_a_broken_feed_stops_no_other(web: Site, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.page("gazette.example/1", "Strike", text_of(1))
    web.feed(FEED, web.item("gazette.example/1", "Strike"))
    web.has["a.example/feed"] = (200, {}, b"\xff\x00 no feed at all")
    web.has["b.example/feed"] = (500, {}, b"")
    web.has["c.example/feed"] = (200, {"content-type": "text/html"}, b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>')
    web.has["d.example/feed"] = (200, {"content-length": "5000"}, b"<rss>")
    web.has["e.example/feed"] = (410, {}, b"")
    web.has["f.example/feed"] = (302, {"location": f"http://10.0.0.1:{web.port}/feed"}, b"")
    notes: list[str] = []
    feeds = [f"{host}.example/feed" for host in ("a", "b", "c", "d", "e", "f", "nowhere")]
    done = watch(*feeds, FEED, notes=notes)
    assert (done.polls, done.failing, done.tally.added) == (8, 7, 1)
    said = " ".join(notes)
    assert all(words in said for words in ("no feed", "500", "its feeds are", "410", "not asked again", "not on the public internet", "no host"))
    web.asked.clear()
    clock.at += 20 * HOUR
    watch(*feeds, FEED)
    assert "e.example/feed" not in web.asked
    assert "b.example/feed" in web.asked


def test_a_busy_site_is_left_alone_for_as_long_as_it_asks(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.feed(FEED, *(web.item(f"post.example/{n}", f"Strike {n}") for n in (1, 2, 3)))
    for n in (1, 2, 3):
        web.has[f"post.example/{n}"] = (503, {"retry-after": "18000"}, b"")
    watch()
    assert [a for a in web.asked if a.startswith("post.example/") and "robots" not in a] == ["post.example/1"]
    for n in (1, 2, 3):
        web.page(f"post.example/{n}", f"Strike {n}", text_of(n))
    clock.at += 4 * HOUR
    assert watch().tally.added == 0
    clock.at += 2 * HOUR
    assert watch().tally.added == 3


def test_what_is_gone_is_given_up_and_what_fails_is_tried_again(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.has["gazette.example/1"] = (410, {}, b"")
    web.has["gazette.example/2"] = (404, {}, b"")
    web.has["gazette.example/3"] = (500, {}, b"")
    web.has["gazette.example/4"] = (302, {"location": "/"}, b"")
    web.page("gazette.example/", "The Gazette", text_of(9))
    web.feed(FEED, *(web.item(f"gazette.example/{n}", f"Strike {n}") for n in (1, 2, 3, 4)))
    first = watch()
    assert (first.given_up, first.put_off) == (1, 3)
    web.page("gazette.example/3", "Strike 3", text_of(3))
    for _ in range(4):
        clock.at += HOUR
        watch()
    assert [v[0] for v in versions(record)] == ["3"]
    rows = record.sql("SELECT link, status FROM watched_items ORDER BY link").rows
    assert [r["status"] for r in rows] == ["gone", "gone", "done", "gone"]


def test_a_feed_that_moves_for_good_is_asked_where_it_is(web: Site, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.has[FEED] = (301, {"location": web.at("new.example/feed")}, b"")
    web.feed("new.example/feed", etag='"1"')
    watch()
    web.asked.clear()
    clock.at += HOUR
    assert watch().unchanged == 1
    assert web.asked == ["new.example/feed"]
    web.has["new.example/feed"] = (404, {}, b"")
    web.feed(FEED)
    for _ in range(4):
        clock.at += 13 * HOUR
        watch()
    assert web.asked[-1] == FEED


@pytest.mark.parametrize(
    ("head", "headers", "pause"),
    [
        ("<ttl>180</ttl>", {}, 3 * HOUR),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>", {}, 2 * HOUR),
        ("", {"cache-control": "public, max-age=7200"}, 2 * HOUR),
        ("<ttl>99999</ttl>", {}, DAY),
        ("<skipHours><hour>22</hour><hour>23</hour><hour>0</hour></skipHours>", {}, 2.78 * HOUR),  # it is 22:13
        ("", {}, 30 * MINUTE),
    ],
)
def test_a_feed_says_how_often_it_is_asked(web: Site, watch: Callable[..., Summary], clock: Stopped, head: str, headers: dict[str, str], pause: float) -> None:
    web.feed(FEED, head=head, **headers)
    watch()
    web.asked.clear()
    clock.at = START + 0.85 * pause
    watch()
    assert web.asked == []
    clock.at = START + 1.1 * pause
    watch()
    assert FEED in web.asked


def test_the_text_of_a_feed_is_taken_where_it_is_whole(web: Site, record: Record, watch: Callable[..., Summary]) -> None:
    whole = "".join(f"<p>{text_of(n)}</p>" for n in range(5))
    more = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{whole}]]></content:encoded>'
    web.page("gazette.example/2", "Strike 2", text_of(2))
    cut = "<description>" + text_of(2) + " Read more…</description>"
    bare = f"<item><title>Strike 3</title><guid isPermaLink='false'>n3</guid>{more}</item>"
    web.feed(FEED, web.item("gazette.example/1", "Strike 1", more=more), web.item("gazette.example/2", "Strike 2", more=cut), bare)
    assert watch(from_feed=True).tally.added == 3
    assert "gazette.example/1" not in web.asked
    assert "gazette.example/2" in web.asked
    assert record.sql("SELECT count(*) AS n FROM articles WHERE text LIKE '%Item 4.%'").rows == ({"n": 2},)


def test_another_language_is_skipped_and_counted(web: Site, record: Record, watch: Callable[..., Summary]) -> None:
    german = "Die Regierung hat am Montag nach langen Verhandlungen ein Gesetz beschlossen, das die Wähler im Norden seit Jahren gefordert hatten. " * 4
    web.page("gazette.example/1", "Das Gesetz", german)
    web.feed(FEED, web.item("gazette.example/1", "Das Gesetz"))
    assert watch().tally.skipped == 1
    assert record.sql("SELECT reason FROM skips").rows == ({"reason": "other_language"},)


def test_what_is_forgotten_stays_forgotten(web: Site, record: Record, watch: Callable[..., Summary], clock: Stopped) -> None:
    web.page("gazette.example/1", "Strike", text_of(1))
    web.feed(FEED, web.item("gazette.example/1", "Strike"))
    watch()
    (row,) = record.sql("SELECT id FROM articles").rows
    record.forget([row["id"]])
    assert record.sql("SELECT address FROM watched_items").rows == ()
    clock.at += HOUR
    assert watch().tally.forgotten == 1
    assert versions(record) == []


def test_a_feed_cut_off_is_read_as_far_as_it_goes_and_asked_for_again(web: Site, watch: Callable[..., Summary], clock: Stopped) -> None:
    for n in (1, 2):
        web.page(f"gazette.example/{n}", f"Strike {n}", text_of(n))
    web.feed(FEED, *(web.item(f"gazette.example/{n}", f"Strike {n}") for n in (1, 2)), etag='"1"')
    status, headers, body = web.has[FEED]
    web.has[FEED] = (status, headers, body[: body.rindex(b"</item>")])
    assert watch().tally.added == 1
    web.has[FEED] = (status, headers, body)
    clock.at += HOUR
    assert watch().tally.added == 1
