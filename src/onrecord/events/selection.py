"""Which triggers become events: of what type, with enough participants, and none twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.doers import LOCATIVE
from onrecord.events.lexicon import Lexicon
from onrecord.events.relevance import ARMED
from onrecord.events.stage import Roles, Stage
from onrecord.events.triggers import Trigger, is_told
from onrecord.parse.syntax import clausal_complement, modal, undergoer
from onrecord.records import Event, Participant, voice_at

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT", "THREATEN", "PROTEST"})
GIVING = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT", "AID", "COOPERATE", "CONSULT"})
COOPERATIVE = GIVING | {"MEETING_PLANNED"}
PROMISES = frozenset({"AGREE", "REJECT", "THREATEN", "CONCEDE"})
BY_SOMEBODY = frozenset({"AGREE", "SUPPORT", "CONCEDE", "AID", "COOPERATE", "CONSULT", "REJECT", "REQUEST", "THREATEN", "ACCUSE"})
"""Types that only somebody does: a verb with a subject that is nobody ("information that supports") is none of them."""

ENDING = frozenset({"stop", "halt", "cease", "suspend"})
"""Verbs that end what they govern: where they are an event, it is none."""

WILL = frozenset({"will", "would", "shall"})

MAX_PHRASES = 4
POLITICAL = frozenset({"GOV", "IGO", "LEG", "MIL", "REB", "OPP", "PTY"})
"""Sectors that can be asked without a country."""

HARM = "events.assault.kill"
DEADLY = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
"""Types whose casualties are told with them: "collided, *killing* nine"."""
TOGETHER = frozenset({"when", "as", "after"})


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
    attack = _attack_that_killed(word, by_word)
    if attack is not None:
        return attack
    while word.dep_ == "conj" and (inner := by_word.get(word.head.i)) is not None and inner.entry.rule.id == HARM:
        word = word.head
    if (word.dep_ == "advcl" and word.tag_ == "VBG") or word.dep_ == "relcl":
        host = _host(word.head, by_word)
        if host is not None and host.entry.rule.type in DEADLY:
            return host
    return by_word[word.i] if word.i != trigger.word.i else None


def _attack_that_killed(word: Token, by_word: Mapping[int, Trigger]) -> Trigger | None:
    """The attack in whose clause of time a killing stands: "two were *killed* and five wounded when gunmen *attacked*"."""
    verbs = [word, *(c for c in word.rights if c.dep_ == "conj")]
    if word.dep_ == "conj":
        verbs.append(word.head)
    if any(c.dep_ in ("dobj", "agent") for v in verbs for c in v.rights):
        return None
    for clause in (c for v in verbs for c in v.rights if c.dep_ == "advcl" and any(w.lower_ in TOGETHER for w in c.lefts)):
        attack = by_word.get(clause.i)
        if attack is not None and attack.entry.rule.type == "ASSAULT" and attack.entry.rule.id != HARM:
            return attack
    return None


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
    governor = by_word.get(trigger.word.head.i)
    if governor is not None and trigger.word.dep_ in ("xcomp", "dobj", "nsubjpass") and governor.word.lemma_ in ENDING and governor.entry.kind == "verb":
        return True
    if trigger.word.dep_ != "xcomp":
        return False
    return governor is not None and type_of(governor) in PROMISES and (trigger.entry.rule.type in COOPERATIVE or type_of(governor) == "THREATEN")


def enough(trigger: Trigger, event_type: str, who: Roles, stage: Stage) -> bool:
    """Whether the participants that the rule needs are there."""
    rule = trigger.entry.rule
    if rule.require_text and not any(t in trigger.word.sent.text.lower() for t in rule.require_text):
        people = [p for p in (*who.actors, *who.recipients) if p.sector in ARMED or p.text.lower() in ("him", "her", "me")]
        if not (rule.or_armed and people):
            return False
    if rule.complement_bad and not _hostile_complement(trigger, stage.lexicon):
        return False
    if rule.object_known and not who.known_recipients and _has_object(trigger.word) and not _are_people(who, stage.lexicon):
        return False
    if trigger.entry.kind == "modal":
        return _asks(trigger.word.head, who)
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


def _has_object(verb: Token) -> bool:
    """Whether a verb has an object that is a word of its own, no pronoun."""
    done_to = undergoer(verb)
    return done_to is not None and done_to.pos_ not in ("PRON", "DET") and done_to.dep_ in ("dobj", "nsubjpass")


def _are_people(who: Roles, lexicon: Lexicon) -> bool:
    """Whether some recipient is people though nobody known."""
    people = lexicon.classes["person"] | lexicon.classes["force"]
    return any(word in people or word.removesuffix("s") in people for p in who.recipients for word in p.text.lower().split()[-1:])


def _asks(verb: Token, who: Roles) -> bool:
    """Whether *should* or *must* asks somebody: a speaker says it in a plain clause of a political actor who is not the speaker's own state."""
    if not who.known_actors:
        return False
    for _ in range(MAX_PHRASES):
        if verb.dep_ in ("relcl", "acl", "pcomp", "advcl", "csubj") or any(c.tag_ in ("WRB", "WDT", "WP") or c.lower_ in ("whether", "if") for c in verb.lefts):
            return False
        if verb.dep_ != "conj":
            break
        verb = verb.head
    own = {p.country for p in who.actors if p.country and p.sector == "GOV"}
    return any(p.actor_id and (p.country or p.sector in POLITICAL) and not (p.country in own and p.actor_id == f"{p.country}.GOV") for p in who.recipients)


def _hostile_complement(trigger: Trigger, lexicon: Lexicon) -> bool:
    inner = clausal_complement(trigger.word)
    return inner is not None and is_told(inner) and any(e.rule.type in HOSTILE for e in lexicon.entries.get(inner.lemma_.lower(), ()))


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
