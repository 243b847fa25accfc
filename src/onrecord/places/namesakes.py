"""Which of its namesakes a name means: containment, the article's other places, the outlet's home, population.

Every name starts with its senses weighed by population alone. Then, for a few rounds, each sense is
weighed again by what the other names probably mean: their countries, their divisions and how near they
are (Leidner's spatial minimality, on expectations instead of hard choices). All mentions of a name are
taken together (Gale, Church and Yarowsky's one sense per discourse) unless a comma says otherwise.
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from onrecord.places.evidence import Context, holds
from onrecord.places.gazetteer import Entry
from onrecord.places.lexicon import FROM_GAZETTEER, Lexicon, Sense

KM_PER_DEGREE = 111.2
ROUNDS = 3
MAX_SENSES = 30
FAMOUS = 50
"""A settlement known by so many other names is one that the whole world writes about."""


class Why(StrEnum):
    """Why this place and not a namesake."""

    ONLY_CANDIDATE = "only_candidate"
    POPULATION = "population"
    CONTAINMENT = "containment"
    CONTAINS = "contains"
    SAME_COUNTRY = "same_country"
    SAME_DIVISION = "same_division"
    NEARBY = "nearby"
    DATELINE = "dateline"
    PUBLISHER = "publisher"
    CAPITAL = "capital"
    KNOWN_NAME = "known_name"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The sense chosen for a name, why, and how probable it is beside its namesakes (0 to 1)."""

    sense: Sense
    why: Why
    margin: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where an outlet is at home, as far as its address tells.

    ``divisions`` are GeoNames ids of first-order divisions with weights from 0 to 1; ``town`` is a folded name.
    """

    country: str | None = None
    divisions: Mapping[int, float] = dataclasses.field(default_factory=dict)
    town: str | None = None


NOWHERE = Home()


@dataclasses.dataclass(slots=True)
class _Group:
    """All mentions of one name: its senses and how probable each is at the moment."""

    folded: str
    members: list[Context]
    senses: list[Sense]
    priors: list[float]
    fixed: list[dict[Why, float]]
    scores: list[dict[Why, float]]
    shares: list[float]
    weight: float


def choose(contexts: list[Context], lexicon: Lexicon, *, home: Home = NOWHERE) -> list[Choice]:
    """A choice for each name, in order.

    Args:
        contexts: the names taken for places.
        lexicon: what the room knows.
        home: where the outlet is at home.
    """
    chosen = {g.folded: _choice(g) for g in _settled(contexts, lexicon, home)}
    by_number = {c.number: c for c in contexts}
    return [_own(c, by_number, chosen[c.name.folded]) for c in contexts]


def shares(contexts: list[Context], lexicon: Lexicon, *, home: Home = NOWHERE) -> list[list[tuple[Sense, float, Why]]]:
    """All that each name can mean, each with how likely it is beside its namesakes (0 to 1) and why.

    Args:
        contexts: the names taken for places.
        lexicon: what the room knows.
        home: where who speaks is at home.
    """
    groups = {g.folded: g for g in _settled(contexts, lexicon, home)}
    return [[(s, g.shares[i], _why(g, i)) for i, s in enumerate(g.senses)] for g in (groups[c.name.folded] for c in contexts)]


def _settled(contexts: list[Context], lexicon: Lexicon, home: Home) -> list[_Group]:
    """The names of the article, each with its senses weighed against what the other names probably mean."""
    by_number = {c.number: c for c in contexts}
    members: dict[str, list[Context]] = defaultdict(list)
    for c in contexts:
        members[c.name.folded].append(c)
    groups = [_group(folded, found, by_number, lexicon, home) for folded, found in members.items()]
    for group in groups:
        _share(group, [{Why.POPULATION: p, **f} for p, f in zip(group.priors, group.fixed, strict=True)])
    if len(groups) > 1:
        for _ in range(ROUNDS):
            _round(groups, lexicon)
    return groups


def _group(folded: str, members: list[Context], by_number: dict[int, Context], lexicon: Lexicon, home: Home) -> _Group:
    senses = list(max((c.name for c in members), key=lambda n: len(n.senses)).senses)
    fitting = [s for s in senses[MAX_SENSES:] if any(_contained(s.entry, c, by_number) for c in members)]
    senses = senses[:MAX_SENSES] + fitting
    dateline = any(c.dateline for c in members)
    return _Group(
        folded=folded,
        members=members,
        senses=senses,
        priors=[_prior(s, folded, lexicon) + _town_or_division(s, senses, members, lexicon) for s in senses],
        fixed=[_fixed(s, folded, members, by_number, lexicon, home) for s in senses],
        scores=[],
        shares=[],
        weight=(1.0 + 0.3 * math.log(len(members))) * (1.5 if dateline else 1.0),
    )


def _prior(sense: Sense, folded: str, lexicon: Lexicon) -> float:
    entry, w = sense.entry, lexicon.weights
    if sense.rule not in FROM_GAZETTEER:
        return w["known_prior"]
    prior = w["population_slope"] * math.log10(entry.population + 50)
    if entry.kind == "city":
        prior += w["fame"] * math.log10(entry.fame + 1) + (w["famous"] if entry.fame >= FAMOUS else 0.0)
    elif entry.kind == "admin1":
        prior = w["population_slope"] * min(math.log10(entry.population + 50), 6.0) + w["division_prior"]
    else:
        prior += w["county_prior"] if not entry.alternate else w["county_prior"] + w["alternate_prior"] / 2
    if entry.alternate and entry.kind != "admin2" and not entry.name.lower().startswith(folded + " city"):
        prior += w["alternate_prior"]
    return prior


def _town_or_division(sense: Sense, senses: list[Sense], members: list[Context], lexicon: Lexicon) -> float:
    """A town and its division of one name: the town, unless the text says province or the town is a small part of it."""
    entry, w = sense.entry, lexicon.weights
    if entry.kind not in ("admin1", "admin2"):
        return 0.0
    said = sum(c.division for c in members)
    if said * 2 > len(members):
        return w["division_said"]
    if any(
        s.entry.kind == "city" and s.entry.country == entry.country and _division(s.entry) == _division(entry) and s.entry.population > 0.08 * entry.population
        for s in senses
    ):
        return w["town_of_division"]
    return 0.0


def _fixed(sense: Sense, folded: str, members: list[Context], by_number: dict[int, Context], lexicon: Lexicon, home: Home) -> dict[Why, float]:
    """What doesn't depend on what the other names mean."""
    entry, w = sense.entry, lexicon.weights
    parts: dict[Why, float] = {}
    division = entry.geonameid if entry.kind == "admin1" else entry.admin1
    if home.town == folded and entry.kind == "city" and entry.country in ENGLISH_PRESS:
        parts[Why.PUBLISHER] = w["home_town"] * (1.5 if entry.country == home.country else 1.0)
    elif division is not None and division in home.divisions:
        parts[Why.PUBLISHER] = w["home_division"] * home.divisions[division]
    elif entry.country and entry.country == home.country:
        parts[Why.PUBLISHER] = w["home_country"] * (0.4 if entry.kind == "country" else 1.0)
    if entry.geonameid in lexicon.capitals:
        parts[Why.CAPITAL] = w["capital"]
    for c in members:
        strength = _contained(entry, c, by_number)
        if strength:
            parts[Why.CONTAINMENT] = max(parts.get(Why.CONTAINMENT, 0.0), w["contained_score"] * strength)
        inner = by_number.get(c.contains) if c.contains is not None else None
        if inner is not None and any(holds(i.entry, entry) for i in inner.name.senses):
            parts[Why.CONTAINS] = w["contains_score"]
        if c.dateline and entry.kind == "city":
            parts[Why.DATELINE] = w["dateline_city"]
    return parts


ENGLISH_PRESS = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF"})


def _contained(entry: Entry, context: Context, by_number: dict[int, Context]) -> float:
    """How surely a comma or "in" puts the entry into the name after it: 0, or up to 1."""
    for number in context.containers:
        outer = by_number.get(number)
        if outer is not None and any(holds(entry, o.entry) for o in outer.name.senses):
            return 1.0 if context.sure else 0.35
    return 0.0


def _share(group: _Group, scores: list[dict[Why, float]]) -> None:
    group.scores = scores
    totals = [sum(s.values()) for s in scores]
    top = max(totals)
    odds = [math.exp(1.5 * (t - top)) for t in totals]
    norm = sum(odds)
    group.shares = [o / norm for o in odds]


def _round(groups: list[_Group], lexicon: Lexicon) -> None:
    countries: dict[str, float] = defaultdict(float)
    divisions: dict[int, float] = defaultdict(float)
    points: list[tuple[str, float, float, float]] = []
    for group in groups:
        for sense, share in zip(group.senses, group.shares, strict=True):
            if share < 0.01:
                continue
            entry = sense.entry
            if entry.country:
                countries[entry.country] += share * group.weight
            division = _division(entry)
            # the whole world names New York: that places no other town of the article in its state
            local = lexicon.weights["famous_anchor"] if entry.fame >= FAMOUS else 1.0
            if division:
                divisions[division] += share * group.weight * local
            if share > 0.4 and entry.kind == "city" and local == 1.0:
                points.append((group.folded, entry.lat, entry.lon, share))
    total = sum(countries.values())
    fresh = [_rescored(g, countries, divisions, points, total, lexicon) for g in groups]
    for group, scores in zip(groups, fresh, strict=True):
        _share(group, scores)


def _rescored(
    group: _Group, countries: Mapping[str, float], divisions: Mapping[int, float], points: list[tuple[str, float, float, float]], total: float, lexicon: Lexicon
) -> list[dict[Why, float]]:
    w = lexicon.weights
    mine_country: dict[str | None, float] = defaultdict(float)
    mine_division: dict[int | None, float] = defaultdict(float)
    for sense, share in zip(group.senses, group.shares, strict=True):
        if share >= 0.01:
            mine_country[sense.entry.country] += share * group.weight
            mine_division[_division(sense.entry)] += share * group.weight * (w["famous_anchor"] if sense.entry.fame >= FAMOUS else 1.0)
    out: list[dict[Why, float]] = []
    rest = max(0.01, total - sum(v for c, v in mine_country.items() if c))
    for sense, prior, fixed in zip(group.senses, group.priors, group.fixed, strict=True):
        entry = sense.entry
        parts = {Why.POPULATION: prior, **fixed}
        if entry.country:
            others = max(0.0, countries.get(entry.country, 0.0) - mine_country[entry.country])
            parts[Why.SAME_COUNTRY] = w["country_seen"] * min(1.0, others) + w["country_share"] * others / (rest + 0.5)
            if others < 0.3 and any(countries.get(n, 0.0) > 0.5 for n in lexicon.neighbours.get(entry.country, ())):
                parts[Why.SAME_COUNTRY] += w["neighbour_country"]
        division = _division(entry)
        if division:
            near = max(0.0, divisions.get(division, 0.0) - mine_division[division])
            parts[Why.SAME_DIVISION] = w["division_seen"] * min(1.0, near) + w["division_share"] * near / (rest + 0.5)
        if entry.kind in ("city", "admin2"):
            parts[Why.NEARBY] = w["nearby"] * _closeness(entry, group.folded, points)
        out.append(parts)
    _level_with_towns(group, out)
    return out


def _level_with_towns(group: _Group, scores: list[dict[Why, float]]) -> None:
    """A division is as near to other places as the town of its name: nearness tells nothing between the two."""
    for sense, parts in zip(group.senses, scores, strict=True):
        if sense.entry.kind == "admin1":
            towns = [
                p.get(Why.NEARBY, 0.0)
                for s, p in zip(group.senses, scores, strict=True)
                if s.entry.kind != "admin1" and s.entry.admin1 == sense.entry.geonameid
            ]
            parts[Why.NEARBY] = max(towns, default=0.0)


def _division(entry: Entry) -> int | None:
    return entry.geonameid if entry.kind == "admin1" else entry.admin1


def _closeness(entry: Entry, folded: str, points: Iterable[tuple[str, float, float, float]]) -> float:
    """1 beside another place of the article, 0 from 400 km on."""
    best = 0.0
    for other, lat, lon, share in points:
        if other != folded and abs(lat - entry.lat) < 4:
            x = (entry.lon - lon) * math.cos(math.radians(entry.lat))
            km = KM_PER_DEGREE * math.hypot(x, entry.lat - lat)
            if km < 400:
                best = max(best, share * (1 - km / 400))
    return best


def _choice(group: _Group) -> Choice:
    best = max(range(len(group.senses)), key=lambda i: sum(group.scores[i].values()))
    return Choice(sense=group.senses[best], why=_why(group, best), margin=0.95 if len(group.senses) == 1 else group.shares[best])


def _why(group: _Group, at: int) -> Why:
    """Why one of a name's senses and not its namesakes."""
    parts = group.scores[at]
    known = group.senses[at].rule not in FROM_GAZETTEER
    if len(group.senses) == 1:
        return Why.KNOWN_NAME if known else Why.ONLY_CANDIDATE
    if Why.CONTAINMENT in parts:
        return Why.CONTAINMENT
    by_prior = max(range(len(group.senses)), key=lambda i: group.priors[i])
    if by_prior == at:
        return Why.KNOWN_NAME if known else Why.POPULATION
    rival = group.scores[by_prior]
    gains = {w: v - rival.get(w, 0.0) for w, v in parts.items() if w is not Why.POPULATION}
    return max(gains, key=lambda w: gains[w], default=Why.POPULATION)


def _own(context: Context, by_number: dict[int, Context], choice: Choice) -> Choice:
    """The group's choice, unless a comma puts this very mention into something that doesn't hold the group's choice."""
    if not context.containers or not context.sure or _contained(choice.sense.entry, context, by_number):
        return choice
    fits = [s for s in context.name.senses if _contained(s.entry, context, by_number)]
    if not fits:
        return choice
    return Choice(sense=max(fits, key=lambda s: s.entry.population), why=Why.CONTAINMENT, margin=0.9)
