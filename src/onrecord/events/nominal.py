"""Who takes part in what a noun names: "the *arrest* of two men by Chad", "Chad's *raid* on the camp"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.slots import prepositional
from onrecord.events.stage import Roles, Stage
from onrecord.events.triggers import NOMINAL, VERBAL, Trigger, doers_with_agent
from onrecord.parse.syntax import by_phrase, is_passive, members, undergoer
from onrecord.records import Participant

LED = frozenset({"lead", "led", "sponsor", "sponsored", "organise", "organize", "organised", "organized", "back", "backed", "call", "called"})

CARRYING = frozenset(
    {"announcement", "imposition", "adoption", "launch", "launching", "start", "resumption", "declaration", "renewal", "extension", "wave", "series", "round"}
)
"""Nouns that only carry the one after *of*: whose they are does it."""

OCCASIONS = frozenset({"in", "into", "during", "at", "after", "before", "following"})


def noun_roles(trigger: Trigger, stage: Stage) -> Roles:
    """Actors and recipients of a noun, by possessor, compound, *of*, *by* and the verb that carries it."""
    noun, rule = trigger.word, trigger.entry.rule
    heads: dict[str, list[Token]] = {"actor": [], "recipient": [], "none": []}
    both = rule.poss == rule.of == "recipient" and any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.rights)  # "*Kenya's* release of the pilots"
    for child in noun.lefts:
        if child.dep_ == "poss":
            heads["actor" if both else rule.poss].extend(members(child))
        elif child.dep_ in ("compound", "amod", "nmod") and stage.cast.at_head(child.idx) and not (rule.type == "CONSULT" and _is_venue(child, stage)):
            heads[rule.modifier].append(child)
    direction, verb = _light(noun, stage.lexicon)
    recipients: list[Token] = []
    for name in rule.recipient:
        if name not in ("obj", "of"):
            recipients = recipients or prepositional((noun,) if verb is None else (noun, verb), name)
    for name in rule.actor:
        if name not in ("of", "subj"):
            heads["actor"].extend(prepositional((noun,), name) or (prepositional(prepositional((noun,), "of"), name) if name == "by" else ()))
    heads[rule.of].extend(prepositional((noun,), "of"))
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and (agent := by_phrase(child)) is not None:
            heads["actor"].extend(members(agent))
    if verb is not None and direction == "active":
        heads["actor"].extend(t for t in doers_with_agent(verb) if t != noun)
    elif verb is not None and direction == "inverse":
        recipients = recipients or [t for t in doers_with_agent(verb) if t != noun]
        heads["actor"].extend(prepositional((verb,), "from"))
    elif verb is None and rule.type == "CONSULT" and not heads["actor"] and recipients and _is_occasion(noun):
        deed = noun.head if noun.dep_ == "dobj" else noun.head.head
        seen = undergoer(deed) if is_passive(deed) else None
        heads["actor"].extend(doers_with_agent(deed) if seen is None else members(seen))
    elif noun.dep_ == "nsubj" and noun.head.lemma_ == "come":
        heads["actor"].extend(prepositional((noun.head,), "from"))
    found = stage.all_of(heads["actor"]) or _sponsors(noun, stage)
    target = stage.all_of([*recipients, *heads["recipient"]], places=not stage.lexicon.ontology.types[rule.type].things)
    if rule.type == "SANCTION" and not target:
        target = tuple(p for p in stage.aimed_at(noun) if p.actor_id not in {a.actor_id for a in found})
    if rule.of == "recipient" and rule.poss == "actor" and not target and len(found) == 0:
        target = stage.all_of(prepositional((noun,), "of"))
    return Roles(actors=found, recipients=target)


def _is_venue(modifier: Token, stage: Stage) -> bool:
    """Whether a town before a noun says where it is: "the *Geneva* talks"."""
    hit = stage.cast.at_head(modifier.idx)
    if hit is None or modifier.dep_ != "compound" or modifier.ent_type_ != "GPE" or not modifier.text.istitle() or "." in modifier.text:
        return False
    return hit[1].kind == "state" and hit[1].name != modifier.text


def _is_occasion(noun: Token) -> bool:
    """Whether somebody is or does something *in a meeting* or *during talks*, or enters them."""
    if noun.dep_ == "dobj" and noun.head.lemma_ in ("enter", "join"):
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ in OCCASIONS and noun.head.head.pos_ in VERBAL


def _sponsors(noun: Token, stage: Stage) -> tuple[Participant, ...]:
    """Who leads or announces it: "the *union*-led protest", "the *ministry* announcement of sanctions"."""
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound") and child.lemma_.lower() in LED:
            inside = stage.cast.within(child.left_edge.idx, child.idx)
            if inside:
                return (stage.cast.participant(*inside[-1]),)
    governor = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and governor.lemma_.lower() in CARRYING:
        owner = stage.owner(governor)
        if owner is not None:
            return (owner,)
        inside = stage.cast.within(governor.left_edge.idx, governor.idx)
        if inside:
            return (stage.cast.participant(*inside[-1]),)
    return ()


def _light(noun: Token, lexicon: Lexicon) -> tuple[str | None, Token | None]:
    """The verb that only carries a noun, and which way: ``active`` where its subject does it."""
    for verb, path in _carriers(noun):
        key = verb.lemma_.lower()
        particle = next((c.lower_ for c in verb.rights if c.dep_ == "prt"), None)
        for name in (f"{key} {path}" if path else None, f"{key} {particle}" if particle else None, key if not path else None):
            if name is not None and name in lexicon.light:
                return lexicon.light[name], verb
    return None, None


def _carriers(noun: Token) -> Iterator[tuple[Token, str]]:
    while noun.dep_ == "conj" and noun.head.pos_ in NOMINAL:
        noun = noun.head
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in VERBAL:
        yield head, ""
    elif noun.dep_ == "pobj" and head.dep_ in ("prep", "agent") and head.head.pos_ in VERBAL:
        yield head.head, head.lower_
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and child.pos_ in VERBAL and undergoer(child) == noun:
            yield child, ""
