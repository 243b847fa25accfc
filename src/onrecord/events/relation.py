"""The type of the event between two marked participants: always an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.events.lexicon import Lexicon
from onrecord.events.roles import Roles, Stage, roles
from onrecord.events.selection import is_promised, type_of
from onrecord.events.triggers import Trigger, triggers
from onrecord.ontology import PLOVER
from onrecord.parse import Parsed
from onrecord.records import Cast, Participant

FALLBACK = "SUPPORT"


def classify(parsed: Parsed, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]], *, lexicon: Lexicon) -> str:
    """The PLOVER type of the event from a source to a target.

    Args:
        parsed: the sentence.
        source: offsets of who does it.
        target: offsets of whom it is done to.
        lexicon: the triggers.
    """
    stage = Stage(parsed, Cast(()), (), lexicon)
    scores: Counter[str] = Counter()
    for sentence, _ in parsed.sentences():
        candidates = list(triggers(sentence, lexicon))
        by_word = {t.word.i: t for t in candidates}
        for order, trigger in enumerate(candidates):
            event_type = type_of(trigger)
            if trigger.entry.kind == "modal" or is_promised(trigger, by_word) or event_type not in PLOVER:
                continue
            scores[event_type] += _score(trigger, roles(trigger, stage), source, target) - 0.01 * order  # type: ignore[assignment]
    return max(scores, key=lambda t: scores[t]) if scores else FALLBACK


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
