"""Loaded terms and scare quotes of an article, each with its voice and what it is said of."""

from __future__ import annotations

from enum import StrEnum

from spacy.tokens import Span

from onrecord.framing.lexicon import Lexicon, Rule
from onrecord.framing.scare import scare_quotes
from onrecord.framing.targets import Targets
from onrecord.framing.terms import found_terms
from onrecord.parse import Parsed
from onrecord.records import Attribution, Cast, Event, Framing, Place, finding_id, voice_at


class Voice(StrEnum):
    """Whose word a term is."""

    OWN = "own_voice"
    ATTRIBUTED = "attributed"
    QUOTED = "quoted_unattributed"
    SCARE = "in_scare_quotes"


CERTAINTY = {Voice.OWN: 1.0, Voice.ATTRIBUTED: 1.0, Voice.QUOTED: 0.75, Voice.SCARE: 0.9}


def find(
    parsed: Parsed, cast: Cast, where: tuple[Place, ...], events: tuple[Event, ...], attributions: tuple[Attribution, ...], *, lexicon: Lexicon
) -> tuple[Framing, ...]:
    """The loaded terms of an article, in text order.

    Args:
        parsed: the article.
        cast: its actors, of whom a term may be said.
        where: its places, likewise.
        events: its events, likewise.
        attributions: who says what in it; a term in a content is that speaker's.
        lexicon: terms and rules.
    """
    targets = Targets.of(parsed, cast, where, events)
    scared = list(scare_quotes(parsed, attributions, lexicon))
    quoted = {token.i for span in scared for token in span}
    taken: set[int] = set()
    out: list[Framing] = []
    for span, term in found_terms(parsed.doc, lexicon):
        taken.update(range(span.start, span.end))
        rule = lexicon.rules[term.category]
        confidence = rule.confidence if term.confidence is None else term.confidence
        out.append(framing(parsed, targets, attributions, span, rule, confidence, scare=span.start in quoted))
    scare_rule = lexicon.rules["scare_quotes"]
    out += [
        framing(parsed, targets, attributions, span, scare_rule, scare_rule.confidence, scare=True)
        for span in scared
        if not any(token.i in taken for token in span)
    ]
    return tuple(sorted(out, key=lambda f: (f.term.start, f.term.end)))


def framing(parsed: Parsed, targets: Targets, attributions: tuple[Attribution, ...], span: Span, rule: Rule, confidence: float, *, scare: bool) -> Framing:
    """One finding: the term, its voice and what it is said of."""
    term = parsed.article.span(span.start_char, span.end_char)
    attribution = voice_at(attributions, term.start, term.end)
    if attribution is not None:
        voice = Voice.ATTRIBUTED
    elif scare:
        voice = Voice.SCARE
    else:
        voice = Voice.QUOTED if parsed.quotation_at(term.start) is not None else Voice.OWN
    about, how = targets.about(span)
    return Framing(
        id=finding_id("fr", parsed.article.id, rule.category, [term], [about]),
        about=about,
        term=term,
        category=rule.category,
        attribution=attribution.id if attribution else None,
        confidence=round(confidence * CERTAINTY[voice], 2),
        reason=f"{rule.id}|{voice}|{how}",
    )
