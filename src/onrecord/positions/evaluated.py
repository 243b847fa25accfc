"""Positions that lie in how something is spoken of: "the verdict is a travesty", "called the vote a sham", "must withdraw".

All but the naming verbs count only inside somebody's speech; the caller knows the voices. The holder of
such a stand is whoever speaks, so it has no holders of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Entry, Evaluation, Lexicon
from onrecord.positions.polarity import asked, clausal, phrase, polarity
from onrecord.positions.stand import Stand, Target, Why
from onrecord.records import Stance

COPULAS = frozenset({"be", "constitute", "remain", "represent", "become", "amount", "seem", "look", "appear", "prove"})
FIRST_PERSON = frozenset({"i", "we"})
EMPTY = frozenset({"it", "there", "which", "who", "that", "what"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
POINTING = frozenset({"this", "that", "these", "those", "such"})
NAMING_WINDOW = 16
"""How many tokens before a predicate its naming verb is looked for."""
OBLIGING = frozenset({"must", "should", "ought"})


def evaluated(token: Token, entry: Entry, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands that an evaluating word takes where it stands."""
    rule = entry.rule
    if not isinstance(rule, Evaluation):
        return
    if entry.rest:
        if any(token.i + k >= len(token.doc) or token.nbor(k).lower_ != word for k, word in enumerate(entry.rest, 1)):
            return
        if entry.word_class == "noun" and entry.rest[-1] not in ("face", "direction"):
            token = token.nbor(len(entry.rest)) if token.dep_ != "attr" else token
    if entry.word_class == "modal":
        yield from _obligation(token, rule, lexicon)
    elif rule.id.endswith(".never"):
        yield from _never(token, rule)
    elif rule.id.endswith(".no_place"):
        yield from _no_place(token, rule)
    elif entry.word_class == "verb":
        yield from _deed(token, rule)
    elif entry.word_class == "noun" and token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
        yield from _judged(token, token, rule, lexicon)
    elif entry.word_class == "adjective" and token.pos_ in ("ADJ", "VERB", "NOUN", "ADV"):
        yield from _judged(token, token.head if token.dep_ in ("amod", "compound", "nmod") and token.head.pos_ == "NOUN" else token, rule, lexicon)


def _judged(token: Token, predicate: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """What is called so: the subject of the predicate, the object of a naming verb, or the noun it modifies."""
    first = syntax.first_conjunct(predicate)
    head = first.head
    naming = _naming_verb(first, lexicon)
    if naming is not None and rule.use not in ("modifier", "clause"):
        thing = _named_thing(naming, predicate)
        put = polarity(naming)
        if syntax.is_negated(predicate) or token.lower_ in lexicon.necessity:  # "the steps it deems necessary": nobody's praise
            return
        if thing is not None and put is not None and not put.negated and thing not in (predicate, token) and thing.lower_ not in ("what", "who"):
            doers = syntax.members(naming.head) if naming.dep_ == "acl" and thing.i > naming.i else syntax.doers(naming)
            if not doers and (agent := syntax.by_phrase(predicate)) is not None:
                doers = syntax.members(agent)
            holders = tuple(h for h in doers if h != thing)
            if holders:
                yield _stand(token, rule, rule.stance, phrase(thing), 0.7, (Why.NAMED_SO,), holders=holders)
        return
    if rule.use != "modifier" and ((first.dep_ in ("attr", "acomp") and head.lemma_ in COPULAS) or (first.dep_ in ("dobj", "pobj") and _copular(first))):
        verb = head if head.lemma_ in COPULAS else head.head
        put = polarity(verb)
        if put is None or (syntax.modal(verb) == "would" and rule.stance not in ("oppose", "asked")):
            return
        negated = put.negated ^ syntax.is_negated(predicate)
        act, stance = rule.act, rule.stance
        if negated:
            if not rule.negated:
                return
            act, stance = rule.negated, lexicon.stances.get(rule.negated, "neutral")
        subject = syntax.surface_subject(verb)
        if subject is None:
            return
        clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "csubj", "advcl", "xcomp") and c.i > predicate.i and c.pos_ in ("VERB", "AUX")), None)
        if clause is None:
            clause = next((c for c in predicate.rights if c.dep_ in ("ccomp", "xcomp") and c.pos_ in ("VERB", "AUX")), None)
        if rule.use == "clause" or (clause is not None and token.lower_ in lexicon.necessity and subject.lower_ in ("it", "there")):
            if rule.use == "clause" and clause is not None and subject.lower_ == "it":
                stance, target = asked(clausal(clause), lexicon)
                yield _stand(token, rule, stance, target, 0.6, (Why.SAID_OF_CLAUSE,), proposal=True)
            return
        if subject.lower_ in ("it", "there"):
            if clause is not None:
                yield _stand(token, rule, stance, clausal(clause), 0.65, (Why.SAID_OF_CLAUSE,), act=act)
            elif subject.lower_ == "it":
                yield _stand(token, rule, stance, phrase(subject), 0.5, (Why.SAID_OF_SUBJECT,), act=act)
        elif subject.lower_ not in EMPTY | FIRST_PERSON or subject.lower_ == "that":
            yield _stand(token, rule, stance, phrase(subject), 0.65, (Why.SAID_OF_SUBJECT,), act=act)
        return
    if rule.use in ("predicate", "clause"):
        return
    if predicate != token and token.dep_ == "amod" and any(c.dep_ == "poss" or c.lower_ in DEFINITE for c in predicate.lefts):
        yield _stand(token, rule, rule.stance, phrase(predicate), 0.45, (Why.MODIFIER,))
    elif predicate == token and any(c.dep_ == "det" and c.lower_ in POINTING for c in token.lefts):
        yield _stand(token, rule, rule.stance, phrase(token), 0.5, (Why.MODIFIER,))


def _copular(word: Token) -> bool:
    head = word.head
    return head.lemma_ in ("constitute", "represent", "become") or (head.lower_ == "to" and head.head.lemma_ == "amount")


def _naming_verb(predicate: Token, lexicon: Lexicon) -> Token | None:
    """The verb before a predicate that calls something so, if its marker (*as*) is there where it needs one."""
    doc, first = predicate.doc, max(predicate.sent.start, predicate.i - NAMING_WINDOW)
    marked = False
    for i in range(predicate.i - 1, first - 1, -1):
        token = doc[i]
        marked = marked or token.lower_ == "as"
        marker = lexicon.naming.get(token.lemma)
        if marker is not None and token.pos_ == "VERB":
            return token if (marker == "" or marked) and not (marker == "" and token.lemma_ == "make") else None
        if (token.pos_ == "VERB" and token.tag_ != "VBN") or token.text in (";", ".", ":") or token.dep_ == "mark" or token.tag_ in syntax.RELATIVE:
            return None
    return None


def _named_thing(verb: Token, predicate: Token) -> Token | None:
    own = next((c for c in predicate.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is not None:
        return own
    for child in verb.rights:
        if child.i < predicate.i and child.dep_ in ("dobj", "oprd", "nsubj", "dative") and child.pos_ in syntax.NOMINAL:
            return child
    thing = syntax.undergoer(verb)
    if thing is not None and thing != predicate:
        return thing
    return next((c for c in verb.rights if c.dep_ in ("nsubj", "dative", "dobj") and c.i < predicate.i), None)


def _obligation(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """ "X must do Y": what is obliged is urged."""
    if token.dep_ == "aux" and token.lower_ in OBLIGING:
        verb = token.head
    elif token.pos_ == "VERB" and token.lemma_ in ("need", "have") and syntax.modal(token) is None:
        inner = next((c for c in token.rights if c.dep_ == "xcomp" and syntax.infinitive_marker(c) is not None), None)
        subject = syntax.own_subject(token)
        if inner is None or subject is None or subject.lower_ == "we" or token.dep_ == "relcl" or any(c.lower_ == "yet" for c in token.children):
            return
        if token.tag_ == "VBD":  # "had to agree" tells what happened
            return
        verb = inner
    else:
        return
    put = polarity(verb, obliged=True)
    subject = syntax.surface_subject(verb)
    if put is None or (put.negated and token.lemma_ in ("need", "have")) or (token.lemma_ in ("need", "have") and syntax.is_negated(token)):
        return
    if subject is None or subject.lower_ in EMPTY | {"i", "you"} or _is_in_question(verb) or verb.dep_ in ("relcl", "pcomp"):
        return
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.lefts):  # "should have known" looks back
        yield _stand(token, rule, "oppose", _with_subject(verb, subject), 0.45, (Why.OBLIGATION,), act="criticise")
        return
    stance, target = asked(clausal(verb), lexicon)
    if put.negated and stance == "support":
        stance = "oppose"
    if syntax.is_passive(verb) and verb.lemma_.lower() in lexicon.ending_verbs:
        target = phrase(subject)
    elif target.head == verb:
        target = _with_subject(verb, subject)
    yield _stand(token, rule, stance, target, 0.55, (Why.OBLIGATION,), proposal=True, obliged=subject)


def _is_in_question(verb: Token) -> bool:
    """Whether a clause is asked or depends on something: "whether it should", "how aid should be spent", "over what must follow"."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "whether", "should", "although", "because", "when") for c in verb.lefts):
        return True
    return any(t.tag_ in ("WRB", "WP", "WDT", "WP$") for t in verb.doc[verb.left_edge.i : verb.i] if verb in (t.head, t.head.head))


def _with_subject(verb: Token, subject: Token) -> Target:
    whole = clausal(verb)
    start = syntax.base_noun_phrase(subject)[0]
    return Target(start if start < whole.end else whole.start, whole.end, verb, clausal=True)


def _deed(token: Token, rule: Evaluation) -> Iterator[Stand]:
    """An offence laid to somebody else: "they are violating the truce"."""
    if token.pos_ != "VERB" or token.dep_ in ("amod", "pcomp", "acl", "csubj") or (token.tag_ == "VB" and syntax.infinitive_marker(token) is not None):
        return
    put = polarity(token)
    if put is None or put.negated or syntax.modal(token) in ("would", "will", "should", "must"):
        return
    if token.dep_ == "relcl" or (syntax.own_subject(token) is None and token.dep_ not in ("conj", "xcomp")):
        return
    subjects = syntax.doers(token)
    if not subjects or subjects[0].lower_ in FIRST_PERSON | EMPTY:
        return
    target = _with_subject(token, subjects[0]) if not syntax.is_passive(token) else clausal(token)
    yield _stand(token, rule, rule.stance, target, 0.5, (Why.DEED,), accused=subjects[0])


def _meant(verb: Token) -> bool:
    """Whether an infinitive is what somebody wants or tries: "their aim is to terrorise"."""
    head = verb.head
    if head.lemma_ == "be" and verb.dep_ in ("xcomp", "ccomp"):
        subject = syntax.own_subject(head)
        return subject is not None and subject.lemma_ in ("aim", "goal", "intention", "purpose", "plan", "policy", "objective", "strategy")
    return verb.dep_ == "xcomp" and head.lemma_ in ("want", "try", "seek", "attempt", "intend", "plan", "continue", "aim", "dare", "begin", "start")


def _never(token: Token, rule: Evaluation) -> Iterator[Stand]:
    """ "We will never accept this": a refusal in the speaker's mouth."""
    if token.pos_ != "VERB" or not syntax.is_negated(token):
        return
    subject = syntax.surface_subject(token)
    if subject is None or subject.lower_ not in FIRST_PERSON or polarity(token) is None:
        return
    thing = syntax.undergoer(token)
    if thing is None:
        link = syntax.preposition(token, "to", "with")
        thing = syntax.pobj(link) if link is not None else None
    inner = syntax.clausal_complement(token)
    target = phrase(thing) if thing is not None else clausal(inner) if inner is not None else None
    if target is not None:
        yield _stand(token, rule, rule.stance, target, 0.6, (Why.NEGATED,))


def _no_place(token: Token, rule: Evaluation) -> Iterator[Stand]:
    if token.pos_ != "NOUN" or not (syntax.is_negated(token) or syntax.is_negated(token.head)):
        return
    link = syntax.preposition(token, "for", "in", "of", "to") or syntax.preposition(token.head, "for", "in")
    thing = syntax.pobj(link) if link is not None else None
    if thing is not None:
        yield _stand(token, rule, rule.stance, phrase(thing), 0.55, (Why.NEGATED,))


def _stand(
    token: Token,
    rule: Evaluation,
    stance: str,
    target: Target,
    confidence: float,
    why: tuple[Why, ...],
    *,
    act: str | None = None,
    holders: tuple[Token, ...] = (),
    proposal: bool = False,
    accused: Token | None = None,
    obliged: Token | None = None,
) -> Stand:
    settled: Stance = "oppose" if stance == "oppose" else "support" if stance in ("support", "asked") else "neutral"
    return Stand(
        rule=rule.id,
        act=act or rule.act,
        stance=settled,
        trigger=token,
        holders=holders,
        target=target,
        confidence=confidence,
        why=why,
        proposal=proposal,
        accused=accused,
        obliged=obliged,
        needs_quotation=rule.quoted,
    )
