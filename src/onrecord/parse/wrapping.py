"""Lines that a program has broken to fit a width: mail, telexes, text files of some archives.

A break within a sentence is no end of anything, so the parser and the layout read a space in its place, one character for one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

LINE = re.compile(r"[^\r\n\u2028\u2029\v\f\x85]+")
BREAKS = ("\n", "\r\n", "\r")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
LISTED = re.compile(r"\s*(?:[-–—*•·▪]|\(?[a-z]\)|\(\d{1,2}\))\s")
NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s")
"""How an entry of a list begins; behind a line that has not ended, a number may also be a date's."""
FIRST_WORD = re.compile(r"\s*\S+")
SHORTEST = 25
"""A line of fewer characters was hardly broken for its length."""
WIDEST = 130
FILLED = 0.9
"""A line is full if, with the first word of the next, it would have come to this part of the widest line: words are not all of one width in print."""

Line = tuple[int, int]


@lru_cache(maxsize=4)  # every room asks for its article's
def unwrapped(text: str) -> str:
    """The text, of the same length, with a space for each break that only fits it to a width.

    A break is one where nothing but a single end of line stands between two lines, and either the second goes on in lower case what the first
    has not ended, or, in a text with at least two such breaks, the first line is so full that the next word had no room.
    """
    lines = [m.span() for m in LINE.finditer(text)]
    pairs = [(a, b) for a, b in pairwise(lines) if text[a[1] : b[0]] in BREAKS and _can_be_soft(text, a, b)]
    sure = [(a, b) for a, b in pairs if _goes_on(text, a, b)]
    if not sure:
        return text
    soft = set(sure)
    width = max(a[1] - a[0] for a, _ in sure)
    if len(sure) > 1 and width <= WIDEST:
        soft.update(pair for pair in pairs if _is_full(text, *pair, width))
    out, at = [], 0
    for a, b in sorted(soft):
        out += [text[at : a[1]], " " * (b[0] - a[1])]
        at = b[0]
    return "".join([*out, text[at:]])


def _can_be_soft(text: str, one: Line, other: Line) -> bool:
    line = text[slice(*one)]
    if len(line.strip()) < SHORTEST or text[slice(*other)].isspace() or LISTED.match(text, *other):
        return False
    return not (NUMBERED.match(text, *other) and (SENTENCE_END.search(line) or line.rstrip().endswith((":", ";"))))


def _goes_on(text: str, one: Line, other: Line) -> bool:
    return text[slice(*other)].lstrip()[0].islower() and not SENTENCE_END.search(text[slice(*one)])


def _is_full(text: str, one: Line, other: Line, width: int) -> bool:
    word = FIRST_WORD.match(text, *other)
    long = len(text[slice(*one)].rstrip())
    return word is not None and long <= width / FILLED and long + 1 + len(word.group().lstrip()) > width * FILLED
