"""What scoring a stage gives: counts for each article, what to make of them, how sure what was found was, and what is wrong."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

from onrecord.evaluate.errors import Error
from onrecord.evaluate.figures import Figure, Measure

Row = Mapping[str, Any]


class EvaluationError(ValueError):
    """Gold or predictions can't be used; the message says which row and why."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Scored:
    """A stage, scored.

    Attributes:
        rows: what was counted in each article.
        measures: the figures that are made of the counts.
        fixed: figures that are no sums over articles.
        sure: for each kind of finding that has a confidence: how sure, and whether it was right.
        errors: what is wrong.
    """

    measures: list[Measure]
    rows: list[Counter[str]] = dataclasses.field(default_factory=list)
    fixed: list[Figure] = dataclasses.field(default_factory=list)
    sure: dict[str, list[tuple[float, bool]]] = dataclasses.field(default_factory=dict)
    errors: list[Error] = dataclasses.field(default_factory=list)

    def row(self) -> Counter[str]:
        """The counts of one more article."""
        self.rows.append(Counter())
        return self.rows[-1]

    def judge(self, kind: str, found: Row, *, right: bool) -> None:
        """Note whether a finding that has a confidence is right."""
        if found.get("confidence") is not None:
            self.sure.setdefault(kind, []).append((float(found["confidence"]), right))
