"""Lists that the parser takes apart are put together again.

The small model reads the first name of a list before its verb ("Chile, the African Union and Norway condemned")
as an adverb or as a list with the date before it now and then. These are few and recurrent, so they are mended in
the parse itself, once, and every room sees the list whole.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

SUBJECT = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow", "tonight"))
MONTHS = frozenset(("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"))
TIMES = DAYS | MONTHS


def repair(doc: Doc) -> Doc:
    """Mend the coordinated subjects of a parse, in place; gives the same document."""
    for verb in [t for t in doc if t.pos_ in ("VERB", "AUX") and t.i > 0]:
        subjects = [c for c in verb.lefts if c.dep_ in SUBJECT]
        if not subjects:
            _list_after_a_date(verb)
            continue
        if len(subjects) == 2:
            _second_subject(subjects[0], subjects[1])
        _first_name_as_adverb(verb, subjects[0])
    return doc


def _first_name_as_adverb(verb: Token, subject: Token) -> None:
    """ "Chile, the African Union and Norway condemned": Chile is no adverb."""
    if not any(c.dep_ == "conj" for c in subject.rights):
        return
    for first in verb.lefts:
        between = [t.text for t in verb.doc[first.right_edge.i + 1 : subject.left_edge.i]] if first.i < subject.i else None
        if first.dep_ == "npadvmod" and first.pos_ == "PROPN" and between == [","] and first.lower_ not in TIMES:
            first.dep_ = subject.dep_
            subject.head, subject.dep_ = first, "conj"
            return


def _second_subject(first: Token, second: Token) -> None:
    """ "Kenya, which …, and Uganda sent" and "the EU, the US, and Canada imposed": one list, not two subjects."""
    joined = any(t.lower_ in ("and", "or") and t.head in (first, second, second.head) for t in first.doc[first.i + 1 : second.left_edge.i])
    if not joined or second.dep_ != first.dep_:
        return
    for apposed in list(first.rights):
        if apposed.dep_ == "appos" and apposed.pos_ == "PROPN" and first.pos_ == "PROPN" and first.doc[apposed.left_edge.i - 1].text == ",":
            apposed.dep_ = "conj"
    second.head, second.dep_ = first, "conj"


def _list_after_a_date(verb: Token) -> None:
    """ "On Monday, Chile, Peru and Ghana welcomed": the list is the subject, Monday no member of it."""
    if verb.tag_ not in FINITE and not any(c.tag_ in FINITE and c.dep_ in ("aux", "auxpass") for c in verb.lefts):
        return
    for preposition in verb.lefts:
        if preposition.dep_ != "prep":
            continue
        for date in preposition.rights:
            first = next((c for c in date.rights if c.dep_ == "conj"), None)
            if date.dep_ == "pobj" and date.lower_ in TIMES and first is not None and first.right_edge.i < verb.i:
                passive = any(c.dep_ == "auxpass" for c in verb.lefts)
                first.head, first.dep_ = verb, "nsubjpass" if passive else "nsubj"
                return
