"""Plain text: as it stands, line ends and all; or a Nexis or Factiva export, which is many articles."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.read.characters import decode
from onrecord.read.exports import articles
from onrecord.read.outcomes import Draft, Skip
from onrecord.read.sources import Source


def drafts(source: Source) -> Iterator[Draft | Skip]:
    """The text as one draft, or an export's articles."""
    text = decode(source.data())
    found = articles(text, path=source.path)
    if found is not None:
        yield from found
    elif text:
        yield Draft(text=text)
