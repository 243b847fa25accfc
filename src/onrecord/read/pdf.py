"""PDF: its lines joined to paragraphs, hyphens at line ends repaired, page numbers and running heads left out.

A PDF knows lines, not paragraphs. A paragraph is taken to end where the next line stands further down than
lines do, begins further in, or follows a line that stops short after a full stop.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from onrecord.read.outcomes import Draft, Skip, SkipReason, shown
from onrecord.read.sources import Source

HYPHENS = "-\u00ad\u2010\ufffe\x02"
LINE = re.compile("[^\\r\\n\\ufffe]+\\ufffe?")
"""PDFium writes U+FFFE for a hyphen and the line break behind it."""
SOFT = "\u00ad\ufffe\x02"
LAST_WORD = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
FIRST_WORD = re.compile(r"[^\W\d_]+")
HYPHENATED_FIRST = """
self well anti pro ex non co cross long short so then high low half all two three four five ill far right left vice post pre semi multi
"""
STAYS_HYPHENATED = frozenset(HYPHENATED_FIRST.split())
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
BULLET = re.compile(r"^(?:[•▪●◦‣*]|[-–—] |\(?\d{1,2}[.)] )")
PAGE_NUMBER = re.compile(r"^(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?$", re.IGNORECASE)
JUNK_TITLE = re.compile(r"^(?:microsoft \w+ ?-|untitled|document\d*$)|\.(?:docx?|pdf|indd|qxd|rtf|txt|pmd|pages|html?)$", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, how far in it begins, its top and the height of its letters, in points."""

    text: str
    left: float
    top: float
    height: float


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """The document as one draft."""
    data = source.data()
    if not data:
        return
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        yield _refused(source.path, str(error))
        return
    try:
        pages = [_lines(page) for page in document]
        facts = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    text = paragraphs(pages)
    if not text.strip():
        yield Skip(
            path=source.path, reason=SkipReason.NO_TEXT, message=f"{shown(source.path)} has no text, perhaps only scanned pages: run it through OCR first"
        )
        return
    title = facts.get("Title")
    yield Draft(text=text, title=None if title and JUNK_TITLE.search(title.strip()) else title, file_date=facts.get("CreationDate"))


def _refused(path: str, error: str) -> Skip:
    if "password" in error.lower() or "security" in error.lower():
        return Skip(path=path, reason=SkipReason.ENCRYPTED, message=f"{shown(path)} is protected by a password: save it without one")
    return Skip(path=path, reason=SkipReason.UNREADABLE, message=f"{shown(path)} is not a PDF that can be read ({error[:120]}): it may be cut short")


def _lines(page: Any) -> list[Line]:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        whole = len(text) == textpage.count_chars()  # else offsets are not those of the characters' boxes
        out: list[Line] = []
        for found in LINE.finditer(text):
            if found.group().isspace():
                continue
            at = found.start() + len(found.group()) - len(found.group().lstrip())
            left, bottom, _, top = textpage.get_charbox(at, loose=True) if whole else (0.0, 0.0, 0.0, 0.0)
            out.append(Line(" ".join(found.group().split()), left, top, top - bottom))
        return out
    finally:
        textpage.close()
        page.close()


def paragraphs(pages: Sequence[Sequence[Line]]) -> str:
    """The text of some pages, a blank line between paragraphs."""
    kept = _without_running_heads(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return ""
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).lower()))
    pitches = [a.top - b.top for page in kept for a, b in itertools.pairwise(page) if a.top > b.top]
    pitch = statistics.median(pitches) if pitches else 0.0
    length = statistics.quantiles([len(line.text) for line in lines], n=10)[7] if len(lines) > 1 else len(lines[0].text)
    out = [lines[0].text]
    for before, line in itertools.pairwise(lines):
        if _breaks(before, line, pitch, length):
            out.append(line.text)
        else:
            out[-1] = joined(out[-1], line.text, words)
    return "\n\n".join(out)


def _breaks(before: Line, line: Line, pitch: float, length: float) -> bool:
    """Whether a paragraph ends between two lines."""
    if BULLET.match(line.text):
        return True
    ended = SENTENCE_END.search(before.text) is not None
    if line.top >= before.top:  # another page or column, or no boxes
        return ended and len(before.text) < 0.9 * length
    gap = before.top - line.top
    if pitch and gap > 1.35 * pitch:
        return True
    if before.height and abs(before.height - line.height) > 0.15 * before.height:
        return True
    if ended and line.left > before.left + 0.8 * line.height:
        return True
    short = len(before.text) < 0.8 * length
    return short and (ended or (len(before.text) < 0.6 * length and line.text[:1].isupper()))


def joined(before: str, after: str, words: Counter[str]) -> str:
    """Two lines of a paragraph as one: a word that was parted at the line's end is whole again.

    Args:
        before: what the paragraph has so far.
        after: its next line.
        words: how often each word, hyphenated ones whole, is in the document.
    """
    parted = LAST_WORD.search(before)
    rest = FIRST_WORD.match(after)
    if parted is None or rest is None:
        return f"{before} {after}"
    first, second = parted[1].lower(), rest[0].lower()
    soft = before[-1] in SOFT
    bare = before[:-1]
    if not rest[0][0].islower() and not (rest[0].isupper() and parted[1].isupper()):
        return f"{bare}-{after}"  # Franco-German
    if words[f"{first}-{second}"] > words[first + second]:
        return f"{bare}-{after}"
    if not words[first + second] and (first in STAYS_HYPHENATED or bare[: -len(parted[1])].endswith("-")):
        return f"{bare}-{after}"
    return bare + after if soft or words[first + second] or len(first) > 1 else f"{bare}-{after}"


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and lines that head or foot at least half of them."""
    edges = Counter(_shape(line.text) for page in pages for line in {*page[:2], *page[-2:]})
    often = {shape for shape, count in edges.items() if len(pages) > 2 and count >= max(3, len(pages) / 2)}
    out: list[list[Line]] = []
    for page in pages:
        last = len(page) - 1
        out.append([x for i, x in enumerate(page) if not ((i < 2 or i > last - 2) and (PAGE_NUMBER.match(x.text) or _shape(x.text) in often))])
    return out


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()
