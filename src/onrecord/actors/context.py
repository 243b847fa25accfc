"""Which country an article speaks of where a phrase doesn't say: the army, the government, police."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from onrecord.actors.resolving import Resolution
from onrecord.actors.shapes import BODY_COUNTRIES
from onrecord.actors.wording import Words

WEIGHT_SENTENCE = 1.4
WEIGHT_DATELINE = 0.6
WEIGHT_SHARE = 2.2
WEIGHT_RECENT = 1.2
WEIGHT_PUBLISHER = 1.5
WEIGHT_PAPER = 0.2
WEIGHT_ALIKE = 1.2
WEIGHT_LATER = 0.6
WEIGHT_COUNTERPART = 0.2
SPAN = 3
OF_STATES = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY"))
LEAD = 2.0
"""What a country in the first sentences or the title counts for the whole article."""
PLACE_WEIGHT = 0.35
"""What a town or region counts for whose army or government is meant; a country or people counts 1."""


@dataclasses.dataclass(slots=True)
class Context:
    """Countries by sentence (token, country, whether as a mere place), the dateline's country and the share of each."""

    by_sentence: dict[int, list[tuple[int, str, bool]]]
    share: dict[str, float]
    share_of_states: dict[str, float]
    dateline: str | None
    house: tuple[str, float] | None

    def country_at(
        self,
        token: int,
        sentence: int,
        sector: str | None,
        alike: Mapping[str, int] | None,
        *,
        acts: bool = False,
        never: Set[str] = frozenset(),
        among: Set[str] = frozenset(),
    ) -> tuple[str, str] | None:
        """The likeliest country for a phrase at a token, and the reason; None where nothing is named.

        ``alike`` counts the countries of those of the same sector that the article has named so far; ``acts`` says
        that the phrase is a subject, so that a country named after it is more likely whom it acts on or speaks of; ``never`` are
        countries that cannot be meant, ``among`` those that have such an office at all.
        """
        scores: defaultdict[str, float] = defaultdict(float)
        of_states = sector in OF_STATES
        for country, share in (self.share_of_states if of_states else self.share).items():
            scores[country] += WEIGHT_SHARE * share
        if self.dateline:
            scores[self.dateline] += WEIGHT_DATELINE * (PLACE_WEIGHT if of_states else 1.0)
        total = sum(alike.values()) if alike else 0
        for country, number in (alike or {}).items():
            scores[country] += WEIGHT_ALIKE * number / total
        if self.house is not None and of_states:
            scores[self.house[0]] += self.house[1]
        later = WEIGHT_COUNTERPART if acts and of_states else WEIGHT_LATER
        local = self.by_sentence.get(sentence, ())
        for at, country, place in local:
            if at != token:
                weight = PLACE_WEIGHT if place and of_states else 1.0
                scores[country] += weight * WEIGHT_SENTENCE / (1 + sum(1 for _, c, _ in local if c == country)) * (1.0 if at < token else later)
        for back in range(1, SPAN + 1):
            seen = {(c, p) for _, c, p in self.by_sentence.get(sentence - back, ())}
            for country, place in seen:
                scores[country] += (PLACE_WEIGHT if place and of_states else 1.0) * WEIGHT_RECENT / (back + len(seen))
        for country in never:
            scores.pop(country, None)
        if among and not among.isdisjoint(scores):
            scores = defaultdict(float, {c: s for c, s in scores.items() if c in among})
        if not scores:
            return None
        country, best = max(scores.items(), key=lambda x: (x[1], x[0]))
        if best <= 0:
            return None
        if any(c == country for _, c, _ in local):
            return country, "country_from_sentence"
        if country == self.dateline:
            return country, "country_from_dateline"
        return country, "country_from_context"


def context_of(words: Words, publisher: Resolution | None, title: Sequence[str] = ()) -> Context:
    """The countries an article names, and where; those of its title count as those of its lead do."""
    by_sentence: dict[int, list[tuple[int, str, bool]]] = {}
    counts: defaultdict[str, float] = defaultdict(float)
    states: defaultdict[str, float] = defaultdict(float)
    dateline: str | None = None
    previous = None
    for i, name in enumerate(words.name):
        if name is None or name is previous:
            continue
        previous = name
        country = name.entry.country
        if country is None or len(country) != 3 or country in BODY_COUNTRIES or name.form == "surname":
            continue
        if not words.live[i]:
            if dateline is None:
                dateline = country
            continue
        abroad = name.end < len(words) and words.lower[name.end] in words.vocabulary.abroad
        place = abroad or name.entry.kind == "city" or (i > 0 and words.lower[i - 1] in ("in", "at", "near", "from") and name.entry.kind != "demonym")
        by_sentence.setdefault(words.sent[i], []).append((i, country, place))
        weight = LEAD if words.sent[i] < 3 else 1.0
        counts[country] += weight
        states[country] += weight * (PLACE_WEIGHT if place else 1.0)
    for country in title:
        counts[country] += LEAD
        states[country] += LEAD
    return Context(by_sentence, _shares(counts), _shares(states), dateline, _house(publisher))


def _house(publisher: Resolution | None) -> tuple[str, float] | None:
    if publisher is None or publisher.country is None or publisher.country in BODY_COUNTRIES:
        return None
    return publisher.country, WEIGHT_PUBLISHER if publisher.sector in OF_STATES else WEIGHT_PAPER


def _shares(counts: dict[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {country: number / total for country, number in counts.items()} if total else {}
