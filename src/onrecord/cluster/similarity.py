"""TF-IDF vectors of texts and average-link clusters over the pairs that share anything.

Plain dictionaries: only the pairs that share a telling term are ever compared.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

Vector = dict[str, float]

TERM = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
TOO_COMMON = 0.5


def terms(text: str) -> list[str]:
    """The words and figures of a text in lower case, possessive endings cut off."""
    return [t.casefold().removesuffix("'s").removesuffix("’s") for t in TERM.findall(text)]


def vectors(documents: Iterable[Iterable[str]]) -> list[Vector]:
    """TF-IDF vectors of unit length, with sublinear term frequency.

    Args:
        documents: the terms of each document. A term in more than half of them (of ten or more) counts nothing.
    """
    counts = [Counter(d) for d in documents]
    spread: Counter[str] = Counter(t for c in counts for t in c)
    n = len(counts)
    idf = {t: math.log((1 + n) / (1 + df)) + 1 for t, df in spread.items() if n < 10 or df <= TOO_COMMON * n}
    out = []
    for count in counts:
        vector = {t: (1 + math.log(k)) * idf[t] for t, k in count.items() if t in idf}
        size = math.sqrt(sum(x * x for x in vector.values())) or 1.0
        out.append({t: x / size for t, x in vector.items()})
    return out


def pairs(items: Sequence[Vector], *, least: float) -> dict[tuple[int, int], float]:
    """The cosine of every pair ``(i, j)``, ``i < j``, that reaches ``least``."""
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    out: dict[tuple[int, int], float] = {}
    for j, vector in enumerate(items):
        scores: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for i, other in postings[term]:
                scores[i] += weight * other
            postings[term].append((j, weight))
        out.update({(i, j): s for i, s in scores.items() if s >= least})
    return out


def average_link(
    count: int,
    similarity: dict[tuple[int, int], float],
    *,
    least: float,
    allowed: Callable[[int, int], bool] = lambda _i, _j: True,
    settled: float | None = None,
    many: int = 2,
) -> list[int]:
    """Clusters by average link, as a cluster number per item; missing pairs have similarity 0.

    Args:
        count: how many items there are.
        similarity: of pairs ``(i, j)`` with ``i < j``.
        least: clusters closer than this on average are merged, closest first.
        allowed: whether two items may ever be in one cluster; one pair that may not keeps two clusters apart.
        settled: what is asked in place of ``least`` where both clusters have ``many`` items or more, since the mean of many pairs is surer; between one
            item and as many it rises evenly with the smaller cluster's.
        many: see ``settled``.
    """

    def asked(items: int) -> float:
        return least if settled is None else least + (settled - least) * min(1.0, (items - 1) / (many - 1))

    members: dict[int, set[int]] = {i: {i} for i in range(count)}
    links: dict[int, dict[int, float]] = {i: {} for i in range(count)}
    for (i, j), s in similarity.items():
        if allowed(i, j):
            links[i][j] = links[j][i] = s
    heap = [(-s, i, j) for i in links for j, s in links[i].items() if i < j]
    heapq.heapify(heap)
    fresh = count
    while heap:
        negative, i, j = heapq.heappop(heap)
        if -negative < least:
            break
        if i not in members or j not in members:
            continue
        if -negative < asked(min(len(members[i]), len(members[j]))):
            continue
        a, b = members.pop(i), members.pop(j)
        to_a, to_b = links.pop(i), links.pop(j)
        members[fresh], links[fresh] = a | b, {}
        for k in (to_a.keys() | to_b.keys()) - {i, j}:
            for old in (i, j):
                links[k].pop(old, None)
            if not all(allowed(x, y) for x in a | b for y in members[k]):
                continue
            mean = (to_a.get(k, 0.0) * len(a) + to_b.get(k, 0.0) * len(b)) / (len(a) + len(b))
            links[fresh][k] = links[k][fresh] = mean
            heapq.heappush(heap, (-mean, k, fresh))
        fresh += 1
    label = {item: n for n, group in enumerate(sorted(members.values(), key=min)) for item in group}
    return [label[i] for i in range(count)]
