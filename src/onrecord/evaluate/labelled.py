"""Whole articles as people labelled them, in one shape: from quotations (gold records), or from a corrected report."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from onrecord.evaluate.codes import code_of
from onrecord.evaluate.errors import Range, hull
from onrecord.evaluate.scored import Row
from onrecord.records import WORDS_OF

BEFORE = 400
"""Characters before the evidence of a position in which its holder is looked for first."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LabelledAttribution:
    """Who says what: ``content`` is None where the words are not in the article."""

    content: Range | None
    source: Range | None
    words: str
    speaker: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LabelledEvent:
    """An event: its clause, its trigger, and the codes of who took part; ``figures`` are what and how many at least."""

    type: str
    clause: Range | None
    trigger: Range | None
    actors: tuple[str | None, ...]
    recipients: tuple[str | None, ...]
    date: str | None
    veridicality: str
    claimed_by: str | None
    figures: tuple[tuple[str, float | None], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPosition:
    """Who stands where on what."""

    evidence: Range | None
    holder: Range | None
    name: str
    code: str | None
    stance: str
    act: str
    object: Range | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article with what is in it."""

    id: str
    text: str
    attributions: tuple[LabelledAttribution, ...]
    events: tuple[LabelledEvent, ...]
    positions: tuple[LabelledPosition, ...]


def of_quotations(row: Row) -> Labelled:
    """An article whose labels quote it: each quotation is looked for in the text, from where its clause begins."""
    text = row["text"]
    return Labelled(
        id=row["id"],
        text=text,
        attributions=tuple(_attribution(text, a) for a in row["attributions"]),
        events=tuple(_event(text, e) for e in row["events"]),
        positions=tuple(_position(text, p) for p in row["positions"]),
    )


def located(text: str, quotation: str | None, after: int = 0) -> Range | None:
    """Where a quotation stands, first looked for from some character on, then in the whole text."""
    if not quotation:
        return None
    start = text.find(quotation, after)
    if start < 0:
        start = text.find(quotation)
    return (start, start + len(quotation)) if start >= 0 else None


def _attribution(text: str, label: Row) -> LabelledAttribution:
    content, source = located(text, label["content"]), None
    if content and label.get("source"):
        named = [m.start() for m in re.finditer(re.escape(label["source"]), text)]
        if named:
            start = min(named, key=lambda n: abs(n - content[0]))  # the mention nearest to what is said
            source = (start, start + len(label["source"]))
    return LabelledAttribution(content=content, source=source, words=label.get("source") or "", speaker=label.get("speaker"))


def _event(text: str, label: Row) -> LabelledEvent:
    clause = located(text, label["sentence_quote"]) or located(text, label["trigger"])
    return LabelledEvent(
        type=label["type"],
        clause=clause,
        trigger=located(text, label["trigger"], clause[0]) if clause else None,
        actors=tuple(a.get("code") for a in label["actors"]),
        recipients=tuple(a.get("code") for a in label["recipients"]),
        date=label.get("date"),
        veridicality=label["veridicality"],
        claimed_by=label.get("claimed_by"),
        figures=tuple((m["what"], m.get("low")) for m in label.get("magnitudes") or ()),
    )


def _position(text: str, label: Row) -> LabelledPosition:
    evidence = located(text, label["evidence_quote"])
    start = evidence[0] if evidence else 0
    return LabelledPosition(
        evidence=evidence,
        holder=located(text, label["holder"], max(0, start - BEFORE)),
        name=label["holder"],
        code=label.get("holder_code"),
        stance=label["stance"],
        act=label["act"],
        object=located(text, label["object"], start),
    )


def of_report(row: Row) -> Labelled:
    """An article whose labels are a report that people have corrected: every span is where it says."""
    said = [a for a in row.get("attributions") or () if is_of_words(a)]
    named = {a["id"]: speaker_of(a) for a in row.get("attributions") or ()}
    return Labelled(
        id=row["article"]["id"],
        text=row["article"]["text"],
        attributions=tuple(
            LabelledAttribution(
                content=hull(map(at, a["content"])),
                source=at(a["source"][0]) if a["source"] else None,
                words=a["source"][0]["text"] if a["source"] else "",
                speaker=(a.get("speaker") or {}).get("name"),
            )
            for a in said
        ),
        events=tuple(_reported_event(e, named) for e in row.get("events") or ()),
        positions=tuple(
            LabelledPosition(
                evidence=at(p["evidence"]),
                holder=at(p["holder"]),
                name=p["holder"]["text"],
                code=code_of(p["holder"]),
                stance=p["stance"],
                act=p["act"],
                object=at(p["object"]),
            )
            for p in row.get("positions") or ()
        ),
    )


def _reported_event(event: Row, named: dict[str, str]) -> LabelledEvent:
    date = event.get("date")
    return LabelledEvent(
        type=event["type"],
        clause=at(event["trigger"]),
        trigger=at(event["trigger"]),
        actors=tuple(code_of(a) for a in event["actors"]),
        recipients=tuple(code_of(a) for a in event["recipients"]),
        date=told_date(date),
        veridicality=event["veridicality"],
        claimed_by=named.get(event.get("claimed_by") or ""),
        figures=tuple((m["what"], m.get("low")) for m in event.get("magnitudes") or ()),
    )


def told_date(date: Row | None) -> str | None:
    """The date that a text tells; one that is only the article's is none."""
    if not date or str(date.get("reason") or "").startswith("publication"):
        return None
    return str(date.get("value") or "") or None


def is_of_words(attribution: Row) -> bool:
    """Whether an attribution is of words; attitudes are positions in whole articles."""
    confidence = attribution.get("confidence")
    return confidence is None or confidence >= WORDS_OF


def speaker_of(attribution: Row) -> str:
    """The name of who speaks, or the words of the source."""
    return (attribution.get("speaker") or {}).get("name") or " ".join(s["text"] for s in attribution["source"])


def at(span: Row) -> Range:
    """Where a span stands."""
    return (span["start"], span["end"])


def spans_at(spans: Sequence[Any]) -> list[Range]:
    """Where some spans stand."""
    return [at(s) for s in spans]
