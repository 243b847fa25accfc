"""What a term is said of: an event, an actor, a place, or the words it stands with."""

from __future__ import annotations

import bisect
import dataclasses
from enum import StrEnum

from spacy.tokens import Span, Token

from onrecord.parse import Parsed
from onrecord.records import Cast, Event, Place

MODIFIER = frozenset(["amod", "compound", "nmod", "poss", "npadvmod", "nummod", "det"])
PREDICATE = frozenset(["acomp", "attr", "oprd"])


class About(StrEnum):
    """How it is told what a term is said of."""

    EVENT = "about_event"
    ACTOR = "about_actor"
    PLACE = "about_place"
    WORDS = "about_words"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The actors, events and places of an article, looked up by the offset of a word."""

    parsed: Parsed
    cast: Cast
    triggers: dict[int, str]
    places: tuple[Place, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, parsed: Parsed, cast: Cast, where: tuple[Place, ...], events: tuple[Event, ...]) -> Targets:
        """The targets of an article; of two events on one word the first stands."""
        triggers: dict[int, str] = {}
        for event in events:
            triggers.setdefault(event.trigger.start, event.id)
        places = tuple(sorted(where, key=lambda p: p.start))
        return cls(parsed=parsed, cast=cast, triggers=triggers, places=places, starts=tuple(p.start for p in places))

    def about(self, span: Span) -> tuple[str, About]:
        """What a term is said of: an event's id, an actor's id, a place's id, or the words of the phrase.

        A modifier is said of its noun, a predicate of its subject, a verb of what is done or whom it is
        done to, a noun of whoever it names or belongs to.
        """
        root = span.root
        for token in self._chain(root):
            if (event := self.triggers.get(token.idx)) is not None and (token.i == root.i or token.pos_ in ("NOUN", "PROPN", "VERB")):
                return event, About.EVENT
            if (held := self.cast.at_head(token.idx)) is not None:
                return held[1].id, About.ACTOR
            if (place := self._place_at(token.idx)) is not None:
                return place.id, About.PLACE
        return self._words(root, span), About.WORDS

    def _place_at(self, offset: int) -> Place | None:
        """The place that is named at an offset; a demonym is no place."""
        at = bisect.bisect_right(self.starts, offset) - 1
        place = self.places[at] if at >= 0 else None
        return place if place is not None and offset < place.end and place.use != "demonym" else None

    def _chain(self, root: Token) -> list[Token]:
        """The words that a term can be said of, nearest first."""
        if root.pos_ in ("VERB", "AUX") and root.dep_ not in ("amod", "compound", "nmod"):
            return [root, *(c for c in root.children if c.dep_ in ("dobj", "nsubjpass")), *_subjects(root)]
        out = [root] if root.pos_ in ("NOUN", "PROPN") else []
        if root.dep_ in MODIFIER:
            out += [root.head, *_belonging(root.head)]
        elif root.dep_ in PREDICATE:
            out += [*(c for c in root.head.children if c.dep_ == "dobj" and root.dep_ == "oprd"), *_subjects(root.head)]
        elif root.dep_ == "appos":
            out.append(root.head)
        elif root.dep_ == "advmod":
            out += [root.head, *_subjects(root.head)]
        return out + _belonging(root)

    def _words(self, root: Token, span: Span) -> str:
        done = next((c for c in root.children if c.dep_ in ("dobj", "nsubjpass")), None) if root.pos_ == "VERB" else None
        noun = done or root
        if done is None and root.dep_ in MODIFIER and root.head.pos_ in ("NOUN", "PROPN"):
            noun = root.head
        if noun.i == root.i and root.dep_ in PREDICATE:
            noun = next(iter(_subjects(root.head)), root)
        left = min([noun.idx, *(c.idx for c in noun.lefts if c.dep_ == "compound" and (c.pos_ == "PROPN" or c.i not in range(span.start, span.end)))])
        return " ".join(self.parsed.text[left : noun.idx + len(noun.text)].split()) or span.text


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _belonging(noun: Token) -> list[Token]:
    """Whose or of what a noun is: its genitive, the names before it, its of-phrase."""
    out = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod", "nmod", "appos")]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "by", "in"):
            out += [c for c in child.children if c.dep_ == "pobj"]
    return out
