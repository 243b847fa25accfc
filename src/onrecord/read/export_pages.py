"""Nexis and Factiva exports saved as web pages: their articles, told by the marks the archives leave in the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from onrecord.read.exports import articles, checked, factiva
from onrecord.read.outcomes import Draft, Skip

FACTIVA = re.compile(r"class=[\"'](?:article [a-z]{2,5}Article|[a-z]{2,5}Headline)[\"']")
FACTIVA_TEXT = re.compile(r"(?:Document|Dokument|Documento)(?:\s|&nbsp;|\u00a0)+[A-Z][A-Za-z0-9]{14,}")
NEXIS = re.compile(r"<!--\s*LXNComment|<DOC NUMBER=|End of Document|\b\d{1,7} of \d{1,7} DOCUMENTS?\b", re.IGNORECASE)
BLOCK_TAGS = """
address article blockquote body br center dd div dl dt form h1 h2 h3 h4 h5 h6 hr li main ol p pre section table td th tr ul
"""
BLOCKS = frozenset(BLOCK_TAGS.split())
SILENT = frozenset(("script", "style", "head", "template", "noscript"))
ARTICLE = "//div[contains(concat(' ', @class, ' '), ' article ')][not(.//div[contains(concat(' ', @class, ' '), ' article ')])]"


def articles_of_page(page: str, *, path: str) -> Iterator[Draft | Skip] | None:
    """The articles of an export, or None where the page is none."""
    is_factiva = FACTIVA.search(page) is not None and FACTIVA_TEXT.search(page) is not None
    if not is_factiva and not NEXIS.search(page):
        return None
    try:
        tree = html.fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if is_factiva and (found := tree.xpath(ARTICLE)):
        return checked((_factiva(element, number) for number, element in enumerate(found, 1)), path)
    return articles("\n".join(_lines(tree)), path=path)


def _factiva(element: Any, number: int) -> Draft:
    coded = {_text(cell).strip(): cell.getnext() for cell in element.iter("td") if "index" in (cell.get("class") or "")}
    if coded:
        fields = {code: _field(code, cell) for code, cell in coded.items() if cell is not None}
        return factiva.draft_of_fields(fields, id=_document(_text(element)), number=number)
    body = [p for p in element.iter("p") if "articleParagraph" in (p.get("class") or "")]
    first = body[0] if body else None
    heading: list[str] = []
    byline = None
    title = None
    for part in element.iter("div", "span", "h1", "h2", "h3", "p"):
        if part is first:
            break
        name = part.get("class") or ""
        if name.endswith("Headline"):
            title = _text(part)
        elif name == "author":
            byline = _text(part)
        if part.tag == "div" and not part.xpath(".//div|.//p"):
            heading.append(_text(part))
    heading = [line for line in heading if line]
    count_at = next((i for i, line in enumerate(heading) if factiva.WORDS.match(line)), None)
    if title is None and count_at is not None:
        title, byline = factiva.title_and_byline(heading[:count_at])
    facts = heading[count_at + 1 :] if count_at is not None else []
    text = "\n\n".join(_text(p) for p in body if not p.xpath("ancestor::p"))
    return factiva.draft_of_facts(facts, text, title=title, byline=byline, id=_document(_text(element)), number=number)


def _field(code: str, cell: Any) -> str:
    return "\n\n".join(line for line in _lines(cell) if line) if code in ("LP", "TD") else _text(cell)


def _document(text: str) -> str | None:
    found = re.search(r"(?:Document|Dokument|Documento)\s+([A-Za-z]{2,10}[A-Za-z0-9]{12,40})\s*$", text.strip())
    return found[1] if found else None


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _lines(tree: Any) -> list[str]:
    """A page's text, a line for each block; empty lines between."""
    out: list[str] = []
    buffer: list[str] = []

    def flush() -> None:
        line = " ".join("".join(buffer).split())
        buffer.clear()
        if line:
            out.extend((line, ""))

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            buffer.append(element.tail or "")
            continue
        silent = element.tag in SILENT
        if element.tag in BLOCKS:
            flush()
        if event == "start" and not silent:
            buffer.append(element.text or "")
        elif event == "end" and element is not tree:
            buffer.append(element.tail or "")
    flush()
    return out
