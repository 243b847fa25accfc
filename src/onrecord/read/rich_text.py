"""RTF: its text; or an export, which is many articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from onrecord.read.characters import from_1252
from onrecord.read.exports import articles
from onrecord.read.outcomes import Draft, Skip, SkipReason, shown
from onrecord.read.sources import Source

CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
TITLE = re.compile(r"\{\\title ([^{}\\]+)\}")


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """The document as one draft, or an export's articles."""
    data = source.data()
    if not data:
        return
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        yield Skip(path=source.path, reason=SkipReason.UNREADABLE, message=f"{shown(source.path)} is not RTF: give it the suffix of its format")
        return
    page = CODE_PAGE.search(data[:2000])
    encoding = f"cp{page[1].decode()}" if page else "cp1252"
    raw = from_1252(data)
    try:
        text = str(rtf_to_text(raw, encoding=encoding, errors="replace"))  # type: ignore[no-untyped-call]
    except LookupError:
        text = str(rtf_to_text(raw, encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    found = articles(text, path=source.path)
    if found is not None:
        yield from found
        return
    title = TITLE.search(raw[:20_000])
    yield Draft(text=text.strip("\n"), title=title[1] if title else None)
