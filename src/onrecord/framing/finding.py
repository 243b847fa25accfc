"""Loaded terms and scare quotes of an article, each with its voice and what it is said of."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

import numpy as np
from spacy.tokens import Span

from onrecord.encoder import States
from onrecord.framing.head import CATEGORIES, UNLIKELY, Head, found_words
from onrecord.framing.lexicon import Lexicon
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


ENCODER = "framing.encoder"
"""The reason of a term that the head found and no table has."""
SUREST = 0.65
"""The confidence of a term that the head is certain of."""
NOTHING = (np.zeros(0, np.int64), np.zeros((0, len(CATEGORIES) + 1), np.float32))
BY_CONTEXT = frozenset(["evaluative", "sensational", "intensifying", "honorific", "dehumanising"])
"""Categories whose terms are often plain words elsewhere: in these a word that the head finds :data:`UNLIKELY` is less sure."""
DOUBTED = 0.75
"""How much of its confidence such a finding keeps."""
CERTAINTY = {Voice.OWN: 1.0, Voice.ATTRIBUTED: 1.0, Voice.QUOTED: 0.75, Voice.SCARE: 0.9}


def find(
    parsed: Parsed,
    cast: Cast,
    where: tuple[Place, ...],
    events: tuple[Event, ...],
    attributions: tuple[Attribution, ...],
    *,
    lexicon: Lexicon,
    states: States | None = None,
    head: Head | None = None,
) -> tuple[Framing, ...]:
    """The loaded terms of an article, in text order.

    Args:
        parsed: the article.
        cast: its actors, of whom a term may be said.
        where: its places, likewise.
        events: its events, likewise.
        attributions: who says what in it; a term in a content is that speaker's.
        lexicon: terms and rules.
        states: what the encoder made of the article; None to go by the tables alone.
        head: the head that reads them, likewise.
    """
    targets = Targets.of(parsed, cast, where, events)
    scared = list(scare_quotes(parsed, attributions, lexicon))
    quoted = {token.i for span in scared for token in span}
    made = Maker(parsed, targets, attributions)
    tokens, likely = head.scored(parsed.doc, states) if head is not None and states is not None else NOTHING
    plain = {int(t) for t, row in zip(tokens, likely, strict=True) if 1 - row[0] < UNLIKELY}
    taken: set[int] = set()
    out: list[Framing] = []
    for span, term in found_terms(parsed.doc, lexicon):
        taken.update(range(span.start, span.end))
        rule = lexicon.rules[term.category]
        confidence = rule.confidence if term.confidence is None else term.confidence
        if term.category in BY_CONTEXT and len(span) == 1 and span.start in plain:
            confidence *= DOUBTED
        out.append(made.framing(span, rule.category, rule.id, confidence, scare=span.start in quoted))
    scare_rule = lexicon.rules["scare_quotes"]
    for span in scared:
        if not any(token.i in taken for token in span):
            out.append(made.framing(span, scare_rule.category, scare_rule.id, scare_rule.confidence, scare=True))
    if head is not None:
        for found in found_words(parsed.doc, tokens, likely, least=head.least, taken=taken | quoted):
            out.append(made.framing(found.span, found.category, ENCODER, SUREST * found.likely, scare=False))
    return tuple(sorted(out, key=lambda f: (f.term.start, f.term.end)))


@dataclasses.dataclass(frozen=True, slots=True)
class Maker:
    """Makes findings of an article's terms: adds the voice and what a term is said of."""

    parsed: Parsed
    targets: Targets
    attributions: tuple[Attribution, ...]

    def framing(self, span: Span, category: str, reason: str, confidence: float, *, scare: bool) -> Framing:
        """One finding."""
        term = self.parsed.article.span(span.start_char, span.end_char)
        attribution = voice_at(self.attributions, term.start, term.end)
        if attribution is not None:
            voice = Voice.ATTRIBUTED
        elif scare:
            voice = Voice.SCARE
        else:
            voice = Voice.QUOTED if self.parsed.quotation_at(term.start) is not None else Voice.OWN
        about, how = self.targets.about(span)
        return Framing(
            id=finding_id("fr", self.parsed.article.id, category, [term], [about]),
            about=about,
            term=term,
            category=category,
            attribution=attribution.id if attribution else None,
            confidence=round(confidence * CERTAINTY[voice], 2),
            reason=f"{reason}|{voice}|{how}",
        )
