"""Headlines, which the parser takes for noun phrases: "Bolivia slams attack on convoy", "Rebels threaten to flood valley".

Read by the order of their words: who stands before the verb, and what after it.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.positions.lexicon import Performative
from onrecord.positions.stand import Target

LONGEST = 16
"""A headline has at most so many tokens."""
HOLDING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "NUM"})
ENDING = frozenset({"as", "after", "amid", "before", "ahead", "despite", "while", "when", "by", "for", "from", "at"})


def is_headline(token: Token) -> bool:
    """Whether the sentence of a token is short and ends without a full stop, with names and nouns alone before the token."""
    sentence = token.sent
    words = [t for t in sentence if not t.is_space]
    if len(words) > LONGEST or token.i == sentence.start or words[-1].text in ".?!”\"'":
        return False
    return all(t.pos_ in HOLDING or t.is_space for t in sentence.doc[sentence.start : token.i])


def is_slip(token: Token) -> bool:
    """Whether a word of a headline is a verb that was taken for a noun: "slams", "recognises"."""
    return token.pos_ in ("NOUN", "PROPN") and token.lower_.endswith("s") and not token.lower_.endswith("ss") and is_headline(token)


def holder(token: Token) -> Token | None:
    """Who stands before the verb."""
    before = token.nbor(-1)
    return before if before.pos_ in ("PROPN", "NOUN") else None


def target(token: Token, rule: Performative) -> Target | None:
    """What stands behind the verb, up to what tells when or why."""
    doc, end = token.doc, token.sent.end
    start = token.i + 1
    if start < end and (doc[start].lower_ in rule.objects or doc[start].lower_ == "to"):
        start += 1
    for i in range(start, end):
        if doc[i].lower_ in ENDING or doc[i].text in ",;:—–-" or doc[i].is_space or (i > start and doc[i].pos_ in ("VERB", "AUX") and doc[i].tag_ != "VBN"):
            end = i
            break
    head = None
    for i in range(start, end):
        if doc[i].pos_ == "ADP" and head is not None:
            break
        if doc[i].pos_ in ("NOUN", "PROPN"):
            head = doc[i]
    return Target(start, end, head) if head is not None else None
