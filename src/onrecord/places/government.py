"""A capital that stands for a government: "Beijing denied", "Moscow's offer", "ties with Ankara"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.parse import Parsed
from onrecord.places.evidence import Context
from onrecord.places.lexicon import Lexicon, Sense
from onrecord.records import Cast


def stands_for_government(parsed: Parsed, cast: Cast, context: Context, sense: Sense, lexicon: Lexicon) -> bool:
    """Whether the name is a seat that acts here: the actors room says so and it is no place by syntax, or syntax alone says so of a capital."""
    name = context.name
    token = _token(parsed, name.end - 1)
    if token is None or context.dateline:
        return False
    capital = sense.entry.geonameid in lexicon.capitals
    if any(mention.form == "seat" for mention, _ in cast.within(name.start, name.end)):
        return _acts(token, lexicon) or (capital and not _is_somewhere(token, lexicon))
    return capital and _acts(token, lexicon)


def _is_somewhere(token: Token, lexicon: Lexicon) -> bool:
    """Whether a name stands where places stand: "soldiers patrolled *Beirut*", "residents of *Quito*", "a delegation to *Beijing*", "the *Oslo* talks"."""
    head, has = token.head, lexicon.has_role
    if token.dep_ in ("conj", "appos") and head.i != token.i:
        return _is_somewhere(head, lexicon) or (token.dep_ == "appos" and has(head.lower_, "kind_of_place"))
    if token.dep_ in ("dobj", "nsubjpass"):
        return has(head.lemma_, "place_verb")
    if token.dep_ in ("compound", "nmod"):
        return has(head.lower_, "place_noun", "meeting", "kind_of_place")
    if token.dep_ == "appos" or token.dep_ != "pobj":
        return False
    if head.lower_ in ("to", "from", "into", "through", "toward", "towards", "for", "on"):
        return has(head.head.lemma_, "motion")
    if head.lower_ == "of":
        return has(head.head.lower_, "place_noun", "kind_of_place", "part_of_place")
    return has(head.lower_, "in") or head.lower_ in ("at", "including", "via")


def _acts(token: Token, lexicon: Lexicon) -> bool:
    """Whether a capital stands where governments stand: subject or agent of an act of state, owner of a policy, party to relations."""
    head = token.head
    if token.dep_ == "conj" and head.i != token.i:
        return _acts(head, lexicon)
    if token.dep_ == "nsubj":
        return lexicon.has_role(head.lemma_, "capital_agent")
    if token.dep_ == "poss":
        return lexicon.has_role(head.lower_, "relation", "capital_noun")
    if token.dep_ == "pobj" and head.dep_ == "agent":
        return lexicon.has_role(head.head.lemma_, "capital_agent")
    if token.dep_ == "pobj" and head.lower_ in ("with", "between"):
        return lexicon.has_role(head.head.lower_, "relation")
    return False


def _token(parsed: Parsed, offset: int) -> Token | None:
    span = parsed.doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[-1] if span is not None and len(span) else None
