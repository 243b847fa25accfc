"""Which triggers become events: of what type, with enough participants, and none twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.doers import LOCATIVE
from onrecord.events.lexicon import Lexicon
from onrecord.events.roles import Roles, Stage
from onrecord.events.triggers import Trigger
from onrecord.parse.syntax import clausal_complement, modal
from onrecord.records import Event, Participant, voice_at

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT", "THREATEN", "PROTEST"})
GIVING = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT", "AID", "COOPERATE", "CONSULT"})
COOPERATIVE = GIVING | {"MEETING_PLANNED"}
PROMISES = frozenset({"AGREE", "REJECT", "THREATEN", "CONCEDE"})
BY_SOMEBODY = frozenset({"AGREE", "SUPPORT", "CONCEDE", "AID", "COOPERATE", "CONSULT", "REJECT", "REQUEST", "THREATEN", "ACCUSE"})
"""Types that only somebody does: a verb with a subject that is nobody ("information that supports") is none of them."""

WILL = frozenset({"will", "would", "shall"})

MAX_PHRASES = 4
HARM = "events.assault.kill"


def type_of(trigger: Trigger) -> str:
    """The type of the event: a negated offer, or one that will not be kept, is a refusal."""
    rule = trigger.entry.rule
    if trigger.negated and rule.negated_type:
        return rule.negated_type
    if trigger.negated and rule.type in GIVING and trigger.entry.kind == "verb" and modal(trigger.word) in WILL:
        return "REJECT"
    return rule.type


def folds_into(trigger: Trigger, by_word: Mapping[int, Trigger]) -> Trigger | None:
    """The attack whose casualties a word only counts: "attacked the base, *killing* two and *wounding* five"."""
    word = trigger.word
    if trigger.entry.kind == "noun" and trigger.entry.rule.type == "ASSAULT" and word.dep_ == "nsubj":
        killing = by_word.get(word.head.i)
        return killing if killing is not None and killing.entry.rule.id == HARM else None
    if trigger.entry.rule.id != HARM:
        return None
    while word.dep_ == "conj" and (inner := by_word.get(word.head.i)) is not None and inner.entry.rule.id == HARM:
        word = word.head
    if (word.dep_ == "advcl" and word.tag_ == "VBG") or word.dep_ == "relcl":
        host = _host(word.head, by_word)
        if host is not None and host.entry.rule.type == "ASSAULT":
            return host
    return by_word[word.i] if word.i != trigger.word.i else None


def _host(noun: Token, by_word: Mapping[int, Trigger]) -> Trigger | None:
    """The trigger a word is or is in a phrase of place of: "*riots* in the old quarter of the city, which …"."""
    for _ in range(MAX_PHRASES):
        if noun.i in by_word:
            return by_word[noun.i]
        if noun.dep_ != "pobj" or noun.head.lower_ not in LOCATIVE | {"of"}:
            return None
        noun = noun.head.head
    return None


def is_promised(trigger: Trigger, by_word: Mapping[int, Trigger]) -> bool:
    """Whether a word is only what another event agrees to, refuses or threatens ("agreed to *meet*")."""
    if trigger.word.dep_ != "xcomp":
        return False
    governor = by_word.get(trigger.word.head.i)
    return governor is not None and type_of(governor) in PROMISES and (trigger.entry.rule.type in COOPERATIVE or type_of(governor) == "THREATEN")


def enough(trigger: Trigger, event_type: str, who: Roles, stage: Stage) -> bool:
    """Whether the participants that the rule needs are there."""
    rule = trigger.entry.rule
    if rule.require_text and not any(t in trigger.word.sent.text.lower() for t in rule.require_text):
        return False
    if rule.complement_bad and not _hostile_complement(trigger, stage.lexicon):
        return False
    if event_type in BY_SOMEBODY and trigger.entry.kind == "verb" and who.actors and not who.known_actors:
        return False
    addressed = who.actors or who.recipients
    if addressed and all(p.text.lower() == "you" for p in addressed) and voice_at(stage.attributions, trigger.word.idx, trigger.word.idx + 1) is None:
        return False
    if rule.needs == "none":
        return True
    if rule.needs == "actor":
        return who.known_actors
    if rule.needs == "each":
        return who.known_actors and who.known_recipients
    if rule.needs == "both":
        return bool(who.actors) and bool(who.recipients or len(who.actors) > 1) and (who.known_actors or who.known_recipients)
    return who.known_actors or who.known_recipients


def _hostile_complement(trigger: Trigger, lexicon: Lexicon) -> bool:
    inner = clausal_complement(trigger.word)
    return inner is not None and any(e.rule.type in HOSTILE for e in lexicon.entries.get(inner.lemma_.lower(), ()))


def without_repeats(events: Sequence[Event], nouns: Mapping[str, str]) -> tuple[Event, ...]:
    """The events without those that only name an earlier one again.

    A report with the rule, word and participants of an earlier one is the same one, unless the voice
    differs; a bare noun ("the blast") without participants or figures is, after any event of its type.
    """
    out: list[Event] = []
    seen: set[tuple[object, ...]] = set()
    types: set[str] = set()
    for event in events:
        bare = not event.actors and not event.recipients and not event.magnitudes
        key = (event.reason, event.trigger.text.lower().split()[0], codes(event.actors), codes(event.recipients))
        if (bare and event.type in types) or (key in seen and not bare) or _named_again(event, out, nouns):
            continue
        types.add(event.type)
        seen.add(key)
        out.append(event)
    return tuple(out)


def _named_again(event: Event, before: Sequence[Event], nouns: Mapping[str, str]) -> bool:
    """Whether a noun only names an earlier event again ("his *arrest*"): the same type and recipients, and nobody new who does it."""
    if event.trigger.text.lower() not in nouns or not event.recipients or event.magnitudes:
        return False
    done_to = set(codes(event.recipients))
    return any(e.type == event.type and done_to <= set(codes(e.recipients)) and set(codes(event.actors)) <= set(codes(e.actors)) for e in before)


def codes(participants: Sequence[Participant]) -> tuple[str, ...]:
    """Who the participants are, for comparing two events."""
    return tuple(sorted(p.actor_id or p.text.lower() for p in participants))
