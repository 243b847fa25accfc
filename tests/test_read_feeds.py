"""Reading feeds, lists of feeds, robots.txt and addresses; what is meant to harm does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.addresses import own_address, plain
from onrecord.read.feeds import FeedError, is_feed, listed, parse
from onrecord.read.robots import rules

HERE = "https://gazette.example/feed"
RSS = b"""<?xml version="1.0"?><!-- <a> --><!DOCTYPE rss [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/hostname">]>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Gazette</title><ttl>60</ttl>
<item><title>Norland &amp; Ostia&nbsp;sign &x;&z;</title><link>/a?utm_source=rss</link><guid isPermaLink="false">7</guid>
<pubDate>Mon, 26 Dec 2011 10:00:00 GMT</pubDate><author>a@b.example</author><description>Short &lt;b&gt;x&lt;/b&gt;</description>
<content:encoded><![CDATA[<p>A long text</p>]]></content:encoded><media:content url="http://x/y.jpg">picture</media:content></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
<link rel="alternate" href="b"/><link rel="enclosure" href="c.mp3"/><updated>2020-01-01T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <b>there</b></p></div></content></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>R</title></channel>
<item rdf:about="http://g.example/1"><title>One</title><link>http://g.example/1</link><dc:date>2020-02-03</dc:date></item></rdf:RDF>"""


def test_rss() -> None:
    feed = parse(RSS, HERE)
    (entry,) = feed.entries
    assert (feed.title, feed.pause) == ("The Gazette", 60)
    assert (entry.guid, entry.link, entry.title) == ("7", "https://gazette.example/a?utm_source=rss", "Norland & Ostia sign")
    assert (entry.published, entry.content, entry.whole) == ("2011-12-26T10:00:00Z", "<p>A long text</p>", True)


def test_atom() -> None:
    (entry,) = parse(ATOM, HERE).entries
    assert (entry.guid, entry.link, entry.title, entry.published) == ("urn:1", "https://gazette.example/b", "A b", "2020-01-01T00:00:00Z")
    assert "<p>Hello <b>there</b></p>" in entry.content


def test_rdf_and_a_prefix_that_is_not_declared() -> None:
    (entry,) = parse(RDF, HERE).entries
    assert (entry.link, entry.published) == ("http://g.example/1", "2020-02-03T00:00:00Z")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>Café</title><link>http://g.example/</link></item></channel></rss>'
    assert parse(text.encode(encoding), HERE).entries[0].title == "Café"


def test_an_entry_is_another_when_it_changes_and_the_same_when_it_does_not() -> None:
    first, again, changed = (parse(b, HERE).entries[0].version for b in (RSS, RSS + b"\n", RSS.replace(b"long", b"longer")))
    assert first == again != changed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no feed"),
        (b"{}", "no feed"),
        (b"<html><body>", "a page"),
        (b"<html><link rel='alternate' type='application/atom+xml' href='/x'>", "gazette.example/x"),
    ],
)
def test_what_is_no_feed_is_said(content: bytes, said: str) -> None:
    with pytest.raises(FeedError, match=said):
        parse(content, HERE)
    assert not is_feed(content)


def test_what_is_cut_off_gives_what_is_whole() -> None:
    two = RSS.replace(b"</item>", b"</item><item><title>Second</title><link>/b</link>")
    feed = parse(two[: two.index(b"</channel>")], HERE)
    assert not feed.complete
    assert [e.guid for e in feed.entries] == ["7"]


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (n + 1, b"&%c;" % n * 10) for n in range(97, 110))
MANY = 1_000_000
HOSTILE = {
    "laughs": LAUGHS + b"]><rss><channel><item><title>&n;</title><link>http://a.example/</link></item></channel></rss>",
    "lines": b"\n" * MANY + b"<rss>",
    "author": b"<rss><channel><item><author>" + b"a." * (MANY // 2) + b"</author></item></channel></rss>",
    "title": b"<rss><channel><item><title>" + b"&lt;a " * (MANY // 6) + b"</title><link>http://a.example/</link></item></channel></rss>",
    "brackets": b"<rss><channel><item><description>" + b"&lt;" * (MANY // 4) + b"</description><link>http://a.example/</link></item></channel></rss>",
    "deep": b"<rss><channel>" + b"<item>" * (MANY // 6),
    "remarks": b"<!--" * (MANY // 4),
    "types": b"<!DOCTYPE [" * (MANY // 11),
    "open": b"<rss><channel>" + b"<a b='" * (MANY // 6),
    "dates": b"<rss><channel>" + b"<item><pubDate>Mon, 99 Foo 1</pubDate><link>http://a.example/</link></item>" * (MANY // 75) + b"</channel></rss>",
    "attributes": b"<rss><channel><item><link " + b"".join(b"a%d='b' " % n for n in range(MANY // 12)) + b"/></item></channel></rss>",
    "names": b"<rss " + b"".join(b"xmlns:a%d='>' " % n for n in range(MANY // 16)) + b"><channel></channel></rss>",
    "entities": b"<rss><channel><item><title>" + b"&nbsp" * (MANY // 5) + b"</title></item></channel></rss>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_meant_to_harm_costs_no_more_than_its_size(kind: str) -> None:
    began = time.process_time()
    try:
        feed = parse(HOSTILE[kind], HERE)
    except FeedError:
        pass
    else:
        assert sum(len(e.title or "") for e in feed.entries) < 2_000
    assert time.process_time() - began < 8


@given(st.binary(max_size=400), st.integers(0, len(RSS)), st.integers(0, 40), st.sampled_from([RSS, ATOM, RDF]))
def test_any_bytes_are_a_feed_or_none(noise: bytes, at: int, cut: int, feed: bytes) -> None:
    for content in (noise, feed[:at] + noise + feed[at + cut :]):
        try:
            found = parse(content, HERE)
        except FeedError:
            continue
        for entry in found.entries:
            assert entry.guid
            assert entry.link is None or entry.link.startswith("http")
            assert not any("\ud800" <= c <= "\udfff" or c == "\x00" for c in entry.content + (entry.title or ""))


def test_lists_of_feeds() -> None:
    opml = b'<?xml version="1.0"?><opml><body><outline text="x"><outline type="rss" xmlUrl="https://a.example/f"/></outline><outline xmlurl="http://b/f"/></body></opml>'
    assert listed(opml) == ["https://a.example/f", "http://b/f"]
    assert listed(b"# mine\nhttps://a.example/f\n\nhttps://a.example/f\n") == ["https://a.example/f"]
    for content in (b"", b"<opml/>", b"nothing here"):
        with pytest.raises(FeedError):
            listed(content)


def test_rules_for_this_program_come_before_those_for_all() -> None:
    found = rules(200, b"User-agent: *\nDisallow: /all\nUser-agent: onrecord\nDisallow: /own\nCrawl-delay: 2\n")
    assert [found.allows(f"https://a.example/{p}") for p in ("all", "own", "x")] == [True, False, True]
    assert found.pause == 2


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (401, True), (403, True), (429, False), (500, False), (None, False)])
def test_rules_that_are_not_given(status: int | None, allowed: bool) -> None:
    assert rules(status).allows("https://a.example/") is allowed


@given(st.binary(max_size=300))
def test_any_bytes_are_rules(content: bytes) -> None:
    assert rules(200, content).allows("https://a.example/x") in (True, False)


def test_addresses_that_are_one() -> None:
    assert len({plain(a) for a in ("http://a.example:80/x?utm_medium=rss", "HTTP://A.example/x#top", " http://a.example/x?fbclid=1")}) == 1
    assert plain("https://a.example") == plain("https://a.example/")
    assert plain("https://a.example/x?id=1") != plain("https://a.example/x?id=2")


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("https://www.example.com/story", "https://www.example.com/story"),
        ("https://example.org/story", "https://m.example.com/amp/story"),
        ("https://www.example.com/", "https://m.example.com/amp/story"),
        ("story", "https://m.example.com/amp/story"),
        (None, "https://m.example.com/amp/story"),
    ],
)
def test_a_page_speaks_for_its_own_site_alone(said: str | None, own: str) -> None:
    assert own_address(said, "https://m.example.com/amp/story?utm_source=x") == own


@given(st.text(max_size=60))
def test_any_text_can_be_compared_as_an_address(text: str) -> None:
    plain(f"http://a.example/{text}")
    own_address(text, "http://a.example/")


@pytest.mark.parametrize("number", ["#xD800", "#0", "#1114112", "#xFFFFFFFFFFFFFFFF"])
def test_numbers_of_no_character(number: str) -> None:
    text = f"<rss><channel><item a='&{number};'><title>A &{number}; b</title><link>http://a.example/</link></item></channel></rss>"
    assert parse(text.encode(), HERE).entries[0].title == "A \ufffd b"
    with pytest.raises(FeedError):
        listed(f"<opml xmlns='http://a&{number};/'><body/></opml>".encode())
