"""Gold and predictions are looked at before anything is coded or counted: rows of the right shape, on the texts that they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.evaluate.scored import EvaluationError

SHOWN = 60
SPANS = frozenset({"source", "cue", "content", "target"})
"""Lists of offsets in rows of stages."""


def shaped(row: Any, keys: frozenset[str], stage: str, number: int) -> None:
    """See that a row of gold has what its stage needs.

    Raises:
        EvaluationError: it has not; the message names the row, counted from 1.
    """
    if not isinstance(row, Mapping) or not keys <= row.keys():
        missing = ", ".join(sorted(keys - row.keys())) if isinstance(row, Mapping) else "everything"
        raise EvaluationError(f"row {number} of the gold has not the shape of {stage}: {missing} is missing (docs/annotation.md has the shapes)")
    if "article" in keys and not isinstance(row["article"], Mapping):
        raise EvaluationError(f"row {number} of the gold has not the shape of {stage}: its article is no object")
    text = text_of(row)
    if text is not None and not isinstance(text, str):
        raise EvaluationError(f"row {number} of the gold has a text that is none: {str(text)[:SHOWN]!r}")


def text_of(row: Mapping[str, Any]) -> Any:
    """The text that a row is on."""
    within = row.get("article")
    return within.get("text") if isinstance(within, Mapping) else row.get("text")


def in_its_text(row: Mapping[str, Any], id: str | None) -> None:
    """See that what a row of gold marks is in its text, with the words that it says.

    Raises:
        EvaluationError: it is not: the gold is of another text, or the text was changed.
    """
    text = text_of(row)
    if not isinstance(text, str):
        return
    for start, end, words in _marked(row):
        if not 0 <= start <= end <= len(text):
            raise EvaluationError(f"article {id}: {start} to {end} is not in its text, which has {len(text)} characters: is the gold of another text?")
        if words is not None and words != text[start:end]:
            was, there = words[:SHOWN], text[start:end][:SHOWN]
            raise EvaluationError(f"article {id}: the gold says {was!r} at {start}, and its text has {there!r} there: is the gold of another text?")


def _marked(found: Any, name: str = "") -> Iterator[tuple[int, int, str | None]]:
    """What is marked anywhere in a row: offsets, and the words where they are told."""
    if isinstance(found, Mapping):
        start, end, words = found.get("start"), found.get("end"), found.get("text")
        if isinstance(start, int) and isinstance(end, int):
            yield start, end, words if isinstance(words, str) else None
        for key, value in found.items():
            yield from _marked(value, key)
    elif isinstance(found, list):
        for each in found:
            if name in SPANS and isinstance(each, list) and len(each) == 2 and all(isinstance(n, int) for n in each):
                yield each[0], each[1], None
            else:
                yield from _marked(each)


def same_text(row: Mapping[str, Any], answer: Any, id: str | None) -> None:
    """See that a prediction that is a report was made from the text of its gold.

    Raises:
        EvaluationError: it was made from another.
    """
    text, within = text_of(row), answer.get("article") if isinstance(answer, Mapping) else None
    if not isinstance(text, str) or not isinstance(within, Mapping):
        return
    made_from, sha = within.get("text"), within.get("text_sha256")
    own = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if text != made_from if isinstance(made_from, str) else sha not in (None, own):
        raise EvaluationError(f"the prediction for {id} was made from another text than the gold's")


def tokens_there(rows: Sequence[Mapping[str, Any]]) -> None:
    """See that mentions name tokens that their documents have.

    Raises:
        EvaluationError: one does not.
    """
    for row in rows:
        for mention in row["mentions"]:
            if any(not 0 <= n < len(row["tokens"]) for n in mention["tokens"]):
                raise EvaluationError(f"document {row['id']}: a mention names tokens {mention['tokens']}, and there are {len(row['tokens'])}")
