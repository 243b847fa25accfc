"""Labelled sentences of a file, made ready once; ``onrecord.train.sentences`` makes them."""

from __future__ import annotations

from pathlib import Path

from models import cached, event_marked
from onrecord.train.sentences import Deed, Pair, Sentence, sentences

__all__ = ["Deed", "Pair", "Sentence", "load", "sentences"]


def load(path: Path, cache: Path) -> list[Sentence]:
    """The sentences of a file, made once."""
    return cached.load(path, cache / f"events-{path.stem}.pickle", marked=event_marked.rows, make=sentences)
