"""What kind of line is it: headline, byline, dateline, credit (and a web page's own lines), body.

The text is cut into blocks at line breaks, but not at those that only fit it to a width; a dateline is cut off its paragraph so that it isn't parsed
as the subject of the first sentence.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Literal

from onrecord.parse.wrapping import LINE, SENTENCE_END, unwrapped

BlockKind = Literal["headline", "byline", "dateline", "credit", "body"]

WORD = re.compile(r"\w+")

_CITY = r"[A-ZÀ-Ý][A-ZÀ-Ý.'’´`ʹ\-/]+(?:[ ][A-ZÀ-Ý][A-ZÀ-Ý.'’´`ʹ\-/]+){0,3}"
_TITLE_CITY = r"[A-ZÀ-Ý][\w.'’´`ʹ\-]+(?:[ ][A-ZÀ-Ý][\w.'’´`ʹ\-]+){0,2}"
_REGION = r"(?:,[ ][A-Z][\w.'’\- ]{1,24})?"
_DATE = r"(?:,?[ ](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?[ ]\d{1,2}(?:,?[ ]\d{4})?)?"
_AGENCY = r"[ ]*\([A-Z][\w .,/&'’\-]{1,40}\)"
_LABEL = "READ|MORE|WATCH|UPDATE[DS]?|VIDEO|PHOTOS?|FILE|BREAKING|RELATED|NOTE|EDITOR\\S*|OPINION|ANALYSIS|EXCLUSIVE|CORRECT\\w+|FACTBOX|TIMELINE"
_NOT_A_CITY = rf"(?!\s*(?:(?:ALSO |READ )?(?:{_LABEL})\b))"
DATELINE = re.compile(
    rf"{_NOT_A_CITY}\s*(?P<city>{_CITY}){_REGION}{_DATE}(?:{_AGENCY})?[ ]*(?:--|[—–―:-])[ ]*(?=\S)"
    rf"|\s*(?P<city2>{_TITLE_CITY}){_REGION}{_DATE}{_AGENCY}[ ]*(?:--|[—–―:-])[ ]*(?=\S)"
    rf"|\s*{_AGENCY}[ ]*(?:--|[—–―-])[ ]*(?=\S)"
)
BYLINE = re.compile(r"\s*(?:By|BY|Written by|Reported by)[ ]+[A-Z][\w.'’\- ]+(?:(?:,| and |,? with )[ ]?[A-Z][\w.'’,\- ]*)*\s*$")
CREDIT = re.compile(
    r"\s*[(\[]?(?:Additional |Writing|Reporting|Editing|Compiled)[^.]{0,40}\bby\b.{0,200}$"
    r"|\s*(?:Updated|Published|Last updated|Posted|First published)\s*:.{0,80}$"
    r"|\s*(?:©|Copyright\b).{0,160}$",
    re.IGNORECASE,
)
CREDIT_END = re.compile(
    r"[(\[](?:(?:Additional |Writing |Written |Reporting |Editing |Compiled |Translated )[^()\[\]\n]{0,40}\bby\b|Created by\b)[^()\[\]\n]{0,300}[)\]]\s*$",
    re.IGNORECASE,
)
"""The credits in brackets at the end of an agency's last paragraph."""
WEBSITE = re.compile(
    r"\s*(?:You must (?:select|enter|provide|agree|be logged in)\b.{0,80}"
    r"|(?:Sign up|Subscribe|Log ?in|Sign in)(?: (?:now|here|free|today))?(?: (?:for|to|with)\b.{0,80})?"
    r"|(?:Please )?(?:enter|provide) (?:a valid|your) e-?mail.{0,60}|Thank you for (?:signing up|subscribing).{0,60}"
    r"|Read (?:more|next|also|the full (?:story|article))\b(?:\s*:.{0,160}|[^a-z]{0,4})"
    r"|(?:Also|Related|More) (?:stories|articles|coverage|news|on this (?:story|topic))\s*:?.{0,20}"
    r"|(?:Click|Tap) here (?:to|for)\b.{0,100}|Follow (?:us|@\w+)\b.{0,80}|Like us on\b.{0,60}|Find us on\b.{0,60}|Download (?:the|our) .{0,40}\bapp\b.{0,60}"
    r"|(?:Share|Tweet|Print|E-?mail|Comments?|Pin|Save|Copy link|Facebook|Twitter|WhatsApp|LinkedIn|Pinterest|Reddit)"
    r"(?:[ ]?[|/·•,]?[ ]?(?:Share|Tweet|Print|E-?mail|Comments?|Pin|Save|Copy link|this|article|story|page|on|via|Facebook|Twitter|WhatsApp"
    r"|LinkedIn|Pinterest|Reddit|\d+(?!\d)))*"
    r"|(?:Advertisement|Sponsored content|Story continues below(?: advertisement)?|Continue reading(?: below| the main story)?|Skip (?:to|past) .{0,40})"
    r"|(?:All rights reserved|Terms of (?:use|service)|Privacy policy|Cookie policy)\b.{0,120}"
    r"|.{0,60}\bAll rights reserved\b.{0,80})\s*[.!…:]*\s*$",
    re.IGNORECASE,
)
"""Lines of a web page that are no part of an article: newsletters, share buttons, notices."""
HEADLINE_WORDS = 24


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line of the text (all of a paragraph, where it was broken to fit a width), or the dateline cut off its front. Offsets into the article's text."""

    start: int
    end: int
    kind: BlockKind


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; white space between them belongs to none."""
    text = unwrapped(text)
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if not m.group().isspace()]
    out: list[Block] = []
    dateline_seen = False
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        start += len(line) - len(line.lstrip())
        end -= len(line) - len(line.rstrip())
        kind = _kind(text[start:end], number, len(lines), dateline_seen)
        dateline = None if dateline_seen or kind != "body" or number > 4 else DATELINE.match(text, start, end)
        if dateline:
            dateline_seen = True
            out.append(Block(start=start, end=dateline.end(), kind="dateline"))
            start = dateline.end()
        signed = CREDIT_END.search(text, start, end) if kind == "body" else None
        if signed and signed.start() > start:
            cut = len(text[: signed.start()].rstrip())
            if start < cut:
                out.append(Block(start=start, end=cut, kind=kind))
            start, kind = signed.start(), "credit"
        if start < end:
            out.append(Block(start=start, end=end, kind=kind))
    return tuple(out)


def _kind(line: str, number: int, count: int, dateline_seen: bool) -> BlockKind:
    if CREDIT.match(line) or WEBSITE.match(line):
        return "credit"
    if BYLINE.match(line) and len(WORD.findall(line)) <= 14:
        return "byline"
    unfinished = not SENTENCE_END.search(line) and not DATELINE.match(line)
    if number < 3 and number < count - 1 and not dateline_seen and unfinished and len(WORD.findall(line)) <= HEADLINE_WORDS:
        return "headline"
    return "body"
