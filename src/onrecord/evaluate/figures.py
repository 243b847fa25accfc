"""Counts of articles → figures with intervals: shares, F1 and means over types, each by a bootstrap over articles.

The interval is the percentile bootstrap (Efron and Tibshirani 1993): articles are drawn with replacement, as many as there are, and the
figure is taken anew from what was counted in them; 95 in 100 of these lie between ``low`` and ``high``. With fewer than two articles there is none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = Mapping[str, float]

SAMPLES = 1000
INSIDE = (2.5, 97.5)
"""The percentiles of the bootstrap between which the interval lies."""
PLACES = 4


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of an evaluation.

    Attributes:
        stage: the stage it belongs to (``record``).
        name: what is measured (``events``).
        part: of which part: ``all``, or a type, an act, a kind.
        value: the figure: F1 where there are precision and recall, else a share, a mean or a distance in km.
        low, high: its interval; None where there are too few articles or it can't be drawn anew.
        precision, recall: where it is an F1.
        right, gold, predicted: the counts behind it, as far as it has them.
    """

    stage: str = ""
    name: str
    part: str = "all"
    value: float | None
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None
    right: float | None = None
    gold: float | None = None
    predicted: float | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a figure is made of counts.

    Attributes:
        name, part: as of :class:`Figure`.
        recalled, gold: the counts whose ratio is the recall, or the share.
        precise, predicted: the counts whose ratio is the precision; without them the figure is the share alone.
        over: instead of all that, measures whose mean it is.
    """

    name: str
    part: str = "all"
    recalled: str = ""
    gold: str = ""
    precise: str = ""
    predicted: str = ""
    over: tuple[Measure, ...] = ()


def f1(name: str, right: str, predicted: str, gold: str, part: str = "all") -> Measure:
    """Precision, recall and F1 of what was found."""
    return Measure(name=name, part=part, recalled=right, gold=gold, precise=right, predicted=predicted)


def share(name: str, right: str, of: str, part: str = "all") -> Measure:
    """The share that is right."""
    return Measure(name=name, part=part, recalled=right, gold=of)


def figures(rows: Sequence[Counts], measures: Sequence[Measure], *, samples: int = SAMPLES, seed: int = 1) -> list[Figure]:
    """The figures of counted articles.

    Args:
        rows: what was counted in each article, by name.
        measures: what to make of it.
        samples: how often articles are drawn for the intervals; 0 for none.
        seed: of the drawing.
    """
    names = sorted({name for row in rows for name in row})
    at = {name: n for n, name in enumerate(names)}
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows], np.float64).reshape(len(rows), len(names))
    total = _Totals(table.sum(axis=0, keepdims=True), at)
    drawn = None
    if samples and len(rows) > 1:
        times = np.random.default_rng(seed).multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=samples)
        drawn = _Totals(times @ table, at)
    return [_figure(m, total, drawn) for m in measures]


@dataclasses.dataclass(frozen=True, slots=True)
class _Totals:
    """Sums of counts, a row for each time articles were drawn."""

    table: Floats
    at: Mapping[str, int]

    def of(self, name: str) -> Floats:
        found: Floats = self.table[:, self.at[name]] if name in self.at else np.zeros(len(self.table))
        return found

    def value(self, measure: Measure) -> Floats:
        """The figure each time; not a number where there is nothing to measure."""
        if measure.over:
            mean: Floats = np.mean([self.value(m) for m in measure.over], axis=0)
            return mean
        recall = _ratio(self.of(measure.recalled), self.of(measure.gold))
        if not measure.predicted:
            return recall
        precision = np.nan_to_num(_ratio(self.of(measure.precise), self.of(measure.predicted)))
        recall = np.nan_to_num(recall)
        return np.nan_to_num(_ratio(2 * precision * recall, precision + recall))


def _figure(measure: Measure, total: _Totals, drawn: _Totals | None) -> Figure:
    low = high = None
    if drawn is not None:
        values = drawn.value(measure)
        values = values[~np.isnan(values)]
        if len(values):
            low, high = (round(float(v), PLACES) for v in np.percentile(values, INSIDE))
    own: dict[str, Any] = {}
    if not measure.over:
        own = {"right": _count(total, measure.recalled), "gold": _count(total, measure.gold)}
        if measure.predicted:
            own["predicted"] = _count(total, measure.predicted)
            own["precision"] = _number(np.nan_to_num(_ratio(total.of(measure.precise), total.of(measure.predicted))))
            own["recall"] = _number(np.nan_to_num(_ratio(total.of(measure.recalled), total.of(measure.gold))))
    return Figure(name=measure.name, part=measure.part, value=_number(total.value(measure)), low=low, high=high, **own)


def _ratio(some: Floats, of: Floats) -> Floats:
    out: Floats = np.full(some.shape, np.nan)
    np.divide(some, of, out=out, where=of > 0)
    return out


def _number(values: Floats) -> float | None:
    return None if np.isnan(values[0]) else round(float(values[0]), PLACES)


def _count(total: _Totals, name: str) -> float:
    found = round(float(total.of(name)[0]), 2)
    return int(found) if found == int(found) else found
