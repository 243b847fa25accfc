"""Who did it and to whom: the participants of a trigger from the slots its rule names."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.events.doers import whose_doing
from onrecord.events.lexicon import Lexicon
from onrecord.events.nominal import noun_roles
from onrecord.events.slots import in_slots
from onrecord.events.stage import Roles, Stage
from onrecord.events.triggers import Trigger, doers_with_agent
from onrecord.parse.syntax import antecedent, by_phrase, is_passive, members, pobj, undergoer
from onrecord.records import Participant

DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "MOBILIZE"})
"""Types of which the subject can be the deed's own noun."""

OWNING = frozenset({"by", "of", "at", "in", "on", "against", "from"})

ENFORCERS = frozenset({"COP", "JUD", "MIL", "SPY"})
"""Sectors that report arrests of their own: "police said two men had been arrested"."""

ANSWERS = frozenset({"REJECT", "ACCUSE", "CONCEDE", "SUPPORT"})
"""Types of which the object that the phrase asks for is somebody's: "vetoed a *Chadian* resolution"."""


def roles(trigger: Trigger, stage: Stage) -> Roles:
    """The participants of a trigger."""
    found = noun_roles(trigger, stage) if trigger.entry.kind == "noun" else _verb_roles(trigger, stage)
    actors = tuple(found.actors)
    seen = {(p.start, p.end) for p in actors}
    ids = {p.actor_id for p in actors if p.actor_id}
    done_to = found.recipients
    if done_to and not any(p.actor_id for p in done_to):
        done_to = tuple(p for p in _owners(done_to, trigger.entry.rule.type, stage) if not any(p.overlaps(a.start, a.end) for a in actors)) or done_to
    recipients = tuple(p for p in done_to if (p.start, p.end) not in seen and not (p.actor_id and p.actor_id in ids))
    return Roles(actors=actors, recipients=recipients)


def _owners(things: tuple[Participant, ...], event_type: str, stage: Stage) -> tuple[Participant, ...]:
    """Whose the things are that a verbal act is about: "rejected the delay *in Peru*". Blame is not for those an attack is *on*."""
    if event_type in ("ASSAULT", "COERCE", "AID", "CONSULT", "RETREAT"):
        return ()
    out: list[Participant] = []
    for thing in things:
        span = stage.parsed.doc.char_span(thing.start, thing.end, alignment_mode="expand")
        head = span.root if span is not None and len(span) else None
        if head is None or (event_type == "ACCUSE" and head.lemma_.lower() in stage.lexicon.nouns):
            continue
        hits = [hit for c in head.lefts if c.dep_ in ("poss", "amod", "compound", "nmod") and (hit := stage.cast.at_head(c.idx))]
        for child in head.rights:
            if child.lower_ in ("in", "at") and head.lemma_.lower() in stage.lexicon.nouns:  # where it is
                continue
            if child.dep_ == "prep" and child.lower_ in OWNING and (inner := pobj(child)) is not None:
                around = (inner, *(c for c in inner.lefts if c.dep_ in ("poss", "amod", "compound", "nmod")))
                hits.extend(hit for t in around if (hit := stage.cast.at_head(t.idx)))
        out.extend(stage.cast.participant(*hit) for hit in hits[:1])
    return tuple(out)


# -- verbs and adjectives -------------------------------------------------------------------------


def _verb_roles(trigger: Trigger, stage: Stage) -> Roles:
    word, rule = trigger.word, trigger.entry.rule
    if trigger.entry.kind == "modal":
        idx = word.idx
        return Roles(actors=stage.speaker(idx, idx + len(word)), recipients=stage.all_of(doers_with_agent(word.head)))
    if rule.subject_is_recipient:
        done_to = undergoer(word) if is_passive(word) else None
        return Roles(actors=(), recipients=stage.all_of([done_to] if done_to is not None else doers_with_agent(word)))
    if rule.experiencer and word.pos_ == "VERB" and is_passive(word):
        subject = undergoer(word)
        return Roles(actors=stage.all_of(members(subject)) if subject is not None else (), recipients=in_slots(trigger, stage, ("by", *rule.recipient)))
    doing = stage.all_of(whose_doing(word, stage.lexicon, stage.knows))
    actors = tuple(p for p in doing if p.actor_id or p.country or rule.type not in DEEDS or not _is_happening(p, stage.lexicon))
    if not actors and rule.type == "COERCE" and is_passive(word):
        actors = tuple(p for p in stage.speaker(word.idx, word.idx + len(word)) if p.sector in ENFORCERS)
    if not actors and rule.type in ("ASSAULT", "RETREAT") and is_passive(word):
        actors = _behind(word, stage)
    recipients = in_slots(trigger, stage, rule.recipient)
    if not any(p.actor_id or p.country for p in recipients):
        recipients = _named_in_phrase(trigger, stage) or recipients
    return Roles(actors=actors, recipients=recipients)


def _is_happening(participant: Participant, lexicon: Lexicon) -> bool:
    """Whether a bare noun phrase is an attack, a weapon or the like, which does nothing itself ("*the air strike* killed")."""
    head = participant.text.lower().split()[-1]
    return head in lexicon.nouns or head.removesuffix("s") in lexicon.nouns or head in lexicon.happenings or head.removesuffix("s") in lexicon.happenings


def _behind(word: Token, stage: Stage) -> tuple[Participant, ...]:
    """Who is behind what somebody suffers: whose the attack is they "were killed *in*", who took those that are released."""
    for child in word.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "during") and (inner := pobj(child)) is not None:
            inner = antecedent(inner)
            if stage.lexicon.nouns.get(inner.lemma_.lower()) == "ASSAULT" and (owner := stage.owner(inner)) is not None:
                return (owner,)
    sufferer = undergoer(word)
    for noun in _and_parts(sufferer) if sufferer is not None else ():
        for child in noun.rights:
            if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in stage.lexicon.captures and (agent := by_phrase(child)) is not None:
                return stage.all_of(members(agent))
    return ()


def _and_parts(noun: Token) -> Iterator[Token]:
    """A noun and what it is some of: "21 *of the girls*"."""
    yield noun
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and (inner := pobj(child)) is not None:
            yield inner


def _named_in_phrase(trigger: Trigger, stage: Stage) -> tuple[Participant, ...]:
    """The objects that the phrase itself asks for, where they are somebody ("seized the *tanker*")."""
    done_to = undergoer(trigger.word)
    if done_to is None or done_to not in trigger.phrase:
        return ()
    found = [*members(done_to), *(c for c in done_to.lefts if c.dep_ == "poss")]
    if trigger.entry.rule.type in ANSWERS:
        found.extend(c for c in done_to.lefts if c.dep_ in ("amod", "compound", "nmod"))
    known = tuple(stage.cast.participant(*hit) for t in found if (hit := stage.cast.at_head(t.idx)))
    if known or trigger.entry.rule.type not in ANSWERS or done_to.lemma_.lower() not in stage.lexicon.dealings:
        return known
    return tuple(stage.of(done_to, nested=False))
