"""How far two ways of grouping mentions into chains agree: MUC, B-cubed, CEAF-e and LEA.

A grouping is a list of chains, each a set of mentions, none of which stands in two chains. Counts are kept so that those of many
texts can be added up before a share is taken, as the CoNLL scorer does (Pradhan and others, ACL 2014).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence, Set
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

Chains = Sequence[Set[Hashable]]


class Counts(NamedTuple):
    """What was right, as seen from the key and from the response, and out of how much."""

    recalled: float = 0.0
    wanted: float = 0.0
    precise: float = 0.0
    given: float = 0.0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        return self.recalled / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        return self.precise / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


Metric = Callable[[Chains, Chains], Counts]


def muc(key: Chains, response: Chains) -> Counts:
    """Links: how many of a chain's the other side keeps (Vilain and others, MUC-6, 1995). Chains of one have none."""
    return Counts(*_links_kept(key, response), *_links_kept(response, key))


def _links_kept(some: Chains, others: Chains) -> tuple[float, float]:
    home = _homes(others)
    kept = 0
    for chain in some:
        pieces = len({home[m] for m in chain if m in home}) + sum(m not in home for m in chain)
        kept += len(chain) - pieces
    return kept, sum(len(chain) - 1 for chain in some)


def b_cubed(key: Chains, response: Chains) -> Counts:
    """Mentions: the share of a mention's chain that is with it on the other side (Bagga and Baldwin, 1998)."""
    return Counts(*_company(key, response), *_company(response, key))


def _company(some: Chains, others: Chains) -> tuple[float, float]:
    shared = sum(len(a & b) ** 2 / len(a) for a in some for b in others)
    return shared, sum(map(len, some))


def ceaf_e(key: Chains, response: Chains) -> Counts:
    """Chains, each paired with at most one of the other side, by their likeness 2|a∩b|/(|a|+|b|) (Luo, 2005)."""
    like = sum(2 * len(a & b) / (len(a) + len(b)) for a, b in paired(key, response, lambda a, b: 2 * len(a & b) / (len(a) + len(b))))
    return Counts(like, len(key), like, len(response))


def lea(key: Chains, response: Chains) -> Counts:
    """Links, weighted by how many mentions a chain has; a chain of one is linked to itself (Moosavi and Strube, 2016)."""
    return Counts(*_resolved(key, response), *_resolved(response, key))


def _resolved(some: Chains, others: Chains) -> tuple[float, float]:
    right = 0.0
    for chain in some:
        if len(chain) == 1:
            right += any(chain == other for other in others)
        else:
            right += len(chain) * sum(_links(len(chain & other)) for other in others) / _links(len(chain))
    return right, sum(map(len, some))


def _links(size: int) -> float:
    return size * (size - 1) / 2


def paired(key: Chains, response: Chains, likeness: Callable[[Set[Hashable], Set[Hashable]], float]) -> list[tuple[Set[Hashable], Set[Hashable]]]:
    """Chains of two sides, one to one, so that their likeness adds up to the most; pairs that share nothing are left out."""
    if not key or not response:
        return []
    table = np.array([[likeness(a, b) for b in response] for a in key])
    return [(key[i], response[j]) for i, j in zip(*linear_sum_assignment(table, maximize=True), strict=True) if table[i, j] > 0]


def _homes(chains: Chains) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}
