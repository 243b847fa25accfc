"""Where a loaded term stands: words, part of speech and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Span, Token

from onrecord.framing.lexicon import Lexicon, Term

MODIFIERS = frozenset(["amod", "compound", "nmod", "acomp", "attr", "oprd", "appos", "advmod", "npadvmod"])
SUBJECTS = frozenset(["nsubj", "nsubjpass"])
COMPANY = frozenset(["dobj", "nsubj", "nsubjpass", "attr", "oprd", "compound", "prep", "prt"])
REACH = 8  # words each side that tell a headline written large from a name
LABELS = frozenset(["attr", "oprd", "appos", "ccomp"])
CLAUSES = frozenset(["ccomp", "xcomp"])
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
    if not right_kind(span, term) or (term.term.islower() and part_of_a_name(span)):
        return False
    doc = span.doc
    before = {t.lower_ for t in doc[max(0, span.start - 2) : span.start]}
    if term.unless_prev and not before.isdisjoint(term.unless_prev):
        return False
    if term.unless_next:
        behind = doc[span.end : span.end + 2]
        if behind and (behind[0].lower_ in term.unless_next or " ".join(t.lower_ for t in behind) in term.unless_next):
            return False
    if term.only_with and company(span).isdisjoint(term.only_with):
        return False
    if term.needs == "label":
        return labels(span.root)
    return not term.needs or has(verb_of(span), CLAUSES if term.needs == "clause" else OBJECTS)


def labels(noun: Token) -> bool:
    """Whether a noun is what somebody is said to be: a predicate, an apposition, after *as* or *like*, or *these* and *those*."""
    if noun.dep_ in LABELS or (noun.dep_ == "pobj" and noun.head.lower_ in ("as", "like")):
        return True
    return any(c.dep_ == "det" and c.lower_ in ("these", "those", "such") for c in noun.children)


def has(verb: Token, wanted: frozenset[str]) -> bool:
    """Whether a verb has what it needs: within its clause, before it ("the town they seized"), or as the words it is put into."""
    if any(c.dep_ in wanted for c in verb.children):
        return True
    return verb.dep_ == "parataxis" if wanted is CLAUSES else verb.dep_ in ("acl", "relcl")


def company(span: Span) -> set[str]:
    """The lemmas a term stands with: the noun it modifies, its subject, its objects and what they are joined to."""
    root = span.root
    near = [c for c in root.children if c.dep_ in COMPANY and c.i not in range(span.start, span.end)]
    if root.dep_ in MODIFIERS:
        near.append(root.head)
        if root.head.pos_ in ("VERB", "AUX"):
            near += [c for c in root.head.children if c.dep_ in SUBJECTS]
    near += [c for c in root.children if c.dep_ == "pobj"]
    near += [p for c in root.children if c.dep_ in ("prep", "agent") for p in c.children if p.dep_ == "pobj"]
    near += [c for n in list(near) for c in n.children if c.dep_ == "conj"]
    return {n.lemma_.lower() for n in near}


def part_of_a_name(span: Span) -> bool:
    """Whether a word is written large beside another that is ("the Radical Party"), and not as all of a headline is."""
    first, doc = span[0], span.doc
    if not first.is_title or first.is_sent_start:
        return False
    if len(span) > 1 and not all(t.is_title for t in span if t.is_alpha):
        return False
    beside = [doc[i] for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
    if len(span) == 1 and not any(t.is_title and t.pos_ == "PROPN" for t in beside):
        return False
    words = [t for t in doc[max(first.sent.start, span.start - REACH) : min(first.sent.end, span.end + REACH)] if t.is_alpha and not t.is_stop]
    return 2 * sum(t.text[0].isupper() for t in words) <= len(words) + 2 * len(span)


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
