"""How an event is put: asserted, denied, hypothetical, planned or demanded."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.triggers import Trigger
from onrecord.parse.syntax import infinitive_marker, is_negated, modal
from onrecord.records import Attribution, Veridicality

MODAL: dict[str, Veridicality] = {
    "will": "planned",
    "shall": "planned",
    "would": "hypothetical",
    "could": "hypothetical",
    "may": "hypothetical",
    "might": "hypothetical",
    "can": "hypothetical",
    "should": "demanded",
    "must": "demanded",
    "ought": "demanded",
}
CONDITIONS = frozenset({"if", "unless", "whether", "provided", "lest"})
HEDGES = frozenset({"allegedly", "possibly", "perhaps", "supposedly", "potentially", "hypothetically"})
HEDGED = frozenset({"alleged", "possible", "potential", "hypothetical", "likely", "suspected", "feared", "threatened"})
AHEAD = frozenset({"planned", "upcoming", "future", "proposed", "scheduled", "forthcoming", "impending", "expected", "imminent"})
GOVERNED = frozenset({"xcomp", "ccomp", "acl", "pcomp", "dobj", "nsubjpass", "advcl", "pobj", "prep", "relcl"})
NOUN_GOVERNED = frozenset({"dobj", "nsubjpass", "prep", "pobj"})
NAMED = frozenset({"dobj", "pobj", "nsubjpass", "attr", "xcomp", "acl", "pcomp"})
"""How the content of an attribution hangs on its cue where it is no clause of its own."""

FINITE = frozenset({"VBD", "VBZ", "VBP"})
INDICATIVE = frozenset(("VBD", "VBZ"))
MAX_CLIMB = 5
ASIDES = "after before since during by with without through until despite upon amid following while as because against over"
ASIDE = frozenset(ASIDES.split())
"""Prepositions across which nothing governs: what follows *after being surrounded* is not asked for."""

CALLING = frozenset({"for", "on", "upon"})


def standing(trigger: Trigger, voice: Attribution | None, lexicon: Lexicon) -> Veridicality:
    """The standing of a trigger from negation, modals, conditions and what governs it.

    Args:
        trigger: the trigger.
        voice: the attribution whose content it lies in.
        lexicon: the governing words and the classes of cues.
    """
    word, entry = trigger.word, trigger.entry
    if entry.kind == "modal":
        return "asserted"
    if trigger.negated and not entry.rule.negated_only and not entry.rule.negated_type:
        return "denied"
    if entry.rule.type == "MEETING_PLANNED":
        return "planned"
    own = _own(word, future_counts=not entry.rule.future_only)
    if own is not None:
        return own
    if entry.kind == "noun" and any(c.dep_ == "det" and c.lower_ == "any" for c in word.lefts):
        return "hypothetical"
    found = _governed(word, lexicon)
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
    while content is not None and word.head != word and content.start <= word.head.idx < content.end:
        of_somebody = of_somebody or word.dep_ == "relcl"
        word = word.head
    if word.dep_ not in NAMED:
        return True
    return not of_somebody and voice.cue_class in lexicon.speech


def _own(word: Token, *, future_counts: bool) -> Veridicality | None:
    name = modal(word)
    if name is not None and (future_counts or name not in ("will", "shall", "would")):
        return MODAL.get(name)
    for child in word.lefts:
        lower = child.lower_
        if lower in HEDGES or lower in HEDGED or (child.dep_ == "mark" and lower in CONDITIONS):
            return "hypothetical"
        if lower in AHEAD:
            return "planned"
    return None


def _is_indicative(verb: Token) -> bool:
    return any(t.tag_ in INDICATIVE for t in (verb, *(c for c in verb.lefts if c.dep_ in ("aux", "auxpass"))))


def _governed(word: Token, lexicon: Lexicon) -> Veridicality | None:
    current = word
    nominal = word.pos_ in ("NOUN", "PROPN")
    for step in range(MAX_CLIMB):
        dep, head = current.dep_, current.head
        if head == current:
            return None
        if dep == "conj":
            if current.tag_ in FINITE and head.tag_ in ("VB", "VBG"):  # "refused to sign and *called* on": a clause beside the governor
                return None
            current = head
            if step and (own := _own(current, future_counts=True)):
                return own
            continue
        if dep not in (NOUN_GOVERNED if nominal else GOVERNED) or (dep in ("advcl", "relcl") and infinitive_marker(current) is None):
            return "hypothetical" if dep == "advcl" and any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in current.lefts) else None
        if dep == "advcl":
            return "planned"
        if dep in ("prep", "pcomp", "pobj") and (current.lower_ in ASIDE or head.lower_ in ASIDE):
            return None
        put = lexicon.governors.get(head.lemma_.lower())
        if put is not None and head.lemma_ in ("call", "appeal", "press") and not (current.lower_ in CALLING or dep in ("xcomp", "acl")):
            put = None
        if dep == "ccomp" and (put in ("demanded", "planned") or head.lemma_ == "warn") and _is_indicative(current):
            put = None  # "told reporters that rebels attacked" asks for nothing
        if put is None and dep == "acl":
            return None
        if put is not None and head.pos_ != "ADP" and not (put == "denied" and dep == "dobj" and head.lemma_ in ("stop", "ask")):
            if put == "denied" and is_negated(head):
                return None
            return put  # type: ignore[return-value]
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            if is_negated(head) and dep in ("xcomp", "dobj"):
                return "denied"
            own = _own(head, future_counts=True)
            if own is not None and dep in ("xcomp", "dobj", "nsubjpass"):
                return own
            nominal = False
            if dep == "ccomp":
                return None
        current = head
    return None
