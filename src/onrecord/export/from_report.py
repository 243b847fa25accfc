"""Events of reports, one article each, as formats for others' tools write them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.export.event import ExportEvent, Figure, Mentioned, Party, Story, Where
from onrecord.export.plover import both_ways
from onrecord.export.rows import speaker_name
from onrecord.ontology import EVENT_TYPES
from onrecord.places.gazetteer import Gazetteer
from onrecord.records import Cast, Event, Magnitude, Participant, Place, Report

PARAGRAPH = re.compile(r"\n\s*\n|\n")
SENTENCE = re.compile(r"[.!?][”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])|\n+")
LEAD_SENTENCES = 2
"""So much of a text without paragraphs is its lead."""


def events(reports: Iterable[Report], *, texts: bool = True) -> Iterator[ExportEvent]:
    """The events of reports, in order.

    Args:
        reports: what was found in articles.
        texts: whether the reports carry their articles' texts; without them nobody can say in which sentence something stands.
    """
    for report in reports:
        yield from of_report(report, texts=texts)


def of_report(report: Report, *, texts: bool = True, origin: str | None = None, added_at: str | None = None) -> Iterator[ExportEvent]:
    """The events of one report.

    Args:
        report: what was found in an article.
        texts: whether it carries the article's text.
        origin: the id of the text of which the article is a copy.
        added_at: when a record took it.
    """
    story = _story(report, origin, added_at)
    cast = Cast(report.actors)
    voices = {a.id: speaker_name(a) for a in report.attributions}
    for event in report.events:
        actors = tuple(_party(p, cast) for p in event.actors)
        recipients = tuple(_party(p, cast) for p in event.recipients)
        parties = list(zip((*event.actors, *event.recipients), (*actors, *recipients), strict=True))
        sentence, lead = _standing(report.article.text, event.trigger.start) if texts else (None, None)
        known = EVENT_TYPES.get(event.type)
        mention = Mentioned(
            id=event.id,
            story=story,
            trigger=event.trigger.alone(),
            evidence=event.evidence.alone(),
            veridicality=event.veridicality,
            sentence=sentence,
            lead=lead,
            said_by=voices.get(event.claimed_by or ""),
            figures=tuple(_figure(m, parties) for m in event.magnitudes),
        )
        date = event.date
        yield ExportEvent(
            id=event.id,
            type=event.type,
            mode=event.mode,
            contexts=event.contexts,
            quad=event.quad,
            cameo=event.cameo,
            score=known.score if known else None,
            title=report.article.title,
            date=date.value if date else None,
            date_end=date.end if date else None,
            date_precision=date.precision if date else None,
            actors=actors,
            recipients=recipients,
            mutual=_mutual(event),
            where=_where(event.place),
            veridicality=event.veridicality,
            confidence=event.confidence,
            mentions=(mention,),
            changed_at=added_at,
            coder=report.coder,
        )


def without_text(body: dict[str, Any]) -> Report:
    """A report that was saved without its article's text, on a text that has the findings' words where they stand and blanks elsewhere."""
    spans = list(_spans_in({k: v for k, v in body.items() if k != "article"}))
    letters = [" "] * max((s["end"] for s in spans), default=1)
    for s in spans:
        letters[s["start"] : s["end"]] = s["text"]
    article = {k: v for k, v in body["article"].items() if k != "text_sha256"}
    return Report.from_dict({**body, "article": article}, text="".join(letters))


def _spans_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from _spans_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _spans_in(inner)


def _story(report: Report, origin: str | None, added_at: str | None) -> Story:
    article = report.article

    def named(*kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a.name for a in report.actors if a.kind in kinds))

    return Story(
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
        language=article.language,
        origin=origin,
        added_at=added_at,
        people=named("person"),
        organisations=named("body", "group", "organisation"),
        places=tuple(dict.fromkeys(p.name for p in report.places if p.use == "place")),
    )


def _party(p: Participant, cast: Cast) -> Party:
    actor = cast.get(p.actor_id)
    name, title = (actor.name, actor.role) if actor else (p.text, None)
    return Party(text=p.text, name=name, actor_id=p.actor_id, country=p.country, sector=p.sector, title=title)


def _figure(m: Magnitude, parties: list[tuple[Participant, Party]]) -> Figure:
    counted = next((party for p, party in parties if (p.start, p.end) == (m.span.start, m.span.end)), None)
    return Figure(what=m.what, low=m.low, high=m.high, unit=m.unit, text=m.span.text, of=counted)


def _mutual(event: Event) -> bool:
    return len(both_ways(event)) > 1


def _where(place: Place | None) -> Where | None:
    if place is None:
        return None
    return Where(
        text=place.as_written or place.text,
        name=place.name,
        country=place.country,
        admin1=division_of(place.geonameid),
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
    )


def division_of(geonameid: int | None) -> str | None:
    """The name of the first-order division that a place lies in, or is; None where the gazetteer does not know it."""
    gazetteer = _gazetteer()
    entry = gazetteer.by_id(geonameid) if geonameid else None
    if entry is None:
        return None
    if entry.kind == "admin1":
        return entry.name
    division = gazetteer.by_id(entry.admin1) if entry.admin1 else None
    return division.name if division else None


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


def _standing(text: str, start: int) -> tuple[int, bool]:
    """The number of the sentence in which a character stands, and whether it is of the lead: the first paragraph, or two sentences where there is but one."""
    sentence = 1 + sum(m.end() <= start for m in SENTENCE.finditer(text, len(text) - len(text.lstrip()), start + 1))
    first = PARAGRAPH.search(text.rstrip(), len(text) - len(text.lstrip()))
    return sentence, start < first.start() if first else sentence <= LEAD_SENTENCES
