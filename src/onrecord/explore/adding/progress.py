"""How far the adding of something is: written by the process that adds, read by the one that shows pages."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

ENDED = ("done", "stopped", "failed")
MOST_SHOWN = 200
"""Skips, notes and articles that are kept of one adding."""


class Skipped(msgspec.Struct, kw_only=True):
    """A document that was not added: where it is, why in a word, and why in a sentence."""

    where: str
    record: int | None
    reason: str
    message: str


class Added(msgspec.Struct, kw_only=True):
    """An article that the record has now."""

    id: str
    title: str | None


class Progress(msgspec.Struct, kw_only=True):
    """How far an adding is.

    Attributes:
        state: ``waiting``, ``starting`` (the coder is being made), ``working``, ``done``, ``stopped`` or ``failed``.
        read: documents that were read so far.
        tally: what became of them: ``added``, ``replaced``, ``recoded``, ``unchanged``, ``forgotten``, ``skipped``.
        articles: the first of those that the record has now.
        skips: the first of those that were skipped.
        notes: what is worth knowing about others.
        problem: why it failed.
    """

    state: str = "waiting"
    read: int = 0
    tally: dict[str, int] = {}
    articles: list[Added] = []
    skips: list[Skipped] = []
    notes: list[str] = []
    problem: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED


def written(progress: Progress, path: Path) -> None:
    """Put it where it is read, whole or not at all."""
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(progress))
    os.replace(new, path)


def read(path: Path) -> Progress:
    """What was put there last."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Progress)
    except (OSError, msgspec.DecodeError):
        return Progress()
