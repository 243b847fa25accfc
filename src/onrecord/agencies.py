"""Which news agency a text says that it comes from."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import Literal

import msgspec

from onrecord import lexicons
from onrecord.records import Article, Span

Where = Literal["dateline", "byline", "credit"]

HEAD = 400
"""Characters at the start of a text in which a byline or dateline stands."""
TAIL = 300
DASH = r"\s*(?:[-–—:]|--)"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An agency, and the characters that say so; ``span`` is None where the article's byline field does."""

    agency: str
    where: Where
    span: Span | None


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    agency: str
    names: tuple[str, ...]
    bylines: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Patterns:
    agencies: dict[str, str]
    dateline: re.Pattern[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rows = lexicons.table("cluster/agencies", _Row)
    agencies = {name: row.agency for row in rows for name in (*row.names, *row.bylines)}
    full = [*(b for row in rows for b in row.bylines), *(n for row in rows for n in row.names)]
    name = "(" + "|".join(re.escape(n) for n in sorted(set(full), key=lambda n: (-len(n), n))) + ")"
    place = r"[^\W\d_][^\n()]{0,60}?"
    bracketed = rf"(?:^|\n|[.!?]\s)\s*(?:{place}\s*)?\({name}(?:/[^()\n]{{1,20}})?\){DASH}"
    slashed = rf"(?:^|\n)\s*{place}[,/]\s*(?:[A-Z][a-z]+\.? \d{{1,2}}\s*)?/{name}/{DASH}"
    named = r"(?:\b[Ss]ource:\s*|©\s*(?:\d{4}\s*)?|[Cc]opyright\s(?:©\s*)?(?:\d{4}\s)?)(?:The\s)?"
    return _Patterns(
        agencies=agencies,
        dateline=re.compile(rf"{bracketed}|{slashed}"),
        byline=re.compile(rf"(?:^|\n)\s*(?:By|From)\s[^\n]{{0,60}}?\b{name}(?!\w)[^\n]{{0,20}}(?:\n|$)"),
        credit=re.compile(rf"{named}{name}(?!\w)|[(\[]{name}[)\]]\s*$"),
        whole=re.compile(rf"(?:.*[\s,/(–-])?{name}[)\s]*$"),
    )


def credit(article: Article) -> Credit | None:
    """The agency that an article's dateline, byline or closing credit names, the first of them that does; None where none does.

    An agency that is only quoted (*told Reuters*) is no credit.
    """
    known = _patterns()
    text = article.text
    tail = max(0, len(text) - TAIL)
    for where, pattern, start, end in (
        ("dateline", known.dateline, 0, HEAD),
        ("byline", known.byline, 0, HEAD),
        ("credit", known.credit, tail, len(text)),
    ):
        if found := pattern.search(text, start, end):
            group = next(i for i, name in enumerate(found.groups(), 1) if name)
            return Credit(agency=known.agencies[found[group]], where=where, span=article.span(*found.span(group)))  # type: ignore[arg-type]
    if article.byline and (found := known.whole.match(article.byline)):
        return Credit(agency=known.agencies[found[1]], where="byline", span=None)
    return None
