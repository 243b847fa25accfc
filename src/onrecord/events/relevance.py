"""Which of the events found are on record between somebody: recipients that are nobody, and what companies and the press do among themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from onrecord.events.lexicon import Lexicon
from onrecord.records import Event, Participant

BUSINESS = frozenset({"BUS", "MNC"})
PRESS = frozenset({"JRN"})
PRIVATE = BUSINESS | PRESS
"""Sectors whose dealings among themselves are nobody's politics."""

ARMED = frozenset({"MIL", "REB", "UAF", "COP", "CRM"})
"""Sectors whose force is meant where a word can mean other things, too."""

OPINION = PRIVATE | {"EDU"}
"""Sectors whose warnings are opinions."""
WARNING = "events.threaten.warn"

MULTINATIONAL = "MNC"
"""What stands for the country of a company of many."""

DEEDS = frozenset({"COERCE", "RETREAT", "SANCTION", "SUPPORT", "RESIGNATION", "APPOINTMENT"})
"""Types that a state may have done where nobody is named who did it."""
OF_WORDS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN", "PROTEST"})
"""Types that are said of somebody's doings."""
TURNING = frozenset({"ACCUSE", "REJECT", "PROTEST"})
"""Types that can be against what somebody does without saying who does it ("boycotted *the vote*")."""
PUBLIC = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "ELECTION", "RULING", "DISASTER", "ACCIDENT", "DEATH", "OTHER"})
"""Types that are of public concern whoever takes part."""


def told(events: Iterable[Event], lexicon: Lexicon) -> tuple[Event, ...]:
    """The events of public concern, without recipients that are nobody."""
    cleaned = (_with_somebody(event, lexicon) for event in events)
    return tuple(e for e in cleaned if e is not None and _is_public(e, lexicon) and not _is_interview(e) and not _is_advice(e))


def _with_somebody(event: Event, lexicon: Lexicon) -> Event | None:
    """The event without recipients that are nobody; None for help that nobody known gets and for force on what is no thing."""
    own = {p.country for p in event.actors if p.sector == "GOV" and p.country} if event.type == "THREATEN" else set()
    others = [p for p in event.recipients if not (p.country in own and p.actor_id in (p.country, f"{p.country}.GOV"))]  # "warned that his country would act"
    kept = tuple(p for p in others if p.actor_id or _stands_for_somebody(p, event.type, lexicon))
    if others and not kept and not event.magnitudes and (event.type == "AID" or (event.type == "ASSAULT" and not _is_violent(event, lexicon))):
        return None
    return event if len(kept) == len(event.recipients) else dataclasses.replace(event, recipients=kept)


def _is_violent(event: Event, lexicon: Lexicon) -> bool:
    """Whether an attack whose target is no thing is one all the same: by its noun, by somebody armed, or where a riot or the like is put down."""
    if _names(event.trigger.text) & lexicon.nouns.keys() or any(p.sector in ARMED for p in event.actors):
        return True
    return any(lexicon.nouns.get(name) in ("ASSAULT", "PROTEST") for p in event.recipients for name in _names(p.text))


def _stands_for_somebody(participant: Participant, event_type: str, lexicon: Lexicon) -> bool:
    """Whether words that are no known actor can stand for those it is done to.

    A place by name and people can for every type, a place or a building for force, people's things for repression; what has a country ("the
    *Danish* plan") for what is said of it; what somebody does ("*the vote*") for what turns against it.
    """
    words = participant.text.split()
    if any(c in "$€£%" for c in participant.text):
        return False
    names = _names(participant.text)

    def any_of(*classes: str) -> bool:
        return any(names & lexicon.classes[name] for name in classes)

    kind = lexicon.ontology.types[event_type]
    if kind.kind == "own":
        return bool(participant.country) or (kind.things and not names & lexicon.nobodies)
    things = kind.things
    if event_type in OF_WORDS and participant.country:
        return not names & lexicon.classes["sum"]
    if (event_type in TURNING and names & lexicon.dealings) or (participant.country and words[-1][0].isupper()):
        return True
    if names & lexicon.nobodies:
        return False
    if any_of("person", "force"):
        return bool(things or participant.country)
    if event_type == "ASSAULT":
        return words[-1][0].isupper() or any_of("locality", "territory", "building", "struck")
    return bool(participant.country or things) and event_type not in ("AID", "AGREE", "CONSULT") and any_of("property", "media", "locality", "building")


def _is_public(event: Event, lexicon: Lexicon) -> bool:
    return lexicon.ontology.types[event.type].kind == "own" or not (_is_private(event) or _is_nobodys(event, lexicon))


def _is_private(event: Event) -> bool:
    """Whether only companies and the press take part.

    Companies of two countries are the countries' trade; repression and the like by a nameless or unknown hand may be a state's.
    """
    everybody = (*event.actors, *event.recipients)
    if event.type in PUBLIC or not any(p.sector in PRIVATE for p in everybody) or any(p.sector not in PRIVATE if p.sector else p.country for p in everybody):
        return False
    if event.type in DEEDS and (not event.actors or any(p.sector not in PRIVATE for p in event.actors)):
        return False
    return len({p.country for p in everybody if p.country and p.country != MULTINATIONAL}) < 2


def _is_nobodys(event: Event, lexicon: Lexicon) -> bool:
    """Whether what is said to do it is nobody, and nobody known undergoes it: "*the cut* hit the market"."""
    if event.type == "MOBILIZE" or not event.actors or any(p.country or p.sector for p in (*event.actors, *event.recipients)):
        return False
    if any(p.actor_id for p in event.actors) or _names(event.trigger.text) & lexicon.nouns.keys():
        return False
    people = lexicon.classes["person"] | lexicon.classes["force"] | lexicon.classes["protester"]
    return event.type not in ("ASSAULT", "PROTEST") or not any(p.text.lower() in ("we", "they") or _names(p.text) & people for p in event.actors)


def _names(text: str) -> set[str]:
    """The last word as it is and without the endings of a plural."""
    word = text.lower().split()[-1]
    return {word, word.removesuffix("s"), word.removesuffix("es"), f"{word.removesuffix('ies')}y"}


def _is_interview(event: Event) -> bool:
    """Whether somebody only speaks to the press."""
    return event.type == "CONSULT" and bool(event.recipients) and all(p.sector in PRESS for p in event.recipients)


def _is_advice(event: Event) -> bool:
    """Whether a warning is only an opinion: said to companies or the press, or by somebody who can do nothing about it."""
    if not event.reason.startswith(WARNING):
        return False
    return all(p.sector in PRIVATE for p in event.recipients) or all(p.sector in OPINION for p in event.actors)
