"""The type of the event between two marked participants: always an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.encoder import States, heads_of, spans_of, touched
from onrecord.events.candidates import TYPES, candidate_of, flags
from onrecord.events.head import Head
from onrecord.events.lexicon import Lexicon
from onrecord.events.proposing import proposals
from onrecord.events.roles import roles
from onrecord.events.selection import is_promised, type_of
from onrecord.events.stage import Roles, Stage
from onrecord.events.standing import standing
from onrecord.events.triggers import Trigger, triggers
from onrecord.ontology import PLOVER
from onrecord.parse import Parsed
from onrecord.records import Cast, Participant

FALLBACK = "SUPPORT"
ANNOUNCED = {
    **dict.fromkeys(("CONCEDE", "RETREAT", "CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE"),
    **dict.fromkeys(("PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"), "THREATEN"),
}
"""What somebody only announces, in PLOVER's codebook: cooperation ahead is an agreement, conflict ahead a threat."""
TRUST = 2.0
"""Added to the head's score of the type that the rules say; 1.5 to 2 are best on development sentences, more for heads that have seen less."""

YIELD = ("CONCEDE", "RETREAT")
"""Words or deeds of one kind, told apart only after the kind is chosen."""


def classify(
    parsed: Parsed,
    cast: Cast,
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    *,
    lexicon: Lexicon,
    states: States | None = None,
    head: Head | None = None,
) -> str:
    """The PLOVER type of the event from a source to a target.

    Args:
        parsed: the sentence.
        cast: its actors.
        source: offsets of who does it.
        target: offsets of whom it is done to.
        lexicon: the triggers.
        states: the encoder's states of the sentence; without them, or where source or target is empty, the rules answer.
        head: the event head that reads them.
    """
    stage = Stage(parsed, cast, (), lexicon)
    if states is not None and head is not None:
        spans, heads = spans_of(parsed, states.words), heads_of(parsed, states.words)
        doer, sufferer = touched(spans, source), touched(spans, target)
        if doer and sufferer:
            number = {token: n for n, token in enumerate(states.words.tokens.tolist())}
            proposed = [candidate_of(p, number, spans) for sentence, _ in parsed.sentences() for p in proposals(sentence, stage) if p.type in TYPES]
            every = flags(proposed, cast, spans)
            scored = head.sentence(states, every, (0, len(spans)))
            scores = head.between(states, heads, proposed, every, scored, doer, sufferer)
            said = by_rules(stage, source, target)
            return _best({t: float(scores[TYPES.index(t)]) + TRUST * (t == said) for t in TYPES if t in PLOVER})
    return by_rules(stage, source, target) or FALLBACK


def _best(scores: Mapping[str, float]) -> str:
    """The type with the highest score, where a yield in words and one in deeds first stand together."""
    either = np.logaddexp.reduce([scores[t] for t in YIELD])
    best = max(scores, key=lambda t: either if t in YIELD else scores[t])
    return max(YIELD, key=lambda t: scores[t]) if best in YIELD else best


def by_rules(stage: Stage, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]) -> str | None:
    """The type of the trigger that best links the two by the rules; None where no trigger is in the text."""
    scores: Counter[str] = Counter()
    for sentence, _ in stage.parsed.sentences():
        candidates = list(triggers(sentence, stage.lexicon))
        by_word = {t.word.i: t for t in candidates}
        for order, trigger in enumerate(candidates):
            event_type = type_of(trigger)
            if trigger.entry.kind == "modal" or is_promised(trigger, by_word) or event_type not in PLOVER:
                continue
            if event_type in ANNOUNCED and standing(trigger, None, stage.lexicon) == "planned":
                event_type = ANNOUNCED[event_type]
            scores[event_type] += _score(trigger, roles(trigger, stage), source, target) - 0.01 * order  # type: ignore[assignment]
    return max(scores, key=lambda t: scores[t]) if scores else None


def _score(trigger: Trigger, who: Roles, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]) -> float:
    points = 1.0 + 0.3 * trigger.entry.weight
    points += 4.0 * _meets(who.actors, source) + 3.0 * _meets(who.recipients, target)
    points -= 1.5 * (_meets(who.recipients, source) + _meets(who.actors, target))
    if any(s <= trigger.word.idx < e for s, e in (*source, *target)):
        points -= 1.5
    if trigger.entry.kind == "noun":
        points -= 0.5
    if trigger.word.dep_ == "ROOT":
        points += 1.0
    return max(points, 0.05)


def _meets(participants: Sequence[Participant], spans: Sequence[tuple[int, int]]) -> bool:
    return any(p.overlaps(s, e) for p in participants for s, e in spans)
