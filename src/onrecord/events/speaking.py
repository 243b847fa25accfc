"""When what somebody says was said: on the day on which the article dates their words, where that is one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.narrative import SPOKEN, day_of, is_main, is_news, told
from onrecord.events.setting import at_token, because, date_of
from onrecord.parse import Parsed
from onrecord.records import Attribution, Event, EventDate, Time

DAY = datetime.timedelta(1)
"""By how much the day of where something is said can be ahead of where it is printed."""

NEAR = 5
"""Sentences for which somebody goes on speaking."""

SAID = frozenset({"ROOT", "ccomp", "conj", "parataxis"})


class Speaking:
    """The days on which the actors of an article spoke.

    Args:
        parsed: the article.
        attributions: who says what in it.
        when: the time expressions with their head words, by the first token of their sentence.
        events: the events, dated by their clauses; what is done in words on a day is said on it.
    """

    def __init__(
        self,
        parsed: Parsed,
        attributions: Sequence[Attribution],
        when: Mapping[int, Sequence[tuple[Time, Token]]],
        events: Sequence[tuple[Event, Token | None]],
    ) -> None:
        self.speakers = {a.id: a.speaker.actor_id for a in attributions if a.speaker.actor_id}
        self.number = {s.start: n for n, s in enumerate(parsed.doc.sents)}
        self.today = day_of(parsed.article.published)
        self.said: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for attribution in attributions:
            cue = at_token(parsed, attribution.cue[0].start, attribution.cue[0].end) if attribution.cue else None
            date = date_of(cue, when.get(cue.sent.start, ()), None, spoken=True) if cue is not None else None
            if cue is not None and date is not None and date.precision != "year" and attribution.speaker.actor_id:
                self.said[attribution.speaker.actor_id].append((self.number[cue.sent.start], date.value))
        for event, word in events:
            own = event.date is not None and event.date.reason == "clause" and event.date.precision != "year"
            if own and event.date is not None and event.type in SPOKEN and word is not None and told(word) is not None:
                for actor in {p.actor_id for p in event.actors if p.actor_id}:
                    self.said[actor].append((self.number[word.sent.start], event.date.value))

    def _acting(self, event: Event) -> list[str]:
        """Who acts in an event; where they are *we*, whoever says so is one of them."""
        speaker = self.speakers.get(event.claimed_by or "")
        we = speaker is not None and any(p.text.lower() == "we" for p in event.actors)
        return [*(p.actor_id for p in event.actors if p.actor_id), *([speaker] if we and speaker is not None else [])]

    def date(self, event: Event, word: Token) -> EventDate | None:
        """The day of an event that is done in words: told with its actor's other words, or said in them."""
        if event.type not in SPOKEN:
            return None
        here = self.number[word.sent.start]
        verb = word.head if word.dep_ in ("acomp", "aux") else word
        for actor in self._acting(event):
            said = self.said.get(actor, ())
            value = _one({v for _, v in said})
            if value is None or (self.today is not None and value > (self.today + DAY).isoformat()):
                continue
            away = min(abs(here - n) for n, _ in said)
            news = self.today is None or is_news(value, self.today)
            if (
                (away == 0 and _is_with(verb))
                or (away <= (NEAR if news else 1) and _is_told(verb))
                or ((news or away < NEAR) and self._says(event, verb, actor))
            ):
                return because("same_speaker", value)
        return None

    def _says(self, event: Event, verb: Token, actor: str) -> bool:
        """Whether an event is its actor's own words in the present: "we *urge* them", he said."""
        voice = self.speakers.get(event.claimed_by or "")
        now = verb.tag_ in ("VBP", "VBZ", "MD") or any(c.tag_ in ("VBP", "VBZ", "MD") and c.lemma_ != "have" for c in verb.lefts)
        return voice == actor and now and verb.dep_ in SAID


def _is_told(verb: Token) -> bool:
    return told(verb) is not None and is_main(verb)


def _is_with(verb: Token) -> bool:
    """Whether a verb is told as done in the words of its sentence: not before them ("*had* indicated", "after it *threatened*"), not in passing."""
    if verb.pos_ in ("NOUN", "PROPN") or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.lefts):
        return False
    if verb.dep_ == "relcl" and verb.tag_ in ("VBD", "VBN"):
        return False
    return not any(c.dep_ == "mark" and c.lower_ in ("after", "before", "since") for c in verb.lefts)


def _one(values: set[str]) -> str | None:
    """The most exact of values that can all be of one day."""
    value = max(values, key=len, default=None)
    return value if value is not None and all(value.startswith(v) for v in values) else None
