"""What the words that govern an event make of it: "*refused* to sign", "*plans* to sign", "rejected *allegations* that it signed"."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.modality import DEFINITE, INDICATIVE, MAX_CLIMB, NOUN_GOVERNED, PRESENT, bears, is_denied_or, is_indicative, is_not_only, own_standing
from onrecord.parse.syntax import infinitive_marker, is_negated, modal
from onrecord.records import Veridicality

GOVERNED = frozenset({"xcomp", "ccomp", "acl", "pcomp", "dobj", "nsubjpass", "advcl", "pobj", "prep", "relcl"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
ABLE = frozenset({"power", "right", "authority", "ability", "permission", "chance", "intention", "plan", "desire", "reason"})
"""What somebody without it does not do: "has no *power* to force"."""
GATHERING = frozenset({"meet", "gather", "convene", "assemble", "sit"})
"""Verbs of which the purpose is what they are the beginning of: "met *to discuss*"."""
Put = Veridicality | Literal["open"] | None
"""A standing; None for a fact; ``open`` where a word leaves it to its own governor."""


def governed(word: Token, event_type: str, lexicon: Lexicon) -> Veridicality | None:
    """What the words that govern a word make of it; None where they leave it a fact.

    Args:
        word: the event's word.
        event_type: its type: an attack that was ordered was mostly made.
        lexicon: the governing words.
    """
    current = word
    nominal = word.pos_ in ("NOUN", "PROPN")
    for step in range(MAX_CLIMB):
        dep, head = current.dep_, current.head
        if head == current:
            return "planned" if current.tag_ == "VB" and infinitive_marker(current) is not None and current.lefts else None
        if dep == "conj":
            if current.tag_ in FINITE and head.tag_ in ("VB", "VBG"):  # "refused to sign and *called* on": a clause beside the governor
                return None
            if _of_saying(current, head):
                return None
            current = head
            if step and (own := own_standing(current, lexicon, future_counts=True)):
                return own
            continue
        if dep == "advcl" and current.tag_ == "VBG" and any(c.dep_ == "prt" and c.lower_ == "out" for c in head.children) and head.lemma_ == "rule":
            return None if is_negated(head) else "denied"
        if dep not in (NOUN_GOVERNED if nominal else GOVERNED):
            return None
        if dep in ("advcl", "relcl") and infinitive_marker(current) is None:
            return _subordinate(current, lexicon)
        if dep == "advcl":
            if infinitive_marker(head) is not None and head.dep_ in ("xcomp", "ccomp"):  # "to hold elections, *to free* them and to …"
                current = head
                continue
            if event_type == "CONSULT" and head.lemma_ in GATHERING and head.tag_ == "VBD":
                return None
            return None if any(c.lower_ == "only" for c in current.lefts) else "planned"
        if dep in ("prep", "pcomp", "pobj"):
            if _is_absent(current, head):
                return "denied"
            if current.lower_ in lexicon.standing["aside"] or head.lower_ in lexicon.standing["aside"]:
                return None
        put = _put(current, head, event_type if current == word else "", lexicon)
        if put != "open":
            return put
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            if nominal and not bears(current, head, lexicon):
                return own_standing(head, lexicon, future_counts=True) if head.lemma_ in lexicon.standing["wish"] and modal(head) == "would" else None
            near = dep in ("xcomp", "dobj", "nsubjpass") or (dep == "prep" and (not nominal or head.lemma_ in lexicon.standing["bearing"]))
            if near and dep != "nsubjpass" and is_negated(head) and not is_not_only(head):
                return "denied"
            own = own_standing(head, lexicon, future_counts=True)
            if own is not None and near:
                return own
            nominal = False
            if dep == "ccomp":
                return None
        current = head
    return None


def _of_saying(clause: Token, first: Token) -> bool:
    """ "She said she hoped it would end and that both had *agreed*": what has been done, with a *that* of its own, is said and not hoped."""
    marked, before = (any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.lefts) for verb in (clause, first))
    done = any(c.dep_ == "aux" and c.lower_ == "had" for c in clause.lefts)
    return done and marked and not before and first.dep_ == "ccomp" and first.head.dep_ == "ccomp"


def _subordinate(verb: Token, lexicon: Lexicon) -> Veridicality | None:
    """What an adverbial or relative clause makes of its verb."""
    if verb.dep_ == "relcl" and any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ != "WDT" for c in verb.lefts) and _of_claim(verb, verb.head, lexicon):
        return "denied"
    if verb.dep_ == "advcl":
        return "hypothetical" if any(c.dep_ == "mark" and c.lower_ in lexicon.standing["condition"] for c in verb.lefts) else None
    anybody = any(c.dep_ == "det" and c.lower_ in ("any", "whatever", "whichever") for c in verb.head.lefts) or verb.head.lower_ in (
        "anyone",
        "anybody",
        "whoever",
    )
    return "hypothetical" if anybody and is_indicative(verb, PRESENT) else None


def _is_absent(current: Token, head: Token) -> bool:
    """Whether it is what was not done: "without *firing*", "instead of *voting*", "rather than *vote*", "stopped short of *voting*"."""
    before = current if current.pos_ in ("ADP", "SCONJ") else head
    if before.lower_ == "without":
        return True
    if before.lower_ == "of":
        return before.head.lower_ in ("instead", "short") or any(c.lower_ == "instead" for c in before.lefts)
    return before.lower_ == "than" and any(c.lower_ == "rather" for c in before.lefts)


def _put(current: Token, head: Token, event_type: str, lexicon: Lexicon) -> Put:
    """What a governing word puts: a standing, None for a fact, ``open`` where it leaves that to its own governor."""
    dep, lemma = current.dep_, head.lemma_.lower()
    untrue = _of_claim(current, head, lexicon)
    if untrue:
        return "denied"
    put = lexicon.governors.get(lemma)
    if lemma in ("confirm", "deny") and dep == "ccomp" and is_denied_or(head):
        return "hypothetical"
    if lemma in ("call", "appeal", "press", "push", "plead") and not (current.lower_ in lexicon.standing["calling"] or dep in ("xcomp", "acl")):
        put = None
    if lemma == "rule" and not any(c.dep_ == "prt" and c.lower_ == "out" for c in head.children):
        put = None
    in_case = lemma == "case" and dep == "acl" and head.head.lower_ == "in" and not any(c.dep_ in ("det", "poss") for c in head.lefts)
    if in_case or (lemma in ("provide", "provided", "supposing", "assume") and dep == "ccomp"):
        return "hypothetical"
    if lemma in lexicon.standing["given"] and dep == "prep":
        return None
    if lemma == "tell" and dep == "ccomp":
        put = None
    if lemma in ("want", "like") and dep in ("ccomp", "xcomp") and any(c.dep_ in ("nsubj", "nsubjpass") for c in current.lefts):
        return "demanded"
    if lemma in ("be", "have") and dep == "xcomp" and infinitive_marker(current) is not None:
        yet = any(c.lower_ == "yet" for c in head.children)
        return "denied" if yet else "planned" if lemma == "be" and head.tag_ in FINITE else "open"
    if lemma in ABLE and dep == "acl" and is_negated(head.head if head.dep_ == "dobj" and not is_negated(head) else head):
        return "denied"
    if lemma in lexicon.standing["attempt"] and dep in ("xcomp", "acl"):
        return _attempted(head, lexicon)
    if dep == "ccomp" and (put in ("demanded", "planned") or lemma == "warn") and is_indicative(current, FINITE if lemma == "warn" else INDICATIVE):
        put = None  # "told reporters that rebels attacked" asks for nothing
    if lemma == "order" and event_type in ("ASSAULT", "COERCE") and dep == "dobj" and any(c.lower_ in DEFINITE for c in current.lefts):
        return None  # "ordered *the beating* of prisoners"
    if put is None:
        return None if dep == "acl" else "open"
    if head.pos_ == "ADP" or (put == "denied" and dep == "dobj" and lemma in ("stop", "ask", "reject") and not _is_light_object(current)):
        return "open"
    if put == "denied" and is_negated(head):
        return None
    return put


def _is_light_object(noun: Token) -> bool:
    """Whether a noun has no determiner: "rejected *talks*", but "rejected *the ban*"."""
    return not any(c.dep_ in ("det", "poss") for c in noun.lefts)


def _attempted(head: Token, lexicon: Lexicon) -> Veridicality | None:
    """What an attempt makes of its aim: planned while it goes on, denied where the text says that it failed."""
    if head.pos_ == "NOUN":
        failed = head.dep_ == "nsubj" and head.head.lemma_ in lexicon.standing["failing"]
        return "denied" if failed else None if head.tag_ == "NNS" else "planned"
    if head.tag_ in ("VBZ", "VBP", "VBG", "VB"):
        return "planned"
    joined = next((c for c in head.rights if c.dep_ == "conj"), None)
    but = any(c.dep_ == "cc" and c.lower_ == "but" for c in head.rights)
    return "denied" if but and joined is not None else None


def _of_claim(current: Token, head: Token, lexicon: Lexicon) -> bool:
    """Whether it is the content of a claim that is rejected or called untrue: "rejected allegations that it *poisoned* him"."""
    if current.dep_ == "acl" and head.dep_ == "pobj" and head.head.lower_ == "of":  # "charges of ships *selling* oil"
        head = head.head.head
    if head.pos_ != "NOUN" or head.lemma_.lower() not in lexicon.standing["claim"]:
        return False
    verb = head.head
    if head.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in lexicon.standing["dismissing"]:
        return not is_negated(verb)
    if head.dep_ == "pobj" and verb.lower_ in ("in", "to") and verb.head.lemma_ == "truth":
        return is_negated(verb.head)
    if head.dep_ in ("nsubj", "nsubjpass"):
        said = {t.lemma_.lower() for t in verb.children} | {verb.lemma_.lower()}
        return bool(said & lexicon.standing["untrue"]) or (is_negated(verb) and bool(said & lexicon.standing["true"]))
    return False
