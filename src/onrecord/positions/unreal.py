"""What nobody does, though a sentence names it: what could be, must be or is meant to be done ("can send troops to back it", "was forced to accept it")."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Lexicon

MAX_CLIMB = 6
BECAUSE_OF_WHICH = frozenset({"by", "through", "in", "with", "for", "of", "without"})
KEEPING = frozenset({"prevent", "stop", "keep", "dissuade", "deter", "discourage", "bar", "ban", "block", "prohibit", "hinder"})


def is_unreal(word: Token, lexicon: Lexicon) -> bool:
    """Whether a verb, noun or adjective lies under a possibility, a condition or a constraint, so that nobody takes the stand it names.

    Its own modals and what governs it as an infinitive are read by ``polarity``; here are the conditions and modals it shares
    with what it is coordinated with or hangs on as an infinitive, participle or gerund, infinitives with a subject of their
    own ("for Chad to back it"), and constraints ("was forced to", "no choice but to").
    """
    marker = syntax.infinitive_marker(word) if word.pos_ in ("VERB", "AUX") else None
    if marker is not None and ((marker.i and marker.nbor(-1).lower_ == "but") or any(c.dep_ == "mark" and c.lower_ == "for" for c in word.lefts)):
        return True
    if _is_kept_from(word) or _is_heading(word) or _is_inverted(word):
        return True
    current, words = word, lexicon.words
    for _ in range(MAX_CLIMB):
        above = _governor(current)
        if above is None:
            return (
                current != word and current.dep_ == "ccomp" and current.tag_ == "VB" and current.head.lemma_ in words["forcing"]
            )  # "let the house sit to pass it"
        if above.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in words["hypothetical"] for c in above.lefts):
            return True
        shared = syntax.modal(above)
        if shared in words["speculative"] and not syntax.is_negated(above) and syntax.modal(current) is None:
            return True
        to = syntax.infinitive_marker(above)
        if to is not None and any(c.dep_ == "mark" and c.lower_ == "for" for c in above.lefts):
            return True
        if current.dep_ == "xcomp" and above.tag_ == "VBN" and above.lemma_ in words["forcing"] and syntax.is_passive(above):
            return True
        current = above
    return False


def _governor(word: Token) -> Token | None:
    """What a word shares its subject and its mood with; None where it stands for itself."""
    head, dep = word.head, word.dep_
    if head == word:
        return None
    if dep == "dobj" and word.pos_ == "NOUN":
        return head
    if word.pos_ in ("VERB", "AUX") and any(c.dep_ in syntax.SUBJECTS for c in word.lefts):
        return None
    if dep == "conj" and head.pos_ in ("VERB", "AUX", "ADJ"):
        own = any(c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in word.lefts) or word.tag_ in ("VBD", "VBZ")
        return None if own else head
    if dep == "xcomp" or (dep == "advcl" and word.tag_ in ("VB", "VBG") and not any(c.dep_ == "mark" for c in word.lefts)):
        return head
    if dep == "pcomp" and head.lower_ in BECAUSE_OF_WHICH and head.head.pos_ in ("VERB", "AUX"):
        return head.head
    return None


def is_purpose(word: Token) -> bool:
    """Whether an infinitive tells what something is done for: "cut the rate *to support* growth", "tuning *to support* it"."""
    verb = syntax.first_conjunct(word)
    if syntax.infinitive_marker(verb) is None:
        return False
    return verb.dep_ == "advcl" or (verb.dep_ in ("acl", "relcl") and verb.head.pos_ == "NOUN")


def _is_kept_from(verb: Token) -> bool:
    """Whether a participle is what somebody is kept from: "prevented the states *blocking* it", "stop them *from backing* it"."""
    if verb.tag_ != "VBG":
        return False
    governor = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "from" else verb.head if verb.dep_ in ("ccomp", "acl", "xcomp") else verb
    governor = governor.head if verb.dep_ == "acl" and governor.dep_ == "dobj" else governor
    return governor.lemma_ in KEEPING and governor != verb and any(c.dep_ in ("dobj", "nsubj") and c.i > governor.i for c in (*governor.rights, *verb.lefts))


def _is_heading(word: Token) -> bool:
    """Whether a word is of a heading in capitals that runs into a sentence: "*DISPUTED* REEFS Pressed by Kenya, …"."""
    if not word.is_upper or len(word) < 4:
        return False
    letters = [t for t in word.sent if t.is_alpha and len(t) > 3]
    return sum(t.is_upper for t in letters) * 2 < len(letters)


def _is_inverted(verb: Token) -> bool:
    """Whether a clause is a condition without *if*: "*Had Chad agreed* to the deal", "*should* it *be rejected*"."""
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    first = next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass")), None)
    return subject is not None and first is not None and first.i < subject.i and first.lower_ in ("had", "should", "were")
