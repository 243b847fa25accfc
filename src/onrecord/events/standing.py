"""How an event is put: asserted, denied, hypothetical, planned or demanded."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.events.governing import FINITE, governed
from onrecord.events.lexicon import Lexicon
from onrecord.events.modality import is_indicative, is_not_only, own_standing, supposed
from onrecord.events.triggers import Trigger
from onrecord.parse.syntax import infinitive_marker
from onrecord.records import Attribution, Veridicality

NAMED = frozenset({"dobj", "pobj", "nsubjpass", "attr", "xcomp", "acl", "pcomp"})
"""How the content of an attribution hangs on its cue where it is no clause of its own."""

ASKING = frozenset({"demand", "request", "promise", "threaten", "propose"})
"""Classes of cues whose words are what somebody wants done."""


def standing(trigger: Trigger, voice: Attribution | None, lexicon: Lexicon) -> Veridicality:
    """The standing of a trigger from negation, modals, conditions and what governs it.

    Args:
        trigger: the trigger.
        voice: the attribution whose content it lies in.
        lexicon: the governing words and the classes of cues.
    """
    word, rule = trigger.word, trigger.entry.rule
    if trigger.entry.kind == "modal":
        return "asserted"
    if trigger.negated and not rule.negated_only and not rule.negated_type and not is_not_only(word):
        return "denied"
    if rule.type == "MEETING_PLANNED":
        return "planned"
    asked = None if rule.future_only else supposed(word, lexicon)
    if asked is not None:
        return asked
    own = own_standing(word, lexicon, future_counts=not rule.future_only)
    if own is not None:
        return own
    if trigger.entry.kind == "noun":
        ahead = _noun_ahead(word)
        if ahead is not None:
            return ahead
    elif _is_imperative(word, quoted=voice is not None):
        return "demanded"
    found = governed(word, rule.type, lexicon)
    if found is not None:
        return found
    if voice is not None and voice.cue_class is not None:
        put = lexicon.cue_classes.get(voice.cue_class, "asserted")
        if put == "denied" or (put in ("demanded", "planned", "hypothetical") and infinitive_marker(word) is not None):
            return put  # type: ignore[return-value]
    return "asserted"


def is_claimed(word: Token, voice: Attribution, lexicon: Lexicon) -> bool:
    """Whether what a trigger reports is in the speaker's words.

    What somebody only praises, opposes or tries ("welcomed *the release*") and what is said of somebody on the way
    ("indicted the man who *stabbed* …") is the article's own.
    """
    if voice.kind != "indirect":
        return True
    content = next((s for s in voice.content if s.start <= word.idx < s.end), None)
    of_somebody = False
    asked = voice.cue_class in ASKING
    while content is not None and word.head != word and content.start <= word.head.idx < content.end:
        if asked and _is_aside(word, lexicon):
            return False
        of_somebody = of_somebody or word.dep_ == "relcl"
        word = word.head
    if word.dep_ not in NAMED:
        return not (asked and _is_aside(word, lexicon))
    return not of_somebody and voice.cue_class in lexicon.speech


def _is_aside(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a clause tells on what occasion something was asked for: "asked them to strike *after two were shot*"."""
    return verb.dep_ == "advcl" and is_indicative(verb, FINITE) and any(c.dep_ == "mark" and c.lower_ in lexicon.standing["aside"] for c in verb.lefts)


def _noun_ahead(noun: Token) -> Veridicality | None:
    """What stands before a noun: "*any* attack", "next week's *visit*", "ahead of the *election*"."""
    for child in noun.lefts:
        if child.dep_ == "det" and child.lower_ == "any":
            return "hypothetical"
        if child.dep_ == "poss" and (child.lower_ == "tomorrow" or any(c.lower_ in ("next", "coming") for c in child.lefts)):
            return "planned"
    before = noun.head
    if noun.dep_ == "pobj" and before.lower_ == "of" and before.head.lower_ == "ahead":
        return None if before.head.head.tag_ == "VBD" else "planned"
    if noun.dep_ == "pobj" and before.lower_ == "of" and before.head.lower_ in ("event", "case") and before.head.head.lower_ == "in":
        return "hypothetical"
    return None


def _is_imperative(verb: Token, *, quoted: bool) -> bool:
    """Whether a verb commands: in quoted words, a base form without a subject that begins its clause."""
    if not quoted or verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "ccomp", "advcl", "parataxis"):
        return False
    if any(c.dep_ in ("aux", "nsubj", "nsubjpass", "mark", "expl") for c in verb.lefts):
        return False
    return all(t.is_punct or t.lower_ in ("please", "now", "just") for t in verb.lefts)
