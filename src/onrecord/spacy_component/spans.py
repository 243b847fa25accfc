"""The spans of a document that findings stand on, in a group for each kind of finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

from onrecord.records import Report

GROUPS = ("actors", "places", "times", "attributions", "events", "positions", "framing")
"""The last parts of the groups' keys, which are the names of a report's fields."""


class Marked(NamedTuple):
    """What a finding marks: characters, their label, the finding's id, and the id of what is meant in the world."""

    start: int
    end: int
    label: str
    id: str
    means: str = ""


def marked(report: Report, group: str) -> Iterator[Marked]:
    """What the findings of one group mark.

    An actor is marked at each mention, an attribution at its source, cue and content, an event at its trigger, a position at its
    object, everything else at its own words.
    """
    match group:
        case "actors":
            yield from (Marked(m.start, m.end, a.kind, a.id, a.id) for a in report.actors for m in a.mentions)
        case "places":
            yield from (Marked(p.start, p.end, p.use, p.id, str(p.geonameid or "")) for p in report.places)
        case "times":
            yield from (Marked(t.start, t.end, t.type, t.id, t.value) for t in report.times)
        case "attributions":
            for a in report.attributions:
                parts = (("source", a.source), ("cue", a.cue), ("content", a.content))
                yield from (Marked(s.start, s.end, label, a.id, a.speaker.actor_id or "") for label, spans in parts for s in spans)
        case "events":
            yield from (Marked(e.trigger.start, e.trigger.end, e.type, e.id) for e in report.events)
        case "positions":
            yield from (Marked(p.object.start, p.object.end, p.act, p.id, p.holder.actor_id or "") for p in report.positions)
        case "framing":
            yield from (Marked(f.term.start, f.term.end, f.category, f.id) for f in report.framing)


def fill(doc: Doc, report: Report, *, key: str) -> None:
    """Put the groups ``key/actors`` to ``key/framing`` into a document, in text order; those without findings are empty.

    A span is made of whole words, so that it can be wider than the characters of its finding.
    """
    for group in GROUPS:
        spans = [_span(doc, mark) for mark in sorted(marked(report, group), key=lambda mark: (mark.start, mark.end))]
        doc.spans[f"{key}/{group}"] = SpanGroup(doc, name=f"{key}/{group}", spans=spans)


def _span(doc: Doc, mark: Marked) -> Span:
    span = doc.char_span(mark.start, mark.end, label=mark.label, kb_id=mark.means, span_id=mark.id, alignment_mode="expand")
    assert span is not None, mark
    return span
