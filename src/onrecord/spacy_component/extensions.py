"""``doc._.onrecord``, ``doc._.onrecord_json``, ``doc._.onrecord_article`` and ``span._.onrecord``.

What is kept with a document is its report as plain lists and dictionaries, without the text, so that ``Doc.to_bytes`` and ``DocBin``
write it; it becomes a :class:`Report` when it is first asked for.
"""

from __future__ import annotations

import copy
import functools
from typing import Any, TypeAlias

import msgspec
from spacy.tokens import Doc, Span

from onrecord.records import Actor, Article, Attribution, Event, Framing, Place, Position, Report, Time

REPORT, JSON, ARTICLE = "onrecord", "onrecord_json", "onrecord_article"
Finding: TypeAlias = Actor | Place | Time | Attribution | Event | Position | Framing


class Kept(dict[str, Any]):
    """A report as plain values, with the report itself for as long as it is in this process and in this document."""

    def __init__(self, body: dict[str, Any], report: Report, size: tuple[int, int]) -> None:
        super().__init__(body)
        self.report = report
        self.size = size

    @functools.cached_property
    def by_id(self) -> dict[str, Finding]:
        """The findings by their ids."""
        return {finding.id: finding for finding in (*self.report.actors, *self.report.findings())}

    def __deepcopy__(self, memo: dict[int, Any]) -> Kept:
        return Kept(copy.deepcopy(dict(self), memo), self.report, self.size)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def keep(doc: Doc, report: Report) -> None:
    """Keep a report with its document."""
    body: dict[str, Any] = msgspec.to_builtins(report)
    del body["article"]["text"]
    body["article"]["text_sha256"] = report.article.text_sha256
    doc._.set(JSON, Kept(body, report, _size(doc)))


def kept(doc: Doc) -> Kept | None:
    """The report that is kept with a document, None where none is.

    Raises:
        ValueError: it is of another text: the document was cut out of the one that was coded.
    """
    found = doc._.get(JSON)
    if found is None or (isinstance(found, Kept) and found.size == _size(doc)):
        return found
    try:
        report = Report.from_dict(dict(found), text=Article.make(doc.text).text)
    except ValueError as error:
        raise ValueError(f"the report kept with this document can't be read for it: {error}") from error
    made = Kept(dict(found), report, _size(doc))
    doc._.set(JSON, made)
    return made


def _size(doc: Doc) -> tuple[int, int]:
    """How many words and characters a document has: fewer in one that is cut out of another."""
    return len(doc), doc[-1].idx + len(doc[-1]) if len(doc) else 0


def _report(doc: Doc) -> Report | None:
    found = kept(doc)
    return found.report if found is not None else None


def _finding(span: Span) -> Finding | None:
    found = kept(span.doc) if span.id else None
    return found.by_id.get(span.id_) if found is not None else None


def register() -> None:
    """Make the extensions known to spaCy, those that are known already left as they are."""
    for kind, name, given in (
        (Doc, REPORT, {"getter": _report}),
        (Doc, JSON, {"default": None}),
        (Doc, ARTICLE, {"default": None}),
        (Span, REPORT, {"getter": _finding}),
    ):
        if not kind.has_extension(name):
            kind.set_extension(name, **given)
