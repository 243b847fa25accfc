"""Lines of an export: cleaned, told apart as labels, dates and names, joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")
BYLINE = re.compile(r"(?i:by|von|par|por|di|da|door)\s+\S")
WRAPPED_AT = 100


def lines_of(text: str) -> list[str]:
    """The lines, their no-break spaces plain and their ends stripped; empty ones stay, for they part paragraphs."""
    return [line.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").strip() for line in BREAK.split(text)]


def without_by(name: str | None) -> str | None:
    """A byline without its ``By``."""
    return re.sub(r"^(?:By|BY|by)\s+", "", name).strip() or None if name else None


def looks_like_name(line: str) -> bool:
    """Whether a line is a byline: ``By …``, or at most six words that are all names."""
    if BYLINE.match(line):
        return True
    words = line.replace(",", " ").split()
    return 2 <= len(words) <= 6 and not any(c.isdigit() for c in line) and all(w[0].isupper() or w in ("and", "in", "de", "van", "von", "al") for w in words)


def paragraphs(lines: Sequence[str]) -> str:
    """The text of a body: paragraphs parted by blank lines, wrapped lines joined.

    Lines were wrapped where some have a successor within their paragraph and none is long; else each is a
    paragraph of its own.
    """
    blocks = _blocks(lines)
    wrapped = any(len(b) > 1 for b in blocks) and max((len(x) for b in blocks for x in b), default=0) <= WRAPPED_AT
    joined = (" ".join(b) for b in blocks) if wrapped else (line for b in blocks for line in b)
    return "\n\n".join(joined)


def _blocks(lines: Iterable[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [b for b in blocks if b]
