"""A brief as a workbook: a sheet for each kind of statement, each row with its source beside it.

Everything but confidences and counts is written as text, so that a quotation that begins with ``=`` is read and never run.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

from onrecord.explore.briefs.contents import Brief, Position, Source, Telling
from onrecord.explore.briefs.phrasing import LONG_AGO, NOTE, by_number, safe

LONGEST = 32_000
"""Characters that a cell takes, nearly."""
Cell = str | int | float
OF_SOURCE = ("source", "outlet", "headline", "published", "address", "retrieved", "added", "text_sha256", "article", "state of the article")
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {"quotation": 70, "on": 40, "headline": 40, "address": 40, "words": 40, "sentence": 120, "text_sha256": 20, "value": 60, "what": 60}


def xlsx(brief: Brief) -> bytes:
    """A brief as a workbook, the same for the same brief."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        created = datetime.datetime(*LONG_AGO)  # a date that stands for none
        book.set_properties({"title": safe(brief.title)[:250], "author": "onrecord", "comments": NOTE, "created": created})
        sources = by_number(brief.sources)
        formats = {"head": book.add_format({"bold": True, "bottom": 1}), "cell": book.add_format({"text_wrap": True, "valign": "top"})}
        sheets: list[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]] = [
            ("Brief", ("fact", "value"), [("On", brief.title), *brief.facts, ("Looked through", brief.searched), ("To know", NOTE)]),
            ("Positions", (*POSITION, *OF_SOURCE), _positions(brief.positions, sources)),
            ("Accusations", (*STATEMENT, *OF_SOURCE), _statements(brief.accusations, sources, brief.nothing)),
            ("Denials", (*STATEMENT, *OF_SOURCE), _statements(brief.denials, sources, brief.nothing)),
            ("Reports", (*TELLING, *OF_SOURCE), _tellings(brief, sources)),
            ("Differences", ("on", "value", "words", "sources"), _differences(brief)),
            ("Not found", ("holder", "sentence"), [(name, brief.searched) for name in brief.without]),
            ("Sources", (*OF_SOURCE, "byline", "origin", "coder"), [(*_of(s), s.byline, s.origin, s.coder) for s in brief.sources]),
            ("Method", ("sentence",), [(sentence,) for sentence in brief.method]),
        ]
        for name, columns, rows in sheets:
            _sheet(book.add_worksheet(name), columns, rows, formats)
    return out.getvalue()


POSITION = (
    "holder",
    "does",
    "own verb",
    "side",
    "on",
    "quotation",
    "said by",
    "basis",
    "hearsay",
    "said",
    "status",
    "earlier",
    "also in",
    "review",
    "confidence",
    "id",
)
STATEMENT = ("who", "quotation", "said by", "basis", "also in", "review", "confidence", "id")
TELLING = ("origin", "quotation", "words", "put as", "said by", "role", "cue", "by whom", "to whom", "day", "place", "figures", "review", "confidence", "id")


def _positions(positions: Iterable[Position], sources: Any) -> Iterator[Sequence[Cell]]:
    for p in positions:
        own = (p.holder, p.does, _yes(p.own_verb), p.side, p.on, p.quotation, p.speaker, p.basis, _yes(p.hearsay), p.said, p.status, _yes(p.earlier))
        yield *own, _numbers(p.also), p.review, p.confidence, p.id, *_of(sources[p.source])


def _statements(items: Iterable[Position | Telling], sources: Any, nothing: str) -> Iterator[Sequence[Cell]]:
    none = True
    for item in items:
        none = False
        if isinstance(item, Position):
            own = (item.holder, item.quotation, item.speaker, item.basis)
        else:
            own = (item.speaker or sources[item.source].outlet, item.quotation, item.speaker, "" if item.speaker else "in the outlet's words")
        yield *own, _numbers(item.also), item.review, item.confidence, item.id, *_of(sources[item.source])
    if none:
        yield (nothing,)


def _tellings(brief: Brief, sources: Any) -> Iterator[Sequence[Cell]]:
    origin = {n: at for at, o in enumerate(brief.origins, 1) for n in o.sources}
    for t in brief.tellings:
        who = ("; ".join(t.by), "; ".join(t.to), t.day, t.place, "; ".join(t.figures))
        put = (t.quotation, t.words, t.put, t.speaker or "in the outlet's words", t.role, t.cue)
        yield origin.get(t.source, ""), *put, *who, t.review, t.confidence, t.id, *_of(sources[t.source])


def _differences(brief: Brief) -> Iterator[Sequence[Cell]]:
    for d in brief.differences:
        for v in d.versions:
            yield d.what, v.value, v.words, _numbers(v.sources)
    if not brief.differences and brief.kind == "event":
        yield (brief.nothing,)


def _of(s: Source) -> tuple[Cell, ...]:
    return s.number, s.outlet, s.headline, s.published, s.url, s.retrieved, s.added, s.text_sha256, s.article, s.state


def _numbers(some: Iterable[int]) -> str:
    return ", ".join(map(str, some))


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _sheet(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Cell]], formats: Any) -> None:
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name, formats["head"])
        sheet.set_column(at, at, WIDTHS.get(name, 16))
    last = 0
    for last, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                text = safe(value)
                sheet.write_string(last, at, text if len(text) <= LONGEST else text[:LONGEST] + " …", formats["cell"])
            else:
                sheet.write_number(last, at, value, formats["cell"])
    sheet.freeze_panes(1, 0)
    if last:
        sheet.autofilter(0, 0, last, len(columns) - 1)
