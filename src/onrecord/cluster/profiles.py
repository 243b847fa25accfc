"""What is kept of an article to tell which story it is of.

Words are weighted by how rare they are in English at large: their rank in the encoder's vocabulary, which is in the
order of frequency, by Zipf's law. What is around an article in its record (:mod:`onrecord.cluster.surroundings`) may make them weigh less.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterable, Set
from functools import cache, lru_cache

from onrecord.cluster.days import day_of
from onrecord.encoder import Encoder
from onrecord.records import Article, Time

Vector = dict[str, float]

LEAD = 80
"""Words of the text, behind the title, that tell the news."""
OPENING = 700
"""Characters of the text in which a day that is named is taken to be the news's."""
AROUND = 45
"""Days before and after publication within which a day that is named may be the news's."""
TELLING = 2.5
"""The weight from which a word tells something."""
STUB = 60
"""Words, title twice counted, below which a text may be an outlet's stub that many pages share."""

FIRST_WORD = 1996
"""Where the words begin in BERT's vocabulary, the most frequent first."""
COMMON = 50
RAREST = math.log(1000)

TERM = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
INNER = re.compile(r"[-'’]")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ENDINGS = ("ing", "ers", "ies", "ed", "es", "s", "er", "ly")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is kept of an article. ``published`` and ``days`` count from year 1 (:meth:`datetime.date.toordinal`).

    ``lead`` and ``title`` have unit length; ``telling`` are the rare words of the whole text with their weights; ``days`` the days that the text's
    opening names; ``stub`` is the text itself where it is so short that it may be no news at all.
    """

    article_id: str
    published: int | None
    lead: Vector
    title: Vector
    telling: Vector
    words: int
    days: frozenset[int]
    stub: str = ""


def profile(article: Article, times: Iterable[Time] = ()) -> Profile:
    """The profile of an article.

    Args:
        article: title, text and date of publication count.
        times: what its report has; without it no day is known to be named, and recurring events are told apart less well.
    """
    title, text = stems(article.title or ""), stems(article.text)
    weights = {t: weight(t) for t in {*title, *text}}
    words = 2 * len(title) + len(text)
    published = day_of(article.published)
    return Profile(
        article_id=article.id,
        published=published,
        lead=_unit(Counter(title + text[:LEAD]), weights),
        title=_unit(Counter(title), weights),
        telling={t: w for t, w in weights.items() if w > TELLING},
        words=words,
        days=_days(times, published),
        stub=article.text.strip() if words < STUB else "",
    )


def _days(times: Iterable[Time], published: int | None) -> frozenset[int]:
    named = {day_of(t.value) for t in times if t.type in {"DATE", "TIME"} and t.start < OPENING and DAY.match(t.value)}
    return frozenset(d for d in named if d is not None and (published is None or abs(d - published) <= AROUND))


def stems(text: str) -> list[str]:
    """The words and figures of a text without case, possessives and the usual endings, compounds in their parts."""
    found = (term.casefold().removesuffix("'s").removesuffix("’s") for term in TERM.findall(text))
    return [stem(part) for term in found for part in INNER.split(term) if len(part) > 1]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its usual ending, if four letters are left."""
    return next((word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), word)


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    for word, number in Encoder().tokenizer.get_vocab().items():
        if number >= FIRST_WORD and not word.startswith("##"):
            key = stem(word)
            weights[key] = min(weights.get(key, RAREST), math.log((number - FIRST_WORD + 1) / COMMON + 1))
    return weights


def weight(term: str) -> float:
    """How rare a stem is: 0 for the most frequent word, near 7 for one that is not among the 30,000 most frequent."""
    return _weights().get(term, RAREST)


def _unit(counts: Counter[str], weights: Vector) -> Vector:
    vector = {t: (1 + math.log(n)) * weights[t] for t, n in counts.items()}
    size = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {t: x / size for t, x in vector.items()}


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of unit length."""
    return math.fsum([a[t] * b[t] for t in a.keys() & b.keys()])


@dataclasses.dataclass(frozen=True, slots=True)
class Overlap:
    """What two articles share as they stand: their telling words, and the cosine of their leads."""

    telling: Set[str]
    lead: float


def overlap(a: Profile, b: Profile) -> Overlap:
    """What two articles share; the same in either order."""
    return Overlap(a.telling.keys() & b.telling.keys(), cosine(a.lead, b.lead))
