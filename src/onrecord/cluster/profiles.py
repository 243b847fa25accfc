"""What is kept of an article to tell which story it is of, and how likely two articles are of one story.

Words are weighted by how rare they are in English at large: their rank in the encoder's vocabulary, which is in the
order of frequency, by Zipf's law; in a record of a few topics what many of its articles share weighs less.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import msgspec

from onrecord import lexicons
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
UNKNOWN_GAP = 7
"""Days taken to lie between two articles one of which has no date."""
MOST_EVIDENCE = 4.0
"""The log-odds at which a likeness is cut off: one pair never outweighs many."""

FIRST_WORD = 1996
"""Where the words begin in BERT's vocabulary, the most frequent first."""
COMMON = 50
RAREST = math.log(1000)
PRIOR = 3000

TERM = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
INNER = re.compile(r"[-'’]")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ENDINGS = ("ing", "ers", "ies", "ed", "es", "s", "er", "ly")


class _Weight(msgspec.Struct, frozen=True, kw_only=True):
    feature: str
    weight: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What two articles have in common.

    ``lead`` and ``title`` are cosines of their words; ``mass`` is how much the telling words of both weigh together and ``short``
    how long the shorter one is, as logarithms; ``gap`` is the logarithm of the days between their publication where one
    of them names no day of its own, ``apart`` the same where both do; ``same_day`` is 1 where they name one day.
    """

    lead: float
    title: float
    mass: float
    short: float
    gap: float
    apart: float
    same_day: float


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


def common(counts: Mapping[str, int], articles: int) -> Vector:
    """The most that each word of a record may weigh, by how many of its articles have it: what half of them share tells nothing.

    Args:
        counts: the articles that have each stem.
        articles: how many there are. A thousand articles without the word are added, so a small record says little.
    """
    return {t: math.log((articles + PRIOR) / (n + 1)) for t, n in counts.items()}


def profile(article: Article, times: Iterable[Time] = (), *, common: Mapping[str, float] = MappingProxyType({})) -> Profile:
    """The profile of an article.

    Args:
        article: title, text and date of publication count.
        times: what its report has; without it no day is known to be named, and recurring events are told apart less well.
        common: what words of the record may weigh at most (:func:`common`); none by default.
    """
    title, text = stems(article.title or ""), stems(article.text)
    weights = {t: min(weight(t), common.get(t, RAREST)) for t in {*title, *text}}
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
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[t] for t, x in a.items() if t in b)


def features(a: Profile, b: Profile) -> Features:
    """What two articles have in common; the same in either order."""
    known = a.published is not None and b.published is not None
    gap = math.log1p(abs((a.published or 0) - (b.published or 0)) if known else UNKNOWN_GAP)
    named = bool(a.days and b.days)
    return Features(
        lead=cosine(a.lead, b.lead),
        title=cosine(a.title, b.title),
        mass=math.log1p(math.fsum(sorted(min(a.telling[t], b.telling[t]) for t in a.telling.keys() & b.telling.keys()))),
        short=math.log(min(a.words, b.words) + 20),
        gap=0.0 if named else gap,
        apart=gap if named else 0.0,
        same_day=float(bool(a.days & b.days)),
    )


@cache
def _learned() -> dict[str, float]:
    return {row.feature: row.weight for row in lexicons.table("cluster/stories", _Weight)}


def evidence(a: Profile, b: Profile) -> float:
    """The log-odds that two articles are of one story, between -4 and 4.

    The weights are in ``lexicons/en/cluster/stories.csv``; ``models/stories.py`` fits them.
    """
    if a.stub and a.stub == b.stub and cosine(a.title, b.title) < 0.2:
        return -MOST_EVIDENCE
    found, learned = features(a, b), _learned()
    odds: float = learned["bias"] + sum(learned[f.name] * getattr(found, f.name) for f in dataclasses.fields(Features))
    return max(-MOST_EVIDENCE, min(MOST_EVIDENCE, odds))
