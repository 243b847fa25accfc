"""What an article dates once and speaks of again: "the bombing late on Thursday", then "the bombing", "in the incident"."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.setting import iso_value
from onrecord.parse.syntax import own_subject, pobj
from onrecord.records import Time

OF_NOUN = frozenset({"poss", "compound", "nmod", "amod", "npadvmod", "nummod"})
POINTING = frozenset({"the", "this", "that", "these", "those"})
AT = frozenset({"on", "in", "at", "of", "during"})
YEAR = len("2001")
WITHIN = frozenset({"in", "during", "at"})


@dataclasses.dataclass(frozen=True, slots=True)
class Occasion:
    """A noun that the article dates, and the type of event it names; None for one like "incident"."""

    noun: Token
    value: str
    kind: str | None


class Occasions:
    """The occasions of one article."""

    def __init__(self, when: Mapping[int, Sequence[tuple[Time, Token]]], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.times = {offset for here in when.values() for time, _ in here for offset in range(time.start, time.end)}
        self.unnamed = lexicon.standing["occasion"]
        self.values = {start: [value for time, _ in here if (value := iso_value(time))] for start, here in when.items()}
        found = [(noun, value) for here in when.values() for time, at in here if (value := iso_value(time)) and (noun := self._dated(at)) is not None]
        self.all = sorted(
            (Occasion(n, v, lexicon.nouns.get(n.lemma_.lower())) for n, v in found if n.lemma_.lower() in lexicon.nouns or n.lemma_.lower() in self.unnamed),
            key=lambda o: o.noun.i,
        )
        self.by_word: dict[str, list[Occasion]] = defaultdict(list)
        for occasion in self.all:
            if not self.is_another(occasion.noun):
                self.by_word[occasion.noun.lemma_.lower()].append(occasion)

    def again(self, word: Token, *, opening: bool) -> str | None:
        """When a noun was that the article dates elsewhere, or that which a word is *in*: "burnt alive *in the incident*".

        Args:
            word: an event's word.
            opening: whether it stands where an article says what it is about, before it tells when.
        """
        if word.pos_ == "NOUN":
            value = self._value(word) if opening or is_pointed_at(word) else None
        else:
            inside = [inner for c in word.rights if c.dep_ == "prep" and c.lower_ in WITHIN and (inner := pobj(c)) is not None]
            values = {found for noun in inside if is_pointed_at(noun) and (found := self._value(noun)) is not None}
            value = values.pop() if len(values) == 1 else None
        return value if value is not None and all(v == value for v in self.values.get(word.sent.start, ())) else None

    def first_of(self, kind: str, start: int, end: int) -> Occasion | None:
        """The first dated noun of a type that is spoken of as known, between two words."""
        named = (o for o in self.all if start <= o.noun.i < end and (o.kind == kind or o.kind is None))
        return next((o for o in named if is_pointed_at(o.noun) and not self.is_another(o.noun)), None)

    def _value(self, noun: Token) -> str | None:
        """The one value to which the article dates a noun, where no other names go with it."""
        same = self.by_word.get(noun.lemma_.lower(), ())
        if self.is_another(noun) or not same:
            return None
        mine = self._names(noun)
        values = {o.value for o in same if o.noun.tag_ == noun.tag_ and self._goes_with(mine, o)}
        longest = max(values, key=len, default="")
        return longest if longest and all(longest.startswith(v) for v in values) and len({o.value[:7] for o in same}) == 1 else None

    def _goes_with(self, mine: frozenset[str], occasion: Occasion) -> bool:
        """Whether the names that go with a noun are those of an occasion; a year is not enough for one without names."""
        theirs = self._names(occasion.noun)
        return bool(mine & theirs) or (len(occasion.value) > YEAR and not (mine and theirs))

    def _names(self, noun: Token) -> frozenset[str]:
        """The names that go with a noun: whose, where, on whom."""
        return frozenset(t.lower_ for t in _near(noun) if t.pos_ == "PROPN" and t.idx not in self.times)

    def is_another(self, noun: Token) -> bool:
        """Whether a noun is said to be one of several: "a *similar* attack", "*another* raid"."""
        return any(c.lower_ in self.lexicon.standing["another"] for c in noun.lefts)

    def _dated(self, at: Token) -> Token | None:
        """The noun that a time is said of."""
        head = at.head
        if at.dep_ in OF_NOUN and head.pos_ == "NOUN":
            return head
        if at.dep_ == "pobj" and head.lower_ in AT:
            head = head.head
        if head == at:
            return None
        if head.pos_ == "NOUN":
            return head
        if head.dep_ == "acl" and head.tag_ == "VBN" and head.head.pos_ == "NOUN" and not self._judges(head):
            return head.head
        happens = head.lemma_ in self.lexicon.standing["happening"] or (head.lemma_ == "take" and any(c.lower_ == "place" for c in head.rights))
        subject = own_subject(head) if happens and head.pos_ in ("VERB", "AUX") else None
        return subject if subject is not None and subject.pos_ == "NOUN" and head.tag_ == "VBD" else None

    def _judges(self, verb: Token) -> bool:
        return any(e.rule.type in ("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN") for e in self.lexicon.entries.get(verb.lemma_, ()))


def is_pointed_at(noun: Token) -> bool:
    """Whether a noun is spoken of as known: "*the* attack", "*their* talks", "*Monday's* raid"."""
    return any((c.dep_ == "det" and c.lower_ in POINTING) or c.dep_ == "poss" for c in noun.lefts)


def _near(noun: Token) -> Iterable[Token]:
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod", "poss"):
            yield child
        elif child.dep_ == "prep" and (inner := pobj(child)) is not None:
            yield inner
            yield from (c for c in inner.lefts if c.dep_ in ("compound", "poss"))
