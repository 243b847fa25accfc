"""Whose doing it is where grammar puts a plan, an order or a place before the verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.triggers import NOMINAL, VERBAL, doers_with_agent
from onrecord.parse.syntax import is_passive, members, owner, pobj, undergoer

LOCATIVE = frozenset({"in", "at", "near", "across", "around", "inside", "outside", "along", "throughout"})
MAX_STEPS = 4
"""How many plans within plans are followed ("orders to carry out a plan to …")."""


def whose_doing(word: Token, lexicon: Lexicon, known: Callable[[Token], bool]) -> list[Token]:
    """The heads of who does it: of an undertaking ("a *mission* to destroy") whose it is, of a place who is there.

    Args:
        word: the trigger.
        lexicon: the words for undertakings and localities.
        known: whether a word is the head of a mention of an actor.
    """
    out: list[Token] = []
    for noun in doers_with_agent(word):
        out.extend(t for t in _through(noun, word, lexicon, known, MAX_STEPS) if t not in out)
    return out


def who_is_there(noun: Token) -> Token | None:
    """What a phrase of place hangs on: the *forces* of "forces in the province"; None elsewhere."""
    return noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in LOCATIVE else None


def _through(noun: Token, word: Token, lexicon: Lexicon, known: Callable[[Token], bool], steps: int) -> list[Token]:
    lemma = noun.lemma_.lower()
    if not steps:
        return []
    there = who_is_there(noun) if word.head == noun and word.dep_ in ("acl", "relcl") and (lemma in lexicon.localities or not known(noun)) else None
    if there is not None and there.pos_ in NOMINAL:
        return _through(there, word, lexicon, known, steps - 1)
    if there is not None and there.pos_ in VERBAL and lemma in lexicon.localities:
        return _all(doers_with_agent(there), word, lexicon, known, steps)
    if known(noun) or lemma not in lexicon.undertakings:
        return [noun]
    return _all(_holders(noun, known), word, lexicon, known, steps) or ([] if word.tag_ == "VB" else [noun])


def _all(nouns: Iterable[Token], word: Token, lexicon: Lexicon, known: Callable[[Token], bool], steps: int) -> list[Token]:
    return [t for noun in nouns for t in _through(noun, word, lexicon, known, steps - 1)]


def _holders(noun: Token, known: Callable[[Token], bool]) -> list[Token]:
    """Who has a plan, orders or a task."""
    possessor = owner(noun)
    if possessor is not None:
        return members(possessor)
    described = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod") and known(c)]
    if described:
        return described
    head = noun.head
    if noun.dep_ == "conj" and head != noun:
        return _holders(head, known)
    if noun.dep_ in ("dobj", "attr") and head.pos_ in VERBAL:
        return doers_with_agent(head)
    if noun.dep_ == "nsubjpass":
        return doers_with_agent(head)
    if noun.dep_ != "pobj":
        return []
    governor = head.head
    if governor.pos_ in NOMINAL:
        return [governor] if head.lower_ in ("of", "with", "in", "on") else []
    if governor.pos_ not in VERBAL:
        return []
    done_to = undergoer(governor)
    if head.lower_ in ("with", "on") and done_to is not None and (is_passive(governor) or pobj(head) == noun):
        return members(done_to)
    return doers_with_agent(governor)
