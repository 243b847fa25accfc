"""Where a loaded term stands: words, part of speech and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Span, Token

from onrecord.framing.lexicon import Lexicon, Term

MODIFIERS = frozenset(["amod", "compound", "nmod", "acomp", "attr", "oprd", "appos", "advmod", "npadvmod"])
OBJECTS = frozenset(["dobj", "obj", "nsubjpass"])


def found_terms(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[Span, Term]]:
    """The terms of a parse in text order, the longest at each place, none within another."""
    ids = doc.to_array(["LOWER", "LEMMA"])
    if not len(ids):
        return
    behind = 0
    for index in np.flatnonzero(np.isin(ids[:, 0], lexicon.keys) | np.isin(ids[:, 1], lexicon.keys)).tolist():
        if index < behind:
            continue
        hit = term_at(doc, index, lexicon)
        if hit is not None:
            behind = hit[0].end
            yield hit


def term_at(doc: Doc, index: int, lexicon: Lexicon) -> tuple[Span, Term] | None:
    """The longest term that starts with a token and whose conditions hold."""
    first = doc[index]
    for key in dict.fromkeys((first.lower_, first.lemma_.lower())):
        for words, term in lexicon.terms.get(key, ()):
            end = index + len(words)
            if end <= len(doc) and all(says(doc[index + i], word, term) for i, word in enumerate(words)) and fits(doc[index:end], term):
                return doc[index:end], term
    return None


def says(token: Token, word: str, term: Term) -> bool:
    """Whether a token is a word of a term, or a form of it where the term is no adjective or adverb."""
    return token.lower_ == word or (term.pos not in ("adj", "adv") and token.lemma_.lower() == word)


def fits(span: Span, term: Term) -> bool:
    """Whether a term has the part of speech and the neighbours that make it loaded."""
    if not right_kind(span, term):
        return False
    doc = span.doc
    before = {t.lower_ for t in doc[max(0, span.start - 2) : span.start]}
    if term.unless_prev and not before.isdisjoint(term.unless_prev):
        return False
    if term.unless_next:
        behind = doc[span.end : span.end + 2]
        if behind and (behind[0].lower_ in term.unless_next or " ".join(t.lower_ for t in behind) in term.unless_next):
            return False
    return not term.needs or any(c.dep_ in OBJECTS for c in verb_of(span).children) or verb_of(span).dep_ in ("acl", "relcl")


def verb_of(span: Span) -> Token:
    """The token that carries a verb term: the first, or the parse's root of it."""
    return next((t for t in span if t.pos_ in ("VERB", "AUX")), span.root)


def right_kind(span: Span, term: Term) -> bool:
    """Whether the term is used as the part of speech under which it is listed."""
    last, root = span[-1], span.root
    if term.pos == "verb":
        return any(t.pos_ == "VERB" and t.dep_ != "amod" for t in span)
    if term.pos == "noun":
        return last.pos_ in ("NOUN", "PROPN") or root.pos_ in ("NOUN", "PROPN")
    if term.pos == "adj":
        return root.pos_ == "ADJ" or root.dep_ in MODIFIERS or before_its_noun(span)
    if term.pos == "adv":
        return root.pos_ == "ADV"
    return True


def before_its_noun(span: Span) -> bool:
    """Whether a participle that the parser took for a verb stands like an adjective ("visited occupied Crimea")."""
    doc, last = span.doc, span[-1]
    if last.tag_ not in ("VBN", "VBD") or span.end >= len(doc) or doc[span.end].pos_ != "PROPN":
        return False
    before = doc[span.start - 1]
    return span.start == 0 or (before.pos_ in ("VERB", "AUX", "ADP", "DET", "CCONJ", "PUNCT") and before.lemma_ not in ("have", "be"))
