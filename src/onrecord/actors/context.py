"""Which country an article speaks of where a phrase doesn't say: the army, the government, police."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

from onrecord.actors.reading import Reading
from onrecord.actors.wording import Words

WEIGHT_SENTENCE = 1.4
WEIGHT_DATELINE = 0.6
WEIGHT_SHARE = 2.2
WEIGHT_RECENT = 1.2
SPAN = 3


@dataclasses.dataclass(slots=True)
class Context:
    """Countries by sentence, the dateline's country and the share of each in the article."""

    by_sentence: dict[int, list[tuple[int, str]]]
    share: dict[str, float]
    dateline: str | None

    def country_at(self, token: int, sentence: int) -> tuple[str, str] | None:
        """The likeliest country for a phrase at a token, and the reason; None where nothing is named."""
        scores: Counter[str] = Counter()
        for country, share in self.share.items():
            scores[country] += WEIGHT_SHARE * share
        if self.dateline:
            scores[self.dateline] += WEIGHT_DATELINE
        local = self.by_sentence.get(sentence, ())
        for at, country in local:
            if at != token:
                scores[country] += WEIGHT_SENTENCE / (1 + sum(1 for _, c in local if c == country)) * (1.0 if at < token else 0.6)
        for back in range(1, SPAN + 1):
            seen = {c for _, c in self.by_sentence.get(sentence - back, ())}
            for country in seen:
                scores[country] += WEIGHT_RECENT / (back + len(seen))
        if not scores:
            return None
        country, best = max(scores.items(), key=lambda x: (x[1], x[0]))
        if best <= 0:
            return None
        if any(c == country for _, c in local):
            return country, "country_from_sentence"
        if country == self.dateline:
            return country, "country_from_dateline"
        return country, "country_from_context"


def context_of(words: Words, readings: Sequence[Reading | None]) -> Context:
    """The countries an article names, and where."""
    by_sentence: dict[int, list[tuple[int, str]]] = {}
    counts: Counter[str] = Counter()
    dateline: str | None = None
    previous = None
    for i, name in enumerate(words.name):
        if name is None or name is previous:
            continue
        previous = name
        country = name.entry.country
        if country is None or len(country) != 3 or country in ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM") or name.entry.kind == "surname":
            continue
        if not words.live[i]:
            if dateline is None:
                dateline = country
            continue
        by_sentence.setdefault(words.sent[i], []).append((i, country))
        counts[country] += 2 if words.sent[i] < 3 else 1
    total = sum(counts.values())
    share = {c: n / total for c, n in counts.items()} if total else {}
    del readings
    return Context(by_sentence, share, dateline)
