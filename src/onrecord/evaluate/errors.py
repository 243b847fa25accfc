"""What is wrong, one by one: what was missed, what was found that is not there, and what was found and is wrong in a field."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

What = Literal["missed", "spurious", "wrong"]
Range = tuple[int, int]
LONGEST = 240


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One thing that is wrong.

    Attributes:
        stage: the stage it was found in.
        article: the article's id.
        what: ``missed``, ``spurious`` (found, and not in the gold), or ``wrong`` (found, and another in some field).
        field: which: ``events``, or a field of what was found (``events.date``).
        part: its type, act or kind, by the gold where it has one.
        start, end: where it stands in the article, where that is known.
        quotation: the words there, at most 240 characters.
        gold, found: what the gold says and what was found, in short.
        reason: the rule or model that made what was found, and why.
        confidence: how sure it was.
    """

    stage: str = ""
    article: str
    what: What
    field: str
    part: str = ""
    start: int | None = None
    end: int | None = None
    quotation: str = ""
    gold: str | None = None
    found: str | None = None
    reason: str | None = None
    confidence: float | None = None


def error(article: str, text: str, what: What, field: str, span: Range | None, **more: Any) -> Error:
    """An error on characters of an article's text."""
    start, end = span or (None, None)
    words = " ".join(text[start:end].split()) if span else ""
    return Error(article=article, what=what, field=field, start=start, end=end, quotation=words[:LONGEST], **more)


def told_by(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """The reason and the confidence of a finding, as far as it has them."""
    return {name: found[name] for name in ("reason", "confidence") if found and found.get(name) is not None}


def hull(spans: Iterable[Sequence[int]]) -> Range | None:
    """From the first to the last character of some spans."""
    found = [(int(s), int(e)) for s, e in spans]
    return (min(s for s, _ in found), max(e for _, e in found)) if found else None
