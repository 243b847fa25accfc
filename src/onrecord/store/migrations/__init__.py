"""The steps by which a record's tables came about. A step is ``versions/NNNN_what.py``; its revision is ``NNNN``."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def revisions() -> list[str]:
    """The revisions that this version knows, oldest first."""
    return sorted(path.stem.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py"))
