"""What one report of an event leaves to another: whose deed it was, to whom it was done and when."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.narrative import LEAD, SPOKEN, has_dated_object, is_background, with_narrative_days
from onrecord.events.selection import HARM
from onrecord.events.setting import at_token
from onrecord.parse import Parsed
from onrecord.records import Event, EventDate, Participant, Time

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
            told[event.type, _stem(event)].append(event)
    holders = [e for e in events if e.mode in HELD and e.veridicality == "asserted" and any(p.country for p in e.actors)]
    out: list[Event] = []
    for event in events:
        if not event.actors and event.type in DONE_BY_SOMEBODY and event.reason != HARM:
            others = told.get((event.type, _stem(event)), ()) or (holders if event.mode == "release" else ())
            candidates = [e for e in others if _may_be_same(e.recipients, event.recipients)]
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
            hit = [e for e in hit if _may_be_same(e.actors, event.actors)]
            mine = {p.country for p in event.actors}
            if len({tuple(sorted({p.country or "" for p in e.recipients})) for e in hit}) == 1 and not mine & {p.country for p in hit[0].recipients}:
                event = dataclasses.replace(event, recipients=hit[0].recipients, reason=f"{event.reason}|implied_recipient")
        out.append(event)
    return tuple(out)


def _again(event: Event) -> bool:
    return bool(AGAIN.search(event.evidence.text))


def _stem(event: Event) -> str:
    return event.trigger.text.lower().split()[0][:STEM]


def _may_be_same(first: Sequence[Participant], second: Sequence[Participant]) -> bool:
    """Whether two lists of recipients can be of one event: some country is in both, or one names none."""
    known, others = ({p.country for p in some if p.country} for some in (first, second))
    return not known or not others or bool(known & others)


def dated_by_others(
    events: Sequence[Event],
    said: Mapping[str, EventDate],
    *,
    parsed: Parsed | None = None,
    when: Mapping[int, Sequence[tuple[Time, Token]]] | None = None,
) -> tuple[Event, ...]:
    """The events, with those that nothing dates dated by another report of the same one ("the arrest") or by when their actor spoke.

    Args:
        events: the events in text order.
        said: when an actor spoke, by actor id, for those who speak on one day only.
    """
    dated: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.date is not None and not event.date.reason.startswith("publication"):
            dated[event.type].append(event)
    if parsed is None or not when:
        return tuple(_dated(e, dated[e.type], said) if e.veridicality == "asserted" else e for e in events)
    news = {s.start for s in itertools.islice(parsed.doc.sents, LEAD)}
    out = []
    for event in events:
        word = at_token(parsed, event.trigger.start, event.trigger.end)
        own = word is not None and has_dated_object(word, when)
        if event.veridicality == "asserted" and not own and not (word is not None and is_background(word) and word.sent.start not in news):
            event = _dated(event, dated[event.type], said)
        out.append(event)
    return with_narrative_days(out, parsed, when)


def _dated(event: Event, others: Sequence[Event], said: Mapping[str, EventDate]) -> Event:
    if event.date is not None and not event.date.reason.startswith("publication"):
        return event
    same = [e.date for e in others if event.type not in SPOKEN and e.date is not None and e.date.precision != "year" and _is_same(e, event)]
    if len({d.value for d in same}) == 1:
        return dataclasses.replace(event, date=dataclasses.replace(same[0], reason="same_event"))
    spoke = next((said[p.actor_id] for p in event.actors if p.actor_id and p.actor_id in said), None) if event.type in SPOKEN else None
    return dataclasses.replace(event, date=dataclasses.replace(spoke, reason="same_speaker")) if spoke is not None else event


def _is_same(first: Event, second: Event) -> bool:
    """Whether two events of a type are reports of one: the same word between actors that can be the same."""
    return _stem(first) == _stem(second) and _may_be_same(first.recipients, second.recipients) and _may_be_same(first.actors, second.actors)
