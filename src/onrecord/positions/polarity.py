"""Is a stand taken, refused, conditional, expected or withdrawn, and is a demand for or against what it names?"""

from __future__ import annotations

import dataclasses

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Lexicon, Performative
from onrecord.positions.stand import Target, Why
from onrecord.records import Stance, Status

REFUSING = frozenset({"refuse", "decline", "refusal", "reluctance", "hesitate", "unwilling", "reluctant"})
FAILING = frozenset({"fail", "failure", "neglect", "inability"})
EXPECTING = frozenset({"expect", "likely", "set", "due", "plan", "poise", "intend", "prepare", "consider", "mull"})
ENDING = frozenset({"stop", "cease", "quit"})
ASKING = frozenset(
    {
        "urge", "ask", "tell", "call", "press", "push", "encourage", "appeal", "demand", "want", "order", "request", "invite", "advise",
        "pressure", "exhort", "implore", "beg", "plead", "persuade", "convince", "allow", "force", "require", "recommend", "propose",
        "suggest", "expect", "need", "have", "help", "enable", "prod", "instruct", "prevent", "lead"
    }
)  # fmt: skip
TELLING = frozenset({"tell", "persuade", "convince"})
"""Askers that with a finite clause tell: "told reporters that the sanctions are illegal"."""

REQUESTS = frozenset(
    {
        "call", "appeal", "demand", "request", "plea", "order", "pressure", "failure", "need", "way", "chance", "reason", "opportunity",
        "ability", "right", "effort", "obligation"
    }
)  # fmt: skip
OBLIGING = frozenset({"must", "should", "ought"})
HYPOTHETICAL = frozenset({"if", "whether", "unless", "lest"})
SPECULATIVE = frozenset({"could", "might", "may", "can"})
MAX_CLIMB = 4
FORCES = frozenset({"troop", "force", "soldier", "army", "military", "personnel", "tank", "weapon", "peacekeeper", "fighter", "ambassador", "settler"})
WISHING = frozenset({"should", "must", "shall", "ought"})
CLAIMS = frozenset(
    {
        "accusation", "allegation", "claim", "suggestion", "report", "charge", "idea", "notion", "assertion", "concern", "fear", "belief", "criticism",
        "argument", "rumour", "rumor", "insinuation", "assumption", "contention", "statement", "complaint", "view", "possibility", "fact", "speculation",
        "warning", "demand",
    }
)  # fmt: skip
"""Nouns whose clause says what is claimed ("claims the vote was rigged")."""


@dataclasses.dataclass(frozen=True, slots=True)
class Polarity:
    """How a word stands in its sentence."""

    negated: bool = False
    refused: bool = False
    status: Status = "taken"


def polarity(word: Token, *, obliged: bool = False) -> Polarity | None:
    """How a verb, noun or adjective is put; None where nobody is said to do so (a question, an if-clause, speculation, a request).

    Args:
        word: the word.
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
        if any(c.dep_ == "mark" and c.lower_ in HYPOTHETICAL for c in current.lefts):
            return None
        if (verb in SPECULATIVE and not negated) or (verb in OBLIGING and not obliged):
            return None
        if step and not obliged and _is_asked(current, previous):
            return None
        if verb == "would" and any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless", "provided") for m in c.children) for c in current.children):
            status = "conditional"
        if step:
            lemma = current.lemma_.lower()
            refused = refused or lemma in REFUSING
            negated ^= lemma in FAILING
            status = "expected" if lemma in EXPECTING else "withdrawn" if lemma in ENDING else status
        if current.dep_ not in ("xcomp", "acomp", "attr", "oprd", "dobj", "ccomp", "acl") or current.head == current:
            break
        if current.dep_ == "ccomp" or (current.dep_ == "acl" and current.head.lemma_ not in REFUSING | FAILING):
            stated = current.dep_ == "ccomp" and current.head.lemma_ in TELLING and current.tag_ in ("VBD", "VBZ", "VBP")
            if not obliged and not stated and _is_asked(current.head, current):
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


def is_wished(clause: Token) -> bool:
    """Whether a finite clause says what should be ("that it *withdraw*", "that aid *should* flow") and not what is."""
    if syntax.infinitive_marker(clause) is not None or syntax.own_subject(clause) is None:
        return True
    verb = syntax.modal(clause)
    if verb is not None:
        return verb in WISHING
    finite = next((c for c in clause.lefts if c.dep_ in ("aux", "auxpass")), clause)
    return finite.tag_ not in ("VBD", "VBZ") and finite.lower_ not in ("are", "is", "was", "were")


def _is_asked(governor: Token, verb: Token) -> bool:
    """Whether a verb is what its governor asks of somebody else, so that nobody does it yet."""
    lemma = governor.lemma_.lower()
    if verb.dep_ == "acl":
        if lemma == "effort" and governor.dep_ == "dobj" and governor.head.lemma_ == "make":
            return False
        return lemma in REQUESTS and syntax.infinitive_marker(verb) is not None
    if lemma not in ASKING or verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("xcomp", "ccomp", "advcl"):
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


def asked(target: Target, lexicon: Lexicon) -> tuple[Stance, Target]:
    """Whether asking for something supports or opposes, and what it then is about.

    "An end to the siege" and "to stop the shelling" oppose the siege and the shelling; "to release the
    prisoners" supports the release.
    """
    head = target.head
    lemma = head.lemma_.lower()
    if target.clausal:
        ending = lemma in lexicon.ending_verbs and not _leaves(head)
        marker = syntax.infinitive_marker(head)
        if ending and syntax.is_passive(head) and marker is not None and target.start < marker.i:  # "for the siege to be lifted"
            return "oppose", Target(target.start, marker.i, head.doc[target.start : marker.i].root)
        if syntax.is_negated(head) or ending:
            return "oppose", (named(head) or target) if ending else target
        if lemma in ("bring", "put") and (inner := syntax.undergoer(head)) is not None and inner.lemma_.lower() in lexicon.ending_nouns:
            return "oppose", target
        return "support", target
    if lemma in lexicon.ending_nouns:
        link = syntax.preposition(head, "to", "of", "in", "on")
        inner = syntax.pobj(link) if link is not None else None
        return "oppose", phrase(inner) if inner is not None else target
    return "support", target


def _leaves(verb: Token) -> bool:
    """Whether what is withdrawn is the doer's own ("withdraw its troops"): leaving is asked for, the troops are not opposed."""
    thing = syntax.undergoer(verb) if verb.lemma_.lower() in ("withdraw", "abandon", "drop") else None
    return thing is not None and (thing.lemma_.lower() in FORCES or any(c.tag_ == "PRP$" for c in thing.lefts))


def named(verb: Token) -> Target | None:
    """What a verb of stopping names: its object, its gerund, or what its preposition governs."""
    thing = syntax.undergoer(verb)
    if thing is not None and thing.lower_ != "it":
        return phrase(thing)
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and (child.tag_ == "VBG" or (child.dep_ == "xcomp" and syntax.infinitive_marker(child) is not None)):
            return phrase(child)
        if child.dep_ == "prep" and child.lower_ in ("from", "to", "with") and (inner := syntax.pobj(child)) is not None:
            return phrase(inner)
    return None


def phrase(head: Token) -> Target:
    """The noun phrase or clause a word heads as a target."""
    if head.pos_ in ("VERB", "AUX") or head.dep_ in ("ccomp", "xcomp", "pcomp"):
        return clausal(head)
    start, end = syntax.noun_phrase(syntax.first_conjunct(head) if head.dep_ == "conj" else head)
    if head.dep_ == "conj":
        start, end = syntax.noun_phrase(head)
    if head.lemma_ in CLAIMS:
        for child in head.rights:
            if child.dep_ in ("acl", "ccomp", "relcl") and child.left_edge.i == end and child.tag_ in ("VBD", "VBZ", "VBP", "VB", "VBN"):
                if child.dep_ == "relcl" and any(c.tag_ in syntax.RELATIVE and c.dep_ != "mark" for c in child.lefts):
                    break
                if child.dep_ != "acl" or syntax.own_subject(child) is not None:
                    end = max(end, clausal(child).end)
                break
    return Target(start, end, head)


def clausal(verb: Token) -> Target:
    """The clause of a verb as a target: an infinitive without its *to*, a that-clause without *that*."""
    start, end = syntax.clause(verb, limit=30)
    to = syntax.infinitive_marker(verb)
    if to is not None and syntax.own_subject(verb) is None:
        start = min(to.i + 1, verb.i)
    doc = verb.doc
    for token in doc[verb.i + 1 : end]:
        if (
            token.text in (";", "—", "–")
            or (token.text == "," and token.i - start > 4)
            or (token.dep_ in ("advcl",) and token.head == verb and token.left_edge.i > verb.i)
        ):
            end = token.left_edge.i if token.dep_ == "advcl" else token.i
            break
    while end - 1 > verb.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return Target(start, max(end, verb.i + 1), verb, clausal=True)
