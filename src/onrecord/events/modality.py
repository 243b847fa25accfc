"""What a clause itself says of how an event is put: modals, hedges, questions and conditions."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.parse.syntax import infinitive_marker, is_negated, modal
from onrecord.records import Veridicality

MODAL: dict[str, Veridicality] = {
    "will": "planned",
    "shall": "planned",
    "would": "hypothetical",
    "could": "hypothetical",
    "may": "hypothetical",
    "might": "hypothetical",
    "can": "hypothetical",
    "should": "demanded",
    "must": "demanded",
    "ought": "demanded",
}
FUTURE = frozenset({"will", "shall", "would"})
INVERTED = frozenset({"should", "had", "were"})
"""Auxiliaries that before their subject make a condition: "*Had* they signed …"."""

NOUN_GOVERNED = frozenset({"dobj", "nsubjpass", "prep", "pobj"})
PRESENT = frozenset({"VBZ", "VBP"})
INDICATIVE = frozenset({"VBD", "VBZ"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
ASKED = frozenset({"WRB", "WP", "WDT", "WP$"})
MAX_CLIMB = 5


def own_standing(word: Token, lexicon: Lexicon, *, future_counts: bool) -> Veridicality | None:
    """What modals, hedges and conjunctions of the word's own clause make of it."""
    for child in word.lefts:
        lower = child.lower_
        if lower in lexicon.standing["hedge"] or lower in lexicon.standing["hedged"] or (child.dep_ == "mark" and lower in lexicon.standing["condition"]):
            return "hypothetical"
        if lower in lexicon.standing["ahead"]:
            return "planned"
    if _is_duty(word):
        return "demanded"
    name = modal(word)
    if name in FUTURE and _is_doubted(word, lexicon):
        return "hypothetical"
    if name is None or (name in FUTURE and not future_counts):
        return None
    if name == "would" and _is_reported(word, lexicon):
        return "planned"
    if name in ("could", "would", "can") and _mark(word) == "so":  # "so that inspectors could …"
        return "planned"
    if name in ("could", "can") and _mark(word) == "before":
        return "denied"
    return MODAL.get(name)


def _is_duty(verb: Token) -> bool:
    """Whether a verb is what somebody *has to* do, still to come."""
    head = verb.head
    if verb.dep_ != "xcomp" or head.lower_ not in ("has", "have") or infinitive_marker(verb) is None:
        return False
    return not any(c.dep_ == "dobj" or c.lower_ == "yet" for c in head.children)


def _is_doubted(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a future is what somebody fears, hopes or won't confirm: "*fear* that the navy *will* shell the harbour"."""
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    head = verb.head
    return verb.dep_ == "ccomp" and (head.lemma_ in lexicon.standing["doubting"] or (head.lemma_ in ("confirm", "deny") and is_denied_or(head)))


def is_denied_or(verb: Token) -> bool:
    """Whether a verb is negated, by *neither … nor* too."""
    return is_negated(verb) or (verb.dep_ == "conj" and any(c.lower_ in ("neither", "nor") for c in verb.head.children))


def _is_reported(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a *would* is the *will* of what was said: "said it *would* sign"."""
    if verb.lemma_ in lexicon.standing["wish"] or _is_conditional(verb, lexicon):
        return False
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    cue = verb.head
    return (
        verb.dep_ == "ccomp" and cue.pos_ == "VERB" and cue.tag_ in ("VBD", "VBG", "VBN") and lexicon.governors.get(cue.lemma_) in (None, "planned", "denied")
    )


def _mark(verb: Token) -> str | None:
    return next((c.lower_ for c in verb.lefts if c.dep_ in ("mark", "advmod") and c.lower_ in ("so", "before")), None)


def supposed(word: Token, lexicon: Lexicon) -> Veridicality | None:
    """Whether the word's clause asks, is a condition or hangs on one."""
    verb = word
    for _ in range(MAX_CLIMB):
        if verb.pos_ in ("VERB", "AUX"):
            break
        if verb.head == verb or verb.dep_ not in NOUN_GOVERNED:
            return None
        verb = verb.head
    if word == verb or bears(word, verb, lexicon):
        clause = verb
        while clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX") and not any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.lefts):
            clause = clause.head
        if clause.dep_ == "xcomp" and clause.head.lower_ in ("were", "was") and _has_condition(clause.head, lexicon):  # "if they *were to* sign"
            return "hypothetical"
        if _is_question(clause) or _is_inverted(clause) or _is_conditional(clause, lexicon) or _awaits(clause, lexicon):
            return "hypothetical"
    return None


def _has_condition(verb: Token, lexicon: Lexicon) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in lexicon.standing["condition"] for c in verb.lefts)


def _inverted_auxiliary(verb: Token) -> Token | None:
    """The auxiliary that stands before the subject, first in its clause; the verb itself for a bare *were*."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if subject is None:
        return None
    first = next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass")), None)
    return first if first is not None and first.i < subject.i and verb.left_edge.i >= first.i - 1 else None


def _is_question(verb: Token) -> bool:
    """Whether a verb is asked about ("*Did* they sign?"); who did it or why takes for granted that it was done."""
    if _inverted_auxiliary(verb) is None or any(t.tag_ in ASKED for c in verb.lefts for t in (c, *c.lefts)):
        return False
    sentence = verb.sent
    return any(t.text == "?" for t in verb.doc[verb.i : sentence.end])


def _is_inverted(verb: Token) -> bool:
    """Whether a verb is a condition by word order: "*Should* they sign", "*were* they *to sign*"."""
    auxiliary = _inverted_auxiliary(verb)
    if auxiliary is not None:
        return auxiliary.lower_ in INVERTED
    head = verb.head
    return infinitive_marker(verb) is not None and head.lower_ == "were" and any(c.dep_ == "nsubj" and c.i > head.i for c in head.children)


def _is_conditional(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb that is no fact hangs on a condition: "*will sign* if …"."""
    if modal(verb) is None and not (verb.tag_ in PRESENT and verb.pos_ == "VERB"):
        return False
    for child in verb.children:
        if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "provided") for c in child.lefts):
            return True
        if child.dep_ in ("advcl", "prep") and child.lower_ in lexicon.standing["condition"]:
            return True
        if child.dep_ in ("advcl", "parataxis", "ccomp") and child.i < verb.i and _is_inverted(child):
            return True
    return verb.dep_ == "conj" and _is_inverted(verb.head)


def _awaits(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a clause waits for what it tells: "until Chad *signs*", "once it has been *signed*"."""
    if not any(c.dep_ in ("mark", "advmod") and c.lower_ in lexicon.standing["time_condition"] for c in verb.lefts):
        return False
    return any(t.tag_ in PRESENT for t in (verb, *(c for c in verb.lefts if c.dep_ in ("aux", "auxpass"))))


def bears(noun: Token, verb: Token, lexicon: Lexicon) -> bool:
    """Whether what is said of a verb is said of its noun: not where the verb takes the noun for granted ("not condemned *the raid*")."""
    if noun.pos_ not in ("NOUN", "PROPN") or verb.lemma_ in lexicon.standing["bearing"] or verb.lemma_ in lexicon.light or verb.lemma_ in lexicon.governors:
        return True
    return not any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in noun.lefts)


def is_indicative(verb: Token, tags: frozenset[str] = INDICATIVE) -> bool:
    """Whether a verb or an auxiliary of it has one of these tags: by default, that it tells something as a fact."""
    return any(t.tag_ in tags for t in (verb, *(c for c in verb.lefts if c.dep_ in ("aux", "auxpass"))))


def is_not_only(word: Token) -> bool:
    """Whether a negation says that there is more: "not *only* recalled its envoy"."""
    return any(c.lower_ == "not" and word.doc[c.i + 1].lower_ in ("only", "just", "merely", "simply") for c in word.lefts if c.i + 1 < len(word.doc))
