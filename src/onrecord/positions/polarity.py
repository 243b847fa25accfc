"""Is a stand taken, refused, conditional, expected or withdrawn, and is a demand for or against what it names?"""

from __future__ import annotations

import dataclasses

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Lexicon, Performative
from onrecord.positions.stand import Why
from onrecord.records import Stance, Status

MAX_CLIMB = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Polarity:
    """How a word stands in its sentence."""

    negated: bool = False
    refused: bool = False
    status: Status = "taken"


def polarity(word: Token, lexicon: Lexicon, *, obliged: bool = False) -> Polarity | None:
    """How a verb, noun or adjective is put; None where nobody is said to do so (a question, an if-clause, speculation, a request).

    Args:
        word: the word.
        lexicon: the room's words.
        obliged: whether it is read as what somebody is obliged to do.
    """
    negated = refused = False
    status: Status = "taken"
    current = previous = word
    if word.i >= 2 and word.nbor(-2).lower_ in ("rather", "instead"):
        return None
    if _is_laid_to_another(word):
        return None
    for step in range(MAX_CLIMB):
        negated ^= syntax.is_negated(current)
        verb = syntax.modal(current)
        if any(c.dep_ == "mark" and c.lower_ in lexicon.words["hypothetical"] for c in current.lefts):
            return None
        if (verb in lexicon.words["speculative"] and not negated) or (verb in lexicon.words["obliging"] and not obliged):
            return None
        if step and not obliged and _is_asked(current, previous, lexicon):
            return None
        if verb == "would" and any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless", "provided") for m in c.children) for c in current.children):
            status = "conditional"
        if step:
            lemma = current.lemma_.lower()
            refused = refused or lemma in lexicon.words["refusing"]
            negated ^= lemma in lexicon.words["failing"]
            status = "expected" if lemma in lexicon.words["expecting"] else "withdrawn" if lemma in lexicon.words["ending"] else status
        if current.dep_ not in ("xcomp", "acomp", "attr", "oprd", "dobj", "ccomp", "acl") or current.head == current:
            break
        if current.dep_ == "ccomp" or (current.dep_ == "acl" and current.head.lemma_ not in lexicon.words["refusing"] | lexicon.words["failing"]):
            stated = current.dep_ == "ccomp" and current.head.lemma_ in lexicon.words["telling"] and current.tag_ in ("VBD", "VBZ", "VBP")
            if not obliged and not stated and _is_asked(current.head, current, lexicon):
                return None
            break
        if current.dep_ == "dobj" and current != word:
            break
        previous, current = current, current.head
    if word.sent[-1].text == "?" or (len(word.sent) > 1 and word.sent[-2].text == "?"):
        return None
    return Polarity(negated, refused, status)


def _is_laid_to_another(word: Token) -> bool:
    """Whether a gerund tells what the object of its governor does: "accused Chad of backing the rebels"."""
    gerund = syntax.first_conjunct(word)
    if gerund.dep_ != "pcomp" or gerund.head.lower_ not in ("of", "for", "from"):
        return False
    governor = gerund.head.head
    if governor.dep_ in ("oprd", "attr", "dobj"):  # "calls him a traitor for backing it"
        governor = governor.head if any(c.dep_ in ("dobj", "nsubj") and c != governor for c in governor.head.rights) else governor
    return governor.pos_ == "VERB" and any(
        c.dep_ == "nsubjpass" or (c.i > governor.i and c.dep_ in ("dobj", "oprd", "ccomp", "nsubj")) for c in governor.children
    )


def is_wished(clause: Token, lexicon: Lexicon) -> bool:
    """Whether a finite clause says what should be ("that it *withdraw*", "that aid *should* flow") and not what is."""
    if syntax.infinitive_marker(clause) is not None or syntax.own_subject(clause) is None:
        return True
    verb = syntax.modal(clause)
    if verb is not None:
        return verb in lexicon.words["wishing"]
    finite = next((c for c in clause.lefts if c.dep_ in ("aux", "auxpass")), clause)
    return finite.tag_ not in ("VBD", "VBZ") and finite.lower_ not in ("are", "is", "was", "were")


def _is_asked(governor: Token, verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb is what its governor asks of somebody else, so that nobody does it yet."""
    lemma = governor.lemma_.lower()
    if verb.dep_ == "acl":
        if lemma == "effort" and governor.dep_ == "dobj" and governor.head.lemma_ == "make":
            return False
        return lemma in lexicon.words["requests"] and syntax.infinitive_marker(verb) is not None
    if lemma not in lexicon.words["asking"] or verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("xcomp", "ccomp", "advcl"):
        return False
    return lemma in ("need", "have") or verb.dep_ == "ccomp" or any(c.dep_ in ("dobj", "dative", "prep") and c.i < verb.i for c in governor.rights)


def applied(rule: Performative, stance: Stance, put: Polarity, lexicon: Lexicon) -> tuple[str, Stance, Status, tuple[Why, ...]]:
    """The act, stance and status of a rule's word as it is put: "does not support" opposes, "refused to condemn" is a stand not taken."""
    status = rule.status if put.status == "taken" else put.status
    if not (put.negated or put.refused):
        return rule.act, stance, status, ()
    if put.negated and put.refused:
        return rule.act, stance, status, ()
    why = (Why.REFUSED,) if put.refused else (Why.NEGATED,)
    if rule.negated:
        turned = lexicon.stances.get(rule.negated, "neutral")
        return rule.negated, turned if turned != "asked" else "neutral", status, why
    return rule.act, "neutral", "refused", why
