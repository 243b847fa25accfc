"""Whether findings are as often right as their confidence says: the expected calibration error and the table behind it.

Source: Guo, Pleiss, Sun and Weinberger, *On Calibration of Modern Neural Networks* (ICML 2017), with ten bins of equally many findings, so
that no bin is empty.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BINS = 10


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Findings of about one confidence: how many, from which to which confidence, its mean, and the share that is right."""

    count: int
    low: float
    high: float
    confidence: float
    right: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How far confidence and truth are apart.

    Attributes:
        stage, kind: what was judged.
        count: how many findings.
        error: the expected calibration error, 0 to 1: the mean distance of confidence and share right over the bins.
        bins: the reliability table, from the least sure to the surest.
    """

    stage: str = ""
    kind: str
    count: int
    error: float
    bins: tuple[Bin, ...]


def calibration(kind: str, judged: Sequence[tuple[float, bool]]) -> Calibration:
    """The calibration of findings, each with its confidence and whether it is right."""
    chances = np.array([c for c, _ in judged], np.float64)
    right = np.array([float(r) for _, r in judged], np.float64)
    bins = [
        Bin(
            count=len(b),
            low=round(float(chances[b].min()), 4),
            high=round(float(chances[b].max()), 4),
            confidence=round(float(chances[b].mean()), 4),
            right=round(float(right[b].mean()), 4),
        )
        for b in binned(chances)
    ]
    return Calibration(kind=kind, count=len(judged), error=round(calibration_error(chances, right), 4), bins=tuple(bins))


def calibration_error(chances: Floats, right: Floats) -> float:
    """The mean distance of chance and share right, over bins of equal size."""
    return float(sum(abs(chances[b].mean() - right[b].mean()) * len(b) for b in binned(chances)) / len(chances))


def binned(chances: Floats) -> list[NDArray[np.int64]]:
    """The numbers of the findings in each bin, from the least sure to the surest; none is empty."""
    return [b for b in np.array_split(np.argsort(chances, kind="stable"), BINS) if len(b)]
