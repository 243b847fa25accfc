"""Positions that a noun or an adjective takes: "voiced its opposition to the plan", "a critic of the treaty", "is opposed to the dam"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.frames import doers, is_somebody, made, named_one
from onrecord.positions.lexicon import Lexicon, Performative
from onrecord.positions.polarity import Polarity, polarity
from onrecord.positions.stand import Stand, Target, Why
from onrecord.positions.targets import clausal, phrase


def by_noun(token: Token, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands of a noun with its owner, its source or the subject of its light verb."""
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod"):
        return
    if token.lower_ == "order" and token.i and token.nbor(-1).lower_ == "in":
        return
    target = _complement_of_noun(token, rule, lexicon)
    first = syntax.first_conjunct(token)
    governor = first.head
    via_with = first.dep_ == "pobj" and governor.lower_ in ("with", "under") and governor.head.pos_ == "VERB"
    if via_with:
        governor = governor.head
    if first.dep_ == "pobj" and governor.lower_ == "of" and governor.head.lemma_.lower() in lexicon.words["messages"]:
        first = syntax.first_conjunct(governor.head)  # "a message of congratulation to": the message's owner and verb
        governor = first.head
    role = lexicon.light.get(governor.lemma_) if first.dep_ == "dobj" or via_with or (first.dep_ == "nsubjpass") else None
    put = polarity(token, lexicon)
    if first != token and polarity(first, lexicon) is None:
        return
    if role is not None and governor.lemma_ == "throw" and any(c.dep_ == "prt" for c in governor.rights):  # "threw out a proposal"
        return
    if put is None or (governor.lemma_ == "raise" and governor.tag_ == "VBG"):  # "raising fears": nobody's in particular
        return
    if role == "source" and (via_with or first.dep_ == "dobj"):
        subject = syntax.surface_subject(governor)
        origin = _from(token) or _from(first) or _from(governor)
        if target is not None and origin is not None and origin.head.lower_ == "by":  # "sparked fears of steps by the ministry": nobody's
            return
        if subject is not None and origin is not None:
            thing = target if target is not None and target.clausal else phrase(subject, lexicon)  # "brought warnings from Chad that ...": what follows
            yield from made(token, tuple(syntax.members(origin)), thing, None, rule, put, lexicon, [Why.NOUN, Why.SOURCE_OF_REACTION])
        return
    owner = next((c for c in (*token.lefts, *first.lefts) if c.dep_ == "poss"), None)
    if target is None:
        yield from _in_circumstances(token, first, owner, rule, put, lexicon)
        return
    if first.dep_ == "nsubj" and governor.lemma_ in lexicon.words["arriving"] and owner is None and (origin := _from(governor)) is not None:
        holders = syntax.members(origin)  # "the demand for an inquiry came from Kenya"
    elif owner is not None and owner.tag_ == "PRP$" and role in ("subject", "withdrawn", "refused") and owner.lower_ not in ("our", "my"):
        holders = doers(governor, lexicon) or syntax.members(owner)
    elif owner is not None:
        holders = syntax.members(_backed(first, owner, lexicon) or owner)
    elif role in ("subject", "withdrawn", "refused") and (first.dep_ != "nsubjpass" or _from(token) is None):
        holders = doers(governor, lexicon)
    elif (origin := _from(token)) is not None or (origin := _in(token, rule, lexicon)) is not None:
        holders = syntax.members(origin)
    elif first.dep_ == "pobj" and first.head.lower_ in ("in", "out") and first.head.head.pos_ in ("VERB", "AUX", "ADJ"):
        subject = syntax.surface_subject(first.head.head)
        nobody = subject is None or subject.lower_ in ("it", "this", "that") or (rule.or_speaker and first.head.head.lemma_ == "be")
        holders = syntax.members(subject) if subject is not None and not nobody else []
        put = Polarity(put.negated ^ syntax.is_negated(first.head.head), put.refused, put.status)  # "is *not* in favour of"
    else:
        holders = [c for c in token.lefts if c.dep_ in ("amod", "compound", "nmod") and c.text[:1].isupper()][:1]
    if role == "withdrawn" and syntax.is_negated(governor):  # "never dropped its opposition" keeps it
        put = Polarity(False, put.refused, put.status)
    elif role in ("withdrawn", "refused"):
        put = Polarity(put.negated, role == "refused", "withdrawn" if role == "withdrawn" else put.status)
    yield from made(token, tuple(holders), target, None, rule, put, lexicon, [Why.NOUN, Why.LIGHT_VERB] if role else [Why.NOUN])


def by_role(token: Token, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
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
    elif who.dep_ == "pobj" and who.head.lower_ == "as" and who.head.head.pos_ in ("VERB", "AUX"):  # "stood out as a critic of it"
        verb = who.head.head
        subject = syntax.undergoer(verb) if syntax.is_passive(verb) else syntax.surface_subject(verb)
        who = subject if subject is not None else who
    elif who.dep_ == "attr" and who.head.lemma_ in ("be", "become", "remain"):
        subject, put = syntax.surface_subject(who.head), polarity(who.head, lexicon)
        if subject is None or put is None or put.negated or put.status != "taken":
            return
        who = subject
    elif who.dep_ in ("compound", "nmod") and who.head.pos_ == "PROPN":
        who = who.head
    if who.sent[-1].text != "?" and who != thing:
        yield from made(token, (who,), phrase(thing, lexicon), None, rule, Polarity(), lexicon, [Why.NOUN])


def _backed(noun: Token, owner: Token, lexicon: Lexicon) -> Token | None:
    """Whom a possessive pronoun means behind an object: "backed *the fund* in its efforts"."""
    if owner.tag_ != "PRP$" or noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "for", "over", "on") or noun.head.head.pos_ != "VERB":
        return None
    thing = next((c for c in noun.head.head.rights if c.dep_ == "dobj" and c.i < noun.head.i), None)
    return thing if thing is not None and is_somebody(thing, lexicon) else None


def _in_circumstances(token: Token, first: Token, owner: Token | None, rule: Performative, put: Polarity, lexicon: Lexicon) -> Iterator[Stand]:
    """The reaction amid which something is done: "was signed *amid criticism* from Chad", "*despite* Zambia's *objections* the line was sold"."""
    link = first.head
    if first.dep_ != "pobj" or link.lower_ not in lexicon.words["circumstances"] or link.head.pos_ not in ("VERB", "AUX"):
        return
    of = syntax.preposition(token, "of")
    origin = owner or _from(token) or (syntax.pobj(of) if of is not None else None)
    thing = syntax.undergoer(link.head) or syntax.surface_subject(link.head)
    if origin is None or thing is None or thing == origin or thing.lower_ in ("it", "which", "who", "that"):
        return
    if rule.stance == "support" and not syntax.is_passive(link.head):  # "with help from Chad it built a road": no stand on the road
        return
    if syntax.surface_subject(link.head) == owner or (owner is not None and owner.tag_ == "PRP$"):
        return
    yield from made(token, tuple(syntax.members(origin)), phrase(thing, lexicon), None, rule, put, lexicon, [Why.NOUN, Why.SOURCE_OF_REACTION])


def _in(word: Token, rule: Performative, lexicon: Lexicon) -> Token | None:
    """Among whom a feeling is: "unease *in Ottawa* about the camp", "anger *among* the monks"."""
    link = (
        syntax.preposition(word, "among", "amongst", "in")
        if rule.act in ("concern", "criticise", "condemn", "support", "oppose") and word.lemma_.lower() not in lexicon.event_nouns
        else None
    )
    inner = syntax.pobj(link) if link is not None else None
    return inner if inner is not None and (inner.pos_ == "PROPN" or (link is not None and link.lower_ != "in")) else None


def _from(word: Token) -> Token | None:
    link = syntax.preposition(word, "from", "by")
    return syntax.pobj(link) if link is not None else None


def _complement_of_noun(token: Token, rule: Performative, lexicon: Lexicon) -> Target | None:
    first_choice = syntax.preposition(token, rule.prepositions[0]) if rule.occasion else None
    for child in (first_choice, *token.rights) if first_choice is not None else token.rights:
        if rule.act == "threaten" and child.dep_ == "prep" and child.lower_ == "to":  # "a threat to its rule"
            continue
        if child.dep_ in ("prep", "agent") and child.lower_ in rule.prepositions and child.lower_ != "by":
            inner = syntax.pobj(child)
            if inner is not None and not (child.lower_ in ("in", "on") and inner.pos_ == "PROPN"):
                return phrase(inner, lexicon)
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "in", "among"):  # "criticism by Chad of the plan", parsed as Chad's
            source = syntax.pobj(child)
            link = syntax.preposition(source, *(p for p in rule.prepositions if p not in ("by", "in", "with"))) if source is not None else None
            inner = syntax.pobj(link) if link is not None else None
            if inner is not None:
                return phrase(inner, lexicon)
        if (
            child.dep_ in ("acl", "relcl", "ccomp")
            and child.tag_ == "VB"
            and "to" in rule.prepositions
            and rule.act != "oppose"
            and syntax.infinitive_marker(child) is not None
        ):
            return clausal(child)
        if child.dep_ in ("acl", "ccomp") and "that" in rule.prepositions and any(m.lower_ == "that" and m.dep_ == "mark" for m in child.lefts):
            return clausal(child)
    first = syntax.first_conjunct(token)
    if first.dep_ in ("dobj", "pobj", "nsubjpass"):  # "voiced its opposition on Monday to the plan": the preposition on the verb
        governor = first.head.head if first.dep_ == "pobj" else first.head
        for child in governor.rights:
            near = first.dep_ == "nsubjpass" or child.i == token.i + 1
            if child.dep_ != "prep" or child.i < token.i or child.lower_ not in rule.prepositions or child.lower_ == "by":
                continue
            if near or child.lower_ not in ("on", "in", "at", "of") or rule.occasion:
                inner = syntax.pobj(child)
                if inner is not None:
                    return phrase(inner, lexicon)
    return None


def by_adjective(token: Token, rule: Performative, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands of an adjective or participle: "is opposed to the dam", "alarmed by the arrests"."""
    if token.lower_ == "against":
        if token.head.lemma_ != "be" or token.dep_ != "prep":
            return
        inner = syntax.pobj(token)
        target = phrase(inner, lexicon) if inner is not None else None
        subject = syntax.surface_subject(token.head)
    else:
        if token.pos_ not in ("ADJ", "VERB"):
            return
        target = _complement_of_adjective(token, rule, lexicon)
        if token.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp", "ROOT", "conj", "advcl", "relcl") or (token.pos_ == "VERB" and token.dep_ != "acl"):
            subject = syntax.surface_subject(token)
        elif token.dep_ in ("amod", "acl", "appos"):
            subject = token.head
        else:
            return
    if subject is not None and subject.i > 1 and subject.left_edge.i > 1:
        before = token.doc[subject.left_edge.i - 2 : subject.left_edge.i].text.lower()
        if before == "far as":  # "as far as Kenya is concerned"
            return
    put = polarity(token, lexicon)
    if target is None or subject is None or put is None or target.head == subject:
        return
    yield from made(token, tuple(syntax.members(named_one(subject))), target, None, rule, put, lexicon, [Why.ADJECTIVE])


def _complement_of_adjective(token: Token, rule: Performative, lexicon: Lexicon) -> Target | None:
    for child in token.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in rule.prepositions:
            inner = syntax.pobj(child)
            if inner is not None:
                return phrase(inner, lexicon)
        if child.dep_ in ("ccomp",) and "that" in rule.prepositions:
            return clausal(child)
        if child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB" and "to" in rule.prepositions and syntax.infinitive_marker(child) is not None:
            return clausal(child)
    return None
