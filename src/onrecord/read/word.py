"""Word: the paragraphs and tables of a ``.docx``, in their order; or an export, which is many articles."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from onrecord.read.exports import articles
from onrecord.read.outcomes import Draft, Skip, SkipReason, shown
from onrecord.read.sources import Source

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TEMPLATE_DATE = dt.date(2013, 12, 23)
"""When the template of a common library was made; files made with it carry this date, which says nothing."""


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """The document as one draft, or an export's articles."""
    data = source.data()
    if not data:
        return
    if refused := _refused(data, source.path):
        yield refused
        return
    document = docx.Document(io.BytesIO(data))
    blocks = list(_blocks(document))
    text = "\n".join(block for block, _ in blocks)
    found = articles(text, path=source.path)
    if found is not None:
        yield from found
        return
    facts = document.core_properties
    title = facts.title or None
    titled = [i for i, (block, style) in enumerate(blocks[:5]) if block.strip() and style == "Title"]
    if titled and not title:
        title = blocks[titled[0]][0]
    kept = [block for i, (block, _) in enumerate(blocks) if not (i < 5 and title and block.strip() and block.split() == title.split())]
    made = facts.created
    yield Draft(
        text="\n".join(kept).strip("\n"),
        title=title,
        file_date=None if made is None or made.date() == TEMPLATE_DATE else made,
    )


def _refused(data: bytes, path: str) -> Skip | None:
    if data.startswith(OLD_WORD):
        if ENCRYPTED in data:
            return Skip(path=path, reason=SkipReason.ENCRYPTED, message=f"{shown(path)} is protected by a password: save it without one")
        return Skip(path=path, reason=SkipReason.UNSUPPORTED, message=f"{shown(path)} is a Word file of the old kind: save it as .docx")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return Skip(path=path, reason=SkipReason.UNREADABLE, message=f"{shown(path)} is not a Word file: it may be cut short, or of another format")
    return None


def _blocks(document: Any, inside: Any = None) -> Iterator[tuple[str, str]]:
    """Paragraphs with the names of their styles, also those in content controls; a table's rows as lines, its cells
    parted by tabs."""
    for element in document.element.body if inside is None else inside:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document._body)
            yield paragraph.text, (paragraph.style.name or "") if paragraph.style is not None else ""
        elif element.tag == qn("w:tbl"):
            for row in Table(element, document._body).rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # a merged cell comes once for each it covers
                yield "\t".join(cells), ""
        elif element.tag == qn("w:sdt"):
            for content in element.iterchildren(qn("w:sdtContent")):
                yield from _blocks(document, content)
