"""An article: its text as written, what was found in it, and how to cite it; and one finding with its reasons."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import polars
from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore.answer import Answer, serve
from onrecord.explore.asked import Asked, Many
from onrecord.explore.cited import Citation
from onrecord.explore.depending import Opened
from onrecord.explore.problems import NotThereError
from onrecord.explore.reading import blocks
from onrecord.explore.told import KINDS, OWN, ROOMS, Kind, Scene, Told, told
from onrecord.export.why import explanation, made_by
from onrecord.operating import operating_point
from onrecord.records import Report, Span
from onrecord.store import Table
from onrecord.store.query.table import structure

router = APIRouter(tags=["article"])
FIRST: tuple[Kind, ...] = ("event", "position", "quotation")
"""The kinds that are shown unless others are asked for."""
NAMES = {
    "event": "events",
    "position": "positions",
    "quotation": "quotations",
    "place": "places",
    "time": "times",
    "actor": "actors",
    "term": "loaded terms",
}
CITED = tuple(f.name for f in dataclasses.fields(Citation))
HELD = ("confirmed", "corrected")
STRING = polars.String
SPAN = {"text": STRING, "start": polars.Int64, "end": polars.Int64}
FINDINGS = {
    **dict.fromkeys(("id", "kind", "what"), STRING),
    "anchor": structure(**SPAN),
    "evidence": structure(**SPAN),
    "voice": structure(name=STRING, id=STRING),
    "hearsay": polars.Boolean,
    "event": STRING,
    "confidence": polars.Float64,
    "reason": STRING,
    "citation": STRING,
    "review": STRING,
}


class InArticle(Asked):
    """Which article, and what of it."""

    id: str = Field(description="The article's id.")
    kind: list[Kind] = Field([], description="The kinds of findings: event, position, quotation (unless others are asked for), place, time, actor, term.")
    voice: Many = Field([], description="Whose words: own (the article's), an actor's id, or a speaker's name.")
    point: Literal["strict", "broad"] = Field("strict", description="strict: what is surest; broad: all that is found.")
    min_confidence: float | None = Field(None, ge=0, le=1, description="The least confidence, in place of the operating point's.")
    finding: str | None = Field(None, description="A finding that is shown whatever else is asked for.")
    reviewed: Literal["any", "confirmed", "unreviewed", "with-rejected"] = Field(
        "any", description="any: what nobody rejected; confirmed: what a reviewer holds to be right; unreviewed; with-rejected: all."
    )
    version: int | None = Field(None, ge=1, description="Which of its codings, counted from 1; by default the last.")

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of findings that are shown."""
        return tuple(k for k in KINDS if k in self.kind) or FIRST

    def least(self, kind: Kind) -> float:
        """The least confidence of a kind of finding."""
        point = operating_point(self.point)
        known = {"event": point.events, "position": point.positions, "quotation": point.attributions, "term": point.framing}
        return self.min_confidence if self.min_confidence is not None else known.get(kind, 0.0)

    def wants(self, t: Told, review: str | None) -> bool:
        """Whether a finding is shown.

        Args:
            t: the finding.
            review: the verdict of its review.
        """
        if t.id == self.finding:
            return True
        if (self.reviewed == "confirmed" and review not in HELD) or (self.reviewed == "unreviewed" and review is not None):
            return False
        heard = not self.voice or t.voice.key in self.voice
        return heard and t.kind in self.kinds() and (t.confidence is None or t.confidence >= self.least(t.kind))


class OneFinding(Asked):
    """Which finding."""

    id: str = Field(description="The finding's id, or its first characters.", min_length=3)


def article(record: Opened, query: Annotated[InArticle, Query()]) -> Answer:
    """An article and what was found in it."""
    kept = record.article(query.id, version=query.version, rejected=query.reviewed == "with-rejected")
    if kept is None:
        raise NotThereError(f"the record has no article {query.id!r}" + (f" in a version {query.version}" if query.version else ""))
    scene = scene_of(kept.report, kept.about, kept.events)
    kinds = KINDS if query.finding else query.kinds()
    verdicts = {id: r["verdict"] for id, r in kept.reviews.items()}
    found = [t for t in told(scene, kinds) if query.wants(t, verdicts.get(t.id))]
    rows = [{**row_of(t), "review": kept.reviews.get(t.id)} for t in found]
    about = kept.report.article
    data: dict[str, Any] = {
        "article": {**{n: getattr(about, n) for n in ("id", "title", "published", "publisher", "byline", "url", "language")}, **kept.about},
        "text": about.text,
        "rows": rows,
        "next": None,
        **{name: getattr(kept, name) for name in ("version", "versions", "origin", "copies", "story", "retracted")},
        "warnings": kept.report.warnings,
    }
    shown = {
        "asked": query,
        "found": found,
        "reviews": kept.reviews,
        "blocks": blocks(kept.report, found),
        "kinds": [(k, NAMES[k], n, k in query.kinds()) for k, n in counted(kept.report)],
        "voices": voices(scene, query),
        "why": why,
        "OWN": OWN,
    }
    table = Table([flat(row) for row in rows], FINDINGS)
    return Answer(title=about.title or "(no headline)", data=data, table=table, shown=shown)


def finding(record: Opened, query: Annotated[OneFinding, Query()]) -> Answer:
    """One finding, why it was made and on what it rests."""
    hit = record.finding(query.id)
    if hit is None:
        raise NotThereError(f"the record has no finding {query.id!r}")
    body, room, raw = hit
    kept = record.article(body["article"]["id"])
    report = Report.from_dict(body)
    review = kept.reviews.get(raw["id"]) if kept is not None else None
    current = kept is not None and any(f.id == raw["id"] for f in getattr(kept.report, room))
    if current and kept is not None:
        report = kept.report
    about = kept.about if kept is not None else {}
    scene = scene_of(report, {**about, "text_sha256": report.article.text_sha256}, kept.events if kept is not None else {})
    one = next(t for t in told(scene, (ROOMS[room],)) if t.id == raw["id"])
    head = {name: body["article"].get(name) for name in ("id", "title", "published", "publisher", "url")}
    data: dict[str, Any] = {
        "finding": row_of(one),
        "room": room,
        "record": raw,
        "article": head,
        "current": current,
        "review": review,
        "retracted": kept.retracted if kept is not None else None,
        "explanation": list(explanation(body, room, raw)),
    }
    around = _around(report.article.text, one.quote or one.anchor)
    return Answer(title=f"{NAMES[one.kind].rstrip('s').capitalize()}: {one.words}", data=data, shown={"one": one, "around": around, "why": why})


def scene_of(report: Report, about: dict[str, Any], events: dict[str, str]) -> Scene:
    """A report as pages look at it."""
    return Scene(report=report, about={**about, "names": {a.id: a.name for a in report.actors}}, events=events)


def why(t: Told) -> list[str]:
    """The rule that made a finding and its reasons."""
    return list(made_by({"reason": t.reason, **({} if t.confidence is None else {"confidence": t.confidence})}))


def row_of(t: Told) -> dict[str, Any]:
    """A finding as JSON."""
    voice = {"name": t.voice.name, "id": t.voice.id, "own": t.voice.key == OWN}
    row = {"id": t.id, "kind": t.kind, "what": t.words, "anchor": _span(t.anchor), "evidence": _span(t.quote), "voice": voice, "hearsay": t.hearsay}
    facts = dict(t.facts)
    citation = None if t.citation is None else {name: getattr(t.citation, name) for name in CITED}
    return {**row, "facts": facts, "event": t.event, "confidence": t.confidence, "reason": t.reason, "citation": citation}


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A finding as a row of a table."""
    plain = {"citation": row["citation"] and row["citation"]["words"], "review": row["review"] and row["review"]["verdict"]}
    return {name: row[name] for name in FINDINGS} | plain


def counted(report: Report) -> Iterator[tuple[Kind, int]]:
    """How many findings of each kind an article has."""
    yield from ((kind, len(getattr(report, room))) for room, kind in sorted(ROOMS.items(), key=lambda x: KINDS.index(x[1])))


def voices(scene: Scene, query: InArticle) -> list[tuple[str, str, bool]]:
    """Whose words there are in an article: the key, the name, and whether they are asked for; who says most first."""
    heard: Counter[str] = Counter()
    names: dict[str, str] = {}
    for a in scene.report.attributions:
        voice = scene.voice(a.id)
        heard[voice.key] += 1
        names.setdefault(voice.key, voice.name)
    return [(key, names[key], key in query.voice) for key, _ in heard.most_common()]


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def _around(text: str, span: Span, most: int = 300) -> tuple[str, str, str]:
    """Some characters with what stands before and behind them."""
    before, after = text[max(0, span.start - most) : span.start], text[span.end : span.end + most]
    return ("… " if span.start > most else "") + before, span.text, after + (" …" if span.end + most < len(text) else "")


serve(router, "/article", article, template="article.html.jinja", describe="An article and what was found in it", table=FINDINGS)
serve(router, "/finding", finding, template="finding.html.jinja", describe="One finding, why it was made and on what it rests")
