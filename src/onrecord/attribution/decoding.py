"""From scores of words to spans: the runs of words whose scores add up to the most."""

from __future__ import annotations

from collections.abc import Sequence


def runs(scores: Sequence[float], *, price: float, most: int) -> list[tuple[int, int]]:
    """Up to ``most`` separate runs of words with the greatest sum of scores, each costing ``price``.

    Args:
        scores: a score for each word, positive where it belongs.
        price: what a run must earn more than, so that a stray word makes none.
        most: how many runs there may be.

    Returns:
        Ranges of words, end exclusive, in order.

    >>> runs([-1, 2, 2, -1, 3, -5, 1], price=2, most=2)
    [(1, 5)]
    """
    # best[k][0]: the best sum so far with k runs, the last one closed; [1]: the last one open here
    worst = float("-inf")
    closed: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(worst, ())] * most]
    opened: list[tuple[float, tuple[int, ...]]] = [(worst, ())] * (most + 1)
    for n, score in enumerate(scores):
        for k in range(most, 0, -1):
            start = (closed[k - 1][0] - price, (*closed[k - 1][1], n))
            go_on = opened[k]
            total, trail = max(start, go_on, key=lambda x: x[0])
            opened[k] = (total + score, trail)
        for k in range(1, most + 1):
            if opened[k][0] > closed[k][0]:
                closed[k] = (opened[k][0], (*opened[k][1], n + 1))
    marks = max(closed, key=lambda x: x[0])[1]
    return [(marks[i], marks[i + 1]) for i in range(0, len(marks), 2)]
