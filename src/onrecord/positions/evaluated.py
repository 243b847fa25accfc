"""Positions that lie in how something is spoken of: "the verdict is a travesty", "called the vote a sham", "must withdraw".

All but the naming verbs count only inside somebody's speech; the caller knows the voices. The holder of
such a stand is whoever speaks, so it has no holders of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.charges import deed, existential, never, no_place, obligation, of_subject, stand_of
from onrecord.positions.frames import doers
from onrecord.positions.lexicon import Entry, Evaluation, Lexicon
from onrecord.positions.polarity import polarity
from onrecord.positions.stand import Stand, Why
from onrecord.positions.targets import asked, clausal, phrase
from onrecord.positions.verbs import tail_of

COPULAS = frozenset({"be", "constitute", "remain", "represent", "become", "amount", "seem", "look", "appear", "prove"})
FIRST_PERSON = frozenset({"i", "we"})
EMPTY = frozenset({"it", "there", "which", "who", "that", "what"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
POINTING = frozenset({"this", "that", "these", "those", "such"})
NAMING_WINDOW = 16
"""How many tokens before a predicate its naming verb is looked for."""


def evaluated(token: Token, entry: Entry, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands that an evaluating word takes where it stands."""
    rule = entry.rule
    if not isinstance(rule, Evaluation):
        return
    if rule.use in ("subject", "untrue", "barred", "lacking"):
        if not entry.rest or tail_of(token, entry.rest) is not None:
            yield from of_subject(token, rule, lexicon)
        return
    if entry.rest:
        if any(token.i + k >= len(token.doc) or token.nbor(k).lower_ != word for k, word in enumerate(entry.rest, 1)):
            return
        if entry.word_class == "noun" and token.dep_ in ("compound", "amod", "nmod", "npadvmod"):
            token = token.nbor(len(entry.rest))
    if rule.use == "existential":
        yield from existential(token, rule, lexicon)
    elif entry.word_class == "modal":
        yield from obligation(token, rule, lexicon)
    elif rule.use == "refused":
        yield from never(token, rule, lexicon)
    elif rule.use == "no_place":
        yield from no_place(token, rule, lexicon)
    elif entry.word_class == "verb":
        yield from deed(token, rule, lexicon)
    elif entry.word_class == "noun" and token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
        yield from _judged(token, _whole(token), rule, lexicon)
    elif entry.word_class == "adjective" and token.pos_ in ("ADJ", "VERB", "NOUN", "ADV"):
        yield from _judged(token, token.head if token.dep_ in ("amod", "compound", "nmod") and token.head.pos_ == "NOUN" else token, rule, lexicon)


def _whole(noun: Token) -> Token:
    """The predicate a noun is part of: "an *act* of cruelty"."""
    of = noun.head
    return of.head if noun.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_ in ("act", "piece", "form", "case", "matter") else noun


def _judged(token: Token, predicate: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """What is called so: the subject of the predicate, the object of a naming verb, or the noun it modifies."""
    first = syntax.first_conjunct(predicate)
    head = first.head
    if token.pos_ == "ADJ" and syntax.preposition(token, "than") is not None:  # "more important for Peru than for Chad" compares
        return
    naming = _naming_verb(first, lexicon) if first.dep_ != "appos" else None
    if naming is not None and rule.use not in ("modifier", "clause"):
        yield from _named(token, predicate, naming, rule, lexicon)
        return
    if rule.use != "modifier" and ((first.dep_ in ("attr", "acomp") and head.lemma_ in COPULAS) or (first.dep_ in ("dobj", "pobj") and _copular(first))):
        yield from _said_of(token, predicate, head if head.lemma_ in COPULAS else head.head, rule, lexicon)
        return
    if rule.use not in ("modifier", "clause") and _is_fragment(predicate):
        yield stand_of(token, rule, rule.stance, phrase(predicate, lexicon), 0.6, (Why.FRAGMENT,))
        return
    if rule.use in ("predicate", "clause"):
        return
    if predicate != token and token.dep_ == "amod" and any(c.dep_ == "poss" or c.lower_ in DEFINITE for c in predicate.lefts):
        yield stand_of(token, rule, rule.stance, phrase(predicate, lexicon), 0.45, (Why.MODIFIER,))
    elif predicate == token and any(c.dep_ == "det" and c.lower_ in POINTING for c in token.lefts):
        yield stand_of(token, rule, rule.stance, phrase(token, lexicon), 0.5, (Why.MODIFIER,))


def _named(token: Token, predicate: Token, naming: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """What somebody calls so: "*called* the vote a sham"."""
    thing = _named_thing(naming, predicate)
    put = polarity(naming, lexicon)
    if syntax.is_negated(predicate) or token.lower_ in lexicon.necessity:  # "the steps it deems necessary": nobody's praise
        return
    if thing is None or put is None or put.negated or thing in (predicate, token) or thing.lower_ in ("what", "who"):
        return
    named_by = syntax.members(naming.head) if naming.dep_ == "acl" and thing.i > naming.i else doers(naming, lexicon)
    if not named_by and (agent := syntax.by_phrase(predicate)) is not None:
        named_by = syntax.members(agent)
    if holders := tuple(h for h in named_by if h != thing):
        yield stand_of(token, rule, rule.stance, phrase(thing, lexicon), 0.7, (Why.NAMED_SO,), holders=holders)


def _said_of(token: Token, predicate: Token, verb: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """What something is said to be: "the verdict *is* a travesty", "it *is* shameful that they fled"."""
    put = polarity(verb, lexicon)
    if put is None or (syntax.modal(verb) == "would" and rule.stance not in ("oppose", "asked")):
        return
    act, stance = rule.act, rule.stance
    if put.negated ^ (syntax.is_negated(predicate) or syntax.is_negated(syntax.first_conjunct(predicate))):
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
            asked_for, target = asked(clausal(clause), lexicon)
            yield stand_of(token, rule, asked_for, target, 0.6, (Why.SAID_OF_CLAUSE,), proposal=True)
        return
    if subject.lower_ in ("it", "there"):
        if clause is not None:
            yield stand_of(token, rule, stance, clausal(clause), 0.65, (Why.SAID_OF_CLAUSE,), act=act)
        elif subject.lower_ == "it":
            yield stand_of(token, rule, stance, phrase(subject, lexicon), 0.5, (Why.SAID_OF_SUBJECT,), act=act)
    elif subject.lower_ in ("this", "that") and predicate.lemma_ in lexicon.words["moments"] and stance == "support":
        return  # "this is a significant day" judges nothing named
    elif subject.lower_ not in EMPTY | FIRST_PERSON or subject.lower_ == "that":
        yield stand_of(token, rule, stance, phrase(subject, lexicon), 0.65, (Why.SAID_OF_SUBJECT,), act=act)


def _is_fragment(predicate: Token) -> bool:
    """Whether a predicate is all that is quoted, with no subject of its own: "“A historic step,” she said of the accord"."""
    doc, left, right = predicate.doc, predicate.left_edge.i, predicate.i
    if predicate.dep_ in ("attr", "acomp", "amod", "pobj", "compound") or any(c.dep_ in ("nsubj", "nsubjpass") for c in predicate.children):
        return False
    while left < right and (doc[left].is_quote or doc[left].is_space):
        left += 1
    opened = left > 0 and (doc[left - 1].is_quote or left == predicate.sent.start)
    return opened and not any(t.pos_ in ("VERB", "AUX") for t in doc[left:right])


def _copular(word: Token) -> bool:
    head = word.head
    return head.lemma_ in ("constitute", "represent", "become") or (head.lower_ == "to" and head.head.lemma_ == "amount")


def _naming_verb(predicate: Token, lexicon: Lexicon) -> Token | None:
    """The verb before a predicate that calls something so, if its marker (*as*) is there where it needs one."""
    doc, first = predicate.doc, max(predicate.sent.start, predicate.i - NAMING_WINDOW)
    marked = False
    for i in range(predicate.i - 1, first - 1, -1):
        token = doc[i]
        marked = marked or (token.lower_ == "as" and (token.is_ancestor(predicate) or token.i >= predicate.left_edge.i - 2 or token.head == predicate))
        marker = lexicon.naming.get(token.lemma)
        if marker is not None and token.pos_ == "VERB":
            return token if (marker == "" or marked) and not (marker == "" and token.lemma_ == "make") else None
        if (token.pos_ == "VERB" and token.tag_ != "VBN") or token.text in (";", ".", ":") or _subordinates(token, predicate) or token.tag_ in syntax.RELATIVE:
            return None
    return None


def _subordinates(token: Token, predicate: Token) -> bool:
    """Whether a word begins a clause of its own; a *that* before a bare adjective is "*that* body", misread."""
    return token.dep_ == "mark" and not (predicate.pos_ == "ADJ" and not any(c.pos_ == "AUX" for c in predicate.children) and predicate.head.pos_ != "AUX")


def _named_thing(verb: Token, predicate: Token) -> Token | None:
    own = next((c for c in predicate.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is not None and not (verb.dep_ == "acl" and own == verb.head):  # not where the namer was parsed as what is named
        return own
    for child in verb.rights:
        if child.i < predicate.i and child.dep_ in ("dobj", "oprd", "nsubj", "dative") and child.pos_ in syntax.NOMINAL:
            return child
    thing = syntax.undergoer(verb)
    if thing is not None and thing != predicate:
        return thing
    return next((c for c in verb.rights if c.dep_ in ("nsubj", "dative", "dobj") and c.i < predicate.i), None)
