"""Positions that somebody takes with a verb, a noun or an adjective: "condemned", "drew criticism from", "is opposed to"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Entry, Lexicon, Performative
from onrecord.positions.polarity import Polarity, applied, asked, clausal, is_wished, named, phrase, polarity
from onrecord.positions.stand import Stand, Target, Why
from onrecord.records import Stance

WINDOW = 6
"""How many tokens behind a verb the further words of a phrase may stand."""
DEED_ENDINGS = ("tion", "sion", "ment", "ance", "val", "sal", "ure", "ing", "recognition", "return", "redress", "compensation", "change")
EFFORTS = frozenset({"everything", "all", "best", "utmost", "effort", "part", "more", "attempt"})
REASONED = frozenset({"praise", "criticise", "condemn", "congratulate", "accuse"})
CONFIDENCE = {"verb": 0.8, "noun": 0.7, "adjective": 0.7}


def performed(token: Token, entry: Entry, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands that one word of a rule takes where it stands; none where its frame is not filled."""
    rule = entry.rule
    if not isinstance(rule, Performative):
        return
    if entry.word_class == "verb":
        yield from _verb(token, entry, rule, lexicon)
    elif entry.word_class == "role":
        yield from _role(token, rule, lexicon)
    elif entry.word_class == "noun":
        yield from _noun(token, rule, lexicon)
    else:
        yield from _adjective(token, rule, lexicon)


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


def _verb(token: Token, entry: Entry, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    if not _is_verbal(token):
        return
    put = polarity(token)
    if put is None:
        return
    target = addressee = None
    if entry.rest:
        tail = tail_of(token, entry.rest)
        if tail is None:
            return
        target, addressee = _behind(token, tail, rule)
    else:
        target, addressee = _slots(token, rule)
    if target is None:
        return
    if target.clausal and (rule.stance == "asked" or token.lemma_ in ("suggest", "propose")) and not is_wished(target.head):
        return  # "suggested that it could fail", "insists the vote was fair": a claim
    holders = syntax.doers(_strained(token) or token)
    if rule.act == "endorse" and token.dep_ == "acl":  # "sanctions adopted by the council": background, no stand
        return
    why: list[Why] = [Why.VERB]
    if syntax.is_passive(token):
        why.append(Why.PASSIVE)
    yield from _made(token, tuple(holders), target, addressee, rule, put, lexicon, why)


def _strained(verb: Token) -> Token | None:
    """The verb around an infinitive of what somebody strains to do: "*does* everything to protect it", "*made* an effort to help"."""
    effort = verb.head
    if verb.dep_ in ("acl", "relcl") and effort.lemma_.lower() in EFFORTS and effort.dep_ == "dobj" and syntax.infinitive_marker(verb) is not None:
        return effort.head if effort.head.lemma_ in ("do", "make", "step", "spare", "redouble", "continue") else None
    return None


def _is_verbal(token: Token) -> bool:
    """Whether a word is a verb, or a noun only by a slip of the tagger ("Egypt backs the plan")."""
    return token.pos_ in ("VERB", "AUX") or (
        token.tag_ == "NNS" and token.dep_ in ("ROOT", "relcl", "ccomp", "conj") and any(c.dep_ == "dobj" for c in token.rights)
    )


def _behind(verb: Token, tail: Token, rule: Performative) -> tuple[Target | None, Token | None]:
    """The object of a phrase: what its last preposition governs, or the object of its last verb."""
    if tail.lower_ == "that":
        inner = syntax.clausal_complement(verb)
        return (clausal(inner), None) if inner is not None else (None, None)
    if tail.pos_ in ("VERB", "AUX"):
        thing = syntax.undergoer(tail)
        return (phrase(thing), None) if thing is not None else (None, None)
    if tail.tag_ == "TO" and tail.dep_ == "aux":
        return clausal(tail.head), None
    if rule.person_first and rule.material:  # "charged the mayor with fraud": the mayor
        thing = syntax.undergoer(verb)
        return (phrase(thing), None) if thing is not None else (None, None)
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
        passive = next((c for c in (*tail.rights, *verb.rights) if c.i > thing.i and _is_passive_infinitive(c)), None)
        if passive is not None and tail.lower_ == "for":
            return Target(syntax.noun_phrase(thing)[0], clausal(passive).end, passive, clausal=True), None
        for child in list(tail.rights) + list(verb.rights):
            if child.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and child.i > thing.i and syntax.infinitive_marker(child) is not None:
                return clausal(child), thing
        for child in thing.rights:
            if child.dep_ in ("acl", "relcl") and syntax.infinitive_marker(child) is not None:
                return clausal(child), thing
        if tail.lower_ in ("on", "upon", "to", "with") and thing.pos_ != "VERB":
            link = syntax.preposition(verb, "for")
            inner = syntax.pobj(link) if link is not None else None
            return (phrase(inner), thing) if inner is not None else (None, None)
    return phrase(thing), None


def _is_passive_infinitive(verb: Token) -> bool:
    return verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and syntax.infinitive_marker(verb) is not None and syntax.is_passive(verb)


def _slots(verb: Token, rule: Performative) -> tuple[Target | None, Token | None]:
    direct = syntax.undergoer(verb)
    for slot in rule.objects:
        target: Target | None = None
        if slot == "direct":
            target = (_small_clause(direct, rule) or _without_reason(phrase(direct), rule)) if direct is not None else None
        elif slot in ("clause", "infinitive", "gerund"):
            inner = _complement(verb, slot)
            target = clausal(inner) if inner is not None else None
        else:
            link = syntax.preposition(verb, slot)
            inner = syntax.pobj(link) if link is not None else None
            target = phrase(inner) if inner is not None else None
        if target is not None:
            if slot == "direct" or direct is None or direct == target.head:
                return target, None
            return target, direct
    return None, None


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
            return child
        if slot == "gerund" and child.tag_ == "VBG" and child.dep_ != "advcl":
            return child
        if slot == "clause" and child.dep_ == "ccomp" and child.i > verb.i:
            return child
    return None


def _noun(token: Token, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod"):
        return
    if token.lower_ == "order" and token.i and token.nbor(-1).lower_ == "in":
        return
    target = _complement_of_noun(token, rule)
    first = syntax.first_conjunct(token)
    governor = first.head
    via_with = first.dep_ == "pobj" and governor.lower_ in ("with", "under") and governor.head.pos_ == "VERB"
    if via_with:
        governor = governor.head
    role = lexicon.light.get(governor.lemma_) if first.dep_ == "dobj" or via_with or (first.dep_ == "nsubjpass") else None
    put = polarity(token)
    if put is None or (governor.lemma_ == "raise" and governor.tag_ == "VBG"):  # "raising fears": nobody's in particular
        return
    if role == "source" and (via_with or first.dep_ == "dobj"):
        subject = syntax.surface_subject(governor)
        origin = _from(token) or _from(governor)
        if subject is not None and origin is not None:
            yield from _made(token, tuple(syntax.members(origin)), phrase(subject), None, rule, put, lexicon, [Why.NOUN, Why.SOURCE_OF_REACTION])
        return
    if target is None:
        return
    owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
    if first.dep_ == "nsubj" and governor.lemma_ == "come" and owner is None and (origin := _from(governor)) is not None:
        holders = syntax.members(origin)  # "the demand for an inquiry came from Kenya"
    elif owner is not None:
        holders = syntax.members(owner)
    elif role in ("subject", "withdrawn"):
        holders = syntax.doers(governor)
    elif (origin := _from(token)) is not None:
        holders = syntax.members(origin)
    elif first.dep_ == "pobj" and first.head.lower_ in ("in", "out") and first.head.head.pos_ in ("VERB", "AUX", "ADJ"):
        subject = syntax.surface_subject(first.head.head)
        nobody = subject is None or subject.lower_ in ("it", "this", "that") or (rule.or_speaker and first.head.head.lemma_ == "be")
        holders = syntax.members(subject) if subject is not None and not nobody else []
    else:
        holders = [c for c in token.lefts if c.dep_ in ("amod", "compound", "nmod") and c.text[:1].isupper()][:1]
    if role == "withdrawn":
        put = Polarity(put.negated, put.refused, "withdrawn")
    yield from _made(token, tuple(holders), target, None, rule, put, lexicon, [Why.NOUN, Why.LIGHT_VERB] if role else [Why.NOUN])


def _role(token: Token, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    """Somebody called by the side they take: "Lee, a critic of the treaty", "a Chavez supporter"."""
    if token.pos_ not in ("NOUN", "PROPN") or syntax.is_negated(token):
        return
    link = syntax.preposition(token, *rule.prepositions)
    thing = syntax.pobj(link) if link is not None else next((c for c in token.lefts if c.dep_ in ("poss", "compound", "nmod") and c.text[:1].isupper()), None)
    if thing is None:
        return
    who = syntax.first_conjunct(token)
    if who.dep_ == "appos":
        who = who.head
    elif who.dep_ == "attr" and who.head.lemma_ in ("be", "become", "remain"):
        subject, put = syntax.surface_subject(who.head), polarity(who.head)
        if subject is None or put is None or put.negated or put.status != "taken":
            return
        who = subject
    elif who.dep_ in ("compound", "nmod") and who.head.pos_ == "PROPN":
        who = who.head
    if who.sent[-1].text != "?" and who != thing:
        yield from _made(token, (who,), phrase(thing), None, rule, Polarity(), lexicon, [Why.NOUN])


def _performs(verb: Token, lexicon: Lexicon) -> bool:
    return any(
        isinstance(e.rule, Performative) and e.word_class == "verb" and not e.rest and e.rule.act != "reject" for e in lexicon.entries.get(verb.lemma, ())
    )


def _from(word: Token) -> Token | None:
    link = syntax.preposition(word, "from", "by")
    return syntax.pobj(link) if link is not None else None


def _complement_of_noun(token: Token, rule: Performative) -> Target | None:
    for child in token.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in rule.prepositions and child.lower_ != "by":
            inner = syntax.pobj(child)
            if inner is not None:
                return phrase(inner)
        if child.dep_ in ("acl", "relcl", "ccomp") and child.tag_ == "VB" and "to" in rule.prepositions and syntax.infinitive_marker(child) is not None:
            return clausal(child)
        if child.dep_ in ("acl", "ccomp") and "that" in rule.prepositions and any(m.lower_ == "that" and m.dep_ == "mark" for m in child.lefts):
            return clausal(child)
    first = syntax.first_conjunct(token)
    if first.dep_ in ("dobj", "pobj"):  # "voiced its opposition on Monday to the plan": the preposition on the verb
        governor = first.head if first.dep_ == "dobj" else first.head.head
        for child in governor.rights:
            if child.i > token.i and child.dep_ == "prep" and child.lower_ in rule.prepositions and child.lower_ not in ("by", "on", "in", "at", "of"):
                inner = syntax.pobj(child)
                if inner is not None:
                    return phrase(inner)
    return None


def _adjective(token: Token, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    if token.lower_ == "against":
        if token.head.lemma_ != "be" or token.dep_ != "prep":
            return
        inner = syntax.pobj(token)
        target = phrase(inner) if inner is not None else None
        subject = syntax.surface_subject(token.head)
    else:
        if token.pos_ not in ("ADJ", "VERB"):
            return
        target = _complement_of_adjective(token, rule)
        if token.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp", "ROOT", "conj", "advcl", "relcl") or (token.pos_ == "VERB" and token.dep_ != "acl"):
            subject = syntax.surface_subject(token)
        elif token.dep_ in ("amod", "acl", "appos"):
            subject = token.head
        else:
            return
    put = polarity(token)
    if target is None or subject is None or put is None or target.head == subject:
        return
    yield from _made(token, tuple(syntax.members(subject)), target, None, rule, put, lexicon, [Why.ADJECTIVE])


def _complement_of_adjective(token: Token, rule: Performative) -> Target | None:
    for child in token.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in rule.prepositions:
            inner = syntax.pobj(child)
            if inner is not None:
                return phrase(inner)
        if child.dep_ in ("ccomp",) and "that" in rule.prepositions:
            return clausal(child)
        if child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB" and "to" in rule.prepositions and syntax.infinitive_marker(child) is not None:
            return clausal(child)
    return None


def _is_somebody(head: Token, lexicon: Lexicon) -> bool:
    return head.pos_ in ("PROPN", "PRON") or lexicon.holders.get(head.lemma_.lower()) == "people"


def _is_deed(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun names something done or to be done, by the tables or by its ending."""
    lemma = head.lemma_.lower()
    return lemma in lexicon.event_nouns or lemma in lexicon.proposals or lemma in lexicon.ending_nouns or lemma.endswith(DEED_ENDINGS)


def _made(
    trigger: Token,
    holders: tuple[Token, ...],
    target: Target,
    addressee: Token | None,
    rule: Performative,
    put: Polarity,
    lexicon: Lexicon,
    why: list[Why],
) -> Iterator[Stand]:
    holders = tuple(h for h in holders if not target.start <= h.i < target.end)
    if (not holders and (not rule.or_speaker or trigger.dep_ in ("acl", "amod", "relcl"))) or target.head.lemma_.lower() in rule.excludes:
        return
    if not target.clausal and ((rule.causes and _is_somebody(target.head, lexicon)) or (rule.deeds and not _is_deed(target.head, lexicon))):
        return
    if rule.act == "reject" and target.clausal and _performs(target.head, lexicon):  # "refused to recognise" is the recognising's
        return
    stance: Stance
    act = rule.act
    if rule.stance == "asked":
        stance, target = asked(target, lexicon)
    else:
        stance = "neutral" if target.head.lemma_.lower() in rule.neutral_about else rule.stance
    act, stance, status, more = applied(rule, stance, put, lexicon)
    pledged = lexicon.pledges.get(target.head.lemma_.lower()) if act == "offer" and target.clausal else None
    if rule.intends:  # "tries to stop the inquiry", "wants to protect the accord"
        pledged = lexicon.pledges.get(target.head.lemma_.lower())
        if pledged not in ("oppose", "support") or put.negated or put.refused or named(target.head) is None:
            return
    if pledged is not None:
        turned = lexicon.stances.get(pledged, stance)
        act, stance, target = pledged, "support" if turned == "asked" else turned, named(target.head) or target
    word_class = "verb" if Why.VERB in why else "noun" if Why.NOUN in why else "adjective"
    yield Stand(
        rule=rule.id,
        act=act,
        stance=stance,
        trigger=trigger,
        holders=holders,
        target=target,
        addressee=addressee,
        status=status,
        confidence=CONFIDENCE[word_class] - (0.15 if rule.material else 0.0),
        why=(*why, *more),
        proposal=rule.act in ("demand", "urge", "offer", "agree", "threaten") and (target.clausal or rule.stance == "asked"),
        needs_agent=rule.needs_agent or rule.material,
        material=rule.material,
    )
