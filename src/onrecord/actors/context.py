"""Which country an article speaks of where a phrase doesn't say: the army, the government, police."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from onrecord.actors.reading import Reading
from onrecord.actors.resolving import Resolution
from onrecord.actors.shapes import BODY_COUNTRIES
from onrecord.actors.wording import Name, Words

NAMED = frozenset(("organisation", "person", "seat"))
"""Kinds of the lexicon's entries that are somebody or something with a name of its own."""
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
AT_HOME = frozenset(("COP", "JUD", "LEG"))
"""Who acts within a country: theirs is the one whose offices and towns the article tells of, and not the one that these speak of."""
LEAD = 2.0
"""What a country in the first sentences or the title counts for the whole article."""
PLACE_WEIGHT = 0.35
"""What a town or region counts for whose army or government is meant; a country or people counts 1."""
HOME_WEIGHT = 0.5
"""What a name of a country, people or place counts for whose police or parliament is meant; somebody in office counts 1."""
TOPIC_WEIGHT = 0.15
"""What it counts where it only tells what something is about."""


@dataclasses.dataclass(slots=True)
class Context:
    """Countries by sentence (token, country, whether as a mere place), the dateline's country and the share of each."""

    by_sentence: dict[int, list[tuple[int, str, bool]]]
    share: dict[str, float]
    share_of_states: dict[str, float]
    share_at_home: dict[str, float]
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
        of_states, at_home = sector in OF_STATES, sector in AT_HOME
        for country, share in (self.share_at_home if at_home else self.share_of_states if of_states else self.share).items():
            scores[country] += WEIGHT_SHARE * share
        if self.dateline:
            scores[self.dateline] += WEIGHT_DATELINE * (PLACE_WEIGHT if of_states and not at_home else 1.0)
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


def context_of(words: Words, publisher: Resolution | None, title: Sequence[str] = (), readings: Sequence[Reading | None] = ()) -> Context:
    """The countries an article names, and where; those of its title count as those of its lead do.

    ``readings`` are its phrases: who is in office counts for whose police or parliament is meant, and a person's surname is no town.
    """
    by_sentence: dict[int, list[tuple[int, str, bool]]] = {}
    counts: defaultdict[str, float] = defaultdict(float)
    states: defaultdict[str, float] = defaultdict(float)
    home: defaultdict[str, float] = defaultdict(float)
    dateline: str | None = None
    previous = None
    surnames = _surnames(words, readings)
    for i, name in enumerate(words.name):
        if name is None or name is previous:
            continue
        previous = name
        country = name.entry.country
        if country is None or len(country) != 3 or country in BODY_COUNTRIES or name.form == "surname" or _is_surname(words, name, surnames):
            continue
        if not words.live[i]:
            if dateline is None:
                dateline = country
            continue
        abroad = name.end < len(words) and words.lower[name.end] in words.vocabulary.abroad
        place = abroad or name.entry.kind == "city" or (i > 0 and words.lower[i - 1] in ("in", "at", "near", "from") and name.entry.kind != "demonym")
        topic = _is_topic(words, name)
        place = place or topic
        by_sentence.setdefault(words.sent[i], []).append((i, country, place))
        weight = LEAD if words.sent[i] < 3 else 1.0
        counts[country] += weight
        states[country] += weight * (PLACE_WEIGHT if place else 1.0)
        home[country] += weight * (TOPIC_WEIGHT if topic else HOME_WEIGHT)
    for country in title:
        counts[country] += LEAD
        states[country] += LEAD
        home[country] += LEAD * HOME_WEIGHT
    for reading in readings:
        if reading is not None and reading.country is not None and reading.country not in BODY_COUNTRIES and _in_office(reading):
            home[reading.country] += LEAD if words.sent[reading.chunk.start] < 3 else 1.0
    return Context(by_sentence, _shares(counts), _shares(states), _shares(home), dateline, _house(publisher))


def _in_office(reading: Reading) -> bool:
    """Whether somebody named is or was in an office or organ of a state, or in a party."""
    return (reading.entry is not None and reading.entry.kind in NAMED and (reading.sector in OF_STATES or reading.sector == "ELI")) or (
        reading.role is not None and reading.sector in AT_HOME
    )


def _surnames(words: Words, readings: Sequence[Reading | None]) -> frozenset[str]:
    """The surnames of those whom the article names in full or with a title."""
    out: set[str] = set()
    for reading in readings:
        if reading is not None and reading.person is not None and not words.folded:
            start, end = reading.person
            if reading.role is not None or "titled" in reading.whys or end - start > 1:
                out.add(words.text[end - 1])
    return frozenset(out)


def _is_surname(words: Words, name: Name, surnames: Set[str]) -> bool:
    """``Santiago`` after ``Luis Santiago``: a person, whatever town has that name."""
    if name.entry.kind not in ("city", "capital") or name.end - name.start > 1 or words.text[name.start] not in surnames:
        return False
    return not (name.start and words.lower[name.start - 1] in ("in", "at", "near", "from"))


def _is_topic(words: Words, name: Name) -> bool:
    """``the Panama papers``, ``the Tripoli committee``: what something is about, as far as one can tell."""
    return name.form in ("name", "seat") and name.entry.kind in ("country", "entity", "capital", "city") and words.dep[name.end - 1] in ("compound", "nmod")


def _house(publisher: Resolution | None) -> tuple[str, float] | None:
    if publisher is None or publisher.country is None or publisher.country in BODY_COUNTRIES:
        return None
    return publisher.country, WEIGHT_PUBLISHER if publisher.sector in OF_STATES else WEIGHT_PAPER


def _shares(counts: dict[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {country: number / total for country, number in counts.items()} if total else {}
