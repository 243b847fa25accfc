"""Which cues attribute nothing here: nobody who could say or hold it, or only what might be said one day."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.attribution.draft import Draft
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.syntax import RELATIVES, antecedent
from onrecord.records import Cast

CLAUSES = frozenset(
    f"attribution.{rule}" for rule in ("verb_clause", "quote_cue", "parenthesis", "according_to", "colon", "post", "as_clause", "quote_carried")
)
PERSON = re.compile(r"(?:ers|ors|eers|ists?|ians?|men|women|people|folk|bearers?)$")
"""Endings of nouns for people; in the singular *-er* and *-or* also end things (*order*, *error*)."""
SELF = frozenset({"itself", "himself", "herself", "themselves", "myself", "ourselves"})
NOBODY = frozenset({"there", "this", "these", "those", "what", "anyone", "anybody", "nobody", "nothing", "something", "everything"})
QUANTITIES = frozenset(
    {"dozens", "scores", "tens", "hundreds", "thousands", "millions", "number", "handful", "couple", "series", "rest", "lot", "string", "group", "most"}
)
SHOWING = frozenset({"show", "know", "suggest", "report", "believe"})


def implausible(draft: Draft, doc: Doc, cast: Cast, lexicon: Lexicon) -> bool:
    """Whether a cue with an object, an infinitive or a preposition only looks like an attribution.

    A clause with *that* or a quotation is somebody's words whoever says them; a verb with an object is only
    where its subject can speak or hold an attitude (*China opposes the plan*, not *the drop supports prices*),
    and a verb that merely may attribute only where it is said to have happened (not *could veto*, *to seek*).
    """
    if draft.rule in CLAUSES and not draft.use.weak:
        return False
    cue = doc[draft.head]
    if draft.use.weak and cue.pos_ == "VERB" and _unreal(cue):
        return True
    if draft.rule in ("attribution.verb_object", "attribution.verb_infinitive") and any(c.lower_ in SELF and c.i > cue.i for c in cue.children):
        return True
    return draft.rule not in CLAUSES and draft.source is not None and not _able(doc[draft.source], draft, cast, lexicon)


def _unreal(verb: Token) -> bool:
    """Whether a verb is a possibility, a condition or a purpose."""
    for child in verb.children:
        if child.tag_ in ("MD", "TO") and child.dep_ == "aux":
            return True
        if child.dep_ == "mark" and child.lower_ in ("if", "unless"):
            return True
    return False


def _able(head: Token, draft: Draft, cast: Cast, lexicon: Lexicon) -> bool:
    """Whether a source can speak or hold an attitude."""
    if head.lower_ in RELATIVES:
        noun = antecedent(head)
        if noun is None:
            return not draft.use.weak
        head = noun
    if cast.at_head(head.idx) is not None or any(c.dep_ in ("appos", "conj") and cast.at_head(c.idx) is not None for c in head.children):
        return True
    if head.lower_ in QUANTITIES:
        head = next((g for c in head.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), head)
        if cast.at_head(head.idx) is not None:
            return True
    form, lists = head.lower_, lexicon.lists
    if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$", "WP", "WP$", "DT"):
        return form not in NOBODY and not (draft.use.weak and form == "you")
    if head.pos_ not in ("NOUN", "VERB", "ADP", "ADV"):
        return True
    if form in lists["speaker"] or form in lists["indefinite"] or form in lists["anonymous"] or PERSON.search(form) is not None:
        return True
    if draft.use.weak:
        return form in lists["evidence"] and draft.use.cue_class in SHOWING
    return form in lists["document"] or form in lists["evidence"]
