"""Labelled files, read and made ready once."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from models.marked import Row
from onrecord.pipeline import Coder

M = TypeVar("M")


def load(path: Path, kept: Path, *, marked: Callable[[Path], Iterator[Row]], make: Callable[[list[Row], Coder], Iterator[M]]) -> list[M]:
    """What a labelled file makes, kept beside other caches until the file changes.

    Args:
        path: JSONL, or our own labelled text (``.txt``).
        kept: where what is made is kept.
        marked: reads our own labelled text.
        make: makes rows ready, given a coder without a model.
    """
    if kept.exists() and kept.stat().st_mtime > path.stat().st_mtime:
        with kept.open("rb") as file:
            found: list[M] = pickle.load(file)
        return found
    made = list(make(_rows(path, marked), Coder(model="none")))
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("wb") as file:
        pickle.dump(made, file)
    return made


def _rows(path: Path, marked: Callable[[Path], Iterator[Row]]) -> list[Row]:
    if path.suffix == ".txt":
        return list(marked(path))
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
