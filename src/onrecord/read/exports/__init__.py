"""Exports of news archives: one file, many articles, each with its own source, date, title and byline."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.read.exports import factiva, nexis
from onrecord.read.outcomes import Draft, Skip, SkipReason, where

__all__ = ["articles", "checked"]


def articles(text: str, *, path: str) -> Iterator[Draft | Skip] | None:
    """The articles of an export as plain lines, or None where the text is no export.

    Args:
        text: the text of a file, a line a paragraph or a line a line.
        path: the file, for what has to be said of it.
    """
    if nexis.is_export(text):
        return checked(nexis.drafts(text), path)
    if factiva.is_export(text):
        return checked(factiva.drafts(text), path)
    return None


def checked(found: Iterator[Draft], path: str) -> Iterator[Draft | Skip]:
    """The drafts, a skip for each that has a heading but no text (a photograph, an error page)."""
    for draft in found:
        if draft.text.strip():
            yield draft
        else:
            place = where(path, draft.record, draft.unit)
            message = f"{place} ({(draft.title or 'without a title')[:80]!r}) has no text in the export: fetch it again, or leave it out"
            yield Skip(path=path, record=draft.record, reason=SkipReason.NO_TEXT, message=message)
