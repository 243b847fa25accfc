"""Is a stand taken, refused, conditional, expected or withdrawn, and is a demand for or against what it names?"""

from __future__ import annotations

import dataclasses

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Lexicon, Performative
from onrecord.positions.stand import Why
from onrecord.positions.unreal import is_unreal
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
    negated = False
    status: Status = "taken"
    current = previous = word
    refused = _is_avoided(word, lexicon)
    if word.i >= 2 and word.nbor(-2).lower_ in ("rather", "instead"):
        return None
    if not obliged and word.dep_ == "advcl" and word.tag_ == "VB" and _is_asked(word.head, word, lexicon):
        return None
    if _is_laid_to_another(word) or is_discredited(word, lexicon) or (not obliged and is_unreal(word, lexicon)):
        return None
    if any(c.lower_ in lexicon.words["seldom"] or (c.dep_ == "aux" and c.lower_ == "need") for c in word.lefts):
        return None
    for step in range(MAX_CLIMB):
        if _is_no_longer(current):
            status = "withdrawn"
        elif not step or previous.dep_ != "dobj" or previous.pos_ != "NOUN" or current.lemma_ in lexicon.light:  # "did not improve its offer" still offers
            negated ^= _is_denied(current)
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
            if lemma in lexicon.words["ending"] and syntax.is_negated(current):  # "never ceased to condemn"
                negated = not negated
                break
            status = "expected" if lemma in lexicon.words["expecting"] else "withdrawn" if lemma in lexicon.words["ending"] else status
        if current.dep_ not in ("xcomp", "acomp", "attr", "oprd", "dobj", "ccomp", "acl") or current.head == current:
            break
        if current.dep_ == "ccomp" or (current.dep_ == "acl" and current.head.lemma_ not in lexicon.words["refusing"] | lexicon.words["failing"]):
            finite = current.tag_ in ("VBD", "VBZ", "VBP") or verb in ("will", "would", "can", "could") or current.i < current.head.i
            stated = current.dep_ == "ccomp" and current.head.lemma_ in lexicon.words["telling"] and finite
            if not obliged and not stated and _is_asked(current.head, current, lexicon):
                return None
            break
        if current.dep_ == "dobj" and current != word:
            break
        previous, current = current, current.head
    if word.sent[-1].text == "?" or (len(word.sent) > 1 and word.sent[-2].text == "?"):
        return None
    return Polarity(negated, refused, status)


def _is_denied(word: Token) -> bool:
    """Whether a word is denied, but not in "cannot but"; also in front: "*at no point* has Chad backed it"."""
    if syntax.is_negated(word):
        return word.i == 0 or word.nbor(-1).lower_ != "but"
    return _is_denied_in_front(word)


def _is_denied_in_front(verb: Token) -> bool:
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    for child in verb.lefts:
        inner = syntax.pobj(child) if child.dep_ == "prep" else None
        if (
            inner is not None
            and any(c.dep_ == "det" and c.lower_ == "no" for c in inner.lefts)
            and inner.lemma_ in ("point", "time", "way", "circumstance", "means")
        ):
            return True
    return False


def _is_no_longer(word: Token) -> bool:
    """Whether a stand is given up: "no longer backs it"."""
    return any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in word.lefts)


def _is_avoided(word: Token, lexicon: Lexicon) -> bool:
    """Whether a gerund is what somebody shies from: "stopped short of *criticising* it", "balked at *signing* it"."""
    if word.dep_ != "pcomp" or word.head.dep_ != "prep":
        return False
    governor = word.head.head
    if governor.lower_ == "short":
        return True
    return governor.lemma_ in lexicon.words["refusing"] or (governor.lemma_ == "stop" and any(c.lower_ == "short" for c in governor.children))


def is_discredited(word: Token, lexicon: Lexicon) -> bool:
    """Whether a word lies in talk that the sentence itself holds to be untrue or nobody's: "contrary to claims that Chad backs them",
    "it is not true that Peru condemned it", "whispers that Cuba agreed", "dismissed a story that it threatens them"."""
    words, doc, start = lexicon.words, word.doc, word.sent.start
    if word.pos_ == "NOUN" and any(c.lower_ in words["alleged"] for c in word.lefts):
        return True
    before = []
    for i in range(word.i - 1, start - 1, -1):
        if doc[i].text in ",;:" or doc[i].is_quote:
            break
        before.append(doc[i])
    before.reverse()
    talk = next((k for k, t in enumerate(before) if t.lemma_.lower() in words["claims"] and t.pos_ in ("NOUN", "PROPN")), None)
    if talk is not None:
        if any(t.lower_ in words["contrary"] or (t.lemma_.lower() in words["discrediting"] and t.pos_ in ("VERB", "NOUN")) for t in before[:talk]):
            return True
        if before[talk].lemma_.lower() in words["hearsay"] and any(t.lower_ == "that" for t in before[talk:]):
            return True
    that = next((k for k, t in enumerate(before) if t.lower_ == "that"), None)
    if that is not None:
        for k, t in enumerate(before[:that]):
            lemma = t.lemma_.lower()
            if lemma in words["untrue"]:
                return True
            if lemma in words["true"] and any(n.dep_ == "neg" or n.lower_ in ("no", "never", "little", "nothing") for n in before[max(0, k - 3) : k]):
                return True
    if before and before[0].lower_ in words["concessive"] and any(t.lemma_ in ("claim", "allege", "pretend", "insist") for t in before):
        return True
    clause = next((a for a in (word, *word.ancestors) if a.dep_ == "ccomp"), None)
    if clause is None or clause.head.lemma_ not in words["saying"]:
        return False
    return syntax.is_negated(clause.head) or any(c.dep_ == "mark" and c.lower_ in words["concessive"] for c in clause.head.lefts)


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
    if lemma not in lexicon.words["asking"] or verb.tag_ not in ("VB", "VBP", "VBN") or verb.dep_ not in ("xcomp", "ccomp", "advcl"):
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
    if rule.negated and not (put.refused and rule.refusable):
        turned = lexicon.stances.get(rule.negated, "neutral")
        return rule.negated, turned if turned != "asked" else "neutral", status, why
    return rule.act, "neutral", "refused", why
