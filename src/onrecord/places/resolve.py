"""Which of its namesakes a name means: containment, the article's other places, the outlet's home, population.

The article's sure places are anchors: first the names with one plausible sense, then, round by round,
the rest against them (Leidner's spatial minimality and Gale, Church and Yarowsky's one sense per discourse).
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import StrEnum

from onrecord.places.gazetteer import Entry
from onrecord.places.lexicon import Lexicon, Sense
from onrecord.places.recognise import Context, holds

KM_PER_DEGREE = 111.2
ROUNDS = 2
MAX_SENSES = 24


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
    ONE_SENSE = "one_sense"
    KNOWN_NAME = "known_name"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The sense chosen for a name, why, and how far it was ahead (0 to 1)."""

    sense: Sense
    why: Why
    margin: float


@dataclasses.dataclass(slots=True)
class Anchors:
    """What the article has so far: countries and divisions by weight, and points."""

    countries: Counter[str]
    divisions: Counter[int]
    points: dict[str, tuple[float, float, float]]
    home_country: str | None = None
    home_division: int | None = None


def resolve(contexts: list[Context], lexicon: Lexicon, *, home_country: str | None = None, home_division: int | None = None) -> list[Choice]:
    """A choice for each name, in order.

    Args:
        contexts: the names taken for places.
        lexicon: what the room knows.
        home_country: the country of the outlet, where its address tells.
        home_division: the GeoNames id of the first-order division of the outlet, where known.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, c in enumerate(contexts):
        groups[c.name.folded].append(i)
    chosen: dict[str, Choice] = {}
    for _ in range(ROUNDS + 1):
        anchors = _anchors(contexts, groups, chosen, home_country, home_division)
        for folded, members in groups.items():
            chosen[folded] = _choose(folded, [contexts[i] for i in members], contexts, chosen, anchors, lexicon)
    return [_own(c, contexts, chosen[c.name.folded], chosen) for c in contexts]


def _anchors(contexts: list[Context], groups: dict[str, list[int]], chosen: dict[str, Choice], home_country: str | None, home_division: int | None) -> Anchors:
    anchors = Anchors(Counter(), Counter(), {}, home_country, home_division)
    for folded, members in groups.items():
        name = contexts[members[0]].name
        choice = chosen.get(folded)
        if choice is None:
            known = [s for s in name.senses if s.rule not in ("places.settlement", "places.division")]
            if len({s.entry.country for s in known}) != 1 or (len(known) < len(name.senses) and known[0].entry.kind != "country"):
                continue
            entry, sure = known[0].entry, 1.0
            if any(s.entry.kind == "admin1" for s in name.senses):
                sure = 0.3
        else:
            entry, sure = choice.sense.entry, choice.margin
        weight = sure * (1.0 + 0.3 * math.log(len(members))) * (1.5 if any(contexts[i].dateline for i in members) else 1.0)
        if entry.country:
            anchors.countries[entry.country] += weight  # type: ignore[assignment]
        division = entry.geonameid if entry.kind == "admin1" else entry.admin1
        if division:
            anchors.divisions[division] += weight  # type: ignore[assignment]
        if entry.kind in ("city", "admin2"):
            anchors.points[folded] = (entry.lat, entry.lon, weight)
    return anchors


def _choose(folded: str, members: list[Context], contexts: list[Context], chosen: dict[str, Choice], anchors: Anchors, lexicon: Lexicon) -> Choice:
    senses = list(members[0].name.senses[:MAX_SENSES])
    for c in members[1:]:
        if len(c.name.senses) > len(senses):
            senses = list(c.name.senses[:MAX_SENSES])
    if len(senses) == 1:
        sense = senses[0]
        why = Why.ONLY_CANDIDATE if sense.rule in ("places.settlement", "places.division") else Why.KNOWN_NAME
        return Choice(sense=sense, why=why, margin=0.95)
    own = chosen.get(folded)
    scored = []
    for sense in senses:
        parts = _score(sense, folded, members, contexts, chosen, anchors, own, lexicon)
        scored.append((sum(parts.values()), sense, parts))
    scored.sort(key=lambda x: -x[0])
    (top, sense, parts), (second, _, _) = scored[0], scored[1]
    prior_best = max(scored, key=lambda x: x[2][Why.POPULATION])
    reasons = {w: v for w, v in parts.items() if w is not Why.POPULATION and v > 0}
    if reasons and (prior_best[1] is not sense or max(reasons.values()) > 3):
        why = max(reasons, key=lambda w: reasons[w])
    else:
        why = Why.POPULATION if sense.rule in ("places.settlement", "places.division") else Why.KNOWN_NAME
    return Choice(sense=sense, why=why, margin=1 / (1 + math.exp(-(top - second))))


def _score(sense: Sense, folded: str, members: list[Context], contexts: list[Context], chosen: dict[str, Choice], anchors: Anchors, own: Choice | None, lexicon: Lexicon) -> dict[Why, float]:
    entry = sense.entry
    parts: dict[Why, float] = {Why.POPULATION: _prior(sense)}
    countries, divisions = anchors.countries, anchors.divisions
    mine = own.margin * (1.0 + 0.3 * math.log(len(members))) if own else 0.0
    if entry.country and entry.kind != "country":
        others = countries[entry.country] - (mine if own and own.sense.entry.country == entry.country else 0.0)
        total = sum(countries.values()) - mine
        if others > 0.05:
            parts[Why.SAME_COUNTRY] = 1.2 * min(1.0, others) + 1.0 * others / (total + 0.5)
        elif any(countries[n] > 0.5 for n in lexicon.neighbours.get(entry.country, ())):
            parts[Why.SAME_COUNTRY] = 0.3
        if entry.country == anchors.home_country:
            parts[Why.PUBLISHER] = 0.8
        division = entry.geonameid if entry.kind == "admin1" else entry.admin1
        if division:
            own_division = own.sense.entry.admin1 or own.sense.entry.geonameid if own else None
            near = divisions[division] - (mine if own_division == division else 0.0)
            if near > 0.05:
                parts[Why.SAME_DIVISION] = 1.6 * min(1.0, near)
            if division == anchors.home_division:
                parts[Why.PUBLISHER] = 2.5
        close = _closeness(entry, folded, anchors)
        if close:
            parts[Why.NEARBY] = close
    elif entry.country and entry.country == anchors.home_country:
        parts[Why.PUBLISHER] = 0.3
    for c in members:
        for number in c.containers:
            if any(holds(entry, o.entry) for o in contexts_senses(contexts, number)):
                parts[Why.CONTAINMENT] = 6.0 if entry.kind != "country" else 3.0
        if c.contains is not None and any(holds(i.entry, entry) for i in contexts_senses(contexts, c.contains)):
            parts[Why.CONTAINS] = max(parts.get(Why.CONTAINS, 0.0), 1.5)
        if c.dateline and entry.kind == "city":
            parts[Why.DATELINE] = 1.5
    return parts


def contexts_senses(contexts: list[Context], number: int) -> Iterable[Sense]:
    """The senses of the name with a number among all names of the article, if it was taken for a place."""
    for c in contexts:
        if c.number == number:
            return c.name.senses
    return ()


def _prior(sense: Sense) -> float:
    entry = sense.entry
    if sense.rule not in ("places.settlement", "places.division"):
        return 8.0
    prior = math.log10(entry.population + 50)
    if entry.kind == "admin1":
        prior = min(prior, 6.0) + 0.2
    elif entry.kind == "admin2":
        prior = min(prior, 5.5) - (1.5 if entry.alternate else 1.2)
    if entry.alternate:
        prior -= 1.2
    return prior


def _closeness(entry: Entry, folded: str, anchors: Anchors) -> float:
    best = 0.0
    for other, (lat, lon, weight) in anchors.points.items():
        if other == folded:
            continue
        x = (entry.lon - lon) * math.cos(math.radians((entry.lat + lat) / 2))
        km = KM_PER_DEGREE * math.hypot(x, entry.lat - lat)
        if km < 500:
            best = max(best, min(1.0, weight) * (1.6 if km < 60 else 1.2 if km < 150 else 0.6))
    return best


def _own(context: Context, contexts: list[Context], choice: Choice, chosen: dict[str, Choice]) -> Choice:
    """The group's choice, unless this very name is contained in something the group's choice isn't in."""
    for number in context.containers:
        outer = list(contexts_senses(contexts, number))
        if outer and not any(holds(choice.sense.entry, o.entry) for o in outer):
            fits = [s for s in context.name.senses if any(holds(s.entry, o.entry) for o in outer)]
            if fits:
                return Choice(sense=max(fits, key=_prior), why=Why.CONTAINMENT, margin=0.9)
    return choice
