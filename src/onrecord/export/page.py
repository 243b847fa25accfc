"""One self-contained page a run: each article as written, its findings marked in the text and explained.

A mark shows its explanation on hover and on keyboard focus, without scripts and without a network.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import jinja2

from onrecord.export import marking
from onrecord.export.rows import magnitudes, speaker_name
from onrecord.export.terminal import OWN_VOICE, code, holder_name, shortened
from onrecord.records import WORDS_OF, Attribution, Event, Participant, Position, Report, rule_of

STOPS = ("trigger", "cue", "object")
"""The marks one can reach with the keyboard: one for each event, attribution and position."""
SHOWN = (*STOPS, "who", "source", "content", "where", "when")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One finding in words, for the tooltip and the margin."""

    id: str
    kind: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    reason: str
    rule: str
    confidence: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters between two mark boundaries, with what covers it."""

    text: str
    roles: tuple[str, ...]
    stops: tuple[Card, ...]


def page(reports: Sequence[Report], *, title: str = "On record") -> str:
    """The page as HTML.

    Args:
        reports: what to show; their articles carry their texts.
        title: the heading.
    """
    articles = [article(r, number) for number, r in enumerate(reports, 1)]
    return templates().get_template("page.html.jinja").render(title=title, articles=articles, matrix=_matrix(reports))


def templates(*more: jinja2.BaseLoader) -> jinja2.Environment:
    """The templates that pages are made by, which escape whatever they are given; ``more`` are looked through first."""
    loader = jinja2.ChoiceLoader([*more, jinja2.PackageLoader("onrecord.export", "templates")])
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def article(report: Report, number: int = 1) -> dict[str, Any]:
    """What ``article.html.jinja`` shows of a report: its text in pieces, and its findings in words."""
    cards = {c.id: c for c in _cards(report)}
    of = report.article
    lines = [x for x in (of.publisher, of.published, of.byline) if x]
    heading = of.title or shortened(of.text.strip() or "(empty)", 90)
    return {
        "number": number,
        "heading": heading,
        "line": " · ".join(lines),
        "url": of.url,
        "id": of.id,
        "pieces": _pieces(report, cards),
        "cards": cards.values(),
        "warnings": report.warnings,
    }


def _cards(report: Report) -> Iterable[Card]:
    voices = {a.id: speaker_name(a) for a in report.attributions}
    for event in report.events:
        yield _event_card(event, voices)
    for position in report.positions:
        yield _position_card(report, position, voices)
    for attribution in report.attributions:
        yield _attribution_card(attribution, voices)


def _event_card(e: Event, voices: dict[str, str]) -> Card:
    kind = e.type if e.mode is None else f"{e.type} · {e.mode}"
    facts = [
        ("who", _who(e.actors)),
        ("to whom", _who(e.recipients)),
        ("when", f"{e.date.value} ({e.date.reason})" if e.date else ""),
        ("where", e.place.name if e.place else ""),
        ("figures", ", ".join(magnitudes(e))),
        ("put as", e.veridicality),
        ("in the words of", voices.get(e.claimed_by or "", OWN_VOICE)),
    ]
    return _card(e.id, "event", f"{kind}: “{e.trigger.text}”", facts, e.reason, e.confidence)


def _position_card(report: Report, p: Position, voices: dict[str, str]) -> Card:
    facts = [
        ("holder", holder_name(report, p)),
        ("stand", f"{p.act.replace('_', ' ')} ({p.stance})"),
        ("on", shortened(p.object.text)),
        ("said", f"{p.said.value} ({p.said.reason})" if p.said.value else ""),
        ("status", p.status),
        ("to", p.addressee.text if p.addressee else ""),
        ("basis", p.basis.replace("_", " ")),
        ("in the words of", voices.get(p.attribution or "", OWN_VOICE)),
    ]
    return _card(p.id, "position", f"{holder_name(report, p)}: {p.act.replace('_', ' ')}", facts, p.reason, p.confidence)


def _attribution_card(a: Attribution, voices: dict[str, str]) -> Card:
    speaker = a.speaker
    facts = [
        ("who", ", ".join(x for x in (speaker_name(a), speaker.role, speaker.affiliation) if x)),
        ("on behalf of", speaker.on_behalf_of or ""),
        ("cue", " ".join(s.text for s in a.cue)),
        ("what", shortened(" … ".join(s.text for s in a.content), 240)),
        ("channel", a.channel or ""),
        ("within the words of", voices.get(a.parent or "", "")),
        ("kind", a.kind),
    ]
    return _card(a.id, "attribution", f"{speaker_name(a)}: {'words' if a.confidence >= WORDS_OF else 'attitude'}", facts, a.reason, a.confidence)


def _card(id: str, kind: str, heading: str, facts: list[tuple[str, str]], reason: str, confidence: float) -> Card:
    return Card(id=id, kind=kind, heading=heading, facts=tuple((k, v) for k, v in facts if v), reason=reason, rule=rule_of(reason), confidence=confidence)


def _who(participants: tuple[Participant, ...]) -> str:
    return ", ".join(f"{p.text} ({code(p)})" if p.country or p.sector else p.text for p in participants)


def _pieces(report: Report, cards: dict[str, Card]) -> Iterable[Piece]:
    shown = [m for m in marking.marks(report) if m.role in SHOWN]
    for piece in marking.pieces(report.article.text, shown):
        stops = tuple(cards[m.id] for m in piece.begins if m.role in STOPS)
        yield Piece(text=piece.text, roles=piece.roles, stops=stops)


def _matrix(reports: Sequence[Report]) -> list[dict[str, Any]]:
    held: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: {"support": [], "oppose": [], "neutral": []})
    for number, report in enumerate(reports, 1):
        for p in report.positions:
            held[holder_name(report, p)][p.stance].append(
                {"act": p.act.replace("_", " "), "object": shortened(p.object.text, 80), "id": p.id, "number": number}
            )
    return [{"holder": holder, **sides} for holder, sides in sorted(held.items(), key=lambda x: (-sum(map(len, x[1].values())), x[0]))]
