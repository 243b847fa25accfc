"""Words of a text, as attributions are compared by them, and how much of some spans stands in quotation marks."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from typing import Literal

WORD = re.compile(r"\w+|[^\w\s]")
MARKS = (('“"', '”"'), ("''", "''"), ("``", "''"))
"""What opens and closes a quotation: a character of either class, or two characters."""
NEAR = 300
"""Characters around some spans in which the marks of their quotation are looked for."""
MOST = 2000
DIRECT, MIXED = 0.8, 0.15
"""The share inside of marks from which words are a direct quotation, or partly one."""

Kind = Literal["direct", "mixed", "indirect"]
Range = Sequence[int]


class Words:
    """The words and signs of a text, by their numbers."""

    def __init__(self, text: str) -> None:
        found = [m.span() for m in WORD.finditer(text)]
        self._starts = [s for s, _ in found]
        self._ends = [e for _, e in found]

    def touched(self, spans: Iterable[Range]) -> set[int]:
        """The numbers of the words that share a character with any of some spans."""
        out: set[int] = set()
        for start, end in spans:
            out.update(range(bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)))
        return out


def likeness(some: set[int], others: set[int]) -> float:
    """The share of what is in either that is in both (Jaccard)."""
    return len(some & others) / len(some | others) if some or others else 0.0


def _quoted() -> re.Pattern[str]:
    parts = []
    for opening, closing in MARKS:
        if len(set(opening)) == 1:
            parts.append(f"{re.escape(opening)}[^']{{1,{MOST}}}{re.escape(closing)}")
        else:
            parts.append(f"[{opening}][^{closing}]{{1,{MOST}}}[{closing}]")
    return re.compile("|".join(parts))


QUOTED = _quoted()


def kind_of(text: str, content: Sequence[Range]) -> Kind:
    """Whether content is quoted, partly quoted or told, by the share of its characters inside of quotation marks."""
    first = max(0, min(s for s, _ in content) - NEAR)
    last = min(len(text), max(e for _, e in content) + NEAR)
    quoted = [m.span() for m in QUOTED.finditer(text, first, last)]
    inside = sum(max(0, min(end, e) - max(start, s)) for start, end in content for s, e in quoted)
    part = inside / max(1, sum(e - s for s, e in content))
    return "direct" if part >= DIRECT else "mixed" if part >= MIXED else "indirect"
