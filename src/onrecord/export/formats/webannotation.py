"""``web-annotation``: findings as a W3C Web Annotation collection in JSON-LD, each on its characters by position and by quotation.

Source: W3C, "Web Annotation Data Model" (2017). Positions are code points from 0, the end not included, which is what its
TextPositionSelector counts; prefix and suffix tell one place of a text from others with the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any
from urllib.parse import quote

from onrecord.export.rows import speaker_name
from onrecord.records import Article, Attribution, Event, Position, Report, Span

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:vocabulary:"}]
AROUND = 32
"""So many characters of prefix and suffix."""

Json = dict[str, Any]


def write(reports: Iterable[Report], out: IO[str]) -> int:
    """Write a collection with one page, an annotation a line; returns how many annotations.

    Args:
        reports: what was found; they carry their articles' texts.
        out: a text stream.
    """
    number = 0
    head = {"@context": CONTEXT, "id": "urn:onrecord:annotations", "type": "AnnotationPage"}
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [')
    for report in reports:
        for annotation in of_report(report):
            out.write(("," if number else "") + "\n " + json.dumps(annotation, ensure_ascii=False))
            number += 1
    out.write("\n]}\n")
    return number


def of_report(report: Report) -> Iterator[Json]:
    """The annotations of one report: actors and places are identified, events, attributions, positions and loaded terms described."""
    article = report.article
    for actor in report.actors:
        body = _body("identifying", actor.name, kind="actor", actor=actor.id, country=actor.country, sector=actor.sector)
        yield _annotation(article, f"ac-{actor.id}", "identifying", [body], [(m, "mention") for m in actor.mentions], actor.reason)
    for place in report.places:
        body = _body("identifying", place.name, kind="place", country=place.country, geonames=_geonames(place.geonameid), use=place.use)
        yield _annotation(article, place.id, "identifying", [body], [(place, "mention")], place.reason, place.confidence)
    for time in report.times:
        body = _body("identifying", time.value, kind="time", timex=time.type)
        yield _annotation(article, time.id, "identifying", [body], [(time, "mention")], time.reason, time.confidence)
    for event in report.events:
        yield _annotation(article, event.id, "describing", list(_event(event)), _event_spans(event), event.reason, event.confidence)
    for attribution in report.attributions:
        spans = [(s, role) for role, found in _parts(attribution) for s in found]
        body = _body("describing", speaker_name(attribution), kind="attribution", form=attribution.kind, speaker=attribution.speaker.actor_id)
        yield _annotation(article, attribution.id, "describing", [body], spans, attribution.reason, attribution.confidence)
    for position in report.positions:
        yield _annotation(article, position.id, "describing", [_position(position)], _position_spans(position), position.reason, position.confidence)
    for term in report.framing:
        body = _body("tagging", term.category, kind="framing", about=term.about)
        yield _annotation(article, term.id, "tagging", [body], [(term.term, "term")], term.reason, term.confidence)


def _annotation(
    article: Article, id: str, motivation: str, bodies: list[Json], spans: list[tuple[Span, str]], reason: str, confidence: float | None = None
) -> Json:
    source = article.url or f"urn:onrecord:article:{quote(article.id, safe='')}"
    out = {
        "id": f"urn:onrecord:{quote(article.id, safe='')}:{quote(id)}",
        "type": "Annotation",
        "motivation": motivation,
        "body": bodies,
        "target": [_target(article, source, span, role) for span, role in spans],
        "onrecord:reason": reason,
    }
    return out if confidence is None else {**out, "onrecord:confidence": confidence}


def _target(article: Article, source: str, span: Span, role: str) -> Json:
    text = article.text
    quote = {"type": "TextQuoteSelector", "exact": span.text, "prefix": text[max(0, span.start - AROUND) : span.start], "suffix": text[span.end :][:AROUND]}
    selectors = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}, quote]
    return {"type": "SpecificResource", "source": source, "selector": selectors, "onrecord:role": role, "onrecord:textSha256": article.text_sha256}


def _body(purpose: str, value: str, **facts: str | None) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value, **{f"onrecord:{k}": v for k, v in facts.items() if v is not None}}


def _geonames(id: int | None) -> str | None:
    return f"https://sws.geonames.org/{id}/" if id else None


def _event(event: Event) -> Iterator[Json]:
    date, place = event.date, event.place
    yield _body(
        "describing",
        event.type if event.mode is None else f"{event.type} {event.mode}",
        kind="event",
        cameo=event.cameo,
        veridicality=event.veridicality,
        date=date.value if date else None,
        geonames=_geonames(place.geonameid) if place else None,
        claimedBy=event.claimed_by,
    )
    yield from (_body("tagging", context) for context in event.contexts)


def _event_spans(event: Event) -> list[tuple[Span, str]]:
    figures = [(m.span, "magnitude") for m in event.magnitudes]
    who = [(p, "actor") for p in event.actors] + [(p, "recipient") for p in event.recipients]
    return [(event.trigger, "trigger"), (event.evidence, "evidence"), *who, *figures, *([(event.place, "place")] if event.place else [])]


def _parts(attribution: Attribution) -> Iterator[tuple[str, tuple[Span, ...]]]:
    yield from (("source", attribution.source), ("cue", attribution.cue), ("content", attribution.content))


def _position(p: Position) -> Json:
    facts = {"holder": p.holder.actor_id, "stance": p.stance, "status": p.status, "basis": p.basis, "said": p.said.value, "object": p.object.kind}
    return _body("describing", p.act, kind="position", attribution=p.attribution, event=p.object.event_id, **facts)


def _position_spans(p: Position) -> list[tuple[Span, str]]:
    return [(p.holder, "holder"), (p.object, "object"), (p.evidence, "evidence"), *([(p.addressee, "addressee")] if p.addressee else [])]
