"""Labelled ordered pairs as the stance head reads them: the words' states by the encoder that ships, the two by their words, the answers.

The encoder is left as it is, so states are made once for each of its versions and kept.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models import event_marked
from onrecord.encoder import Encoder, anchor_of, heads_of, pairs, spans_of, touched
from onrecord.parse import Parser
from onrecord.records import Article

Ints = NDArray[np.int32]
Halves = NDArray[np.float16]

ANSWERS = {"0": (0, 0), "1": (1, 0), "2": (0, 1), "3": (2, 0), "4": (0, 2)}
"""What a label says of a's stance on b, and of b's on a: 0 none, 1 for, 2 against."""
FOR = ("SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE")
AGAINST = ("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT")
SIDES = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, 2)
"""The stance that a type of event takes; those that are not here take none."""
UNCLEAR = frozenset({"YIELD"})
"""Labels of a set that are of either kind."""
Row = tuple[str, tuple[int, int], tuple[int, int], tuple[int, int]]
"""A text, where the first and the second are, and the answers."""
MARKED = re.compile(r"\[([^\[\]]*)\]")


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with two marked in it.

    Attributes:
        states: of its words, (words, width).
        spans: the words of the one and of the other.
        beside: what the parse says of every word from the point of view of each, (2, words, columns).
        answers: the stance of the first on the second and of the second on the first, each 0 none, 1 for, 2 against.
    """

    states: Halves
    spans: tuple[tuple[int, ...], tuple[int, ...]]
    beside: Ints
    answers: tuple[int, int]


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without the brackets around what they mark, and where that is."""
    out, spans, at = "", [], 0
    for found in MARKED.finditer(text):
        out += text[at : found.start()]
        spans.append((len(out), len(out) + len(found[1])))
        out += found[1]
        at = found.end()
    return out + text[at:], spans


def rows(path: Path) -> Iterator[Row]:
    """The labelled pairs of a file: JSONL with two marked in a text or with the type of what one does to the other, or our own events (``.txt``)."""
    if path.suffix == ".txt":
        yield from of_events(event_marked.rows(path))
        return
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if line.strip()]
    for row in found:
        if "type" in row:
            if row["source"] and row["target"] and row["type"] not in UNCLEAR:
                yield row["text"], tuple(row["source"][0]), tuple(row["target"][0]), (SIDES.get(row["type"], 0), 0)
        else:
            yield from of_marks(row)


def of_marks(row: dict[str, Any]) -> Iterator[Row]:
    """A text with two in brackets; nothing where the marks can't be told apart."""
    text, spans = unmarked(row["text"])
    first = next((s for s in spans if text[slice(*s)] == row["a"]), None)
    second = next((s for s in spans if text[slice(*s)] == row["b"] and s != first), None)
    if first and second:
        yield text, first, second, ANSWERS[row["label"]]


def of_events(found: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Who does what to whom, as far as it is put as a fact: its type tells for or against."""
    for row in found:
        for event in row["events"]:
            if event["veridicality"] == "asserted" and event["actors"] and event["recipients"]:
                yield row["text"], tuple(event["actors"][0]), tuple(event["recipients"][0]), (SIDES.get(event["type"], 0), 0)


def read(path: Path, encoder: Encoder, parser: Parser) -> Iterator[Pair]:
    """The pairs of a file."""
    every = list(rows(path))
    labels = len(encoder.about.labels) + 1
    for (_, one, other, answers), parsed in zip(every, parser.pipe(Article.make(text) for text, *_ in every), strict=True):
        states = encoder.read(encoder.words(parsed))
        words = states.words
        spans, heads = spans_of(parsed, words), heads_of(parsed, words)
        first, second = touched(spans, [one]), touched(spans, [other])
        if not first or not second or set(first) & set(second) or len(words.texts) > encoder.about.pieces:
            continue
        none = np.zeros(len(heads), np.int32)
        beside = pairs.beside(words, heads, [none, none], (0, len(heads)), [anchor_of(s, heads) for s in (first, second)], labels=labels)
        yield Pair(states.vectors.astype(np.float16), (first, second), beside, answers)
