"""Where an event was: not whatever its sentence names, but what a preposition of place ties to it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.setting import clause_of
from onrecord.records import Place

FRONT = frozenset({"in", "at", "near", "on", "outside", "across", "inside", "around", "into", "through", "within", "along", "off", "throughout"})
TOPICS = frozenset({"about", "against", "among", "as", "concerning", "for", "like", "on", "over", "regarding", "than", "to"})
"""Prepositions behind which places are those of what an event is about: "signed a deal *for* a factory in Xinjiang"."""

STRUCK = frozenset({"ASSAULT", "DISASTER", "ACCIDENT"})
"""Types of which the place is what they are done to: an attack *on Gaza*, the shelling *of Donetsk*, "bombed *Aleppo*"; not pressure *on China*."""

WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "STATEMENT"})
"""Types that are words: "condemned an attack in Niger" was not said in Niger."""

STRIKING = frozenset({"on", "of", "against", "upon"})
GOING = frozenset({"to", "into"})

FINENESS = {"city": 0, "admin1": 1, "region": 2, "country": 3}


def place_of(word: Token, here: Sequence[tuple[Place, Token]], kind: tuple[str, str | None], lexicon: Lexicon) -> Place | None:
    """Where it happened: the place in the clause of the trigger, nearest to it, that a preposition of place ties to it; of a phrase the finest.

    Without one, what was struck ("bombed *Aleppo*") or visited ("a trip to *Oslo*").

    Args:
        word: the trigger.
        here: the places of the sentence with their head words.
        kind: the event's type and mode.
        lexicon: the words for localities.
    """
    if not here:
        return None
    clause = clause_of(word)
    inside = [(p, t) for p, t in here if t.i in clause]
    near = [(p, t, front) for p, t in inside if (front := _front(p, t, lexicon)) is not None and _ties(front, word, kind[0])]
    if near:
        _, first, front = min(near, key=lambda x: (x[1].i < word.i, abs(x[1].i - word.i)))
        return min((x for x in near if x[2] == front), key=lambda x: (FINENESS[x[0].precision], abs(x[1].i - first.i)))[0]
    done_to = [(p, t) for p, t in inside if _is_done_to(t, word, kind, lexicon)]
    return min(done_to, key=lambda x: (FINENESS[x[0].precision], abs(x[1].i - word.i)))[0] if done_to else None


def _front(place: Place, token: Token, lexicon: Lexicon) -> Token | None:
    """The preposition that says that something is at a place: *in* of "in the city of *Basra*"; None in "the *Gaza* ceasefire", "firms of *China*"."""
    top = _phrase(token, lexicon)
    front = top.head
    if top.dep_ != "pobj" or front.lower_ not in FRONT:
        return None
    if front.lower_ == "on" and not _is_spot(top, lexicon) and (place.precision != "region" or front.head.pos_ != "VERB"):
        return None  # "sanctions on *Iran*", but "on the streets of *Quito*", "landed on *Lesbos*"
    return front


def _phrase(token: Token, lexicon: Lexicon) -> Token:
    """The head of the phrase that names a place: *city* of "the port city of *Basra*"."""
    for _ in range(6):
        inside = token.dep_ in ("compound", "nmod", "poss", "amod")
        if token.dep_ == "pobj" and token.head.lower_ == "of" and _is_spot(token.head.head, lexicon):
            token = token.head.head
        elif token.dep_ in ("appos", "conj") or (inside and (_is_spot(token.head, lexicon) or (token.dep_ == "poss" and token.head.ent_type_ == "GPE"))):
            token = token.head
        else:
            break
    return token


def _is_spot(noun: Token, lexicon: Lexicon) -> bool:
    return noun.lemma_.lower() in lexicon.spots


def _ties(front: Token, word: Token, event_type: str) -> bool:
    """Whether a preposition of place ties what it governs to the event, and not to something further off that the event is about."""
    at = front.head
    for _ in range(8):
        if at in (word, at.head):
            return True
        told_of = at.dep_ == "dobj" or (at.dep_ == "pobj" and at.head.lower_ not in FRONT)
        if at.dep_ == "appos" or (event_type in WORDS and told_of and word in at.ancestors):
            return False
        if at.dep_ == "pobj" and at.head.lower_ in TOPICS and word not in at.subtree:
            return False
        if at.pos_ in ("VERB", "AUX") and at in word.ancestors:
            return True
        at = at.head
    return False


def _is_done_to(token: Token, word: Token, kind: tuple[str, str | None], lexicon: Lexicon) -> bool:
    """Whether a place is what was struck or where somebody went."""
    event_type, mode = kind
    if event_type not in STRUCK and mode != "visit":
        return False
    top = _phrase(token, lexicon)
    if top.head == word and word.pos_ == "VERB":
        return top.dep_ in ("dobj", "nsubjpass")
    before = top.head
    if top.dep_ != "pobj":
        return False
    deed = before.head
    if deed.dep_ == "nsubj" and deed.head == word and event_type in STRUCK:  # "the shelling of *Donetsk* killed three"
        return before.lower_ in STRIKING - {"of"} or (before.lower_ == "of" and (deed.lower_.endswith("ing") or deed.lemma_.lower() in lexicon.happenings))
    if before.head != word:
        return False
    return before.lower_ in (GOING if mode == "visit" else STRIKING)
