"""The words in the slots that a rule names: subject, object, prepositional phrases, the subject of a complement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.events.stage import Stage
from onrecord.events.triggers import NOMINAL, VERBAL, Trigger
from onrecord.parse.syntax import by_phrase, clausal_complement, is_passive, members, own_subject, pobj, undergoer
from onrecord.records import Participant

PLACED = frozenset({"in", "near", "at", "outside", "along"})
"""Slots in which only a known actor is a participant; anything else there is a place or a manner."""

AIMED = frozenset({"on", "against", "upon"})
"""Prepositions of those at whom something is aimed."""

OWN = frozenset({"its", "their", "his", "her", "our", "my"})


def in_slots(trigger: Trigger, stage: Stage, slots: tuple[str, ...]) -> tuple[Participant, ...]:
    """The participants of the first slot that has any known one, or of the first that has any."""
    fallback: tuple[Participant, ...] = ()
    things = stage.lexicon.ontology.types[trigger.entry.rule.type].things
    for slot in slots:
        found = stage.all_of(_slot(trigger, slot), places=not things and slot not in PLACED)
        known = tuple(p for p in found if p.actor_id or p.country)
        if known:
            return known if slot == "inner" else found
        if slot == "inner":
            found = found[:1]
        if slot not in PLACED:
            fallback = fallback or found
    return fallback


def _slot(trigger: Trigger, slot: str) -> list[Token]:
    word, phrase = trigger.word, trigger.phrase
    if slot == "obj":
        done_to = undergoer(word) or _shared_object(word)
        if done_to is None or done_to in phrase:
            return []
        return members(done_to)
    if slot == "dative":
        return [m for c in word.rights if c.dep_ == "dative" and c.pos_ in NOMINAL | {"PRON"} for m in members(c)]
    if slot == "comp":
        return _complement_subject(word)
    if slot == "inner":
        inner = clausal_complement(word)
        return [] if inner is None else _inner(inner)
    return prepositional((*phrase, *_extra(trigger)), slot)


def _shared_object(word: Token) -> Token | None:
    """The object of a verb that the next one in the list carries: "seized and inspected *the ship*"."""
    for child in word.rights:
        if child.dep_ == "conj" and child.pos_ in VERBAL and child.i - word.i <= 2:
            return undergoer(child)
    return None


def _extra(trigger: Trigger) -> Iterator[Token]:
    done_to = undergoer(trigger.word)
    if done_to is not None and done_to not in trigger.phrase:
        yield done_to
    yield from (c for c in trigger.word.rights if c.dep_ in ("prt", "acomp", "oprd", "attr", "advmod"))


def prepositional(anchors: Iterable[Token], name: str) -> list[Token]:
    """What a preposition beneath any of some words governs, each noun of a list on its own."""
    out: list[Token] = []
    for anchor in anchors:
        if anchor.lower_ == name and anchor.dep_ in ("prep", "prt", "dative", "agent"):
            inner = pobj(anchor)
            out.extend(members(inner) if inner is not None else ())
        for child in (*anchor.rights, *_of_participle(anchor, name)):
            if child.dep_ in ("prep", "dative", "agent", "prt") and child.lower_ == name:
                inner = pobj(child)
                if inner is not None and inner.dep_ == "pobj":
                    out.extend(t for t in members(inner) if t not in out)
    return out


def _of_participle(noun: Token, name: str) -> Iterator[Token]:
    """What follows a participle that says at whom something is aimed: "the ban *imposed on* Chad"."""
    if name in AIMED and noun.pos_ in NOMINAL:
        for child in noun.rights:
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
                yield from child.rights


def _complement_subject(word: Token) -> list[Token]:
    for child in word.rights:
        if child.dep_ in ("ccomp", "xcomp") and child.pos_ in VERBAL | {"ADJ", "NOUN"}:
            subject = own_subject(child)
            if subject is not None and is_passive(child):
                agent = by_phrase(child)
                return members(agent) if agent is not None else members(subject)
            if subject is not None:
                return members(subject)
    return []


def _inner(verb: Token) -> list[Token]:
    done_to = undergoer(verb)
    out = members(done_to) if done_to is not None else []
    anchors = [verb, *out]
    for name in ("with", "to", "on", "against", "from", "for", "into"):
        found = prepositional(anchors, name)
        if found:
            return [*found, *(t for t in out if not any(c.dep_ == "poss" and c.lower_ in OWN for c in t.lefts))]
    return out


# -- nouns ----------------------------------------------------------------------------------------
