"""Factiva: exports as lines (RTF, Word, text) and as web pages, with field codes or without.

Without codes, a line each: section, headline, byline, ``543 words``, ``3 March 2014``, ``10:15``, source, its code,
edition, page, language, copyright; then the paragraphs; then the publisher and ``Document LBA00000…``. With
codes the same stand behind ``HD``, ``BY``, ``WC``, ``PD``, ``ET``, ``SN``, ``LA``; the body behind ``LP`` and ``TD``. The
interface may be in another language than the article ("543 Wörter", "3 mars 2014").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.read.dates import published_date
from onrecord.read.exports.lines import lines_of, looks_like_name, paragraphs, without_by
from onrecord.read.language import code_of
from onrecord.read.outcomes import Draft

DOCUMENT = re.compile(
    r"^[ \t\u00a0|]*(?:AN[ \t\u00a0|]+)?(?:Document|Dokument|Documento|Документ|文件)[ \t\u00a0]+([A-Za-z]{2,10}[A-Za-z0-9]{12,40})[ \t\u00a0|]*$", re.MULTILINE
)
WORDS = re.compile(r"^(\d[\d.,   ’']*)\s*(?:words?|Wörter|mots?|palabras|parole|palavras|woorden|слов[а]?|słów|字|ord)\.?$", re.IGNORECASE)
CODES = "CLM|SE|HD|BY|CR|WC|PD|ET|SN|SC|NGC|GC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CX|DOI|LP/TD"
CODE = re.compile(rf"^[ \t\u00a0|]*({CODES})[ \u00a0]?(?:[\t|][ \t\u00a0|]*|[ \u00a0]{{2,}}|$)(.*)$")
CODED = re.compile(r"^[ \t\u00a0|]*(?:HD|SN|LP|TD)(?:[ \u00a0]*[\t|]|[ \u00a0]{2,}|[ \u00a0]*$)", re.MULTILINE)
COPYRIGHT = re.compile(r"^(?:\(c\)|©|copyright\b)", re.IGNORECASE)
CLOCK = re.compile(r"^\d{1,2}[:.]\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{2,4})?$", re.IGNORECASE)
CREDIT_WORDS = 9
ENDED = re.compile(r"[.!?][\"'”’)]*$")
HEADING_LINES = 14
LONG = 90


def is_export(text: str) -> bool:
    """Whether a text is a Factiva export: it has document numbers, and field codes or word counts on lines of their own."""
    return bool(DOCUMENT.search(text)) and (len(CODED.findall(text)) >= 2 or any(WORDS.match(line) for line in lines_of(text)))


def drafts(text: str) -> Iterator[Draft]:
    """The articles of an export."""
    start = 0
    for number, found in enumerate(DOCUMENT.finditer(text), 1):
        piece = text[start : found.start()]
        start = found.end()
        read = _coded if len(CODED.findall(piece)) >= 2 else _uncoded
        yield read(piece, found[1], number)


def draft_of_fields(fields: dict[str, str], *, id: str | None, number: int) -> Draft:
    """The draft of an article given by its field codes."""
    date = " ".join(x for x in (fields.get("PD"), fields.get("ET")) if x)
    return Draft(
        text="\n\n".join(x for x in (fields.get("LP"), fields.get("TD"), fields.get("LP/TD")) if x),
        id=id,
        title=fields.get("HD"),
        published=date or None,
        published_reason="metadata",
        publisher=fields.get("SN"),
        byline=without_by(fields.get("BY")),
        language=fields.get("LA"),
        record=number,
    )


def _coded(piece: str, id: str, number: int) -> Draft:
    held: dict[str, list[str]] = {}
    current: str | None = None
    for raw in piece.splitlines():
        code = CODE.match(raw)
        if code and code[1] not in held:
            current = code[1]
            held[current] = [code[2].strip(" \t|\u00a0")]
        elif current:
            held[current].append(raw.replace("\u00a0", " ").strip(" \t|"))
    fields = {name: paragraphs(lines) if name in ("LP", "TD", "LP/TD") else " ".join(x for x in lines if x) for name, lines in held.items()}
    return draft_of_fields(fields, id=id, number=number)


def _uncoded(piece: str, id: str, number: int) -> Draft:
    lines = lines_of(piece)
    count_at = next((i for i, line in enumerate(lines) if WORDS.match(line)), None)
    if count_at is None:
        heading = [line for line in lines if line]
        return Draft(text=paragraphs(lines[lines.index(heading[0]) + 1 :]) if heading else "", id=id, title=heading[0] if heading else None, record=number)
    title, byline = title_and_byline([line for line in lines[:count_at] if line])
    facts, body_at = _facts(lines, count_at + 1)
    return draft_of_facts(facts, paragraphs(_without_credit(lines[body_at:])), title=title, byline=byline, id=id, number=number)


def draft_of_facts(facts: Sequence[str], text: str, *, title: str | None, byline: str | None, id: str | None, number: int) -> Draft:
    """The draft of an article from the lines between its word count and its body: date, time, source, code …"""
    rest = list(facts)
    date = rest.pop(0) if rest and published_date(rest[0]) else None
    if rest and CLOCK.match(rest[0]):
        date = f"{date} {rest.pop(0)}" if date else None
    language = next((fact for fact in rest[1:] if len(fact) > 3 and code_of(fact)), None)
    return Draft(
        text=text, id=id, title=title, published=date, published_reason="metadata", publisher=rest[0] if rest else None,
        byline=without_by(byline), language=language, record=number,
    )  # fmt: skip


def title_and_byline(heading: Sequence[str]) -> tuple[str | None, str | None]:
    """Which of the lines before the word count is the headline, which the byline; the rest is section and kicker."""
    near = list(heading[-5:])
    byline = None
    if len(near) > 1 and looks_like_name(near[-1]) and (near[-1].lower().startswith("by ") or len(near[-1]) < len(near[-2])):
        byline = near.pop()
    elif len(near) > 2 and near[-2].lower().startswith("by "):  # "By A. Author", then the author's function
        byline = near[-2]
        near = near[:-2]
    return (max(near, key=len) if near else None), byline


def _facts(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    """The lines of fact behind the word count, and where the body begins: behind the copyright line, else at the
    first long line or behind the language."""
    near = range(start, min(len(lines), start + 2 * HEADING_LINES))
    end = next((i for i in near if COPYRIGHT.match(lines[i])), None)
    if end is not None:
        return [line for line in lines[start:end] if line], end + 1
    language = next((i for i in near if len(lines[i]) > 3 and code_of(lines[i]) and len(lines[i].split()) == 1), None)
    long = next((i for i in near if len(lines[i]) > LONG), len(lines))
    end = min(language + 1 if language is not None else long, long)
    return [line for line in lines[start:end] if line], end


def _without_credit(lines: Sequence[str]) -> list[str]:
    """The body without the publisher's name at its end."""
    kept = list(lines)
    while kept and not kept[-1]:
        kept.pop()
    last = kept[-1] if len(kept) > 1 else ""
    is_name = last and len(last.split()) <= CREDIT_WORDS and not ENDED.search(re.sub(r"\b(?:Inc|Ltd|Co|Corp|S\.A|Pty)\.$", "", last).rstrip())
    if is_name and (kept[-2] == "" or len(kept[-2]) > LONG):
        kept.pop()
    return kept
