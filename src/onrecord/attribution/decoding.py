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
    wanted = [n for n, score in enumerate(scores) if score > 0]
    if not wanted:
        return []
    first, last = wanted[0], wanted[-1]  # no run starts before or ends behind a word that belongs
    worst = float("-inf")
    # the best sums so far with k runs, the last one closed or still open, and where their runs start and end
    closed: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(worst, ())] * most]
    opened: list[tuple[float, tuple[int, ...]]] = [(worst, ())] * (most + 1)
    for n in range(first, last + 1):
        score = scores[n]
        for k in range(most, 0, -1):
            total, trail = opened[k]
            fresh = closed[k - 1][0] - price
            if fresh >= total:
                total, trail = fresh, (*closed[k - 1][1], n)
            opened[k] = (total + score, trail)
        for k in range(1, most + 1):
            if opened[k][0] > closed[k][0]:
                closed[k] = (opened[k][0], (*opened[k][1], n + 1))
    marks = max(closed, key=lambda x: x[0])[1]
    return [(marks[i], marks[i + 1]) for i in range(0, len(marks), 2)]
