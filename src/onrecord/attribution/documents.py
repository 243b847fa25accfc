"""Whose words a document's are: *the statement* is its author's, *his letter* is his."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.attribution.antecedents import Antecedents
from onrecord.attribution.syntax import own_subject, subject

NEAR = 6
"""Sentences in which *the statement* was first spoken of."""
MAKING = frozenset({"issue", "release", "publish", "send", "write", "sign", "post", "deliver", "make", "give", "adopt", "pass", "file", "circulate", "read"})


def author(head: Token) -> Token | None:
    """The author a document's own phrase names: *his letter*, *a statement from the ministry*, *a memo written by aides*."""
    for child in head.children:
        if child.dep_ == "poss" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child
    for child in head.children:
        if child.i > head.i and (child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from")):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.i > head.i and child.dep_ == "acl" and child.tag_ == "VBN":
            by = next((c for c in child.children if c.dep_ == "agent"), None)
            if by is not None:
                return next((c for c in by.children if c.dep_ == "pobj"), None)
    return None


def introduced(head: Token, known: Antecedents) -> tuple[Token | None, bool]:
    """Who issued or spoke in the document that *the statement* takes up, and whether it was spoken of before."""
    doc, seen = head.doc, False
    here = known.sentence(head.idx)
    first = known.quotes.token(known.sentences[max(0, here - NEAR)]) if known.sentences else 0
    for i in range(head.i - 1, first - 1, -1):
        if doc[i].lower_ != head.lower_ or doc[i].pos_ not in ("NOUN", "PROPN"):
            continue
        seen = True
        found = author(doc[i]) or _maker(doc[i])
        if found is not None:
            return found, seen
    return None, seen


def _maker(noun: Token) -> Token | None:
    """The subject of *issued a statement*, *said in a statement*."""
    at = noun.head
    if noun.dep_ == "pobj" and at.dep_ == "prep" and at.lower_ in ("in", "on", "through", "via"):
        verb = at.head
        return subject(verb) if verb.pos_ == "VERB" else None
    if noun.dep_ == "dobj" and at.lemma_ in MAKING:
        return subject(at)
    return own_subject(at) if noun.dep_ == "attr" else None
