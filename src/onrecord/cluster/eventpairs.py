"""Two event mentions of different reports → how likely they are of one event.

What they agree and disagree on becomes a few figures; ``weights/events.csv`` says how much each counts, by a logistic regression on
articles of our own (models/README.md). Some things can't be: types that are never one event, days that exclude each other,
cities far apart.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Mapping
from importlib.resources import files

import msgspec

from onrecord import lexicons
from onrecord.cluster.eventmentions import AROUND, Mention, Where, stems

APART = 2
"""Days between two days that the texts give from which they are two events."""
LOOSE = 6
"""The same where one of the two is only known by publication."""
FAR = 60.0
"""Kilometres between two towns from which they are two places."""
CLOSE = 0.2
"""The share by which rounded numbers differ."""
LEAD = 600
"""Characters within which an article leads. What it is about stands there; behind them is told what else there is to tell of the same
days and people, so that two mentions have to say the same in themselves."""
EARTH = 6371.0

Figures = dict[str, float]


@functools.cache
def kin() -> frozenset[frozenset[str]]:
    """The pairs of types that one event can be coded as."""
    with files("onrecord.cluster").joinpath("weights/kin.csv").open(encoding="utf-8") as lines:
        return frozenset(frozenset((row["one"], row["other"])) for row in csv.DictReader(lines))


class _Outcome(msgspec.Struct, frozen=True, kw_only=True):
    word: str


@functools.cache
def outcomes() -> frozenset[str]:
    """The stems of words for what deeds and accidents lead to: *killed*, *injured*."""
    return frozenset().union(*(stems(row.word) for row in lexicons.table("cluster/outcomes", _Outcome)))


@functools.cache
def weights() -> dict[str, float]:
    """How much each figure counts."""
    with files("onrecord.cluster").joinpath("weights/events.csv").open(encoding="utf-8") as lines:
        return {row["figure"]: float(row["weight"]) for row in csv.DictReader(lines)}


def score(one: Mention, two: Mention, *, story: float = 0.0) -> float:
    """The probability that two mentions are of one event; 0 where they can't be.

    Args:
        one: a mention.
        two: another.
        story: how likely their articles are of one story (:func:`onrecord.cluster.stories.links`); 0 where they were not compared.
    """
    return 0.0 if barred(one, two) else chance(figures(one, two, story=story), weights())


def chance(found: Figures, by: Mapping[str, float]) -> float:
    """The probability by weights."""
    return 1 / (1 + math.exp(-sum(by[name] * value for name, value in found.items())))


def barred(one: Mention, two: Mention) -> bool:
    """Whether two mentions can't be of one event."""
    if one.type != two.type and frozenset((one.type, two.type)) not in kin():
        return True
    gap = days_between(one, two)
    if gap is not None and gap > (APART if one.exact and two.exact else LOOSE):
        return True
    if one.article == two.article:
        return not _one_in_article(one, two)
    return places_agree(one.where, two.where) < 0


def _one_in_article(one: Mention, two: Mention) -> bool:
    """Whether an article may tell of one event twice: in the same words, of nobody else, nowhere else; or a deed and what came of it in one sentence."""
    if one.exact != two.exact or places_agree(one.where, two.where) < 0:
        return False
    if one.type == two.type and stems(one.trigger) & stems(two.trigger):
        return not (one.who and two.who and not one.who & two.who)
    return one.sentence == two.sentence >= 0 and _is_outcome(one, two)


def _is_outcome(one: Mention, two: Mention) -> bool:
    """Whether one mention may be what came of the other: "bombed a market and *killed* ten", done by nobody else on no other day."""
    doers = [{p.actor_id for p in m.actors if p.actor_id} for m in (one, two)]
    told = bool((stems(one.trigger) | stems(two.trigger)) & outcomes())
    return told and days_between(one, two) in (0, None) and not (doers[0] and doers[1] and doers[0].isdisjoint(doers[1]))


def days_between(one: Mention, two: Mention) -> int | None:
    """Days between the nearest two on which they can have happened; None where one has no date."""
    if one.first is None or two.first is None or one.last is None or two.last is None:
        return None
    return max(0, one.first - two.last, two.first - one.last)


def figures(one: Mention, two: Mention, *, story: float = 0.0) -> Figures:
    """What two mentions agree and disagree on; ``story`` as for :func:`score`."""
    gap = days_between(one, two)
    exact = one.exact and two.exact
    place = places_agree(one.where, two.where)
    near = exact and gap is not None and 0 < gap <= AROUND
    sure = one.date_reason == two.date_reason == "clause"
    apart = abs(one.published - two.published) if one.published and two.published else 3
    numbers = _numbers(one, two)
    told_behind = float(max(one.sentence, two.sentence) >= LEAD)
    same_type, same_words, alike = float(one.type == two.type), float(bool(stems(one.trigger) & stems(two.trigger))), _alike(one.words, two.words)
    return {
        "bias": 1.0,
        "type": same_type,
        "mode": float(one.mode is not None and one.mode == two.mode),
        "trigger": same_words,
        "day": float(exact and gap == 0),
        "day.near": float(near and sure),
        "day.near.unsure": float(near and not sure),
        "day.off": float(exact and gap is not None and gap > AROUND),
        "day.loose": float((one.exact or two.exact) and not exact and gap == 0),
        "day.unknown": float(not one.exact and not two.exact and gap == 0),
        "undated": float(gap is None),
        "published": min(1.0, apart / 10),
        "place": float(place == 2),
        "place.within": float(place == 1),
        "who": float(bool(one.who & two.who)),
        "countries": float(bool(one.countries & two.countries)),
        "countries.other": float(bool(one.countries and two.countries and not one.countries & two.countries)),
        "lands": _shared(one.lands, two.lands),
        "names": _shared(one.names, two.names),
        "words": alike,
        "around": _alike(one.around, two.around),
        "topic": _alike(one.topic, two.topic),
        "story": 1.0 if one.article == two.article else story,
        "numbers": float(numbers > 0),
        "numbers.other": float(numbers < 0),
        "behind": told_behind,
        "behind.type": told_behind * same_type,
        "behind.trigger": told_behind * same_words,
        "behind.words": told_behind * alike,
    }


def places_agree(one: Where | None, two: Where | None) -> int:
    """2 for one place, 1 for one within the other, 0 where it can't be told, -1 for two."""
    if one is None or two is None:
        return 0
    if (one.geonameid is not None and one.geonameid == two.geonameid) or one.name == two.name:
        return 2
    if one.country and two.country and one.country != two.country:
        return -1
    if "country" in {one.precision, two.precision}:
        return 1 if one.country == two.country else 0
    far = kilometres(one, two)
    if far is None:
        return 0
    if far <= FAR:
        return 2
    return -1 if one.precision == two.precision == "city" and far > 2 * FAR else 0


def kilometres(one: Where, two: Where) -> float | None:
    """How far two places are apart."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    a, b, across = math.radians(one.lat), math.radians(two.lat), math.radians(two.lon - one.lon)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def _numbers(one: Mention, two: Mention) -> int:
    """1 where a number of one kind is about the same, -1 where one is another, 0 where there are none to compare."""
    mine, yours = {f.what: f for f in one.figures}, {f.what: f for f in two.figures}
    kinds = {w for w in mine.keys() & yours.keys() if mine[w].low and yours[w].low}
    if kinds:
        ratios = [(mine[w].low or 1) / (yours[w].low or 1) for w in kinds]
        return 1 if any(1 - CLOSE <= r <= 1 / (1 - CLOSE) for r in ratios) else -1
    large = {n for n in one.numbers & two.numbers if len(n) > 1}
    return 1 if large else 0


def _shared(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def _alike(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / math.sqrt(len(one) * len(two)) if one and two else 0.0
