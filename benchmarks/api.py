"""Writes ``docs/api.md``: ``python -m benchmarks.api``."""

from __future__ import annotations

from typing import Any, cast

from benchmarks.page import DOCS
from onrecord.explore import make_app
from onrecord.explore.reference import markdown
from onrecord.store import Record

PAGE = DOCS / "api.md"


def specified() -> dict[str, Any]:
    """What the application says that it answers, whatever record it shows."""
    return make_app(cast(Record, None)).openapi()


def reference() -> str:
    """The page as it is to be."""
    return markdown(specified())


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
