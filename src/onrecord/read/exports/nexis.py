"""Nexis: the present exports (Nexis Uni, Lexis+, Nexis Advance) and the older ones ("3 of 120 DOCUMENTS").

Present form, a line each: title, source, date, copyright, then labels (``Section:``, ``Length: 530 words``,
``Byline:``, ``Dateline:`` …), ``Body``, the paragraphs, more labels, ``End of Document``; before the first
article may stand a cover page. Older form: source, date and title first, labels in capitals
(``BYLINE:``, ``LENGTH:``), the body without a heading, more labels, the copyright line last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.read.dates import published_date
from onrecord.read.exports.lines import lines_of, paragraphs, without_by
from onrecord.read.outcomes import Draft

END = re.compile(r"^[ \t\u00a0]*End of Document[ \t\u00a0]*$", re.IGNORECASE | re.MULTILINE)
COUNTER = re.compile(
    r"^[ \t\u00a0]*(?:Dokument |Document )?\d[\d,.]*[ \t\u00a0]+(?:of|von|de|di)[ \t\u00a0]+\d[\d,.]*[ \t\u00a0]*(?:DOCUMENTS?)?[ \t\u00a0]*$", re.MULTILINE
)
OLD_COUNTER = re.compile(
    r"^[ \t\u00a0]*(?:\d[\d,.]*[ \t\u00a0]+of[ \t\u00a0]+\d[\d,.]*[ \t\u00a0]+DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)[ \t\u00a0]*$", re.MULTILINE
)
SIGN = re.compile(
    r"^[ \t\u00a0]*(?:Load-Date[ \t\u00a0]*:|Length[ \t\u00a0]*:[ \t\u00a0\d,.]+words|Body[ \t\u00a0]*$|Publication-Type[ \t\u00a0]*:)",
    re.IGNORECASE | re.MULTILINE,
)

_LABELS = (
    "section|length|byline|dateline|highlight|load-date|language|publication-type|journal code|journal-code|graphic|series|type|url|subject|company|"
    "organization|industry|geographic|person|ticker|correction|correction-date|country|state|city|document-type|acc-no|distribution|pub-type|title|"
    "author|contact|notes|country/region|edition|topic|source|copyright notice|update|isin|product|region|classification|intro|teaser|name|body"
)
LABEL = re.compile(rf"^({_LABELS})\s*:\s*(.*)$", re.IGNORECASE)
AFTER_BODY = re.compile(
    r"^(?:(?:Classification|Graphic|Graphics|Notes|Correction|Related documents?)\s*$"
    r"|(?:load-date|language|publication-type|journal code|journal-code|correction|correction-date|acc-no|graphic|url|copyright notice)\s*:)",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"^(?:copyright\b|©|\(c\))", re.IGNORECASE)
RIGHTS = re.compile(r"^(?:all rights reserved\.?|correction appended|clarification appended)$", re.IGNORECASE)
SUPPLIER = re.compile(r"^(?:supplied|distributed|provided) by\b", re.IGNORECASE)
PAGE = re.compile(r"^(?:page \d+ of \d+|about lexisnexis\b.*|.*\bprivacy policy\b.*\bterms\b.*|link to (?:image|pdf).*)$", re.IGNORECASE)
COVER = re.compile(
    r"^(?:user name|date and time|job number|documents? \(\d+\)|client/matter|search terms|search type|narrowed by|download request|time of request)\b",
    re.IGNORECASE,
)
HEADING_LINES = 14


def is_export(text: str) -> bool:
    """Whether a text is a Nexis export: its articles are counted or ended as Nexis does it, and labelled so."""
    if OLD_COUNTER.search(text):
        return bool(re.search(r"^[ \t\u00a0]*(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|BYLINE|LANGUAGE|PUBLICATION-TYPE)[ \t\u00a0]*:", text, re.MULTILINE))
    return bool(END.search(text) and SIGN.search(text))


def drafts(text: str) -> Iterator[Draft]:
    """The articles of an export."""
    if OLD_COUNTER.search(text) and not END.search(text):
        pieces = OLD_COUNTER.split(text)[1:]
        read = _old
    else:
        pieces = [piece for piece in END.split(text) if piece.strip()]
        read = _present
        if len(pieces) > 1 and not SIGN.search(pieces[-1]) and len(pieces[-1]) < 2000:  # what stands behind the last article
            pieces = pieces[:-1]
    for number, piece in enumerate(pieces, 1):
        yield read(lines_of(piece), number)


def _present(lines: list[str], number: int) -> Draft:
    lines = [line for line in lines if not PAGE.match(line) and not COUNTER.match(line)]
    body_at = next((i for i, line in enumerate(lines) if line.lower() in ("body", "body:")), None)
    first_label = _first_heading_end(lines, body_at)
    date_at = _date_before(lines, first_label)
    labels, end_of_labels = _labels(lines, first_label, len(lines) if body_at is None else body_at)
    start = end_of_labels if body_at is None else body_at + 1
    end = next((i for i in range(start, len(lines)) if AFTER_BODY.match(lines[i])), len(lines))
    after, _ = _labels(lines, end, len(lines))
    heading = [line for line in lines[: date_at if date_at is not None else first_label] if line and not RIGHTS.match(line)]
    if len(heading) > 2 and SUPPLIER.match(heading[-1]):
        del heading[-1]
    covered = any(COVER.match(line) for line in heading)
    source = heading[-1] if date_at is not None and len(heading) > 1 else None
    titles = heading[:-1] if source else heading
    title = titles[-1] if covered and titles else " ".join(titles)
    date = lines[date_at] if date_at is not None else None
    return Draft(
        text=paragraphs([line for line in lines[start:end] if line != title]),  # on each new page the title stands again
        title=title or None,
        published=date if date and published_date(date) else after.get("load-date", date),
        published_reason="metadata",
        publisher=source,
        byline=without_by(labels.get("byline") or after.get("byline")),
        url=after.get("url"),
        language=after.get("language") or labels.get("language"),
        record=number,
    )


def _first_heading_end(lines: Sequence[str], body_at: int | None) -> int:
    """Where the heading ends: at the copyright line or the first label that is followed by more of an article's."""
    limit = len(lines) if body_at is None else body_at
    found = [i for i in range(limit) if COPYRIGHT.match(lines[i]) or _is_heading_label(lines[i])]
    if not found:
        return limit
    last = found[-1] if body_at is not None else found[0]
    for i in reversed(found):  # the run of labels before the body, over the lines between them
        if last - i > HEADING_LINES:
            break
        last = i
    return last


def _is_heading_label(line: str) -> bool:
    label = LABEL.match(line)
    return label is not None and label[1].lower() in ("section", "length", "byline", "dateline", "highlight")


def _date_before(lines: Sequence[str], limit: int) -> int | None:
    """The last line before the labels that is a date; an edition may stand between."""
    seen = 0
    for i in range(limit - 1, -1, -1):
        if not lines[i]:
            continue
        if published_date(lines[i]) and len(lines[i]) < 90 and not COVER.match(lines[i]):
            return i
        seen += 1
        if seen == 4:
            return None
    return None


def _labels(lines: Sequence[str], start: int, end: int) -> tuple[dict[str, str], int]:
    """Labels and their values; and the index behind the last of them."""
    found: dict[str, str] = {}
    last = start
    current: str | None = None
    for i in range(start, end):
        line = lines[i]
        if label := LABEL.match(line):
            current = label[1].lower()
            found.setdefault(current, label[2].strip())
            last = i + 1
        elif COPYRIGHT.match(line) or RIGHTS.match(line):
            last, current = i + 1, None
        elif not line:
            current = None
        elif current and i == last:  # a value that was wrapped
            found[current] = f"{found[current]} {line}".strip()
            last = i + 1
    return found, last


def _old(lines: list[str], number: int) -> Draft:
    lines = [line for line in lines if not PAGE.match(line)]
    kept = [i for i, line in enumerate(lines) if LABEL.match(line) or re.match(r"^(?:LÄNGE|LONGUEUR|AUTOR|RUBRIK)\s*:", line)]
    first_label = next(iter(kept), len(lines))
    labels, start = _heading_labels(lines, first_label)
    end = next((i for i in range(start, len(lines)) if AFTER_BODY.match(lines[i]) or (COPYRIGHT.match(lines[i]) and i > start)), len(lines))
    after, _ = _labels(lines, end, len(lines))
    blocks = _heading_blocks(lines[:first_label])
    date_at = next((i for i, block in enumerate(blocks) if i < 4 and published_date(block[0])), None)
    source = blocks[date_at - 1][0] if date_at else (blocks[0][0] if date_at is None and len(blocks) > 1 else None)
    titles = blocks[date_at + 1 :] if date_at is not None else blocks[1:]
    return Draft(
        text=paragraphs(lines[start:end]),
        title=" ".join(" ".join(block) for block in titles) or labels.get("title"),
        published=blocks[date_at][0] if date_at is not None else after.get("load-date"),
        published_reason="metadata",
        publisher=source,
        byline=without_by(labels.get("byline")),
        url=after.get("url"),
        language=after.get("language"),
        record=number,
    )


def _heading_labels(lines: Sequence[str], first: int) -> tuple[dict[str, str], int]:
    """The labels at the head of an older article, and where its body begins: behind the last label of a run
    that only blank lines and wrapped values interrupt."""
    at = end = first
    while at < len(lines):
        if not lines[at]:
            at += 1
        elif LABEL.match(lines[at]) and not AFTER_BODY.match(lines[at]):
            at += 1
            while at < len(lines) and lines[at]:
                if not LABEL.match(lines[at]) and len(lines[at]) > 100:
                    break
                at += 1
            end = at
        else:
            break
    return _labels(lines, first, end)[0], end


def _heading_blocks(lines: Sequence[str]) -> list[list[str]]:
    """The blocks of lines at an article's head, without copyright lines; a date begins a block of its own."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line:
            blocks.append([])
        elif COPYRIGHT.match(line) or RIGHTS.match(line) or SUPPLIER.match(line):
            continue
        elif blocks[-1] and published_date(line) and len(line) < 60:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]
