"""How far two ways of grouping mentions into chains agree: MUC, B-cubed and CEAF-e, and the stages that are scored by them.

A grouping is a list of chains, each a set of mentions, none of which stands in two chains. Counts are kept so that those of many
texts can be added up before a share is taken, as the CoNLL scorer does (Pradhan and others, ACL 2014).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence, Set
from typing import NamedTuple

from onrecord.evaluate.errors import Error
from onrecord.evaluate.figures import Figure, Measure
from onrecord.evaluate.scored import EvaluationError, Row, Scored

Chains = Sequence[Set[Hashable]]
MENTION = ("recalled", "mentions", "precise", "mentions")


class Counts(NamedTuple):
    """What was right, as seen from the key and from the response, and out of how much."""

    recalled: float = 0.0
    wanted: float = 0.0
    precise: float = 0.0
    given: float = 0.0

    def plus(self, other: Counts) -> Counts:
        """The counts of both."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """The share of the key that is right."""
        return self.recalled / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """The share of the response that is right."""
        return self.precise / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


Metric = Callable[[Chains, Chains], Counts]


def muc(key: Chains, response: Chains) -> Counts:
    """Links: how many of a chain's the other side keeps (Vilain and others, MUC-6, 1995). Chains of one have none."""
    return Counts(*_links_kept(key, response), *_links_kept(response, key))


def _links_kept(some: Chains, others: Chains) -> tuple[float, float]:
    home = homes(others)
    kept = 0
    for chain in some:
        pieces = len({home[m] for m in chain if m in home}) + sum(m not in home for m in chain)
        kept += len(chain) - pieces
    return kept, sum(len(chain) - 1 for chain in some)


def b_cubed(key: Chains, response: Chains) -> Counts:
    """Mentions: the share of a mention's chain that is with it on the other side (Bagga and Baldwin, 1998)."""
    return Counts(*_company(key, response), *_company(response, key))


def _company(some: Chains, others: Chains) -> tuple[float, float]:
    home = homes(others)
    shared = sum(n**2 / len(a) for a in some for n in Counter(home[m] for m in a if m in home).values())
    return shared, sum(map(len, some))


def ceaf_e(key: Chains, response: Chains) -> Counts:
    """Chains, each paired with at most one of the other side, by their likeness 2|a∩b|/(|a|+|b|) (Luo, 2005).

    Those that are most alike are paired first. The best pairing of all may be a few tenths of a point better.
    """
    home = homes(response)
    met = Counter((i, home[m]) for i, chain in enumerate(key) for m in chain if m in home)
    like = sorted(((2 * n / (len(key[i]) + len(response[j])), i, j) for (i, j), n in met.items()), reverse=True)
    taken: tuple[set[int], set[int]] = set(), set()
    total = 0.0
    for value, i, j in like:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            total += value
    return Counts(total, len(key), total, len(response))


def homes(chains: Chains) -> dict[Hashable, int]:
    """The number of the chain that each mention is in."""
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def coref(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Given mentions of events, grouped across documents: B-cubed, MUC, CEAF-e, and their mean as CoNLL takes it."""
    key: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    response: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for row, answer in zip(gold, found, strict=True):
        if len(row["mentions"]) != len(answer["chains"]):
            raise EvaluationError(f"{row['id']}: {len(row['mentions'])} mentions, {len(answer['chains'])} chains")
        for n, (mention, chain) in enumerate(zip(row["mentions"], answer["chains"], strict=True)):
            key[mention["chain"]].add((row["id"], n))
            response[chain].add((row["id"], n))
    chains, others = list(key.values()), list(response.values())
    scored = _company_by_article([str(row["id"]) for row in gold], chains, others)
    counts = {"muc": muc(chains, others), "ceaf_e": ceaf_e(chains, others)}
    scored.fixed += [Figure(name=name, value=c.f1, precision=c.precision, recall=c.recall) for name, c in counts.items()]
    scored.fixed.append(Figure(name="conll", value=(b_cubed(chains, others).f1 + sum(c.f1 for c in counts.values())) / 3))
    scored.fixed.append(Figure(name="chains", value=None, gold=len(chains), predicted=len(others)))
    return scored


def stories(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Which articles report the same event: B-cubed over articles."""
    key: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    response: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for row, answer in zip(gold, found, strict=True):
        key[row["event_id"]].add((row["id"], 0))
        response[answer["story"]].add((row["id"], 0))
    chains, others = list(key.values()), list(response.values())
    scored = _company_by_article([str(row["id"]) for row in gold], chains, others)
    for row, answer in zip(gold, found, strict=True):
        apart = key[row["event_id"]] - response[answer["story"]]
        mixed = response[answer["story"]] - key[row["event_id"]]
        if apart or mixed:
            said = f"apart from {len(apart)} of its story, together with {len(mixed)} of others"
            scored.errors.append(
                Error(article=str(row["id"]), what="wrong", field="stories", quotation=row.get("title") or "", gold=str(row["event_id"]), found=said)
            )
    scored.fixed.append(Figure(name="stories", value=None, gold=len(chains), predicted=len(others)))
    return scored


def _company_by_article(articles: Sequence[str], key: Chains, response: Chains) -> Scored:
    """B-cubed with what each article brings to it."""
    recalled, wanted, precise, given = MENTION
    scored = Scored(measures=[Measure(name="b_cubed", recalled=recalled, gold=wanted, precise=precise, predicted=given)])
    rows = {article: scored.row() for article in articles}
    for side, some, others in (("recalled", key, response), ("precise", response, key)):
        home = homes(others)
        for chain in some:
            for mention in chain:
                article: str = mention[0]  # type: ignore[index]
                rows[article][side] += len(chain & others[home[mention]]) / len(chain)  # type: ignore[assignment]
                rows[article]["mentions"] += side == "recalled"
    return scored
