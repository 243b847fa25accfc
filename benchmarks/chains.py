"""How far two ways of grouping mentions into chains agree: MUC, B-cubed, CEAF-e and LEA.

What needs the best pairing of chains is here; the rest is ``onrecord.evaluate.chains``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Set

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.evaluate.chains import Chains, Counts, Metric, b_cubed, muc

__all__ = ["Chains", "Counts", "Metric", "b_cubed", "ceaf_e", "lea", "muc", "paired"]


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
