"""A report as the rows of the tables, and as the compressed JSON from which it is had back exactly."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from onrecord.records import Article, Attribution, Event, Participant, Place, Position, Report, Span
from onrecord.store.days import bounds

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of each table, by its name."""

GAP = " … "


class Keys:
    """Numbers for new rows, of one table after the other.

    Args:
        last: the last number given to a row of each table.
    """

    def __init__(self, last: Mapping[str, int]) -> None:
        self.last = dict(last)

    def next(self, table: str) -> int:
        """A number that no row of the table has had."""
        self.last[table] = self.last.get(table, 0) + 1
        return self.last[table]


def packed(report: Report) -> bytes:
    """A report without its article, as compressed JSON."""
    body: dict[str, Any] = msgspec.to_builtins(report)
    del body["article"]
    return zlib.compress(msgspec.json.encode(body), 6)


def unpacked(body: bytes, article: Article) -> Report:
    """The report that was packed, on its article; every span is checked against the text again."""
    return msgspec.convert({**msgspec.json.decode(zlib.decompress(body)), "article": msgspec.to_builtins(article)}, Report)


def unfolded(report: Report, article: int, run: int, keys: Keys) -> Rows:
    """The rows of a report's findings.

    Args:
        report: the report.
        article: the number of its article.
        run: the number of its run.
        keys: gives every finding its number.
    """
    out: Rows = {}

    def add(table: str, findings: Iterable[tuple[Row, Rows]]) -> None:
        for row, parts in findings:
            row.update(key=keys.next(table), article=article, run=run, current=True, review=None)
            out.setdefault(table, []).append(row)
            for part, rows in parts.items():
                out.setdefault(part, []).extend({**r, "finding": row["key"]} for r in rows)

    add("article_actors", _actors(report))
    add("places", ((_place(p), {}) for p in report.places))
    add("times", _times(report))
    published = _days("published", report.article.published)
    add("attributions", (_attribution(a, published) for a in report.attributions))
    add("event_mentions", (_event(e) for e in report.events))
    add("positions", ((_position(p), {}) for p in report.positions))
    add("framing", _framing(report))
    return out


def _span(name: str, span: Span) -> Row:
    return {name: span.text, f"{name}_start": span.start, f"{name}_end": span.end}


def _days(name: str, value: str | None, end: str | None = None) -> Row:
    first, last = bounds(value, end)
    return {f"{name}_from": first, f"{name}_to": last}


def _numbered(rows: Iterable[Row]) -> list[Row]:
    return [{"n": n, **row} for n, row in enumerate(rows)]


def _actors(report: Report) -> Iterator[tuple[Row, Rows]]:
    plain = ("id", "name", "country", "sector", "kind", "role", "affiliation", "affiliation_id", "reason")
    for a in report.actors:
        mentions = _numbered({**_span("text", m), "head": m.head, "form": m.form, "reason": m.reason} for m in a.mentions)
        yield {name: getattr(a, name) for name in plain}, {"actor_mentions": mentions}


def _place(p: Place) -> Row:
    plain = ("id", "geonameid", "name", "country", "use", "as_written", "disputed", "lat", "lon", "precision", "confidence", "reason")
    return {**{name: getattr(p, name) for name in plain}, **_span("text", p)}


def _times(report: Report) -> Iterator[tuple[Row, Rows]]:
    for t in report.times:
        yield {"id": t.id, **_span("text", t), "type": t.type, "value": t.value, **_days("day", t.value), "confidence": t.confidence, "reason": t.reason}, {}


def _attribution(a: Attribution, published: Row) -> tuple[Row, Rows]:
    s = a.speaker
    spans = [
        {"part": part, "n": n, "text_start": x.start, "text_end": x.end}
        for part, found in (("source", a.source), ("cue", a.cue), ("content", a.content))
        for n, x in enumerate(found)
    ]
    row = {
        "id": a.id,
        "kind": a.kind,
        "speaker_id": s.actor_id,
        "speaker_name": s.name,
        "speaker_role": s.role,
        "speaker_affiliation": s.affiliation,
        "on_behalf_of": s.on_behalf_of,
        "anonymous": s.anonymous,
        "source": _joined(a.source) or None,
        "cue": _joined(a.cue) or None,
        "cue_class": a.cue_class,
        "content": _joined(a.content),
        "content_start": min((x.start for x in a.content), default=None),
        "content_end": max((x.end for x in a.content), default=None),
        "channel": a.channel,
        "parent": a.parent,
        **published,
        "confidence": a.confidence,
        "reason": a.reason,
    }
    return row, {"attribution_spans": spans}


def _joined(spans: Iterable[Span]) -> str:
    return GAP.join(s.text for s in spans)


def _event(e: Event) -> tuple[Row, Rows]:
    date, place = e.date, e.place
    row = {
        **{name: getattr(e, name) for name in ("id", "type", "mode", "quad", "cameo", "veridicality", "claimed_by", "confidence", "reason")},
        "contexts": list(e.contexts),
        **_span("trigger", e.trigger),
        **_span("evidence", e.evidence),
        "date": date and date.value,
        "date_end": date and date.end,
        "date_precision": date and date.precision,
        "date_reason": date and date.reason,
        **(_days("date", date.value, date.end) if date else _days("date", None)),
        "place_id": place and place.id,
        **{f"place_{name}": place and getattr(place, name) for name in ("name", "country", "geonameid", "lat", "lon", "precision")},
    }
    who = [{"role": role, "n": n, **_participant(p)} for role, found in (("actor", e.actors), ("recipient", e.recipients)) for n, p in enumerate(found)]
    figures = _numbered(
        {"what": m.what, "low": m.low, "high": m.high, "unit": m.unit, **_span("text", m.span), "claimed_by": m.claimed_by} for m in e.magnitudes
    )
    return row, {"participants": who, "magnitudes": figures}


def _participant(p: Participant) -> Row:
    return {**_span("text", p), "actor_id": p.actor_id, "country": p.country, "sector": p.sector}


def _position(p: Position) -> Row:
    return {
        **{name: getattr(p, name) for name in ("id", "act", "stance", "status", "act_event_id", "basis", "attribution", "confidence", "reason")},
        **_span("holder", p.holder),
        "holder_id": p.holder.actor_id,
        "holder_country": p.holder.country,
        "holder_sector": p.holder.sector,
        **_span("object", p.object),
        "object_kind": p.object.kind,
        "object_event_id": p.object.event_id,
        "object_actor_id": p.object.actor_id,
        **_span("evidence", p.evidence),
        "said": p.said.value,
        "said_precision": p.said.precision,
        "said_reason": p.said.reason,
        **_days("said", p.said.value),
        "addressee": p.addressee and p.addressee.text,
        "addressee_id": p.addressee and p.addressee.actor_id,
    }


def _framing(report: Report) -> Iterator[tuple[Row, Rows]]:
    plain = ("id", "about", "category", "attribution", "confidence", "reason")
    for f in report.framing:
        yield {**{name: getattr(f, name) for name in plain}, **_span("term", f.term)}, {}
