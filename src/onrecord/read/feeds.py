"""Feeds: RSS and Atom bytes → entries; and lists of feeds.

Whoever writes a feed may mean harm. What comes is read by lxml first, which declares no entities and loads nothing; only the elements that are
needed are handed on, none of them longer than it may be, so that feedparser meets nothing that costs more than it is worth. It never fetches.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime
import hashlib
import html
import io
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import etree

from onrecord.read.addresses import LONGEST, is_address
from onrecord.read.characters import clean, decode

MOST_ENTRIES = 1_000
"""Entries of one feed that are looked at, the first of it."""
LONGEST_CONTENT = 1_000_000
LONGEST_VALUE = 1_000
ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
CONTAINERS = frozenset({*ROOTS, "item", "entry", "skiphours", "skipdays", "image"})
CONTENT = frozenset({"description", "summary", "content", "encoded"})
ADDRESSES = frozenset({"link", "guid", "id", "origlink"})
VALUES = frozenset(
    {"title", "pubdate", "published", "updated", "modified", "issued", "created", "date", "ttl", "hour", "day", "updateperiod", "updatefrequency", "language"}
)
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "atom": "http://www.w3.org/2005/Atom",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}
"""What prefixes mean that a feed uses without saying."""
OF_PICTURES = ("mrss", "itunes")
"""In the names of namespaces whose titles and descriptions are those of pictures and sound."""
PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.\-]+)", re.IGNORECASE)
FIRST_ELEMENT = re.compile(r"<(?=[A-Za-z_])")
NOT_BLANK = re.compile(r"[^\s\ufeff]")
NAMED = re.compile(r"&([A-Za-z_:][\w.:-]{0,63});")
NUMBERED = re.compile(r"&#([xX][0-9a-fA-F]{1,64}|[0-9]{1,64});?")
MANY_ATTRIBUTES = re.compile(r"""<[A-Za-z_:][^\s<>/="']*+(?:\s*+[^\s<>/="']++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')){200}""")
"""An element with more than it may have: libxml2 compares each with all others."""
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
ALTERNATE = "//link[contains(@rel, 'alternate')][contains(@type, 'rss') or contains(@type, 'atom')]/@href"


class FeedError(Exception):
    """A document is no feed; the message says what it is instead."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed.

    Attributes:
        guid: what its feed calls it; its address where the feed calls it nothing.
        link: the address of its page; None where it has none.
        title: its title.
        published: when it was published, ISO 8601.
        content: its own text as HTML, the longest of those that it has; empty where it has none.
        whole: whether the feed says that the content is more than a summary.
        version: the hash of all of this; another when the entry has changed.
    """

    guid: str
    link: str | None
    title: str | None
    published: str | None
    content: str
    whole: bool
    version: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was.

    Attributes:
        title: what it is called.
        language: the language it says it is in.
        entries: what is in it, in its order.
        pause: the minutes that it asks to be left alone (``ttl``, ``sy:updatePeriod``).
        hours: the hours of the day, in UTC, in which it asks to be left alone.
        days: the days of the week, 0 for Monday, in which it does.
        complete: whether it came to its end; the last entry of one that did not is left out.
    """

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    pause: float = 0.0
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    complete: bool = True


def parse(content: bytes, address: str) -> Feed:
    """The feed in a document.

    Args:
        content: the document.
        address: whence it came, against which its links are read.

    Raises:
        FeedError: it is none.
    """
    try:
        return _parsed(_text(content), address)
    except FeedError:
        raise
    except Exception as error:  # a library stumbled over it
        raise FeedError(f"it can't be read: {type(error).__name__}: {str(error)[:200]}") from error


def _parsed(text: str, address: str) -> Feed:
    root = _tree(text)
    if root is None or _name(root) not in ROOTS:
        raise FeedError(_instead(text, address))
    hours, days = _silence(root)
    _prune(root)
    found = feedparser.parse(
        io.BytesIO(etree.tostring(root, encoding="utf-8", xml_declaration=True)),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
        sanitize_html=False,  # what is taken out of it is text
        resolve_relative_uris=False,
    )
    said = found.feed
    entries: dict[str, Entry] = {}
    complete = f"</{text[1:].split(maxsplit=1)[0].partition('>')[0]}" in text
    for raw in found.entries[: None if complete else -1]:
        if (entry := _entry(raw, address)) is not None:
            entries.setdefault(entry.guid, entry)
    return Feed(
        title=_line(said.get("title")),
        language=_line(said.get("language")),
        entries=tuple(entries.values()),
        pause=_pause(said),
        hours=hours,
        days=days,
        complete=complete,
    )


def is_feed(content: bytes) -> bool:
    """Whether a document is a feed, told by its first element."""
    head = _text(content[:4_096])
    found = re.match(r"<(?:\w+:)?(rss|feed|rdf)[\s>]", head, re.IGNORECASE)
    return found is not None


def listed(content: bytes) -> list[str]:
    """The addresses of feeds in a list: OPML, or one address a line (``#`` begins a remark).

    Raises:
        FeedError: there is none in it.
    """
    text = _text(content)
    root = _tree(text) if text.startswith("<") else None
    if root is not None:
        outlines = (o for o in root.iter() if isinstance(o.tag, str) and _name(o) == "outline")
        found = [value for o in outlines for key, value in o.attrib.items() if key.lower() == "xmlurl"]
    else:
        found = [line.strip() for line in decode(content).splitlines() if line.strip() and not line.strip().startswith("#")]
    addresses = list(dict.fromkeys(a.strip() for a in found if is_address(a)))
    if not addresses:
        raise FeedError("no feed is listed in it: give OPML, or a text with an address a line")
    return addresses


def _text(content: bytes) -> str:
    """The characters from the first element on: no declaration, document type, entity or remark stands before it."""
    declared = ENCODING.match(content[:512])
    text = clean(decode(content, declared=declared[1].decode("ascii") if declared else None))
    found = FIRST_ELEMENT.search(text, _after_declarations(text))
    return NAMED.sub(_character, NUMBERED.sub(_numbered, text[found.start() :])) if found else ""


def _after_declarations(text: str) -> int:
    """Where declarations and remarks at the head of a document end."""
    at, ends = 0, {"<?": "?>", "<!--": "-->"}
    while (begun := NOT_BLANK.search(text, at)) is not None:
        at = begun.start()
        end = next((end for mark, end in ends.items() if text.startswith(mark, at)), None)
        if end is not None and (found := text.find(end, at)) >= 0:
            at = found + len(end)
        elif text[at : at + 9].upper() == "<!DOCTYPE" and (found := text.find(">", at)) >= 0:
            inside = text.find("[", at, found)
            closed = text.find("]", inside) if inside >= 0 else found
            at = text.find(">", closed) + 1 if closed >= 0 else found + 1
        else:
            break
    return at


def _numbered(found: re.Match[str]) -> str:
    """A character by its number, where it is one that a text may hold."""
    digits = found[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    sound = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    return found[0] if sound else "\ufffd"


def _character(found: re.Match[str]) -> str:
    """The character of an entity that HTML has and XML has not; nothing for one that neither has."""
    if found[1] in XML_NAMES:
        return found[0]
    character = html.unescape(found[0])
    return "" if character == found[0] else character


def _tree(text: str) -> Any:
    if not text or MANY_ATTRIBUTES.search(text):
        return None
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
        if root is not None:
            etree.strip_elements(root, etree.Entity, with_tail=False)
        return root
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _prune(root: Any) -> None:
    """Leave of a feed what is needed, and of that no more than it may be long."""
    entries = 0
    for element in list(_outside_content(root)):
        parent = element.getparent()
        if parent is None:
            continue
        name = _name(element)
        entries += name in ("item", "entry")
        known = not any(word in str(element.tag).partition("}")[0].lower() for word in OF_PICTURES)
        known &= name in CONTAINERS | CONTENT | ADDRESSES | VALUES
        if not known or not _bound(element) or (name in ("item", "entry") and entries > MOST_ENTRIES):
            parent.remove(element)
            continue
        for key in list(element.attrib):
            if len(element.attrib[key]) > LONGEST:
                del element.attrib[key]
        if name in CONTENT:
            if len(etree.tostring(element, encoding="utf-8")) > 4 * LONGEST_CONTENT:
                parent.remove(element)
        else:
            most = LONGEST if name in ADDRESSES else LONGEST_VALUE
            element.text = (element.text or "")[:most]


def _outside_content(element: Any) -> Iterable[Any]:
    """An element and those in it, but for those in an entry's content, and in what is not known."""
    yield element
    if element is not None and (element.getparent() is None or _name(element) in CONTAINERS):
        for child in list(element):
            if isinstance(child.tag, str):
                yield from _outside_content(child)
            else:
                element.remove(child)


def _bound(element: Any) -> bool:
    """Whether an element's prefix has a meaning; where the feed does not say which, the usual one is given to it."""
    prefix, colon, name = str(element.tag).rpartition("}")[2].partition(":")
    if colon:
        if prefix.lower() not in NAMESPACES:
            return False
        element.tag = f"{{{NAMESPACES[prefix.lower()]}}}{name}"
    return True


def _entry(raw: Any, address: str) -> Entry | None:
    """An entry; None where it has neither an address nor a name."""
    link = _address(raw.get("feedburner_origlink"), address) or _address(raw.get("link"), address)
    guid = _line(raw.get("id"))
    if link is None and guid is not None and is_address(guid):
        link = guid
    whole = [c.get("value") or "" for c in raw.get("content", [])]
    parts = [*whole, raw.get("summary") or ""]
    content = max(parts, key=len)[:LONGEST_CONTENT]
    title = _plain(raw.get("title"))
    guid = guid or link
    if guid is None:
        if not content:
            return None
        guid = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    published = _moment(raw.get("published_parsed")) or _moment(dict.get(raw, "updated_parsed"))
    version = "\x1f".join((title or "", published or "", _moment(dict.get(raw, "updated_parsed")) or "", content))
    return Entry(
        guid=guid,
        link=link,
        title=title,
        published=published,
        content=content,
        whole=bool(content) and content in whole,
        version=hashlib.sha256(version.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _address(value: Any, base: str) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        found = urljoin(base, value.strip())
    except ValueError:
        return None
    return found if is_address(found) and len(found) <= LONGEST else None


def _line(value: Any) -> str | None:
    return (" ".join(clean(value).split()) or None) if isinstance(value, str) else None


def _plain(value: Any) -> str | None:
    """A title without marks of HTML."""
    line = _line(value)
    return _line(html.unescape(re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", line))) if line else None


def _moment(parsed: Any) -> str | None:
    try:
        return datetime.datetime.fromtimestamp(calendar.timegm(parsed), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _pause(said: Any) -> float:
    """The minutes for which a feed asks to be left alone."""
    minutes = [0.0, _number(said.get("ttl"))]
    if (period := PERIODS.get(str(said.get("sy_updateperiod", "")).strip().lower())) is not None:
        minutes.append(period / max(1.0, _number(said.get("sy_updatefrequency")) or 1.0))
    return max(minutes)


def _number(value: Any) -> float:
    found = re.fullmatch(r"\s*(\d{1,7})\s*", value) if isinstance(value, str) else None
    return float(found[1]) if found else 0.0


def _silence(root: Any) -> tuple[frozenset[int], frozenset[int]]:
    """The hours and days in which a feed asks to be left alone; a feed that would never be asked asks for nothing."""
    hours: set[int] = set()
    days: set[int] = set()
    for element in root.iter():
        if not isinstance(element.tag, str) or _name(element) not in ("hour", "day"):
            continue
        said = (element.text or "").strip().lower()[:20]
        above = element.getparent()
        if _name(element) == "hour" and above is not None and _name(above) == "skiphours" and said.isdecimal() and said.isascii():
            hours.add(int(said) % 24)
        elif _name(element) == "day" and above is not None and _name(above) == "skipdays" and said in DAYS:
            days.add(DAYS.index(said))
    return frozenset(hours if len(hours) < 24 else ()), frozenset(days if len(days) < 7 else ())


def _instead(text: str, address: str) -> str:
    """What a document is that is no feed."""
    if "<html" not in text[:2_000].lower() and "<head" not in text[:2_000].lower():
        return "what came is no feed"
    try:
        tree = etree.fromstring(text[:200_000].encode("utf-8"), etree.HTMLParser(encoding="utf-8", no_network=True))
        found = [_address(str(href), address) for href in tree.xpath(ALTERNATE)] if tree is not None else []
    except (etree.XMLSyntaxError, ValueError):
        found = []
    named = ", ".join(dict.fromkeys(a for a in found if a))
    return f"it is a page, not a feed; its feeds are {named}" if named else "it is a page, not a feed"
