"""What one report of an event leaves to another: whose deed it was and to whom it was done."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.events.selection import HARM
from onrecord.records import Event, Participant

DONE_BY_SOMEBODY = frozenset({"ASSAULT", "COERCE", "RETREAT", "SANCTION", "MOBILIZE", "AID"})
"""Types of deeds that news often tells in the passive, once it has said whose they are."""

AGAIN = re.compile(r"\b(?:the|this|that|these|those) (?:\w+ )?(?:attack|bombing|blast|raid|assault|shooting|killing|ambush|massacre|strike)s?\b", re.IGNORECASE)

STEM = 4
"""Letters by which a verb and its noun are taken for one word (seized, seizure)."""

TAKING_SIDES = frozenset({"ACCUSE", "SUPPORT", "REJECT"})

BYSTANDERS = frozenset({"BUS", "MNC", "JRN"})
"""Sectors that do no deed only because another report of one names them."""

PUT_DOWN = frozenset({"ASSAULT", "PROTEST"})
"""What an attack can be on: "put down *the revolt*" is done to those who revolt."""

CLAIMS = dict.fromkeys(("claim", "claims", "charge", "charges", "allegations", "accusations", "reports", "report", "suggestion"), "ACCUSE")
"""What is dismissed or denied, as the type of event that its author did."""

HELD = frozenset({"abduct", "arrest", "seize"})
"""Modes after which who did it is who can let go."""


def with_implied_recipients(events: Sequence[Event], heads: Mapping[str, str]) -> tuple[Event, ...]:
    """The events, with those against or for an earlier event ("condemned *the attack*") given its actors as recipients.

    Args:
        events: the events in text order.
        heads: the type of event that a noun names, by lower-case head word.
    """
    last: dict[str, tuple[Participant, ...]] = {}
    out: list[Event] = []
    for event in events:
        words = [p.text.lower().split()[-1] for p in event.recipients if not p.country and not p.actor_id]
        if not event.recipients and event.type == "REJECT":
            words = [w for w in event.trigger.text.lower().split()[1:][-1:] if heads.get(w) not in TAKING_SIDES - {"ACCUSE"}]
        named = next((found for w in words if (found := heads.get(w) or CLAIMS.get(w))), None)
        reacts = event.type in TAKING_SIDES or (event.type == "ASSAULT" and named in PUT_DOWN)
        if reacts and named in last and not any(p.country or p.actor_id for p in event.recipients):
            mine = {p.actor_id for p in event.actors}
            implied = tuple(p for p in last[named] if p.actor_id not in mine and not (named == "ELECTION" and p.sector == "CVL"))  # a vote is not its voters
            if implied:
                event = dataclasses.replace(event, recipients=implied, reason=f"{event.reason}|implied_recipient")
        known = tuple(p for p in event.actors if p.country)
        if known:
            last[event.type] = known
        out.append(event)
    return tuple(out)


def with_implied_actors(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, with those nobody is said to do ("the ship was *seized*") given the actors of a report that says.

    That report is of the same type, by a word of the same stem, about a recipient that can be the same. Where
    such reports name more than one actor, nobody is implied.
    """
    told: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.type in DONE_BY_SOMEBODY and event.veridicality == "asserted" and any(p.country and p.sector not in BYSTANDERS for p in event.actors):
            told[event.type, stem(event)].append(event)
    holders = [e for e in events if e.mode in HELD and e.veridicality == "asserted" and any(p.country for p in e.actors)]
    out: list[Event] = []
    for event in events:
        if not event.actors and event.type in DONE_BY_SOMEBODY and event.reason != HARM:
            others = told.get((event.type, stem(event)), ()) or (holders if event.mode == "release" else ())
            candidates = [e for e in others if may_be_same(e.recipients, event.recipients)]
            if len({tuple(sorted({p.country or "" for p in e.actors})) for e in candidates}) == 1:
                event = dataclasses.replace(event, actors=candidates[0].actors, reason=f"{event.reason}|implied_actor")
        out.append(event)
    return tuple(out)


def with_implied_targets(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, with attacks spoken of again ("carried out *the attack*") and sanctions nobody is named for given the recipients of the others."""
    out: list[Event] = []
    for i, event in enumerate(events):
        if not event.recipients and event.actors and event.type in ("ASSAULT", "SANCTION") and (event.type == "SANCTION" or _again(event)):
            others = events if event.type == "SANCTION" else events[:i]
            hit = [e for e in others if e.type == event.type and e.veridicality == "asserted" and any(p.country for p in e.recipients)]
            hit = [e for e in hit if may_be_same(e.actors, event.actors)]
            mine = {p.country for p in event.actors}
            if len({tuple(sorted({p.country or "" for p in e.recipients})) for e in hit}) == 1 and not mine & {p.country for p in hit[0].recipients}:
                event = dataclasses.replace(event, recipients=hit[0].recipients, reason=f"{event.reason}|implied_recipient")
        out.append(event)
    return tuple(out)


def _again(event: Event) -> bool:
    return bool(AGAIN.search(event.evidence.text))


def stem(event: Event) -> str:
    """The first letters of an event's word, by which a verb and its noun are one."""
    return event.trigger.text.lower().split()[0][:STEM]


def may_be_same(first: Sequence[Participant], second: Sequence[Participant]) -> bool:
    """Whether two lists of recipients can be of one event: some country is in both, or one names none."""
    known, others = ({p.country for p in some if p.country} for some in (first, second))
    return not known or not others or bool(known & others)
