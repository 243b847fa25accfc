"""Positions that a verb takes: "condemned the raid", "called on Chad to stop", "was rejected by Kenya"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions import headlines
from onrecord.positions.frames import doers, is_asked_for, is_somebody, made
from onrecord.positions.lexicon import Entry, Lexicon, Performative
from onrecord.positions.polarity import Polarity, is_wished, polarity
from onrecord.positions.stand import Stand, Target, Why
from onrecord.positions.targets import BREAKS, LONGEST, clausal, phrase

WINDOW = 6
"""How many tokens behind a verb the further words of a phrase may stand."""
PEOPLE_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "ee",
    "force",
    "police",
    "army",
    "government",
    "ministry",
    "bank",
    "company",
    "troop",
    "agency",
    "official",
)
NAMING = frozenset({"NOUN", "PROPN", "ADP", "DET", "ADJ", "NUM", "PART"})
"""What a noun phrase is made of."""
REASONED = frozenset({"praise", "criticise", "condemn", "congratulate", "accuse"})


def tail_of(token: Token, rest: tuple[str, ...]) -> Token | None:
    """The token of the last word of a phrase, its words found in order behind the first; None where they are not."""
    doc, at, last = token.doc, token.i + 1, token
    for word in rest:
        for i in range(at, min(token.i + WINDOW + len(rest), len(doc))):
            found = doc[i]
            if word in (found.lower_, found.lemma_) and _belongs(found, token, last, at):
                last, at = found, i + 1
                break
            if found.is_punct and found.text in ".;:":
                return None
        else:
            return None
    return last


def _belongs(found: Token, verb: Token, last: Token, at: int) -> bool:
    """Whether a word is part of its verb's phrase: on the verb, on the word before, right behind it, or on the verb's particle."""
    return found.head in (verb, last) or found.i == at or (found.head.head == verb and found.head.dep_ in ("prt", "advmod", "prep"))


def by_verb(token: Token, entry: Entry, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands of a verb or of the phrase it begins."""
    if not _is_verbal(token):
        yield from _of_headline(token, entry, rule, lexicon)
        return
    if not entry.rest and any(c.dep_ == "prt" for c in token.rights):  # "passed it on", "backed down"
        return
    if token.dep_ == "relcl" and syntax.modal(token) == "would":  # "a mistake that Chad would regret": a guess
        return
    tail = tail_of(token, entry.rest) if entry.rest else token  # before anything that takes longer: most phrases aren't there
    if tail is None or (entry.rest and tail.lower_ == "out" and tail.i + 1 < len(token.doc) and tail.nbor(1).lower_ == "of"):  # "thrown out of work"
        return
    if rule.needs and not any(c.lower_ in rule.needs for c in token.children):
        return
    put = polarity(token, lexicon)
    if put is None:
        return
    target, addressee = _behind(token, tail, rule, lexicon) if entry.rest else _slots(token, rule, lexicon)
    first = syntax.first_conjunct(token)
    if any(c.lower_ == "neither" for c in first.lefts) and any(c.dep_ == "conj" for c in first.rights):  # "neither backs nor opposes it"
        if token != first:
            return
        sides = next((t for c in first.rights if c.dep_ == "conj" and (t := syntax.undergoer(c)) is not None), None)
        rule, put = msgspec.structs.replace(rule, act="neutral", stance="neutral", negated=""), Polarity()
        target = target if target is not None or sides is None else phrase(sides, lexicon)
        if target is None:
            return
    if target is not None and not target.clausal and _is_of_goods(token, target, lexicon):
        return
    if target is not None and token.lemma_ == "question" and is_somebody(target.head, lexicon):  # "police questioned two men"
        return
    if target is None or (token.dep_ == "advcl" and syntax.is_passive(token) and any(c.lower_ == "as" for c in token.lefts)):  # "as agreed by Chad"
        return
    target = _that_clause(token, target, rule)
    if target.clausal and (rule.stance == "asked" or token.lemma_ in ("suggest", "propose")) and not is_wished(target.head, lexicon):
        return  # "suggested that it could fail", "insists the vote was fair": a claim
    holders = doers(_strained(token, lexicon) or token, lexicon)
    if rule.reversed:  # "came under fire from Chad"
        subject = syntax.surface_subject(token)
        if subject is None or put.negated or put.refused:
            return
        holders, target, addressee = syntax.members(target.head), phrase(subject, lexicon), None
    if rule.blames:
        blamed = _blamed(token, target)
        if blamed is not None and addressee is None:
            if not is_somebody(blamed, lexicon):  # "blamed the fall on fewer working days": a cause
                return
            addressee = blamed
        elif target.head == syntax.undergoer(token) and not is_somebody(target.head, lexicon):  # "blamed the rains"
            return
    if rule.act == "endorse" and token.dep_ == "acl":  # "sanctions adopted by the council": background, no stand
        return
    if not holders and headlines.is_headline(token) and (named := headlines.holder(token)) is not None and named.head == token:
        holders = [named]
    why: list[Why] = [Why.VERB]
    if syntax.is_passive(token):
        why.append(Why.PASSIVE)
    yield from made(token, tuple(holders), target, addressee, rule, put, lexicon, why)


def _blamed(verb: Token, target: Target) -> Token | None:
    """Whom the blame is put on: "blamed the raid *on Chad*"."""
    link = syntax.preposition(verb, "on") or syntax.preposition(target.head, "on")
    return syntax.pobj(link) if link is not None else None


def _of_headline(token: Token, entry: Entry, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    """The stand of a headline's verb that was parsed as a noun."""
    if entry.rest or rule.material or rule.intends or not headlines.is_slip(token):
        return
    who, thing = headlines.holder(token), headlines.target(token, rule)
    if who is not None and thing is not None:
        yield from made(token, (who,), thing, None, rule, Polarity(), lexicon, [Why.VERB])


def _strained(verb: Token, lexicon: Lexicon) -> Token | None:
    """The verb around an infinitive of what somebody strains to do: "*does* everything to protect it", "*made* an effort to help"."""
    effort = verb.head
    if (
        verb.dep_ in ("acl", "relcl")
        and effort.lemma_.lower() in lexicon.words["efforts"]
        and effort.dep_ == "dobj"
        and syntax.infinitive_marker(verb) is not None
    ):
        return effort.head if effort.head.lemma_ in ("do", "make", "step", "spare", "redouble", "continue") else None
    return None


def _is_verbal(token: Token) -> bool:
    """Whether a word is a verb, or a noun only by a slip of the tagger ("Egypt backs the plan")."""
    return token.pos_ in ("VERB", "AUX") or (
        token.tag_ == "NNS" and token.dep_ in ("ROOT", "relcl", "ccomp", "conj") and any(c.dep_ == "dobj" for c in token.rights)
    )


def _behind(verb: Token, tail: Token, rule: Performative, lexicon: Lexicon) -> tuple[Target | None, Token | None]:
    """The object of a phrase: what its last preposition governs, or the object of its last verb."""
    if tail.lower_ == "that":
        inner = tail.head if tail.dep_ == "mark" else syntax.clausal_complement(verb)
        return (clausal(inner), None) if inner is not None else (None, None)
    if tail.pos_ in ("VERB", "AUX"):
        thing = syntax.undergoer(tail)
        return (phrase(thing, lexicon), None) if thing is not None else (None, None)
    if tail.tag_ == "TO" and tail.dep_ == "aux":
        return clausal(tail.head), None
    if rule.person_first and rule.material:  # "charged the mayor with fraud": the mayor
        thing = syntax.undergoer(verb)
        return (phrase(thing, lexicon), None) if thing is not None else (None, None)
    if tail.dep_ == "mark" and tail.head.i > tail.i:  # "called for the siege to be lifted"
        return clausal(tail.head), None
    if verb.lemma_ == "call" and tail.lower_ == "for" and any(c.dep_ in ("dobj", "oprd", "ccomp", "nsubj") and verb.i < c.i < tail.i for c in verb.rights):
        return None, None  # "called him a traitor for advocating it" names him
    thing = syntax.pobj(tail)
    if thing is None:
        thing = syntax.undergoer(verb)
    if thing is None:
        return None, None
    if rule.person_first:
        passive = next((c for c in (*tail.subtree, *verb.rights) if c.i > thing.i and _is_passive_infinitive(c)), None)
        if passive is not None and tail.lower_ == "for":
            return Target(syntax.noun_phrase(thing)[0], clausal(passive).end, passive, clausal=True), None
        for child in list(tail.rights) + list(verb.rights):
            if child.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and child.i > thing.i and syntax.infinitive_marker(child) is not None:
                return clausal(child), thing
        for child in thing.rights:
            if child.dep_ in ("acl", "relcl") and syntax.infinitive_marker(child) is not None:
                return clausal(child), thing
        if tail.lower_ in ("on", "upon", "to", "with") and is_somebody(thing, lexicon):
            link = syntax.preposition(verb, "for")
            inner = syntax.pobj(link) if link is not None else None
            return (phrase(inner, lexicon), thing) if inner is not None else (None, None)
    return phrase(thing, lexicon), None


def _is_passive_infinitive(verb: Token) -> bool:
    return verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and syntax.infinitive_marker(verb) is not None and syntax.is_passive(verb)


def _slots(verb: Token, rule: Performative, lexicon: Lexicon) -> tuple[Target | None, Token | None]:
    direct = syntax.undergoer(verb)
    if direct is not None and direct.tag_ == "WDT":  # "said that Peru had backed it": the conjunction, misread
        direct = next((c for c in verb.rights if c.dep_ == "dobj"), direct)
    if rule.person_first and rule.objects == ("infinitive",) and direct is None:  # "asked to remain unnamed": nobody is asked
        return None, None
    for slot in rule.objects:
        target: Target | None = None
        if slot == "direct":
            target = (_small_clause(direct, rule) or _without_reason(phrase(direct, lexicon), rule)) if direct is not None else None
        elif slot in ("clause", "infinitive", "gerund"):
            inner = _complement(verb, slot)
            target = clausal(inner) if inner is not None else None
        else:
            link = syntax.preposition(verb, slot) or (_charge(direct) if slot == "of" and direct is not None else None)
            inner = syntax.pobj(link) if link is not None else None
            target = phrase(inner, lexicon) if inner is not None else None
        if target is not None:
            if slot == "direct" or direct is None or direct == target.head:
                return target, None
            return target, direct
    return None, None


def _charge(accused: Token) -> Token | None:
    """The *of* of a charge that the parse hung on whom it is laid to: "accused two members *of backing* the coup"."""
    return next((t for t in accused.subtree if t.dep_ == "prep" and t.lower_ == "of" and any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in t.rights)), None)


def _small_clause(thing: Token, rule: Performative) -> Target | None:
    """An object together with what it does where that is what is meant: "opposes foreign leaders meeting him"."""
    if "gerund" not in rule.objects or not (thing.pos_ == "PROPN" or thing.tag_ in ("NNS", "PRP")):
        return None
    if any(c.dep_ == "det" for c in thing.lefts):  # "opposed the laws banning it": the laws
        return None
    inner = next((c for c in thing.rights if c.dep_ == "acl" and c.tag_ == "VBG"), None)
    if inner is None:
        return None
    start, whole = syntax.base_noun_phrase(thing)[0], clausal(inner)
    return Target(start, whole.end, inner, clausal=True)


def _without_reason(target: Target, rule: Performative) -> Target:
    """An object without the *for* that belongs to the verb: "praised the envoy [for her courage]"."""
    if rule.act in REASONED and not target.clausal:
        for token in target.head.rights:
            if token.i < target.end and token.dep_ == "prep" and token.lower_ in ("for", "over", "after"):
                return Target(target.start, token.i, target.head)
    return target


def _complement(verb: Token, slot: str) -> Token | None:
    for child in verb.rights:
        if child.dep_ not in ("ccomp", "xcomp", "advcl") or (child.dep_ == "advcl" and syntax.infinitive_marker(child) is None):
            continue
        if slot == "infinitive" and syntax.infinitive_marker(child) is not None:
            if child.dep_ == "advcl" and verb.lemma_ == "order" and not _addresses(verb, child):  # "ordered 60 jets to replace them"
                continue
            return child
        if slot == "gerund" and child.tag_ == "VBG" and child.dep_ != "advcl":
            return child
        if slot == "clause" and child.dep_ == "ccomp" and child.i > verb.i and not _is_relative(child, verb):
            return child
    return None


def _is_of_goods(verb: Token, target: Target, lexicon: Lexicon) -> bool:
    """Whether what is ordered is a thing ("will *order* 200 airliners"), or what is affirmed a stand itself ("affirmed *its support* for it")."""
    head = target.head
    if verb.lemma_ == "order":
        return not is_asked_for(verb, target, lexicon) and not is_somebody(head, lexicon)
    stands = any(e.word_class == "noun" for e in lexicon.entries.get(head.lemma, ()))
    return verb.lemma_ in lexicon.light and stands and syntax.preposition(head, "for", "to", "against", "over", "about") is not None


def _that_clause(verb: Token, target: Target, rule: Performative) -> Target:
    """A that-clause whose subject was taken for the object, "promised *that reform would come*", as a clause."""
    doc, start = verb.doc, target.start
    if target.clausal or start != verb.i + 1 or doc[start].lower_ != "that" or "clause" not in rule.objects or target.head.tag_ not in ("NN", "NNS", "NNP"):
        return target
    inner = next((t for t in doc[target.head.i + 1 : verb.sent.end] if t.pos_ not in NAMING), None)
    if inner is None or inner.tag_ not in ("VBD", "VBZ", "VBP", "MD"):
        return target
    end = next((t.i for t in doc[inner.i : verb.sent.end] if t.text in BREAKS), verb.sent.end)
    return Target(start + 1, min(end, inner.i + LONGEST), inner, clausal=True)


def _addresses(verb: Token, infinitive: Token) -> bool:
    """Whether somebody stands between a verb and its infinitive."""
    return any(t.dep_ in ("dobj", "dative") and (t.pos_ == "PROPN" or t.lemma_.lower().endswith(PEOPLE_ENDINGS)) for t in verb.rights if t.i < infinitive.i)


def _is_relative(clause: Token, verb: Token) -> bool:
    """Whether a clause behind an object is a relative one that was hung on the verb: "demanded rules *that bar banks*"."""
    return any(c.tag_ in ("WDT", "WP") and c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in clause.lefts) and syntax.undergoer(verb) is not None
