"""How sure a position is: the chance that its holder, stance, act and object are all right.

A logistic sum over what is plain to see of it. The weights (lexicons/en/positions/confidence.csv) are fitted to
judged positions, our own challenge sentences and news articles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from onrecord.parse import syntax
from onrecord.positions.holders import PERSONAL, Holder
from onrecord.positions.stand import Stand, Why
from onrecord.records import Actor, Attribution, PositionObject

BASE = "always"
FAR = 60
"""From how many characters between a trigger and its holder or object they are far apart."""
LONG = 60
"""From how many characters an object is long."""
SUBORDINATE = frozenset({"acl", "relcl", "advcl", "pcomp", "conj", "xcomp", "ccomp", "amod"})
CROWDED = 35
"""From how many tokens a sentence is crowded."""


def signs(stand: Stand, holder: Holder, target: PositionObject, voice: Attribution | None, actor: Actor | None, *, quoted: bool) -> Iterator[str]:
    """What is plain to see of a position, by name; ``actor`` is its holder."""
    who, trigger = holder.participant, stand.trigger
    first, last = trigger.idx, trigger.idx + len(trigger)
    yield BASE
    yield f"act.{stand.act}"
    yield f"way.{stand.why[0]}"
    yield f"stance.{stand.stance}"
    yield f"rule.{stand.rule.removeprefix('positions.')}"
    for why in stand.why[1:]:
        yield f"why.{why}"
    if stand.status != "taken":
        yield "not_taken"
    yield from _of_holder(stand, holder, actor)
    if who.text.lower().startswith(("other", "some", "many", "both")):
        yield "holder.vague"
    if not stand.holders:
        yield "holder.speaker"
    elif max(who.start - last, first - who.end) > FAR:
        yield "holder.far"
    if target.event_id is not None:
        yield "object.event"
    elif target.actor_id is not None:
        yield "object.actor"
    yield f"object.{target.kind}"
    if stand.target.clausal:
        yield "object.clause"
    if target.end - target.start > LONG:
        yield "object.long"
    elif target.end - target.start < 5:
        yield "object.tiny"
    if max(target.start - last, first - target.end) > FAR:
        yield "object.far"
    if target.end <= first:
        yield "object.before"
    if voice is not None:
        yield "quoted" if quoted else "reported"
    if trigger.dep_ in SUBORDINATE:
        yield f"trigger.{trigger.dep_}"
    if trigger.pos_ in ("VERB", "AUX") and (will := syntax.modal(trigger)) is not None:
        yield f"trigger.{will}"
    if len(trigger.sent) > CROWDED:
        yield "sentence.crowded"


def _of_holder(stand: Stand, holder: Holder, actor: Actor | None) -> Iterator[str]:
    """What is plain to see of who holds it, and of how they came by their country."""
    who = holder.participant
    if Why.UNRESOLVED_HOLDER in holder.why or who.actor_id is None:
        yield "holder.unresolved"
    elif who.actor_id.startswith("_"):
        yield "holder.countryless"
    elif who.sector == "GOV":
        yield "holder.government"
    if actor is not None:
        yield f"holder.is.{actor.kind}"
        named = next((m for m in actor.mentions if m.start <= who.start < m.end), None)
        yield f"holder.as.{named.form}" if named is not None else "holder.as.other"
        told = f"{actor.reason}|{named.reason if named is not None else ''}"
        if "country_from_" in told:
            yield "holder.country_inferred"
        if ".coref." in told:
            yield "holder.referred"
    if who.sector == "BUS":
        yield "holder.business"
        yield f"holder.business.{stand.act}"
    if holder.first_person:
        yield "holder.first_person"
    elif who.text.lower() in PERSONAL or who.text.lower() in ("it", "its", "who", "which", "that"):
        yield "holder.pronoun"


def confidence(seen: Iterator[str], weights: Mapping[str, float]) -> float:
    """The chance, between 0 and 1, that a position with these signs is right."""
    return 1 / (1 + math.exp(-sum(weights.get(sign, 0.0) for sign in seen)))
