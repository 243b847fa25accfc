"""The framing head: which words the encoder's states say are loaded, and of which kind.

It learned the direction from sentences written for it (``models/data/framing``), not a list, so it finds words that
no table has. It reads a word's state, its tag and whether it stands in a quotation; words that the encoder
did not read are the tables' alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from onrecord.encoder import FEATURES, SIZES, Encoder, ModelError, States, linear, softmax
from onrecord.framing.terms import part_of_a_name

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NAME = "framing"
CATEGORIES = (
    "delegitimising",
    "dehumanising",
    "doubt",
    "euphemism",
    "evaluative",
    "honorific",
    "ideological_label",
    "intensifying",
    "legal_status",
    "sensational",
    "verb_of_saying",
    "violence_label",
)
"""What a loaded word can be, in the order of the head's outputs; before them stands what is not loaded."""
GENERAL = "evaluative"
"""The category of a loaded word whose kind the head can't tell."""
TELLS = 0.5
"""How much of what speaks for a word being loaded must speak for one category."""
UNLIKELY = 0.02
"""A term of the tables that is less likely loaded than this is used in a plain sense."""
OPEN = ("ADJ", "ADV", "NOUN", "VERB")
TAG, QUOTE = FEATURES.index("tag"), FEATURES.index("quote")


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A loaded word or phrase: its tokens, its category and how likely it is loaded."""

    span: Span
    category: str
    likely: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head's weights.

    Attributes:
        weights: arrays by name.
        least: how likely a word must be loaded to be found.
    """

    weights: Mapping[str, Floats]
    least: float

    @classmethod
    def load(cls, encoder: Encoder) -> Head | None:
        """The head that was trained with an encoder; None where the encoder's folder has none, and the tables stand alone.

        Raises:
            ModelError: it was trained with another encoder, or for other categories or features.
        """
        if not (encoder.folder / f"{NAME}.npz").exists():
            return None
        arrays = encoder.head(NAME)
        if len(arrays["out.bias"]) != len(CATEGORIES) + 1 or len(arrays["tag"]) != len(encoder.about.tags) + 1 or len(arrays["quote"]) != SIZES["quote"]:
            raise ModelError(f"{encoder.folder}: {NAME}.npz was made for other categories or features than this version has")
        return cls(weights=arrays, least=float(arrays["least"]))

    def likely(self, vectors: Floats, features: NDArray[np.int32]) -> Floats:
        """How likely each word is not loaded and of each of :data:`CATEGORIES`: (words, 1 + categories)."""
        known = self.weights
        mixed = vectors @ known["state"].T + known["tag"][features[:, TAG]] + known["quote"][features[:, QUOTE]] + known["bias"]
        return softmax(linear(known, "out", np.maximum(mixed, 0)), axis=1)

    def scored(self, doc: Doc, states: States) -> tuple[Ints, Floats]:
        """The tokens that can be loaded and were read, and what :meth:`likely` says of each."""
        numbers = candidates(doc, states)
        return states.words.tokens[numbers].astype(np.int64), self.likely(states.vectors[numbers], states.words.features[numbers])


def candidates(doc: Doc, states: States) -> Ints:
    """The numbers of the words that can be loaded (adjectives, adverbs, nouns, verbs) and that the encoder read."""
    read = np.zeros(len(states.words.tokens), bool)
    for start, end in states.windows:
        read[start:end] = True
    wanted = [doc.vocab.strings[pos] for pos in OPEN]
    pos = doc.to_array(["POS"]).reshape(-1)[states.words.tokens]
    numbers: Ints = np.flatnonzero(read & np.isin(pos, wanted))
    return numbers


def found_words(doc: Doc, tokens: Ints, likely: Floats, *, least: float, taken: set[int]) -> Iterator[Found]:
    """Loaded words and phrases in text order.

    Args:
        doc: the parse.
        tokens: the tokens that can be loaded.
        likely: what the head says of each.
        least: how likely a word must be loaded.
        taken: tokens that are in findings already.
    """
    loaded = {int(t): row for t, row in zip(tokens, likely, strict=True) if 1 - row[0] >= least and t not in taken and doc[int(t)].is_alpha}
    behind = -1
    for start in sorted(loaded):
        if start < behind:
            continue
        end = start + 1
        while end in loaded and doc[end - 1].dep_ == "compound" and doc[end - 1].head.i >= end:
            end += 1
        if end < len(doc) and doc[end].dep_ == "prt" and doc[end].head.i == end - 1 and end not in taken:
            end += 1
        behind = end
        span = doc[start:end]
        if part_of_a_name(span):
            continue
        row = max((loaded[i] for i in range(start, end) if i in loaded), key=lambda r: float(1 - r[0]))
        yield Found(span, category_of(row), float(1 - row[0]))


def category_of(row: Floats) -> str:
    """The category that a row of :meth:`Head.likely` tells, the general one where it tells none."""
    best = int(np.argmax(row[1:]))
    return CATEGORIES[best] if row[1 + best] >= TELLS * (1 - row[0]) else GENERAL
