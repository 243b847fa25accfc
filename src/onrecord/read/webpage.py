"""Web pages: the article out of the page around it, with title, byline, date, publisher and address; or an export.

The extractor is trafilatura. Where it finds nothing, the page's paragraphs are taken, without those of menus,
footers and cookie notices.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from onrecord.read.characters import clean, decode, is_blank
from onrecord.read.export_pages import articles_of_page
from onrecord.read.outcomes import Draft, Skip, SkipReason, shown
from onrecord.read.sources import Source

LOG = logging.getLogger("onrecord.read")
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.\-]+)", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
BANNERS = ("cookie", "consent", "gdpr", "onetrust", "didomi", "cmp-container", "paywall-prompt", "newsletter-signup")
_CLASS_AND_ID = "translate(concat(@class, ' ', @id), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_FURNITURE = " and ".join(f"not(self::{name})" for name in ("html", "body", "main", "article"))
BANNER_PATHS = [f"//*[{_FURNITURE}][contains({_CLASS_AND_ID}, '{word}')]" for word in BANNERS]
NOT_TEXT = "//script|//style|//noscript|//template|//nav|//footer|//aside|//form|//button|//select|//iframe|//svg|//head"
COOKIE_LINE = re.compile(
    r"(?i)^(?:we|this (?:web)?site|our (?:web)?site)\b.{0,40}\buses? (?:[\w\-]+ ){0,3}cookies"
    r"|^(?:accept|reject|manage) (?:all )?cookies\b|^by (?:using|continuing).{0,60}cookies"
)
CORRECTED = r"(?:amended|corrected|clarified|retracted|withdrawn|updated to|edited to|changed to|revised to)"
NOTICE = re.compile(
    r"(?i)^[\W_]*(?:(?:correction|clarification|retraction|erratum|editor['’]?s['’]? note)s?\b[^.:]{0,40}[:–—-]\s*\S"
    rf"|this (?:article|story|report|post|piece|page|headline) (?:was|has been|is being) {CORRECTED}\b"
    r"|(?:an|the) (?:earlier|previous|original) version of this (?:article|story|report|post|piece|page|headline)\b)"
)
"""How a notice begins by which a publisher corrects an article."""
NOTICE_HINT = re.compile(rf"(?i)correction|clarification|retraction|erratum|editor['’]?s['’]? note|version of this|(?:was|been|being) {CORRECTED}")
NOTICE_LONGEST = 800
PAGE_TITLE = re.compile(r"<title[^>]*>([^<]{1,400})</title", re.IGNORECASE)
JSON_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,400}?"name"\s*:\s*"((?:[^"\\]|\\.){1,200})"')
JSON_HEADLINE = re.compile(r'"headline"\s*:\s*"((?:[^"\\]|\\.){1,400})"')
TITLE_BREAK = re.compile(r"\s+[|–—·»:-]+\s+|\s*\|\s*")
OPENING = 1000
DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d", "min_date": "1950-01-01"}
"""Where a date is looked for: in metadata only, for a date found in a sentence or a footer is not the article's."""
MOST_TAGS = 50_000
"""Above this the extractor would take tens of seconds, and the page is read by its paragraphs."""
LEAST_WORDS = 3
LAYOUT_CELL = 80


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """The page's article, or an export's articles."""
    data = source.data()
    if data:
        yield from drafts_of_page(data, path=source.path)


def drafts_of_page(data: bytes, *, path: str, charset: str | None = None, url: str | None = None) -> Iterator[Draft | Skip]:
    """The article of a page, or an export's articles.

    Args:
        data: the page.
        path: its file, for messages.
        charset: the encoding that a server named, which goes before what the page says itself.
        url: where it was fetched.
    """
    page = XML_DECLARATION.sub("", clean(decode(data, declared=charset or _declared(data)))).lstrip("\ufeff")
    if is_blank(page):
        return
    found = articles_of_page(page, path=path)
    if found is not None:
        yield from found
        return
    extracted = _extracted(page, url)
    text = _best_text(page, getattr(extracted, "text", None) or "")
    title = _title(page, getattr(extracted, "title", None), text)
    text = _with_notices(page, _without(title, text))
    if is_blank(text):
        why = "holds no article, only a page's scripts, menus or pictures: save the page once it is shown in full"
        yield Skip(path=path, reason=SkipReason.NO_TEXT, message=f"{shown(path)} {why}")
        return
    yield Draft(
        text=text,
        title=title,
        published=getattr(extracted, "date", None),
        published_reason="metadata",
        publisher=getattr(extracted, "sitename", None) or _linked(page, JSON_PUBLISHER) or _host(extracted),
        byline=getattr(extracted, "author", None),
        url=getattr(extracted, "url", None),
    )


def _declared(data: bytes) -> str | None:
    found = CHARSET.search(data[:8192]) or XML_ENCODING.match(data[:512])
    return found[1].decode("ascii", "replace") if found else None


def _extracted(page: str, url: str | None) -> Any:
    """What trafilatura finds: with cookie banners cut out; the whole page if that leaves nothing."""
    if page.count("<") > MOST_TAGS:
        return None
    for prune in (BANNER_PATHS, None):
        try:
            found = trafilatura.bare_extraction(
                page,
                url=url,
                with_metadata=True,
                include_comments=False,
                prune_xpath=prune,
                date_extraction_params=DATES,
            )
        except Exception:  # a page it can't digest is read by its paragraphs instead
            LOG.debug("trafilatura failed on a page", exc_info=True)
            found = None
        if found is not None and not is_blank(getattr(found, "text", None) or ""):
            return found
    return _metadata(page, url)


def _metadata(page: str, url: str | None) -> Any:
    try:
        return trafilatura.extract_metadata(page, default_url=url, date_config=DATES)
    except Exception:  # as above
        LOG.debug("trafilatura found no metadata on a page", exc_info=True)
        return None


def _best_text(page: str, text: str) -> str:
    """The extracted text; the page's paragraphs where there is none, or where a short page came out as one line."""
    if is_blank(text):
        return _paragraphs(page)
    if "\n" not in text.strip() and "<p" in page.lower():
        own = _paragraphs(page)
        if "\n" in own and 0.7 * len(text) < len(own) < 1.3 * len(text):
            return own
    return "\n".join(_row(line) if line.startswith("|") else line for line in text.split("\n"))


def _row(line: str) -> str:
    """A row of a table: its cells parted by tabs, or, where the table only lays out the page, lines of their own."""
    cells = [cell.strip() for cell in line.strip("| ").split("|")]
    kept = [cell for cell in cells if cell.strip("-: ")]
    return ("\n" if any(len(cell) > LAYOUT_CELL for cell in kept) else "\t").join(kept)


def _title(page: str, title: str | None, text: str) -> str | None:
    """The title; of one that names the site first (``BBC News | Chad condemns …``) the part the text speaks of."""
    found = PAGE_TITLE.search(page)
    if not title:
        return _linked(page, JSON_HEADLINE) or (unescape(found[1]) if found else None)
    parts = [unescape(part).strip() for part in TITLE_BREAK.split(found[1])] if found else []
    if len(parts) < 2 or not any(_plain(part) == _plain(title) for part in parts):
        return title
    opening = set(_plain(text[:OPENING]).split())

    def spoken_of(part: str) -> float:
        words = _plain(part).split()
        return sum(word in opening for word in words) / len(words) if words else 0.0

    best = max(parts, key=spoken_of)
    return best if spoken_of(best) > spoken_of(title) else title


def _linked(page: str, pattern: re.Pattern[str]) -> str | None:
    """A value of the page's linked data."""
    found = pattern.search(page)
    if found is None:
        return None
    try:
        return unescape(json.loads(f'"{found[1]}"'))
    except ValueError:
        return None


def _paragraphs(page: str) -> str:
    """The text of a page's paragraphs, or of its whole body, without what is never an article's."""
    try:
        tree = html.fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for path in (NOT_TEXT, *BANNER_PATHS):
        for element in tree.xpath(path):
            if element.getparent() is not None:
                element.drop_tree()
    found = [" ".join(p.text_content().split()) for p in tree.iter("p", "h1", "h2", "blockquote", "li")]
    if not any(len(p.split()) > LEAST_WORDS for p in found):
        found = [" ".join(line.split()) for line in tree.text_content().split("\n")]
    return "\n".join(p for p in found if p)


def _without(title: str | None, text: str) -> str:
    """The text without the title at its head and without lines of cookie notices."""
    lines = [line for line in text.split("\n") if not COOKIE_LINE.match(line.strip())]
    while lines and (not lines[0].strip() or (title and _plain(lines[0]) == _plain(title))):
        del lines[0]
    return "\n".join(lines)


def _with_notices(page: str, text: str) -> str:
    """The text, and below it the notices of correction that the page has beside the article: in its footer, in a box."""
    if is_blank(text) or not NOTICE_HINT.search(page):
        return text
    try:
        tree = html.fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return text
    have = _plain(text)
    for element in tree.iter("p", "div", "aside", "footer", "section", "li", "small", "span"):
        if any(child.tag in ("p", "div", "li", "ul", "section", "article") for child in element):
            continue
        notice = " ".join(element.text_content().split())
        if len(notice) <= NOTICE_LONGEST and NOTICE.match(notice) and _plain(notice) not in have:
            text, have = f"{text}\n{notice}", f"{have} {_plain(notice)}"
    return text


def _plain(line: str) -> str:
    return re.sub(r"[\W_]+", " ", line).strip().casefold()


def _host(extracted: Any) -> str | None:
    host = getattr(extracted, "hostname", None) or urlsplit(getattr(extracted, "url", None) or "").hostname
    return host.removeprefix("www.") if host else None
