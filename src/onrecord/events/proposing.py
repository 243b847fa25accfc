"""What the rules propose in a sentence: triggers with their type and participants, and whether the rules alone would keep them."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Span as Sentence

from onrecord.events.roles import roles
from onrecord.events.selection import enough, folds_into, is_promised, type_of
from onrecord.events.stage import Roles, Stage
from onrecord.events.triggers import Trigger, triggers


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A trigger that may report an event.

    Attributes:
        parts: the trigger and the words that only count its casualties.
        type: the event's type.
        who: its participants.
        kept: whether the rules alone take it for an event.
        mode: the likeliest mode where the rule tells none.
        chance: how likely the head takes the trigger for an event of this type; None where it was not asked.
    """

    parts: tuple[Trigger, ...]
    type: str
    who: Roles
    kept: bool
    mode: str | None = None
    chance: float | None = None


def proposals(sentence: Sentence, stage: Stage) -> Iterator[Proposal]:
    """The proposals of a sentence in text order."""
    candidates = list(triggers(sentence, stage.lexicon))
    by_word = {t.word.i: t for t in candidates}
    folded: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in candidates:
        host = folds_into(trigger, by_word)
        if host is not None:
            folded[host.word.i].append(trigger)
    inside = {t.word.i for some in folded.values() for t in some}
    for trigger in candidates:
        if trigger.word.i in inside:
            continue
        parts = (trigger, *folded.get(trigger.word.i, ()))
        who = roles(trigger, stage)
        event_type = type_of(trigger)
        kept = not is_promised(trigger, by_word) and enough(trigger, event_type, who, stage)
        yield Proposal(parts=parts, type=event_type, who=_with_harmed(who, parts[1:], stage) if kept else who, kept=kept)


def _with_harmed(who: Roles, parts: tuple[Trigger, ...], stage: Stage) -> Roles:
    """The participants with whom the words that count the casualties name, where nobody known is harmed otherwise."""
    for part in parts:
        if not who.known_recipients:
            harmed = roles(part, stage)
            who = Roles(actors=who.actors, recipients=harmed.recipients if harmed.known_recipients or not who.recipients else who.recipients)
    return who
