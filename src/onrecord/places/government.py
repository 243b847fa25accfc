"""A capital that stands for a government: "Beijing denied", "Moscow's offer", "ties with Ankara"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.parse import Parsed
from onrecord.places.evidence import Context
from onrecord.places.lexicon import Lexicon, Sense
from onrecord.records import Cast


def stands_for_government(parsed: Parsed, cast: Cast, context: Context, sense: Sense, lexicon: Lexicon) -> bool:
    """Whether the name is a seat that acts here: the actors room says so, or syntax does for a capital."""
    name = context.name
    for mention, _ in cast.within(name.start, name.end):
        if mention.form == "seat":
            return True
    if sense.entry.geonameid not in lexicon.capitals or context.dateline:
        return False
    token = _token(parsed, name.end - 1)
    if token is None:
        return False
    return _acts(token, lexicon)


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
