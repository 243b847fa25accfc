"""Whom a common noun means: *the spokesman*, *the newspaper*, *the army*, and *a spokeswoman* who is named further on."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.attribution.agreement import fits
from onrecord.attribution.antecedents import Antecedent, Antecedents
from onrecord.attribution.syntax import phrase
from onrecord.records import Actor, Mention

DETERMINER = re.compile(r"^(?:the|a|an|another|some|this|that|these|those)\s+", re.IGNORECASE)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "said"})
SPOKES = "spokesperson"
SCREEN = 60
"""Sentences over which a description is followed."""
RUN = 4


def sort(word: str) -> str:
    """A noun as it is compared: *spokesman*, *spokeswoman* and *spokesperson* are one, a plural is its singular."""
    if word.startswith("spokes"):
        return SPOKES
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_definite(head: Token) -> bool:
    """Whether a noun phrase speaks of somebody known: *the*, *this*, *that*."""
    return any(c.lower_ in DEFINITE for c in head.children if c.i < head.i and c.dep_ in ("det", "amod"))


def is_named(actor: Actor) -> bool:
    """Whether an actor has a name, and isn't only described: *South Korean newspaper* isn't one."""
    if not actor.name[:1].isupper() or actor.kind in ("state", "de_facto", "body"):
        return actor.name[:1].isupper()
    return any(m.form in ("name", "acronym", "seat") for m in actor.mentions)


def named_around(head: Token, known: Antecedents, actor: Actor | None) -> Antecedent | None:
    """Who a description is named as elsewhere: *spokesman Ali Reza*, *the newspaper El Comercio*, *Jan Kos, the minister*.

    A definite description looks back first; what is introduced with *a* is only named further on.
    """
    wanted = sort(head.lower_)
    definite = is_definite(head)
    lists = known.lexicon.lists
    institutional = head.lower_ in lists["speaker"] | lists["medium"] | lists["institution"]
    before: list[Antecedent] = []
    after: list[Antecedent] = []
    for candidate in known.found:
        if candidate.actor is None or candidate.mention is None or candidate.mention.form != "name" or candidate.quoted is not None:
            continue
        if abs(candidate.sentence - known.sentence(head.idx)) > SCREEN or not _compatible(head, candidate, actor, known):
            continue
        if candidate.actor.kind != "person" and not institutional:
            continue
        if _titled(candidate, wanted, known) or _initials(candidate.actor, head):
            (before if candidate.at < head.idx else after).append(candidate)
    if definite and before:
        return next((c for c in reversed(before) if c.actor is not None and _in_role(c.actor, wanted)), before[-1])
    bare = not any(c.dep_ in ("det", "poss", "nummod") for c in head.children)
    if bare and before and _whole_role(before[-1], head):
        return before[-1]
    if after and (not definite or not before) and len({c.key for c in after}) == 1:
        first = after[0]
        # somebody named before who is introduced afresh is somebody else
        if _presented(first, wanted, known, definite=wanted != SPOKES and not definite) and not _known_before(first, head):
            return first
    return None


def _titled(candidate: Antecedent, wanted: str, known: Antecedents) -> bool:
    """Whether a name is said with a noun: in its role, right before it or in apposition."""
    return (candidate.actor is not None and _in_role(candidate.actor, wanted)) or _presented(candidate, wanted, known)


def _in_role(actor: Actor, wanted: str) -> bool:
    return bool(actor.role) and sort((actor.role or "").lower().split()[-1]) == wanted


def _presented(candidate: Antecedent, wanted: str, known: Antecedents, *, definite: bool = False) -> bool:
    """Whether a noun stands right at a name: *spokesman Ali Reza*, *the spokeswoman, Hua Lin*, *Jan Kos, the minister*.

    ``definite``: only as *the newspaper El Comercio*, which takes up one spoken of before.
    """
    doc, mention = known.quotes.doc, candidate.mention
    if mention is None or (definite and not _taken_up(candidate, wanted, known)):
        return False
    person = candidate.actor is not None and candidate.actor.kind == "person"
    if (not person or wanted == SPOKES) and any(sort(w.strip(",.").lower()) == wanted for w in mention.text.split()[:-1]):
        return True
    i = known.quotes.token(mention.start)
    if any(sort(doc[j].lower_) == wanted and doc[j].pos_ == "NOUN" for j in range(max(0, i - 2), min(i, len(doc)))):
        return True
    return any(sort(c.lower_) == wanted for c in doc[candidate.token].children if c.dep_ == "appos")


def _taken_up(candidate: Antecedent, wanted: str, known: Antecedents) -> bool:
    doc, i = known.quotes.doc, candidate.token
    return any(sort(doc[j].lower_) == wanted and doc[j - 1].lower_ in ("the", "this") for j in range(max(1, i - RUN), i))


def _initials(actor: Actor, head: Token) -> bool:
    """Whether a short word is the initials of a role: *PM*, *CM*."""
    role = (actor.role or "").lower().split()
    return 2 <= len(head.text) <= 3 and len(role) == len(head.text) and "".join(w[0] for w in role) == head.lower_


def _whole_role(candidate: Antecedent, head: Token) -> bool:
    start, end = phrase(head)
    return candidate.actor is not None and (candidate.actor.role or "").lower() == head.doc[start:end].text.lower().strip(" ,")


def _compatible(head: Token, candidate: Antecedent, actor: Actor | None, known: Antecedents) -> bool:
    """Whether a description doesn't contradict a name: in gender, in country, in the words before its noun."""
    one = candidate.actor
    if one is None:
        return False
    if head.lower_ in known.lexicon.lists["male"] and not fits("he", candidate.traits):
        return False
    if head.lower_ in known.lexicon.lists["female"] and not fits("she", candidate.traits):
        return False
    title = any(c.pos_ == "PROPN" for c in head.children if c.i < head.i and c.dep_ in ("compound", "nmod", "poss"))
    words = {c.lower_ for c in head.children if c.i < head.i and c.dep_ in ("compound", "amod", "nmod", "poss") and c.pos_ in ("NOUN", "PROPN", "ADJ")}
    if actor is not None and actor.country and one.country and actor.country != one.country and (words or sort(head.lower_) != SPOKES):
        return False
    said = f"{one.role or ''} {one.affiliation or ''} {' '.join(m.text for m in one.mentions if m.form in ('name', 'nominal'))}".lower()
    known_words = set(re.findall(r"[\w.-]+", said))
    if one.kind != "person" or not words or words & known_words:
        return True
    if len((one.role or "").split()) > 1 or one.affiliation:
        return False
    return sort(head.lower_) != SPOKES or ((actor is None or actor.country == one.country) and not title)


def _known_before(candidate: Antecedent, head: Token) -> bool:
    """Whether somebody was already named before a description that introduces them."""
    return candidate.actor is not None and any(m.form == "name" and m.start < head.idx for m in candidate.actor.mentions)


def fullest(head: Token, found: tuple[Mention, Actor], known: Antecedents) -> str | None:
    """The fullest earlier words for what a definite noun means, with the country or body they name: *the Israeli army* for *the army*.

    For an unnamed person, the longest that the article calls them.
    """
    mention, actor = found
    wanted = sort(head.lower_)
    if actor.kind == "person":
        texts = [DETERMINER.sub("", m.text) for m in actor.mentions if m.form == "nominal" and sort(m.text.lower().split()[-1]) == wanted]
        best = max(texts, key=len, default="")
        return best if len(best) > len(DETERMINER.sub("", mention.text)) and len(best.split()) <= RUN * 2 else None
    for candidate in reversed(known.found):
        other, said = candidate.actor, candidate.mention
        if candidate.at >= head.idx or other is None or said is None or sort(known.quotes.doc[candidate.token].lower_) != wanted:
            continue
        if other.country == actor.country and other.kind != "person":
            text = DETERMINER.sub("", said.text)
            if any(w[:1].isupper() for w in text.split()) and len(text.split()) <= RUN * 2:
                return text
    return None
