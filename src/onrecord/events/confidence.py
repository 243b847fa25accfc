"""How sure an event is: the chance that the article reports an event of its type where it stands.

A logistic sum over what is plain to see of it and what the event head thinks of its trigger. The weights
(lexicons/en/events/confidence.csv) are fitted to development articles; docs/models.md says how well they are calibrated.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from onrecord.events.proposing import Proposal

BUSINESS = frozenset({"BUS", "MNC"})
"""Sectors that make an event nobody's politics when all its participants are of them."""
LEAST = 0.01
"""No chance of the head's counts for less."""


def signs(proposal: Proposal, *, spoken: bool, put: str, figures: bool) -> Iterator[tuple[str, float]]:
    """What is plain to see of an event: names and how much of each.

    Args:
        proposal: the event's trigger, type and participants.
        spoken: whether it is in somebody's words.
        put: its standing.
        figures: whether it has casualties, amounts or the like.
    """
    first, who = proposal.parts[0], proposal.who
    participants = (*who.actors, *who.recipients)
    yield ("rules" if proposal.chance is None else "encoder"), 1.0
    if proposal.chance is not None:
        chance = min(max(proposal.chance, LEAST), 1 - LEAST)
        yield "chance", math.log(chance / (1 - chance))
    yield "rule", first.entry.rule.confidence
    yield f"word.{first.entry.kind}", 1.0
    if who.known_actors:
        yield "actor", 1.0
    if who.known_recipients:
        yield "recipient", 1.0
    if not participants:
        yield "nobody", 1.0
    elif all(p.sector in BUSINESS or not (p.country or p.sector) for p in participants):
        yield "business", 1.0
    if spoken:
        yield "spoken", 1.0
    if put != "asserted":
        yield "not_asserted", 1.0
    if figures:
        yield "figures", 1.0


def confidence(seen: Iterator[tuple[str, float]], weights: Mapping[str, float]) -> float:
    """The chance, between 0 and 1, that an event with these signs is right."""
    return round(1 / (1 + math.exp(-sum(weights.get(sign, 0.0) * value for sign, value in seen))), 2)
