"""The day of the news: what an article is about happened on one day, which it says once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.narrative import DAY, LEAD, SPOKEN, Day, day_of, is_background, is_main, is_news, told
from onrecord.events.occasions import Occasions
from onrecord.events.setting import because, is_dated
from onrecord.records import Event, EventDate, Participant

REPEATED = SPOKEN | {"CONSULT", "COOPERATE", "AID", "OTHER"}
"""Types of which an article that is about one tells of others too."""


MANY = frozenset({"people", "children", "women", "police", "personnel", "others"})


class News:
    """What the first sentences of an article tell of, by type, and on which day it was.

    Args:
        events: the events in text order, with their words.
        told_of: the days of the narrative.
        occasions: the nouns that the article dates.
        number: the place of a sentence in the article by its first token.
        published: the article's date.
    """

    def __init__(
        self, events: Sequence[tuple[Event, Token | None]], told_of: Sequence[Day], occasions: Occasions, number: Mapping[int, int], published: str | None
    ) -> None:
        self.told_of, self.number, self.today = told_of, number, day_of(published)
        self.only = self._only_days([event for event, _ in events])
        self.leading: dict[str, tuple[Event, str, int]] = {}
        for event, word in events:
            if word is None or event.veridicality != "asserted" or event.type in self.leading or event.type in REPEATED or number[word.sent.start] > LEAD:
                continue
            first = occasions.first_of(event.type, word.i, self._end(word))
            value = event.date.value if is_dated(event) and event.date is not None else first.value if first is not None else None
            if value is not None and self.today is not None and len(value) == DAY and is_news(value, self.today):
                self.leading[event.type] = event, value, word.i if is_dated(event) or first is None else first.noun.i

    def lead(self, event: Event, verb: Token) -> EventDate | None:
        """The date of an event of the first sentences, from the first day that is told of."""
        return because("lead", self._of_lead(event, verb))

    def main(self, event: Event, word: Token, verb: Token, *, quoted: bool) -> EventDate | None:
        """The date of an event that is what the news is about."""
        return because("main_event", self._of_leading(event, word, verb, quoted=quoted) or self._of_only(event, verb))

    def _end(self, word: Token) -> int:
        """The end of the first sentences, or of the three that follow a word."""
        last = self.number[word.sent.start] + LEAD
        return max((s.end for s in word.doc.sents if self.number[s.start] <= last), default=word.sent.end)

    def _only_days(self, events: Sequence[Event]) -> dict[str, str]:
        """The day of the news by type of deed, for the types of which all that is dated to a day of the last week is dated to one day."""
        today = self.today
        if today is None:
            return {}
        found: dict[str, set[str]] = defaultdict(set)
        for event in events:
            if event.date is not None and is_dated(event) and event.veridicality == "asserted" and event.type not in SPOKEN:
                found[event.type].add(event.date.value)
        return {kind: next(iter(values)) for kind, values in found.items() if len(values) == 1 and is_news(next(iter(values)), today)}

    def _of_lead(self, event: Event, verb: Token) -> str | None:
        """The first day that the article tells of, for an event of its first sentences."""
        if event.claimed_by is not None or not is_main(verb) or (told(verb) is None and not _is_perfect(verb)):
            return None
        here, first = self.number[verb.sent.start], self.told_of[0] if self.told_of else None
        if first is None or here > LEAD or first.speaking or len(first.value) != DAY:
            return None
        return first.value if 0 < self.number[first.sentence] - here <= LEAD else None

    def _of_leading(self, event: Event, word: Token, verb: Token, *, quoted: bool) -> str | None:
        """The day of what the article leads with, for another telling of it: in the first sentences, or later with the same participant."""
        if event.type not in self.leading:
            return None
        first, value, at = self.leading[event.type]
        if self.number[word.sent.start] <= LEAD:
            if word.pos_ == "NOUN":
                return value if word.tag_ == "NN" and not quoted and not is_background(verb) and _is_one(word) else None
            return value if told(verb) is not None or (_is_perfect(verb) and word.i < at) else None
        again = heads(event.recipients) & heads(first.recipients)
        return value if again and told(verb) is not None and (self._last(event) or value).startswith(value[: len("2001-01")]) else None

    def _of_only(self, event: Event, verb: Token) -> str | None:
        """The day of the news of an event's type, if it is told in the simple past and no other day has come up since."""
        day = self.only.get(event.type)
        last = self._last(event) or day
        return day if day is not None and last is not None and told(verb) is not None and day.startswith(last) else None

    def _last(self, event: Event) -> str | None:
        return next((d.value for d in reversed(self.told_of) if d.value and d.start < event.trigger.start), None)


def _is_one(noun: Token) -> bool:
    """Whether a noun is one thing: "*a* bombing", "*the* raid"; not "hostility"."""
    return any(c.dep_ in ("det", "poss") for c in noun.lefts)


def _is_perfect(verb: Token) -> bool:
    return any(c.tag_ in ("VBZ", "VBP") and c.lemma_ == "have" for c in verb.lefts)


def heads(participants: Sequence[Participant]) -> frozenset[str]:
    """The last words of what participants are called, where that is one thing or person: "the radio *station*", not "people", "the rebels"."""
    words = (p.text.lower().split()[-1] for p in participants)
    return frozenset(w for w in words if len(w) > len("them") and not w.endswith("s") and w not in MANY)
