"""What a stand is on, in words: the phrase or clause a word heads, and what a demand is for or against."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Lexicon
from onrecord.positions.stand import Target
from onrecord.records import Stance

LONGEST = 25
"""How many tokens at most a clause adds to the object it restricts."""
RESTRICTIVE = frozenset({"relcl", "acl", "ccomp", "advcl"})
LOOSE = frozenset({"saying", "including", "following", "citing", "adding", "while", "when", "although", "because", "after", "before", "if", "as"})
BREAKS = frozenset({",", ";", ":", "—", "–", "--", "(", "."})


def asked(target: Target, lexicon: Lexicon) -> tuple[Stance, Target]:
    """Whether asking for something supports or opposes, and what it then is about.

    "An end to the siege" and "to stop the shelling" oppose the siege and the shelling; "to release the
    prisoners" supports the release.
    """
    head = target.head
    lemma = head.lemma_.lower()
    if target.clausal:
        ending = (lemma in lexicon.ending_verbs and not _leaves(head, lexicon)) or _away(head) is not None
        marker = syntax.infinitive_marker(head)
        if ending and syntax.is_passive(head) and marker is not None and target.start < marker.i:  # "for the siege to be lifted"
            return "oppose", Target(target.start, marker.i, head.doc[target.start : marker.i].root)
        if ending and syntax.is_passive(head) and (subject := syntax.own_subject(head)) is not None:  # "that the barricade be removed"
            return "oppose", phrase(subject, lexicon)
        if syntax.is_negated(head) or ending:
            return "oppose", (named(head, lexicon) or target) if ending else target
        if lemma in ("bring", "put") and (inner := syntax.undergoer(head)) is not None and inner.lemma_.lower() in lexicon.ending_nouns:
            return "oppose", target
        return "support", target
    if lemma in lexicon.ending_nouns:
        link = syntax.preposition(head, "to", "of", "in", "on")
        inner = syntax.pobj(link) if link is not None else None
        return "oppose", phrase(inner, lexicon) if inner is not None else target
    return "support", target


def _away(verb: Token) -> Token | None:
    """The *away* of what somebody is to keep from: "stay *away* from the vote", "steer *clear* of it"."""
    return next((c for c in verb.rights if c.lower_ in ("away", "clear") and syntax.preposition(c, "from", "of") is not None), None)


def _leaves(verb: Token, lexicon: Lexicon) -> bool:
    """Whether what is withdrawn is the doer's own ("withdraw its troops"): leaving is asked for, the troops are not opposed."""
    lemma = verb.lemma_.lower()
    thing = syntax.undergoer(verb) if lemma in ("withdraw", "abandon", "drop") else None
    return thing is not None and (thing.lemma_.lower() in lexicon.words["forces"] or (lemma == "withdraw" and any(c.tag_ == "PRP$" for c in thing.lefts)))


def named(verb: Token, lexicon: Lexicon) -> Target | None:
    """What a verb of stopping names: its object, its gerund, or what its preposition governs."""
    away = _away(verb)
    link = syntax.preposition(away, "from", "of") if away is not None else None
    if link is not None and (inner := syntax.pobj(link)) is not None:
        return phrase(inner, lexicon)
    thing = syntax.undergoer(verb)
    if thing is not None and thing.lower_ != "it":
        return phrase(thing, lexicon)
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and (child.tag_ == "VBG" or (child.dep_ == "xcomp" and syntax.infinitive_marker(child) is not None)):
            return phrase(child, lexicon)
        if child.dep_ == "prep" and child.lower_ in ("from", "to", "with") and (inner := syntax.pobj(child)) is not None:
            return phrase(inner, lexicon)
    return None


GENERAL = frozenset({"something", "idea", "notion", "proposal", "measure", "plan"})
"""Nouns that take up the thing before them: "a tax on sugar, *something* Chad opposes"."""


def _taken_up(head: Token) -> Token:
    """The noun that a general one behind a comma takes up, if a clause makes it one: "a budget for the zone, *an idea backed* by Chad"."""
    before = syntax.base_noun_phrase(head)[0] - 2
    if (
        head.lemma_.lower() not in GENERAL
        or before < head.sent.start
        or head.doc[before + 1].text != ","
        or not any(c.dep_ in ("relcl", "acl") for c in head.rights)
    ):
        return head
    named = head.doc[before]
    while named.dep_ == "pobj" and named.head.head.pos_ == "NOUN":
        named = named.head.head
    return named if named.pos_ == "NOUN" and named.i < head.i else head


def phrase(head: Token, lexicon: Lexicon) -> Target:
    """The noun phrase or clause a word heads as a target; for a noun that only takes up another, the other's."""
    head = _taken_up(head)
    if head.pos_ in ("VERB", "AUX") or head.dep_ in ("ccomp", "xcomp", "pcomp"):
        return clausal(head)
    start, end = syntax.noun_phrase(syntax.first_conjunct(head) if head.dep_ == "conj" else head)
    if head.dep_ == "conj":
        start, end = syntax.noun_phrase(head)
    if head.lemma_ in lexicon.words["claims"]:
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
            or (token.dep_ == "advcl" and token.head == verb and token.left_edge.i > verb.i)
            or _starts_another(token, verb)
        ):
            end = token.left_edge.i if token.dep_ == "advcl" else token.i
            break
    while end - 1 > verb.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return Target(start, max(end, verb.i + 1), verb, clausal=True)


def _starts_another(token: Token, verb: Token) -> bool:
    """Whether a word begins what a clause only adds: another verb ("hold talks [and withdraw]"), a concession, an aim."""
    if token.dep_ == "cc" and token.head == verb:
        return any(c.dep_ == "conj" and c.i > token.i and c.pos_ in ("VERB", "AUX") for c in verb.rights)
    if token.lower_ == "despite":
        return True
    follows = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return (token.lower_, follows) in (("as", "part"), ("in", "order"), ("so", "that"))


def _hung_on(target: Target, trigger: Token, lexicon: Lexicon) -> Token | None:
    """What a proposal is for or on, where the parse hung it on the verb: "opposed an idea *for a budget*", "urged talks *on the dam*"."""
    doc, at = trigger.doc, target.end
    while at < len(doc) and doc[at].dep_ == "pobj" and doc[at].ent_type_ == "DATE":
        at += 1
    link = doc[at] if at < len(doc) else None
    if link is None or link.dep_ != "prep" or link.lower_ not in ("for", "on", "over", "about", "between") or link.head != trigger or target.head.i != at - 1:
        return None
    thing = syntax.pobj(link)
    if thing is None or thing.ent_type_ in ("DATE", "TIME") or thing.pos_ not in ("NOUN", "PROPN"):
        return None
    return thing if target.head.lemma_.lower() in lexicon.proposals | lexicon.words["claims"] | GENERAL else None


def extended(target: Target, trigger: Token, lexicon: Lexicon) -> Target:
    """A noun phrase with the clause that says which one is meant: "rules *that bar banks*", "talk *that the dam leaks*", "the men *held in Oslo*".

    Left out are clauses behind a comma and that of ``trigger`` itself ("the raid that Chad *condemned*").
    """
    if target.clausal or target.end >= len(trigger.doc):
        return target
    doc, end = trigger.doc, target.end
    at = end + 1 if doc[end].is_quote and end + 1 < len(doc) else end
    if target.head.i == end - 1 and target.head.lemma_.lower() in lexicon.words["relational"] and doc[end].lower_ == "in" and doc[end].head == trigger:
        thing = syntax.pobj(doc[end])  # "applauded the rise *in the rate*", hung on the verb
        if thing is not None:
            return Target(target.start, syntax.noun_phrase(thing)[1], target.head)
    about = _hung_on(target, trigger, lexicon)
    if about is not None:
        return Target(target.start, syntax.noun_phrase(about)[1], target.head)
    open_ended = target.head.lemma_.lower() in lexicon.words["claims"] | lexicon.words["requests"]
    within = (*doc[target.head.i : end], *((trigger,) if open_ended and trigger.i < target.start else ()))
    clause = next(
        (c for t in within for c in t.rights if c.dep_ in (RESTRICTIVE | {"xcomp"} if t == trigger else RESTRICTIVE) and c.left_edge.i in (end, at)), None
    )
    if clause is None or clause.left_edge.i <= trigger.i <= clause.right_edge.i or doc[clause.left_edge.i].lower_ in LOOSE:
        return target
    if clause.dep_ in ("ccomp", "advcl") and not (open_ended or doc[clause.left_edge.i].lower_ in ("that", "to", "for")):
        return target
    for token in doc[clause.i + 1 : min(clause.right_edge.i + 1, end + LONGEST)]:
        if token.text in BREAKS or token.is_space or (token.dep_ == "mark" and token.lower_ not in ("that", "to")):
            return Target(target.start, max(token.i, clause.i + 1), target.head)
    return Target(target.start, max(clause.i + 1, min(clause.right_edge.i + 1, end + LONGEST)), target.head)
