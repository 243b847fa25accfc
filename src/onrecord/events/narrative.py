"""The day that a report is telling of: what nothing else dates happened on it, if it is told in the same tense."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.setting import BOUNDS, iso_value, precision_of
from onrecord.parse.syntax import verb_above
from onrecord.records import Event, Time

NEWS = 4
"""Days for which something is news."""

LEAD = 3
"""Sentences, headline included, in which an article says what it is about."""

DAY = len("2001-01-01")

REACH = 8
"""Sentences for which a day is told of, if no other comes up."""

RECENT = datetime.timedelta(62)
"""How old the month of what is being told of is at most."""

BACKGROUND_REACH = 2
"""Sentences for which a day is told of that is no news: what lies further back is told in passing."""

NOW = frozenset({"PRESENT_REF", "FUTURE_REF"})
"""Values of times that take nothing that is told to another day."""

ANNOUNCING = frozenset({"announce", "confirm", "reveal", "disclose", "declare"})
"""Verbs of making known what has just happened."""

SPOKEN = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "AGREE", "STATEMENT"})
"""Types that are mostly done by saying something."""

RISEN = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep"})


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """A day of the narrative: the sentence and the character from which it is told of; without a value where the text is as vague as "last summer"."""

    sentence: int
    start: int
    value: str
    lemma: str
    speaking: bool
    alone: bool


def told(word: Token) -> Token | None:
    """The verb in the simple past that tells a word: itself, or what it is a participle, infinitive or coordinate of; None if there is none."""
    for _ in range(4):
        if word.tag_ == "VBD" and word.pos_ in ("VERB", "AUX"):
            return word
        if word.tag_ == "VBN":
            helpers = [c for c in word.lefts if c.dep_ in ("aux", "auxpass")]
            if helpers:
                return word if [h.tag_ for h in helpers] == ["VBD"] and helpers[0].lemma_ == "be" else None
        elif word.tag_ not in ("VBG", "VB") or any(c.dep_ == "aux" and c.tag_ != "TO" for c in word.lefts):
            return None
        if word.dep_ not in RISEN or word.head == word:
            return None
        word = word.head
        if word.pos_ == "ADP":
            if word.lower_ in ("after", "since", "before", "for"):
                return None
            word = word.head
    return None


def is_background(word: Token) -> bool:
    """Whether a word tells of no particular time: a perfect ("has urged"), an infinitive or what depends on one, a modal's verb."""
    for _ in range(4):
        if any(c.dep_ == "aux" and (c.lemma_ in ("have", "to") or c.tag_ == "MD") for c in word.lefts) or word.tag_ == "MD":
            return True
        if word.tag_ == "VBD" or word.dep_ not in RISEN or word.head == word:
            return False
        word = word.head if word.head.pos_ != "ADP" else word.head.head
    return False


def days(when: Mapping[int, Sequence[tuple[Time, Token]]]) -> list[Day]:
    """The days that verbs in the simple past are dated to, in text order.

    Args:
        when: the time expressions with their head words, by the first token of their sentence.
    """
    found = []
    for here in when.values():
        alone = sum(iso_value(time) is not None for time, _ in here) == 1
        for time, at in here:
            value = iso_value(time) or ("" if _moves_on(time, at) else None)
            verb = _dated(at) if value is not None else None
            if value is not None and verb is not None and told(verb) is not None and is_main(verb):
                speaking = any(c.dep_ == "ccomp" for c in verb.children)
                found.append(Day(sentence=at.sent.start, start=time.start, value=value, lemma=verb.lemma_, speaking=speaking, alone=alone))
    return sorted(found, key=lambda d: d.start)


def _moves_on(time: Time, at: Token) -> bool:
    """Whether a time without a value takes what is told to another day: "last summer", "weeks *later*"."""
    if time.type == "DURATION":
        return any(t.lower_ in ("later", "earlier") for t in at.doc[at.i + 1 : at.i + 2])
    return time.type == "DATE" and time.value not in NOW


def _dated(at: Token) -> Token | None:
    """The verb that a time is said of."""
    for _ in range(4):
        if at.dep_ in ("poss", "amod", "compound", "nmod") or at.head == at:
            return None
        at = at.head
        if at.lower_ in BOUNDS:
            return None
        if at.pos_ == "VERB":
            return at
    return None


def _common(values: Sequence[str]) -> str | None:
    """What several days have in common: the day, else the month."""
    if len(set(values)) == 1:
        return values[0] or None
    months = {v[:7] for v in values}
    return months.pop() or None if len(months) == 1 and not values[0].startswith("-") else None


def is_main(verb: Token) -> bool:
    """Whether a verb carries the narrative on: the verb of its sentence, coordinated with it, or what it says or reports."""
    while verb.head != verb and (
        verb.dep_ in ("conj", "parataxis", "xcomp")
        or (verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN"))
        or (verb.dep_ == "ccomp" and verb.head.i > verb.i)  # "…, police said"
        or (verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.lefts))  # "was taken to Lagos, where she met"
    ):
        verb = verb.head if verb.dep_ != "relcl" else verb_above(verb.head)
    return verb.dep_ == "ROOT"


def governing(word: Token) -> Token:
    """The verb of which a noun is the subject or object; any other word itself."""
    if word.pos_ in ("NOUN", "PROPN") and word.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and word.head.pos_ in ("VERB", "AUX"):
        return word.head
    return word


def _cue(verb: Token) -> Token | None:
    """The verb whose words another stands in: "*said* it had freed them"."""
    while verb.dep_ in ("conj", "xcomp") and verb.head != verb:
        verb = verb.head
    return verb.head if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" else None


def reported(event: Event, verb: Token, here: Sequence[tuple[Time, Token]]) -> str | None:
    """The day of the words that an event is reported in, where these make it known or are it: "*announced on Friday* that it had freed them"."""
    cue = _cue(verb)
    if cue is None or not (cue.lemma_ in ANNOUNCING or (event.type in SPOKEN and not any(c.dep_ in ("mark", "auxpass") for c in verb.lefts))):
        return None
    for time, at in here:
        value = iso_value(time)
        if value is not None and precision_of(value) == "day" and (_dated(at) == cue or _said_late(at, cue)):
            return value
    return None


def _said_late(at: Token, cue: Token) -> bool:
    """Whether a time behind a speaker dates the words: "said a spokesman *on Monday*"."""
    before = at.head if at.head.pos_ == "ADP" else at
    return before.head.dep_ == "nsubj" and before.head.head == cue and before.head.i > cue.i


def has_dated_object(verb: Token, when: Mapping[int, Sequence[tuple[Time, Token]]]) -> bool:
    """Whether what a verb is said of has a day of its own: "called *Monday's* vote a sham"."""
    return any(at.dep_ == "poss" and at.head.head == verb for _, at in when.get(verb.sent.start, ()))


def last_told(event: Event, verb: Token, told_of: Sequence[Day], number: Mapping[int, int], today: datetime.date | None) -> str | None:
    """The day that was last told of before an event, if the event is told in the same way."""
    if told(verb) is None or not is_main(verb):
        return None
    here = number[verb.sent.start]
    before = [d for d in told_of if d.start < event.trigger.start and here - number[d.sentence] <= REACH and (event.type in SPOKEN or not d.speaking)]
    if not before:
        return None
    last = before[-1]
    reach = 0 if event.type in SPOKEN and not last.speaking else BACKGROUND_REACH
    if today is not None and here - number[last.sentence] > reach and not is_news(last.value, today):
        return None
    return _common([d.value for d in before if d.sentence == last.sentence])


def told_behind(event: Event, word: Token, told_of: Sequence[Day], number: Mapping[int, int], today: datetime.date | None) -> str | None:
    """The recent month that is being told of, for a deed that led to what is told: "after he *had been shot* in the leg", "following a *raid*".

    A month is wide enough for what led to something; a day is not.
    """
    if event.type in SPOKEN or today is None or not _leads_up(word):
        return None
    here = number[word.sent.start]
    last = next((d for d in reversed(told_of) if d.start < event.trigger.start), None)
    if last is None or last.speaking or not last.alone or len(last.value) != len("2001-01") or not 0 < here - number[last.sentence] <= BACKGROUND_REACH:
        return None
    month = datetime.date.fromisoformat(f"{last.value}-01")
    return last.value if datetime.timedelta(0) <= today - month <= RECENT else None


def _leads_up(word: Token) -> bool:
    """Whether a word is what something came after: "after he *had been shot*", "following what it said was a *protest*"."""
    while word.pos_ in ("NOUN", "PROPN") and word.dep_ in ("attr", "dobj", "nsubjpass") and word.head.dep_ in ("pcomp", "ccomp", "advcl"):
        word = word.head
    if word.dep_ == "ccomp" and word.head.dep_ == "pcomp":
        word = word.head
    if word.dep_ in ("pobj", "pcomp"):
        return word.head.lower_ in ("after", "following")
    return word.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "after" for c in word.lefts)


def of_same(event: Event, verb: Token, told_of: Sequence[Day], number: Mapping[int, int]) -> str | None:
    """The one day to which the article dates the same verb elsewhere, for a deed told in the simple past or in its first sentences."""
    if event.type in SPOKEN or verb.tag_ not in ("VBD", "VBN") or (told(verb) is None and number[verb.sent.start] > LEAD):
        return None
    values = {d.value for d in told_of if d.value and d.lemma == verb.lemma_ and not d.speaking}
    return values.pop() if len(values) == 1 else None


def day_of(published: str | None) -> datetime.date | None:
    """The day an article was published, if it says one."""
    try:
        return datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def is_news(value: str, today: datetime.date) -> bool:
    """Whether a day is one of the last few."""
    try:
        return datetime.timedelta(0) <= today - datetime.date.fromisoformat(value) <= datetime.timedelta(NEWS)
    except ValueError:
        return False


def is_asked_for(event: Event, word: Token, here: Sequence[tuple[Time, Token]]) -> bool:
    """Whether the date of an event is when somebody asked for it, denied it or planned it: "demanded *on Monday* a ban"."""
    if event.veridicality == "asserted" or event.date is None:
        return False
    if event.veridicality == "demanded" and event.date.reason == "governing_clause":
        return True
    if event.date.reason != "clause" or word.pos_ != "NOUN":
        return False
    inside = {t.i for t in word.subtree}
    return told(governing(word)) is not None and word.dep_ in ("dobj", "nsubjpass") and not any(at.i in inside for _, at in here)
