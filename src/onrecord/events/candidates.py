"""What the rules propose, in words: what the event head reads beside the encoder's states."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder import touched
from onrecord.events.proposing import Proposal
from onrecord.ontology import EVENT_TYPES
from onrecord.records import Cast, Participant

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

TYPES = tuple(EVENT_TYPES)
MODES = tuple((name, mode) for name, event_type in EVENT_TYPES.items() for mode in event_type.modes)
STANDINGS = ("asserted", "denied", "hypothetical", "planned", "demanded")
ROLES = ("actor", "recipient")
ACTOR, RECIPIENT = 1, 2
WEAKER = 3
"""Added to a role where the rules alone would not keep the event."""
UNTOUCHED = 7
"""A word that a proposal with this trigger leaves alone."""
FLAGS = 2 * len(TYPES) + 4
"""Columns of :func:`flags`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's event in word numbers; ``anchor`` is its trigger."""

    anchor: int
    type: str
    kept: bool
    actors: tuple[int, ...]
    recipients: tuple[int, ...]


def candidate_of(proposal: Proposal, number: dict[int, int], spans: Ints) -> Candidate:
    """A proposal in word numbers, given the number of each token's word and the start and end of each word in characters."""

    def words(some: Iterable[Participant]) -> tuple[int, ...]:
        return touched(spans, ((p.start, p.end) for p in some))

    return Candidate(number[proposal.parts[0].word.i], proposal.type, proposal.kept, words(proposal.who.actors), words(proposal.who.recipients))


def flags(proposed: Iterable[Candidate], cast: Cast, spans: Ints) -> Floats:
    """For each word the type of the event it triggers by a rule, kept or not; whether a rule makes it an actor or a
    recipient; whether it is in a mention of an actor, and heads it."""
    out = np.zeros((len(spans), FLAGS), np.float32)
    count = len(TYPES)
    for each in proposed:
        out[each.anchor, TYPES.index(each.type) + (0 if each.kept else count)] = 1
        out[list(each.actors), 2 * count] = 1
        out[list(each.recipients), 2 * count + 1] = 1
    if len(spans):
        for mention, _ in cast.within(int(spans[0, 0]), int(spans[-1, 1])):
            inside = touched(spans, [(mention.start, mention.end)])
            out[list(inside), 2 * count + 2] = 1
            out[list(inside[-1:]), 2 * count + 3] = 1
    return out


def ruled(proposed: Sequence[Candidate], anchor: int, count: int) -> Ints:
    """What the rule with this trigger makes of each word."""
    out = np.zeros(count, np.int32)
    for each in proposed:
        if each.anchor == anchor:
            out[:] = UNTOUCHED
            for role, where in ((RECIPIENT, each.recipients), (ACTOR, each.actors)):
                out[list(where)] = role if each.kept else role + WEAKER
    return out
