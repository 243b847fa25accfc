"""Events that are told by how long before or after another they were: "met them *a day before* the vote"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.implied import STEM
from onrecord.events.narrative import DAY
from onrecord.events.occasions import Occasions
from onrecord.events.setting import date_of
from onrecord.parse.syntax import own_subject, pobj
from onrecord.records import Event, Time

LENGTH = re.compile(r"P(?:(\d+)([DWMY])|T(\d+)H)$")
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
KEPT = {"D": DAY, "W": len("2001-01"), "M": len("2001-01"), "Y": len("2001")}
"""What is left of a day's value after so many of a unit: weeks are counted roughly."""

SAME_MONTH = 7
"""Days within which an event of a month was in that month."""

AROUND = {"after": 1, "before": -1}
COMING = frozenset({"come", "follow", "be", "happen", "occur"})
LIVING = frozenset({"ASSAULT", "PROTEST", "ACCIDENT", "DISASTER"})
"""Types that "the incident" can be."""


class Distances:
    """The distances between events that an article tells.

    Args:
        events: the events with their words, dated as far as they are.
        when: the time expressions with their head words, by the first token of their sentence.
        occasions: the nouns that the article dates.
        news: the day of what the article leads with.
    """

    def __init__(
        self,
        events: Sequence[tuple[Event, Token | None]],
        when: Mapping[int, Sequence[tuple[Time, Token]]],
        occasions: Occasions,
        news: str | None,
    ) -> None:
        self.when, self.occasions, self.news = when, occasions, news
        self.dated = [
            (event, word, event.date.value)
            for event, word in events
            if word is not None and event.date is not None and not event.date.reason.startswith("publication") and event.veridicality == "asserted"
        ]

    def value(self, word: Token) -> str | None:
        """The date of a verb, or of a noun behind *after*, that is told by its distance from something dated."""
        for time, at in self.when.get(word.sent.start, ()):
            length = LENGTH.match(time.value) if time.type == "DURATION" else None
            if length is None or at.dep_ != "npadvmod":
                continue
            side = _side(word)
            if is_measured_from(word) and at.head == word.head:  # "quit two days after a *crash*"
                return moved(self._of_verb(_bearer(word.head)), length, -AROUND[word.head.lower_])
            if at.head == word and side and word.dep_ == "advcl":  # "comes a day after they *met*"
                return moved(self._of_verb(word.head), length, -side)
            below = next((c for c in word.rights if c.dep_ == "advcl" and _side(c)), None)
            if below is not None and at.head in (word, below):  # "*arrested* two days after they met"
                return moved(self._of_verb(below), length, _side(below))
            if at.head.lower_ in AROUND and _bearer(at.head) == word and (noun := pobj(at.head)) is not None:  # "*arrested* two days after the vote"
                return moved(self._of_noun(noun), length, AROUND[at.head.lower_])
        return None

    def _of_verb(self, verb: Token) -> str | None:
        own = date_of(verb, self.when.get(verb.sent.start, ()), None)
        if own is not None:
            return own.value
        inside = {value for _, word, value in self.dated if word == verb or (verb in word.ancestors and word.sent == verb.sent)}
        if inside:
            return inside.pop() if len(inside) == 1 else None
        again = {value for t in (verb, *(c for c in verb.rights if c.dep_ == "xcomp")) for _, word, value in self.dated if _stem(word) == _stem(t)}
        if again:
            return again.pop() if len(again) == 1 else None
        subject = own_subject(verb)
        if verb.lemma_ not in COMING or subject is None:
            return None
        return self._of_noun(subject) or (self.news if verb.tag_ == "VBZ" else None)

    def _of_noun(self, noun: Token) -> str | None:
        """The date of a noun: its own, that of an event of its stem, or for one like "incident" that of the last one before it."""
        value = self.occasions.again(noun, opening=False)
        if value is not None:
            return value
        same = [v for event, word, v in self.dated if _stem(word) == _stem(noun) and word.i < noun.i]
        if not same and noun.lemma_.lower() in self.occasions.unnamed:
            same = [v for event, word, v in self.dated if event.type in LIVING and word.i < noun.i]
        return same[-1] if same else None


def is_measured_from(word: Token) -> bool:
    """Whether a word is a noun that something is told to be after or before: "two days after a *crash*"."""
    return word.pos_ == "NOUN" and word.dep_ == "pobj" and word.head.lower_ in AROUND


def moved(value: str | None, length: re.Match[str], side: int) -> str | None:
    """A value moved by a length of time, as exact as both are; None where that says nothing.

    Args:
        value: an ISO day or month.
        length: a match of ``LENGTH``.
        side: 1 for later, -1 for earlier.
    """
    if value is None or value.startswith("-"):
        return None
    if length[3]:
        return value if int(length[3]) <= 3 else None
    number, unit = int(length[1]), length[2]
    if len(value) < DAY:
        return value if unit == "D" and number <= SAME_MONTH and len(value) == len("2001-01") else None
    day = datetime.date.fromisoformat(value) + datetime.timedelta(side * number * DAYS[unit])
    return day.isoformat()[: KEPT[unit]]


def _bearer(preposition: Token) -> Token:
    """The verb that a preposition goes with, over what it is done in: "was arrested in a raid two days *after* the vote"."""
    token = preposition.head
    while token.pos_ in ("NOUN", "PROPN", "ADP") and token.head != token:
        token = token.head
    return token


def _stem(word: Token) -> str:
    return word.lemma_.lower()[:STEM]


def _side(verb: Token) -> int:
    return next((AROUND[c.lower_] for c in verb.lefts if c.dep_ == "mark" and c.lower_ in AROUND), 0)
