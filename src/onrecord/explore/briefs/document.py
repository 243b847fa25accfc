"""A brief as a Word document."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx as word
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from onrecord.explore.briefs.contents import Brief, Position, Source, Telling
from onrecord.explore.briefs.phrasing import LONG_AGO, NOTE, also, archived, at, by_number, had, safe, unarchived, voice, who

LONGEST_TITLE = 250
"""Characters that a property of a document takes."""
SOFT = RGBColor(0x56, 0x5C, 0x66)


def docx(brief: Brief) -> bytes:
    """A brief as a Word document, the same for the same brief."""
    document = word.Document()
    _prepare(document, brief)
    sources = by_number(brief.sources)
    _paragraph(document, safe(brief.title), "Title")
    _paragraph(document, NOTE, "Subtitle")
    if brief.facts:
        _table(document, (), brief.facts)
    _positions(document, brief, sources)
    _heading(document, "Accusations and denials")
    for name, items in (("In somebody's words", brief.accusations), ("Denied", brief.denials)):
        _heading(document, name, 2)
        _statements(document, items, sources, brief.nothing)
    if brief.kind == "event":
        _differences(document, brief)
        _reports(document, brief, sources)
    _heading(document, "What was looked through")
    _paragraph(document, brief.searched)
    for name in brief.without:
        _paragraph(document, f"Of {safe(name)} no statement was found in it.")
    _heading(document, "How this was made, and what it can't say")
    for sentence in brief.method:
        _paragraph(document, safe(sentence), "List Bullet")
    _sources(document, brief.sources)
    out = io.BytesIO()
    document.save(out)
    return archived(unarchived(out.getvalue()))


def _prepare(document: Any, brief: Brief) -> None:
    about = document.core_properties
    long_ago = datetime.datetime(*LONG_AGO, tzinfo=datetime.UTC)
    about.title, about.author, about.last_modified_by, about.comments = safe(brief.title)[:LONGEST_TITLE], "onrecord", "onrecord", NOTE
    about.created = about.modified = long_ago
    about.language = "en-GB"
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(10.5)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "en-GB")


def _positions(document: Any, brief: Brief, sources: Any) -> None:
    _heading(document, "Who stands where")
    for side, some in brief.sides:
        _heading(document, f"{side.capitalize()} ({len(some)})", 2)
        _statements(document, some, sources, brief.nothing)


def _statements(document: Any, items: Sequence[Position | Telling], sources: Any, nothing: str) -> None:
    """Statements, each in three paragraphs: quotations stand alone, so that nothing in them reaches other words."""
    if not items:
        _paragraph(document, nothing.capitalize() + ".")
    for item in items:
        if isinstance(item, Position):
            lead = document.add_paragraph(style="Normal")
            lead.paragraph_format.keep_with_next = True
            lead.add_run(safe(who(item))).bold = True
            _paragraph(document, safe(f"on “{item.on}”")).paragraph_format.keep_with_next = True
        quotation = _paragraph(document, safe(item.quotation), "Quote")
        quotation.paragraph_format.keep_with_next = True
        _line(document, f"{voice(item)} · {at(sources[item.source])}{also(item)}")


def _differences(document: Any, brief: Brief) -> None:
    _heading(document, "Where sources differ")
    if not brief.differences:
        _paragraph(document, f"On numbers, days, places or who did it: {brief.nothing}.")
    for difference in brief.differences:
        _heading(document, difference.what.capitalize(), 2)
        rows = [(v.value, v.words, ", ".join(f"[{n}]" for n in v.sources)) for v in difference.versions]
        _table(document, ("What is said", "In the words", "By"), rows)


def _reports(document: Any, brief: Brief, sources: Any) -> None:
    _heading(document, "Reported by, in order of publication")
    for origin in brief.origins:
        names = ", ".join(at(sources[n]) for n in origin.sources)
        _heading(document, f"{origin.first}: {names}", 2)
        for telling in brief.told(origin):
            _paragraph(document, safe(telling.quotation), "Quote").paragraph_format.keep_with_next = True
            _line(document, f"{voice(telling)} · [{telling.source}]")


def _sources(document: Any, sources: Iterable[Source]) -> None:
    _heading(document, "Sources")
    for s in sources:
        lead = document.add_paragraph()
        lead.add_run(safe(f"[{s.number}] {s.outlet}. ")).bold = True
        lead.add_run(safe(f"{s.headline}. "))
        lead.add_run(safe(". ".join(filter(None, (s.byline, s.published, s.url, had(s).capitalize(), s.state.capitalize()))) + "."))
        _line(document, f"SHA-256 of the text {s.text_sha256} · article {s.article}")


def _heading(document: Any, text: str, level: int = 1) -> None:
    document.add_heading(safe(text), level)


def _paragraph(document: Any, text: str, style: str | None = None) -> Any:
    return document.add_paragraph(safe(text), style=style)


def _line(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(safe(text))
    run.font.size, run.font.color.rgb = Pt(9), SOFT


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    every = [*([head] if head else []), *rows]
    table = document.add_table(rows=0, cols=len(every[0]), style="Light Grid Accent 1" if head else "Table Grid")
    for row in every:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = safe(text)
