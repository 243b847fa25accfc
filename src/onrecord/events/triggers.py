"""Which words of an article report an event: lexicon entries met in the parse."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Set

from spacy.tokens import Span, Token

from onrecord.events.lexicon import ANY, Entry, Lexicon
from onrecord.parse.syntax import antecedent, doers, infinitive_marker, is_negated, members, modal, pobj, surface_subject, undergoer

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
BESIDE = frozenset(
    {"prt", "advmod", "prep", "agent", "acomp", "attr", "oprd", "npadvmod", "xcomp", "dobj", "dative", "ccomp", "advcl", "pobj", "pcomp", "conj", "dep"}
)
CHARGES = frozenset({"charge", "count", "account", "suspicion", "accusation", "allegation", "conviction"})
CARRIERS = frozenset({"round", "series", "number", "string", "wave", "dozen", "hundred", "flurry"})
"""Nouns that only count what *of* names after them ("held *a round of* talks")."""

STATES = frozenset({"ELECTION", "RESIGNATION", "APPOINTMENT", "SUPPORT", "LEGISLATION", "REQUEST", "AGREE", "CONSULT", "REJECT", "ACCUSE"})
"""Types whose participle before a noun says what somebody or something is ("the *elected* council", "a *retired* general", "the *proposed* law")."""

SOMEBODY = frozenset({"him", "her", "them", "us", "me", "he", "she", "they", "we", "i", "who", "whom", "himself", "herself", "themselves"})

FUTURE = frozenset({"will", "shall", "would", "'ll"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word that reports an event: the entry it met and the words of the phrase beside it."""

    word: Token
    entry: Entry
    phrase: tuple[Token, ...]
    negated: bool


def triggers(sentence: Span, lexicon: Lexicon) -> Iterator[Trigger]:
    """The triggers of a sentence in text order; a noun inside a verb phrase that already counts is left out."""
    taken: set[int] = set()
    later: list[Trigger] = []
    for word in sentence:
        entries = lexicon.entries.get(word.lemma_.lower()) or (lexicon.entries.get(word.lower_) if word.pos_ in ("ADJ", "PROPN") else None)
        if not entries:
            continue
        found = _best(word, entries, lexicon.days)
        if found is not None:
            later.append(found)
            if found.entry.kind != "noun":
                taken.update(t.i for t in found.phrase[1:])
    yield from (t for t in later if t.entry.kind != "noun" or t.word.i not in taken)


def _best(word: Token, entries: tuple[Entry, ...], days: Set[str]) -> Trigger | None:
    pos, tag = word.pos_, word.tag_
    negated = is_denied(word)
    beside: list[Token] | None = None
    for entry in entries:
        kind = entry.kind
        if kind == "noun":
            if pos in NOMINAL and _noun_fits(word, entry):
                return Trigger(word=word, entry=entry, phrase=(word,), negated=negated)
            continue
        if kind == "modal":
            if tag == "MD" and word.dep_ == "aux":
                return Trigger(word=word, entry=entry, phrase=(word,), negated=is_negated(word.head))
            continue
        if kind == "verb" and pos not in VERBAL and not (tag in ("VBN", "VBD") and pos == "ADJ"):
            continue
        if kind == "adjective" and (pos not in ("ADJ", "VERB", "ADP", "ADV") or (entry.head == "against" and word.dep_ != "prep")):
            continue
        if beside is None:
            beside = _beside(word, days)
        phrase = _phrase(word, entry, beside)
        if phrase is not None and _verb_fits(word, entry, phrase, negated=negated):
            return Trigger(word=word, entry=entry, phrase=tuple(phrase), negated=negated)
    return None


NOBODY = frozenset({"nobody", "none", "neither", "no-one"})


def is_denied(word: Token) -> bool:
    """Whether a word is negated itself, by a subject that is nobody, or as one of a list of verbs of which the first is ("has not been tried *or jailed*")."""
    if is_negated(word) and not _is_later(word):
        return True
    if word.pos_ == "ADJ" and word.dep_ == "acomp":
        return is_negated(word.head)
    if word.pos_ not in VERBAL:
        return False
    subject = next((c for c in word.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None:
        return subject.lower_ in NOBODY or any(c.dep_ == "det" and c.lower_ == "no" for c in subject.lefts)
    head = word.head
    if word.dep_ != "conj" or head.pos_ not in VERBAL or any(c.dep_ in ("aux", "auxpass") for c in word.lefts):
        return False
    joined = next((c.lower_ for c in head.rights if c.dep_ == "cc"), next((c.lower_ for c in word.rights if c.dep_ == "cc"), "or"))
    same = word.tag_ == head.tag_ or (joined == "or" and head.tag_ == "VBN" and word.tag_ == "VBD")
    return same and joined != "but" and is_denied(head)


def _is_later(verb: Token) -> bool:
    """Whether all that is negated stands behind a full verb: "accused him of *not* paying"."""
    if verb.pos_ != "VERB" or any(c.dep_ == "neg" or c.lower_ in ("never", "no") for c in verb.lefts):
        return False
    return any(c.dep_ == "neg" and c.i > verb.i + 1 for c in verb.rights)


def _beside(word: Token, days: Set[str]) -> list[Token]:
    """The words a phrase may need: particles, prepositions, objects and complements, but no date ("called him *on Friday*")."""
    out = [c for c in word.children if c.dep_ in BESIDE and not _dates(c, days)]
    done_to = undergoer(word)
    if done_to is not None:
        out.extend(t for t in members(done_to) if t not in out)
        for noun in members(done_to):
            if noun.lemma_.lower() in CARRIERS:
                out.extend(inner for c in noun.rights if c.lower_ == "of" and (inner := pobj(c)) is not None)
    return out


def _dates(token: Token, days: Set[str]) -> bool:
    """Whether a preposition only dates the verb."""
    if token.lower_ not in ("on", "in", "for", "at"):
        return False
    inner = pobj(token)
    return inner is not None and inner.lower_.rstrip(".") in days


def _phrase(word: Token, entry: Entry, beside: list[Token]) -> list[Token] | None:
    phrase = [word]
    reach = beside
    for words in entry.follow:
        if words is ANY:
            continue
        hit = next((t for t in reach if (t.lemma_.lower() in words or t.lower_ in words) and not _is_aside(t)), None)
        if hit is None:
            return None
        phrase.append(hit)
        if hit.dep_ == "prep":  # what follows a preposition is its object
            inner = pobj(hit)
            objects = members(inner) if inner is not None else []
            reach = [*objects, *(c for t in objects for c in t.children if c.dep_ in BESIDE or c.dep_ in ("compound", "amod")), *hit.children]
        else:
            reach = [*reach, *(c for c in hit.children if c.dep_ in BESIDE or c.dep_ in ("compound", "amod"))]
    if entry.modifiers and not any(c.lemma_.lower() in entry.modifiers for t in phrase for c in t.children):
        return None
    return phrase


def _is_aside(token: Token) -> bool:
    """Whether a verb form is no object or complement: "*according* to", "and *protested*"."""
    return token.pos_ == "VERB" and token.dep_ in ("prep", "conj", "advmod", "amod")


def _verb_fits(word: Token, entry: Entry, phrase: list[Token], *, negated: bool) -> bool:
    rule = entry.rule
    if word.dep_ == "amod" and word.head.pos_ in NOMINAL and word.i < word.head.i and (rule.type in STATES or _is_compounded(word)):
        return False
    if any(c.dep_ == "prt" and c not in phrase for c in word.rights):  # "hammer out" is not "hammer"
        return False
    if rule.negated_only and not negated:
        return False
    if rule.governor_not and word.dep_ == "xcomp" and word.head.lemma_ in rule.governor_not:
        return False
    if rule.future_only and (negated or modal(word) not in FUTURE):
        return False
    if entry.noun_not and any(c.lower_ in entry.noun_not or c.lemma_.lower() in entry.noun_not for t in phrase[1:] for c in t.lefts):
        return False
    if rule.complement_not and any(c.dep_ == "xcomp" and c.lemma_.lower() in rule.complement_not for c in word.rights):
        return False
    if rule.finite_not and any(c.dep_ == "ccomp" and is_told(c) for c in word.rights):
        return False
    if rule.transitive and undergoer(word) is None and not any(c.dep_ in ("xcomp", "ccomp") for c in word.rights):
        return False
    if not _context_fits(word, entry):
        return False
    if (entry.object or rule.needs_object) and not _object_fits(word, entry):
        return False
    if rule.needs_complement and not any(c.dep_ in ("xcomp", "ccomp", "advcl") and infinitive_marker(c) is not None for c in word.rights):
        return False
    if entry.object_not or entry.subject or entry.subject_not:
        if entry.object_not:
            done_to = undergoer(word)
            if done_to is not None and done_to not in phrase and (done_to.lemma_.lower() in entry.object_not or done_to.lower_ in entry.object_not):
                return False
        if entry.subject or entry.subject_not:
            return _subject_fits(word, entry)
    return True


def is_told(verb: Token) -> bool:
    """Whether a complement clause tells a fact: "suggest that it *is* weak", but "suggest that it *wait*"."""
    if any(t.lower_ == "be" and t.i and t.nbor(-1).tag_ not in ("MD", "TO", "RB") for t in verb.subtree):
        return False
    first = next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass")), verb)
    if first.tag_ == "VBP" and _is_singular(verb):  # "insists that the bank take part"
        return False
    return first.tag_ in ("VBZ", "VBD", "VBP") or (first.tag_ == "MD" and first.lower_ not in ("should", "must"))


def _is_singular(verb: Token) -> bool:
    """Whether a verb has one subject in the singular, by name or noun."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    return subject is not None and subject.tag_ in ("NN", "NNP") and len(members(subject)) == 1


def _context_fits(word: Token, entry: Entry) -> bool:
    """Whether the sentence has a word that the rule wants there, and none that it does not."""
    wanted, unwanted = entry.rule.context, entry.rule.context_not
    if wanted and not any(t.lemma_.lower() in wanted for t in word.sent):
        return False
    return not (unwanted and any(t.lemma_.lower() in unwanted for t in word.sent))


def _object_fits(word: Token, entry: Entry) -> bool:
    """Whether the object is of the class a verb of many senses needs, or somebody by name or pronoun."""
    done_to = undergoer(word)
    if done_to is None and word.dep_ == "conj":
        done_to = undergoer(word.head)
    if done_to is None or not entry.object:
        return done_to is not None
    return any(t.lemma_.lower() in entry.object or t.pos_ == "PROPN" or t.lower_ in SOMEBODY for t in members(done_to))


def _is_compounded(word: Token) -> bool:
    """Whether a hyphen makes it part of an adjective that names nobody ("debt-*choked*", not "Saudi-*funded*")."""
    if word.i < 2 or word.nbor(-1).text != "-":
        return False
    before = word.nbor(-2)
    return before.text.islower() or (bool(before.is_sent_start) and before.pos_ == "NOUN")


def _subject_fits(word: Token, entry: Entry) -> bool:
    from_whom = doers_with_agent(word)
    lemmas = {t.lemma_.lower() for t in from_whom}
    if entry.subject_not & lemmas:
        return False
    return not entry.subject or bool(lemmas & entry.subject) or any(c.lemma_.lower() in entry.subject for t in from_whom for c in t.children)


def _noun_fits(word: Token, entry: Entry) -> bool:
    if word.dep_ == "compound" and word.head.pos_ in NOMINAL and not (entry.modifiers or entry.prepositions) and word.i + 1 == word.head.i:
        return False
    if word.dep_ == "compound" and word.pos_ == "PROPN" and word.head.pos_ == "PROPN" and word.head.i == word.i + 1:  # part of a name
        return False
    lowered = {c.lower_ for c in word.lefts} | {c.lemma_.lower() for c in word.lefts}
    if entry.noun_not & lowered:
        return False
    rule = entry.rule
    if not _context_fits(word, entry):
        return False
    if rule.governor_not:
        governor = word.head.head if word.dep_ == "pobj" else word.head
        if word.dep_ in ("pobj", "dobj", "nsubjpass") and governor.lemma_.lower() in rule.governor_not:
            return False
    if entry.object_not and any(c.lower_ == "of" and (inner := pobj(c)) is not None and inner.lemma_.lower() in entry.object_not for c in word.rights):
        return False
    if rule.plural and entry.head in rule.plural and word.tag_ not in ("NNS", "NNPS"):
        return False
    if entry.prepositions and not any(c.dep_ in ("prep", "acl") and c.lower_ in entry.prepositions for c in word.rights):
        governor = word.head
        if word.dep_ not in ("dobj", "nsubjpass") or not any(c.dep_ == "prep" and c.lower_ in entry.prepositions for c in governor.rights):
            return False
    if entry.modifiers:
        near = lowered | {g.lower_ for c in word.lefts for g in c.children}
        for child in word.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "for", "by", "in"):
                inner = pobj(child)
                if inner is not None:
                    near.add(inner.lemma_.lower())
        return bool(near & entry.modifiers)
    return True


def doers_with_agent(word: Token) -> list[Token]:
    """The heads of who does it, with relative pronouns replaced and *accuse X of doing* read as X doing."""
    governor = word.head
    if word.dep_ == "pcomp" and governor.dep_ == "prep" and governor.head.pos_ in VERBAL:
        outer = governor.head
        if governor.lower_ in ("of", "for", "from"):
            accused = undergoer(outer)
            return members(accused) if accused is not None else doers_with_agent(outer)
        if outer.dep_ == "pcomp":
            return doers_with_agent(outer)
    if word.dep_ == "pcomp" and governor.head.lemma_.lower() in CHARGES and (accused := _charged(governor.head)) is not None:
        return members(accused)
    found = [antecedent(t) for t in _doers(word)]
    if word.dep_ == "acl" and word.tag_ == "VB" and found == [word.head]:
        return _planners(word.head) or found
    return found


def _charged(charge: Token) -> Token | None:
    """Whom a charge is brought against: "indicted *the colonel* on counts including torturing"."""
    verb = charge.head.head if charge.dep_ == "pobj" else charge.head
    return undergoer(verb) if verb.pos_ in VERBAL and charge.dep_ == "pobj" else None


def _planners(noun: Token) -> list[Token]:
    """Who has the *mission*, *orders* or *decision* to do something: whose verb it is the object or predicate of."""
    verb = noun.head
    if noun.dep_ in ("dobj", "attr") and verb.pos_ in VERBAL:
        return [antecedent(t) for t in doers(verb)]
    if noun.dep_ == "pobj" and verb.lower_ in ("with", "in", "on") and verb.head.pos_ in VERBAL:
        done_to = undergoer(verb.head)
        return members(done_to) if done_to is not None else [antecedent(t) for t in doers(verb.head)]
    return []


def _doers(word: Token) -> list[Token]:
    if word.pos_ in ("ADJ", "ADV", "ADP"):
        subject = surface_subject(word.head if word.dep_ in ("acomp", "prep", "oprd", "attr", "advmod") else word)
        return members(subject) if subject is not None else []
    return doers(word)
