"""One flat row per finding, for CSV, Parquet and data frames. docs/report-format.md documents the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from onrecord.ontology import state_codes
from onrecord.records import Article, Attribution, Event, Participant, Position, Report, Span

What = Literal["events", "attributions", "positions", "actors", "places", "times", "framing"]
Row = dict[str, Any]

JOIN = "; "

ARTICLE = ("article_id", "published", "publisher", "url", "title")
COLUMNS: dict[What, tuple[str, ...]] = {
    "events": (
        *ARTICLE,
        *("id", "type", "mode", "quad", "cameo", "contexts", "trigger", "trigger_start", "trigger_end"),
        *("actors", "actor_ids", "actor_countries", "actor_sectors", "actor_cow_codes", "actor_gw_codes"),
        *("recipients", "recipient_ids", "recipient_countries", "recipient_sectors", "recipient_cow_codes", "recipient_gw_codes"),
        *("date", "date_end", "date_precision", "date_reason", "place", "place_country", "place_geonameid", "place_lat", "place_lon"),
        *("place_admin1", "place_admin1_code", "place_precision"),
        *("magnitudes", "veridicality", "claimed_by", "claimed_by_name", "evidence", "evidence_start", "evidence_end", "confidence", "reason"),
    ),
    "attributions": (
        *ARTICLE,
        *("id", "kind", "speaker", "speaker_id", "speaker_role", "on_behalf_of", "anonymous", "channel", "source", "source_start", "source_end"),
        *("cue", "cue_start", "cue_end", "cue_class", "content", "content_start", "content_end", "content_parts", "parent", "confidence", "reason"),
    ),
    "positions": (
        *ARTICLE,
        *("id", "holder", "holder_id", "holder_country", "holder_sector", "holder_cow", "holder_gw", "act", "stance", "object", "object_start", "object_end"),
        *("object_kind", "object_event_id", "object_actor_id", "said", "said_precision", "said_reason", "status", "addressee", "addressee_id"),
        *("act_event_id", "basis"),
        *("attribution", "said_by", "evidence", "evidence_start", "evidence_end", "confidence", "reason"),
    ),
    "actors": (
        *ARTICLE,
        *("id", "name", "country", "iso2", "cow", "gw", "sector", "kind", "role", "affiliation", "mentions", "first_start", "first_end", "reason"),
    ),
    "places": (
        *ARTICLE,
        *("id", "text", "start", "end", "name", "geonameid", "country", "admin1", "admin1_code", "admin1_geonameid", "use", "as_written", "disputed"),
        *("lat", "lon", "precision", "confidence", "reason"),
    ),
    "times": (*ARTICLE, "id", "text", "start", "end", "type", "value", "confidence", "reason"),
    "framing": (*ARTICLE, "id", "about", "term", "start", "end", "category", "attribution", "said_by", "confidence", "reason"),
}


def rows(reports: Iterable[Report], what: What) -> Iterator[Row]:
    """The findings of one kind, a row each, with the columns ``COLUMNS[what]`` in their order."""
    for report in reports:
        names = {a.id: speaker_name(a) for a in report.attributions}
        for row in _ROWS[what](report, names):
            yield {**_article(report.article), **row}


def speaker_name(attribution: Attribution) -> str:
    """Who speaks: the resolved name, else the words of the source."""
    return attribution.speaker.name or " ".join(s.text for s in attribution.source) or "not named"


def _article(article: Article) -> Row:
    return dict(zip(ARTICLE, (article.id, article.published, article.publisher, article.url, article.title), strict=True))


def _events(report: Report, names: dict[str, str]) -> Iterator[Row]:
    for e in report.events:
        date, place = e.date, e.place
        day = _day(date.value if date else None, report.article)
        yield {
            "id": e.id,
            "type": e.type,
            "mode": e.mode,
            "quad": e.quad,
            "cameo": e.cameo,
            "contexts": JOIN.join(e.contexts),
            **_span("trigger", e.trigger),
            **_participants("actor", e.actors, day),
            **_participants("recipient", e.recipients, day),
            "date": date and date.value,
            "date_end": date and date.end,
            "date_precision": date and date.precision,
            "date_reason": date and date.reason,
            "place": place and place.name,
            "place_country": place and place.country,
            "place_geonameid": place and place.geonameid,
            "place_lat": place and place.lat,
            "place_lon": place and place.lon,
            "place_admin1": place and place.admin1 and place.admin1.name,
            "place_admin1_code": place and place.admin1 and place.admin1.code,
            "place_precision": place and place.precision,
            "magnitudes": JOIN.join(magnitudes(e)),
            "veridicality": e.veridicality,
            "claimed_by": e.claimed_by,
            "claimed_by_name": names.get(e.claimed_by or ""),
            **_span("evidence", e.evidence),
            "confidence": e.confidence,
            "reason": e.reason,
        }


def magnitudes(event: Event) -> Iterator[str]:
    """The figures of an event in words: ``killed 3–5``, ``amount 30000000 USD``."""
    for m in event.magnitudes:
        low, high = ("?" if x is None else f"{x:g}" if x < 1e6 else f"{x:.0f}" for x in (m.low, m.high))
        yield f"{m.what} {low if low == high else f'{low}–{high}'}{f' {m.unit}' if m.unit else ''}"


def _attributions(report: Report, _: dict[str, str]) -> Iterator[Row]:
    for a in report.attributions:
        s = a.speaker
        yield {
            "id": a.id,
            "kind": a.kind,
            "speaker": speaker_name(a),
            "speaker_id": s.actor_id,
            "speaker_role": s.role,
            "on_behalf_of": s.on_behalf_of,
            "anonymous": s.anonymous,
            "channel": a.channel,
            **_spans("source", a.source),
            **_spans("cue", a.cue),
            "cue_class": a.cue_class,
            **_spans("content", a.content),
            "content_parts": " ".join(f"{c.start}:{c.end}" for c in a.content),
            "parent": a.parent,
            "confidence": a.confidence,
            "reason": a.reason,
        }


def _positions(report: Report, names: dict[str, str]) -> Iterator[Row]:
    for p in report.positions:
        yield _position(p, names, report.article)


def _position(p: Position, names: dict[str, str], article: Article) -> Row:
    codes = state_codes(p.holder.country, _day(p.said.value, article))
    return {
        "id": p.id,
        "holder": p.holder.text,
        "holder_id": p.holder.actor_id,
        "holder_country": p.holder.country,
        "holder_sector": p.holder.sector,
        "holder_cow": codes.cow,
        "holder_gw": codes.gw,
        "act": p.act,
        "stance": p.stance,
        **_span("object", p.object),
        "object_kind": p.object.kind,
        "object_event_id": p.object.event_id,
        "object_actor_id": p.object.actor_id,
        "said": p.said.value,
        "said_precision": p.said.precision,
        "said_reason": p.said.reason,
        "status": p.status,
        "addressee": p.addressee and p.addressee.text,
        "addressee_id": p.addressee and p.addressee.actor_id,
        "act_event_id": p.act_event_id,
        "basis": p.basis,
        "attribution": p.attribution,
        "said_by": names.get(p.attribution or ""),
        **_span("evidence", p.evidence),
        "confidence": p.confidence,
        "reason": p.reason,
    }


def _actors(report: Report, _: dict[str, str]) -> Iterator[Row]:
    for a in report.actors:
        first = min(a.mentions, key=lambda m: m.start, default=None)
        codes = state_codes(a.country, _day(None, report.article))
        yield {
            "id": a.id,
            "name": a.name,
            "country": a.country,
            "iso2": codes.iso2,
            "cow": codes.cow,
            "gw": codes.gw,
            "sector": a.sector,
            "kind": a.kind,
            "role": a.role,
            "affiliation": a.affiliation,
            "mentions": len(a.mentions),
            "first_start": first and first.start,
            "first_end": first and first.end,
            "reason": a.reason,
        }


def _places(report: Report, _: dict[str, str]) -> Iterator[Row]:
    for p in report.places:
        row = {c: getattr(p, c, None) for c in COLUMNS["places"][len(ARTICLE) :]}
        division = {"admin1": p.admin1.name, "admin1_code": p.admin1.code, "admin1_geonameid": p.admin1.geonameid} if p.admin1 else {}
        yield {**row, "admin1": None, **division}


def _times(report: Report, _: dict[str, str]) -> Iterator[Row]:
    for t in report.times:
        yield {c: getattr(t, c) for c in COLUMNS["times"][len(ARTICLE) :]}


def _framing(report: Report, names: dict[str, str]) -> Iterator[Row]:
    for f in report.framing:
        yield {
            "id": f.id,
            "about": f.about,
            "term": f.term.text,
            "start": f.term.start,
            "end": f.term.end,
            "category": f.category,
            "attribution": f.attribution,
            "said_by": names.get(f.attribution or ""),
            "confidence": f.confidence,
            "reason": f.reason,
        }


_ROWS = {
    "events": _events,
    "attributions": _attributions,
    "positions": _positions,
    "actors": _actors,
    "places": _places,
    "times": _times,
    "framing": _framing,
}


def _span(name: str, span: Span) -> Row:
    return {name: span.text, f"{name}_start": span.start, f"{name}_end": span.end}


def _spans(name: str, spans: tuple[Span, ...]) -> Row:
    first, last = (spans[0].start, spans[-1].end) if spans else (None, None)
    return {name: " … ".join(s.text for s in spans), f"{name}_start": first, f"{name}_end": last}


def _day(value: str | None, article: Article) -> str | None:
    """The day at which a country's codes are looked up: the finding's own where it has a year, else the article's."""
    return value if value and value[:4].isdigit() else article.published and article.published[:10]


def _participants(role: str, who: tuple[Participant, ...], day: str | None) -> Row:
    def joined(values: Iterable[str | int | None]) -> str:
        return JOIN.join("" if v is None else str(v) for v in values)

    codes = [state_codes(p.country, day) for p in who]
    return {
        f"{role}s": joined(p.text for p in who),
        f"{role}_ids": joined(p.actor_id for p in who),
        f"{role}_countries": joined(p.country for p in who),
        f"{role}_sectors": joined(p.sector for p in who),
        f"{role}_cow_codes": joined(c.cow for c in codes),
        f"{role}_gw_codes": joined(c.gw for c in codes),
    }
