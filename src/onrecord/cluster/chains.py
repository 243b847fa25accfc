"""Event mentions → chains: mentions in any document that are of one event.

Documents are grouped into wide topics; within one, every two mentions get a probability of being of one event from small
networks on what they share (:mod:`onrecord.cluster.pairing`), and average link makes chains of them. After Barhom et al.,
"Revisiting Joint Modeling of Cross-document Entity and Event Coreference Resolution", ACL 2019, with a far smaller model.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.cluster.mentions import MentionText
from onrecord.cluster.pairing import candidates, documents_of, features
from onrecord.cluster.similarity import average_link

Floats = NDArray[np.float32]

LEAST = 0.35
"""Chains whose mentions are of one event with at least this mean probability are merged; chosen by cross-validation."""
NOTHING = 0.02
MOST = 4.0
"""Standard deviations at which a column is cut off."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PairScorer:
    """Networks of one hidden layer whose mean answer is taken.

    Attributes:
        columns: the names of the figures that are read.
        middle: the mean of each.
        spread: its standard deviation.
        hidden: (networks, columns + 1, units), the last row being the bias.
        out: (networks, units + 1).
    """

    columns: tuple[str, ...]
    middle: Floats
    spread: Floats
    hidden: Floats
    out: Floats

    @classmethod
    def load(cls) -> Self:
        """The shipped weights."""
        with files("onrecord.cluster").joinpath("weights/chains.npz").open("rb") as file, np.load(file) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        columns = tuple(str(name) for name in found.pop("columns"))
        return cls(columns=columns, **{name: value.astype(np.float32) for name, value in found.items()})

    def __call__(self, table: Mapping[str, Floats]) -> Floats:
        """The probability of each pair of a table of :func:`onrecord.cluster.pairing.features`."""
        rows = np.clip((np.column_stack([table[name] for name in self.columns]) - self.middle) / self.spread, -MOST, MOST).astype(np.float32)
        total = np.zeros(len(rows), np.float32)
        for hidden, out in zip(self.hidden, self.out, strict=True):
            units = np.maximum(rows @ hidden[:-1] + hidden[-1], 0)
            total += 1 / (1 + np.exp(-(units @ out[:-1] + out[-1])))
        return np.asarray(total / len(self.out), np.float32)


@functools.cache
def shipped() -> PairScorer:
    """The shipped scorer, read once."""
    return PairScorer.load()


def chains(docs: Sequence[Doc], mentions: Sequence[MentionText], *, scorer: PairScorer | None = None, least: float = LEAST) -> list[int]:
    """A chain number for each mention, in their order.

    Args:
        docs: the parses of the documents.
        mentions: their mentions, in any order.
        scorer: the pair scorer; by default the shipped one.
        least: the least mean probability at which chains are merged.
    """
    known, scorer = documents_of(docs), scorer or shipped()
    alike: dict[tuple[int, int], float] = {}
    for one, two in candidates(known, mentions):
        chance = scorer(features(known, mentions, one, two))
        for i, j, p in zip(one.tolist(), two.tolist(), chance.tolist(), strict=True):
            if p > NOTHING:
                alike[min(i, j), max(i, j)] = p
    return average_link(len(mentions), alike, least=least)
