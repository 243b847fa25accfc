"""Gold: a report as an annotator left it, with who that was and what they changed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, Literal

from onrecord.records import Report
from onrecord.records.report import LINE_BREAKS

What = Literal["kept", "corrected", "moved", "removed", "added"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a finding.

    Attributes:
        what: ``kept``; ``corrected`` in fields that a review can correct; ``moved`` to other characters or with other participants; ``removed``; ``added``.
        room: where it belongs (``events``).
        before, after: its id before and after, as far as there is one.
        fields: what was corrected, by the names that reviews have for it.
        note: what the annotator says.
    """

    what: What
    room: str
    before: str | None = None
    after: str | None = None
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """An article as one annotator left it.

    Attributes:
        report: what is on record in it.
        annotator: who says so, where that is known.
        tool: what it was annotated with.
        changes: what became of each finding that they were shown, and what they added.
        problems: what could not be read and was left out, each with its place.
    """

    report: Report
    annotator: str | None = None
    tool: str = ""
    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A row of gold: the report with its text (docs/report-format.md), and ``annotation`` beside it."""
        changed = [dataclasses.asdict(c) for c in self.changes if c.what != "kept" or c.note]
        body: dict[str, Any] = self.report.to_dict(with_text=True)
        body["annotation"] = {"annotator": self.annotator, "tool": self.tool, "changes": changed}
        return body

    def to_json(self) -> str:
        """The row as one line."""
        return json.dumps(self.to_dict(), ensure_ascii=False).translate(LINE_BREAKS)
