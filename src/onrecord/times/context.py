"""What a time is measured against: the article's date, or the last date mentioned; and which way tense points.

News is told from the day it is published. A history is told from within: a bare "in June" belongs to
the year last spoken of. Which of the two a text is, its explicit years tell: a history has many, hardly
one of them the publication's, and few words such as "yesterday".
"""

from __future__ import annotations

import bisect
import datetime
import re
from typing import Literal

from spacy.tokens import Token

from onrecord.parse import Parsed
from onrecord.times.moment import Moment

Tense = Literal["past", "present", "future"]

PUBLISHED = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")
FUTURE_AUXILIARIES = frozenset(["will", "shall", "'ll", "wo"])
FUTURE_LEMMAS = frozenset("schedule expect plan due set slate intend hope prepare aim promise vow pledge go plan upcoming".split())
SPEECH = frozenset("say tell add report claim quote write note".split())


def published_day(published: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time, None where there is none."""
    match = PUBLISHED.match(published or "")
    if not match:
        return None
    try:
        return datetime.date(*map(int, match.groups()))
    except ValueError:
        return None


class Context:
    """Where the reading of an article stands: its dates so far, its tenses.

    Args:
        parsed: the article.
        narrative: whether it is a history, told from the last date mentioned.
        eras: whether years before Christ occur often, so that a short bare number can be one.
    """

    def __init__(self, parsed: Parsed, *, narrative: bool, eras: bool = False) -> None:
        self.published = published_day(parsed.article.published)
        self.narrative = narrative
        self.eras = eras
        self.reference: Moment | None = None
        self.reference_end = -1
        self.last_day: Moment | None = None
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

    def mention(self, moment: Moment, end: int) -> None:
        """Takes note of a date that the text has named."""
        if moment.year is not None:
            self.reference = moment
            self.reference_end = end
        if moment.day is not None:
            self.last_day = moment

    def token_at(self, offset: int) -> Token:
        """The parser's token at, or last before, an offset."""
        if self._offsets is None:
            self._offsets = [t.idx for t in self._doc]
        return self._doc[max(0, bisect.bisect_right(self._offsets, offset) - 1)]

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether two offsets lie in one sentence."""
        return bool(self.token_at(start).sent.start == self.token_at(end).sent.start)

    def tense(self, offset: int) -> Tense:
        """The tense of the verb that the expression at an offset hangs on."""
        token = self.token_at(offset)
        for _ in range(12):
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
                return self._tense_of(token)
            if token.pos_ in ("NOUN", "ADJ") and token.lemma_.lower() in ("due", "upcoming", "forthcoming", "scheduled"):
                return "future"
            if token.head.i == token.i:
                break
            token = token.head
        return "past"

    def _tense_of(self, verb: Token) -> Tense:
        for _ in range(4):
            helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
            words = {c.lower_ for c in helpers}
            if words & FUTURE_AUXILIARIES:
                return "future"
            if "to" in words:
                return "past" if "have" in words else "future"
            if verb.lemma_.lower() in FUTURE_LEMMAS and verb.tag_ in ("VBN", "VBG") and verb.dep_ != "ROOT":
                return "future"
            if verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helpers) or words & {"has", "have", "had"}:
                return "past"
            if words & {"may", "can", "must", "should"}:
                return "future"
            if words & {"would", "could", "might"}:
                return "future" if "have" not in words else "past"
            if verb.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in helpers):
                return "past" if verb.lemma_.lower() in SPEECH or "_" in verb.lemma_ else "present"
            if verb.tag_ in ("VBG", "VBN") and verb.head.i != verb.i and verb.head.pos_ in ("VERB", "AUX"):
                verb = verb.head
                continue
            break
        return "past"
