"""What a time is measured against: the article's date, or the last date mentioned; and which way tense points.

News is told from the day it is published. A history is told from within: a bare "in June" belongs to
the year last spoken of. Which of the two a text is, its explicit years tell: a history has many, hardly
one of them the publication's, and few words such as "yesterday".
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Mapping
from typing import Literal

from spacy.tokens import Token

from onrecord.parse import Parsed
from onrecord.times.moment import Moment

Tense = Literal["past", "present", "future", "none"]

PUBLISHED = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)")
ASIDE_YEARS = 8
LONG_OVER = 200
"""How long ago, in days, a day with its year lies from which a story goes on."""
FOLLOWING = 31
"""How many days later what a story goes on with lies at most."""


def published_day(published: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time, None where there is none or none in which news was published."""
    match = PUBLISHED.match(published or "")
    if not match or not 1500 <= int(match.group(1)) <= 2500:
        return None
    try:
        return datetime.date(*map(int, match.groups()))
    except ValueError:
        return None


class Context:
    """Where the reading of an article stands: its dates so far, its tenses.

    Args:
        parsed: the article.
        groups: the lexicon's groups of words.
        narrative: whether it is a history, told from the last date mentioned.
    """

    def __init__(self, parsed: Parsed, groups: Mapping[str, frozenset[str]], *, narrative: bool) -> None:
        self.published = published_day(parsed.article.published)
        self.narrative = narrative
        self._groups = groups
        self.reference: Moment | None = None
        self.reference_end = -1
        self.last_day: Moment | None = None
        self.last_day_end = -1
        self._elsewhere: Moment | None = None
        self._doc = parsed.doc
        self._offsets: list[int] | None = None

    @property
    def here(self) -> Moment | None:
        """The moment that "now" is: the publication, or in a history the last date mentioned."""
        if self.narrative:
            return self.reference
        return Moment.of(self.published) if self.published else None

    @property
    def there(self) -> Moment | None:
        """The moment that "then" is: the last date mentioned, or else the publication."""
        return self.reference or (Moment.of(self.published) if self.published and not self.narrative else None)

    @property
    def there_reason(self) -> str:
        """Which of the two :attr:`there` is."""
        return "reference_time" if self.reference else ("publication" if self.published else "no_date")

    def here_or_then(self, offset: int) -> Moment | None:
        """The last date mentioned where the same sentence, or a history, names it; "now" otherwise."""
        named = self.reference is not None and (self.narrative or self.same_sentence(max(0, self.reference_end - 1), offset))
        return self.reference if named else self.here

    def mention(self, moment: Moment, end: int) -> None:
        """Takes note of a date that the text has named.

        In a history a single year from elsewhere (that of a book, of another war) does not move the story:
        only a second one near it does.
        """
        if self._is_aside(moment):
            self._elsewhere = moment
            return
        then = self.reference
        if then is not None and then.month is not None and moment.month is None and moment.year == then.year and end - self.reference_end < 80:
            return  # "on December 7 (…), 1941": the year alone says less than is known
        self._elsewhere = None
        if moment.year is not None:
            self.reference = moment
            self.reference_end = end
        if moment.day is not None and not moment.week:
            self.last_day = moment
            self.last_day_end = end

    def _is_aside(self, moment: Moment) -> bool:
        then, other = self.reference, self._elsewhere
        if not self.narrative or then is None or then.year is None or moment.year is None or moment.month is not None:
            return False
        return abs(moment.year - then.year) > ASIDE_YEARS and (other is None or other.year is None or abs(moment.year - other.year) > ASIDE_YEARS)

    def token_at(self, offset: int) -> Token:
        """The parser's token at, or last before, an offset."""
        if self._offsets is None:
            self._offsets = self._doc.to_array("IDX").tolist()
        return self._doc[max(0, bisect.bisect_right(self._offsets, offset) - 1)]

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether two offsets lie in one sentence."""
        return bool(self.token_at(start).sent.start == self.token_at(end).sent.start)

    def told_on(self, offset: int, month: int, day: int) -> int | None:
        """The year of a day that follows one with its year in the sentence before, where both are long over: "on 3 May 2019. On *5 May*"."""
        then, published = self.last_day, self.published
        if then is None or then.date is None or published is None or self.last_day_end != self.reference_end:
            return None
        before, here = self.token_at(max(0, self.last_day_end - 1)).sent, self.token_at(offset).sent
        if here.start != before.end or (published - then.date).days < LONG_OVER:
            return None
        try:
            that = datetime.date(then.date.year, month, day)
        except ValueError:
            return None
        near = datetime.timedelta(0) <= that - then.date <= datetime.timedelta(FOLLOWING)
        return that.year if near and self.tense(offset) == "past" else None

    def tense(self, offset: int) -> Tense:
        """The tense of the verb that the expression at an offset hangs on."""
        token = self.token_at(offset)
        before = token.nbor(-1) if token.i else token
        bound = before.lower_
        if bound == "since" or self._befell(token):
            return "past"
        if before.pos_ == "ADP" and before.i:
            before = before.nbor(-1)
        if before.tag_ == "VBD" and before.dep_ not in ("aux", "auxpass"):  # "said in January it may quit"
            return "past"
        if self._to_begin(before) or self._on_agenda(before):
            return "future"
        through_noun = False
        for _ in range(12):
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
                if bound in ("until", "till", "to") and not through_noun and token.lemma_.lower() in self._groups["puts_until"]:
                    return "future"
                tense = self._tense_of(token)
                infinitive = through_noun and any(c.lower_ == "to" for c in token.children if c.dep_ == "aux")
                return "past" if infinitive and tense == "future" else tense
            through_noun = through_noun or (token.pos_ == "NOUN" and token.idx < offset)
            if token.pos_ in ("NOUN", "ADJ") and token.lemma_.lower() in self._groups["scheduled"]:
                return "future"
            if token.head.i == token.i:
                break
            token = token.head
        return "none"

    def of_noun(self, offset: int) -> bool:
        """Whether the expression at an offset belongs to a noun before it ("to talks in June"), which does nothing that is over ("talks in June failed")."""
        token = self.token_at(offset)
        before = token.nbor(-1) if token.i else token
        if before.pos_ != "ADP" or not before.i:
            return False
        noun = before.nbor(-1)
        if noun.pos_ != "NOUN" or not (before.head.i == noun.i or noun.lemma_.lower() in self._groups["agenda"]):
            return False
        return not (noun.dep_ == "nsubj" and noun.head.tag_ == "VBD")

    def _befell(self, token: Token) -> bool:
        """Whether an expression is the day of something that nobody plans, whatever is still to come of it: "will look into *Monday's* raid"."""
        noun = token.head
        if token.dep_ == "pobj" and noun.lower_ == "on" and noun.dep_ == "prep" and noun.i == noun.head.i + 1:
            noun = noun.head
            if not any(c.lower_ in ("the", "this", "that") for c in noun.lefts):
                return False
        elif token.dep_ not in ("poss", "compound", "nmod", "npadvmod") or noun.i < token.i:
            return False
        return noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in self._groups["unforeseen"]

    def _to_begin(self, word: Token) -> bool:
        """Whether a word ends an infinitive of what is yet to come: "to start", "to take effect", "to be held"."""
        verb = word
        if word.lower_ in ("effect", "force", "place") and word.i > 1:
            verb = word.nbor(-2) if word.nbor(-1).lower_ == "into" else word.nbor(-1)
        held = verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).lower_ == "be"
        if not held and (verb.tag_ not in ("VB", "VBP") or verb.lemma_.lower() not in self._groups["begins"]):
            return False
        at = verb.i - (2 if held else 1)
        if at < 0 or self._doc[at].lower_ != "to":
            return False
        governor = self._doc[at - 1] if at else None
        if governor is None or governor.tag_ not in ("VBD", "VBN") or governor.lemma_.lower() == "be":
            return True
        return governor.lemma_.lower() in self._groups["makes_future"] | self._groups["future_lemmas"]

    def _on_agenda(self, noun: Token) -> bool:
        """Whether a noun is of something that lies ahead: planned, cancelled, awaited, or what others do before it."""
        if noun.pos_ != "NOUN":
            return False
        whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun  # "the planned end of the truce"
        if any(c.dep_ == "amod" and c.lemma_.lower() in self._groups["scheduled"] for n in (noun, whole) for c in n.children):
            return True
        head = noun.head
        if noun.dep_ in ("nsubjpass", "dobj") and head.lemma_.lower() in self._groups["puts_off"]:
            return True
        if noun.lemma_.lower() not in self._groups["agenda"]:
            return False
        if noun.dep_ in ("dobj", "pobj") and head.lower_ == "for":
            head = head.head
        if head.lemma_.lower() in self._groups["awaits"]:
            return head.tag_ in ("VBZ", "VBP", "VBG", "VB")
        return noun.dep_ == "pobj" and (head.lower_ == "before" or (head.lower_ == "of" and head.i > 0 and head.nbor(-1).lower_ == "ahead"))

    def _tense_of(self, verb: Token) -> Tense:
        for _ in range(4):
            helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
            words = {c.lower_ for c in helpers}
            if words & self._groups["future_auxiliaries"]:
                return "future"
            if "to" in words:
                return "past" if "have" in words or self._done(verb) else "future"
            had = bool(words & {"has", "have", "had"})
            if verb.lemma_.lower() in self._groups["future_lemmas"] and verb.tag_ in ("VBN", "VBG") and verb.dep_ != "ROOT" and not had:
                return "future"
            planned = verb.tag_ == "VBN" and verb.lemma_.lower() in self._groups["future_lemmas"]
            if planned and not had and any(c.tag_ in ("VBZ", "VBP") for c in helpers):  # "is expected in June"
                return "future"
            if verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helpers) or had:
                return "past"
            if words & {"may", "can", "must", "should"}:
                return "future"
            if words & {"would", "could", "might"}:
                return "future" if "have" not in words else "past"
            if verb.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in helpers):
                lemma = verb.lemma_.lower()
                return "past" if lemma in self._groups["speech"] else "future" if lemma in self._groups["scheduled_present"] else "present"
            if verb.tag_ in ("VBG", "VBN") and verb.head.i != verb.i and verb.head.pos_ in ("VERB", "AUX"):
                verb = verb.head
                continue
            break
        return "past"

    def _done(self, infinitive: Token) -> bool:
        """Whether an infinitive says what came to pass ("managed to leave", "fell to close at"), not what is wanted."""
        head = infinitive.head
        if infinitive.dep_ not in ("xcomp", "advcl") or head.pos_ != "VERB":
            return False
        return (
            head.tag_ in ("VBD", "VBN") and head.lemma_.lower() not in self._groups["makes_future"] and head.lemma_.lower() not in self._groups["future_lemmas"]
        )
