"""What annotators changed, as reviews of a record: what they left as it was is confirmed, what they corrected or removed is so there, too."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

from onrecord.annotate.gold import Change, Gold
from onrecord.store import RecordError

VERDICTS = {"kept": "confirmed", "corrected": "corrected", "removed": "rejected"}
"""What a change is as a review. What was moved or added is none: a review is of a finding that is there, on its characters."""


class Reviewed(Protocol):
    """A record, as far as it takes reviews."""

    def review(self, finding: str, verdict: str, *, by: str, note: str | None = None, fields: Any = None, article: str | None = None) -> Any:
        """Note what somebody says of a finding."""


@dataclasses.dataclass(slots=True)
class Noted:
    """How many reviews were noted, by verdict, and what could not be: moved, added, or not in the record."""

    verdicts: Counter[str] = dataclasses.field(default_factory=Counter)
    left_out: Counter[str] = dataclasses.field(default_factory=Counter)
    problems: list[str] = dataclasses.field(default_factory=list)


def review(record: Reviewed, golds: Iterable[Gold], *, by: str | None = None, confirm: bool = True) -> Noted:
    """Note in a record what annotators say of its findings.

    Args:
        record: has the articles, coded as they were when they were exported.
        golds: as annotators left them.
        by: who says so; by default each one's annotator.
        confirm: whether findings that were left as they were are confirmed.

    Raises:
        ValueError: it is not known who annotated.
    """
    noted = Noted()
    for gold in golds:
        who = by or gold.annotator
        if not who:
            raise ValueError("a review needs the name of who made it: it is not in the annotations")
        for change in gold.changes:
            _note(record, gold, change, who, confirm, noted)
    return noted


def _note(record: Reviewed, gold: Gold, change: Change, who: str, confirm: bool, noted: Noted) -> None:
    verdict = VERDICTS.get(change.what)
    if verdict is None or change.before is None:
        noted.left_out[change.what] += 1
        return
    if verdict == "confirmed" and not confirm:
        return
    try:
        record.review(change.before, verdict, by=who, note=change.note or None, fields=change.fields or None, article=gold.report.article.id)
    except RecordError as error:
        noted.left_out["not possible in this record"] += 1
        noted.problems.append(f"{gold.report.article.id} {change.before}: {error}")
        return
    noted.verdicts[verdict] += 1
