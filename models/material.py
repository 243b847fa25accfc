"""Labelled articles of a file, made ready once; ``onrecord.train.material`` makes them."""

from __future__ import annotations

from pathlib import Path

from models import cached, marked
from onrecord.train.material import Material, Relation, materials, proposed

__all__ = ["Material", "Relation", "load", "materials", "proposed"]


def load(path: Path, cache: Path) -> list[Material]:
    """The material of a file, made once."""
    return cached.load(path, cache / f"{path.stem}.pickle", marked=marked.rows, make=materials)
