"""Windows of labelled articles as tensors."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from models.material import Material
from onrecord.attribution import pairs
from onrecord.attribution.candidates import flags
from onrecord.encoder import FEATURES, windows


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """One window: pieces, the word of each piece, features, and for each cue the features and roles of its words."""

    article: int
    start: int
    end: int
    pieces: Tensor
    owners: Tensor
    features: Tensor
    flags: Tensor
    anchors: tuple[int, ...]
    roles: Tensor


class Reader:
    """Cuts articles into windows.

    Args:
        tokenizer: the word-piece tokenizer.
        most: pieces a window holds at most, the two special ones left out.
        alone: one sentence to a window.
        labels: how many dependency labels there are, the unknown one included.
    """

    def __init__(self, tokenizer: Tokenizer, *, most: int, labels: int, alone: bool = False) -> None:
        self.tokenizer = tokenizer
        self.most = most
        self.alone = alone
        self.labels = labels
        self.known: dict[str, list[int]] = {}

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The piece numbers of each word."""
        new = [t for t in dict.fromkeys(texts) if t not in self.known]
        for text, found in zip(new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            self.known[text] = found.ids or [100]
        return [self.known[t] for t in texts]

    def windows(self, number: int, made: Material, most: int | None = None) -> list[Window]:
        """The windows of one article."""
        pieces = self.pieces(made.words.texts)
        sizes = [len(p) for p in pieces]
        if self.alone:
            cuts = [0, *(np.flatnonzero(np.diff(made.words.sentences)) + 1).tolist(), len(sizes)]
            ranges = [r for a, b in itertools.pairwise(cuts) if a < b for r in _parts(a, b, sizes, self.most)]
        else:
            ranges = windows(made.words, sizes, most=most or self.most)
        every = flags(made.ruled, len(sizes))
        return [self._window(number, made, a, b, pieces, every) for a, b in ranges]

    def _window(self, number: int, made: Material, a: int, b: int, pieces: list[list[int]], every: np.ndarray) -> Window:
        ids = [101, *(i for p in pieces[a:b] for i in p), 102]
        owners = [-1, *(n for n, p in enumerate(pieces[a:b]) for _ in p), -1]
        features = np.zeros((len(ids), len(FEATURES)), np.int64)
        features[1:-1] = made.words.features[a:b][np.array(owners[1:-1])]
        anchors, roles = made.answers(a, b)
        return Window(
            article=number,
            start=a,
            end=b,
            pieces=torch.tensor(ids),
            owners=torch.tensor(owners),
            features=torch.from_numpy(features),
            flags=torch.from_numpy(every[a:b].copy()),
            anchors=anchors,
            roles=torch.from_numpy(roles),
        )

    def pair_features(self, made: Material, window: Window, anchors: Sequence[int]) -> Tensor:
        """The features of every word of a window beside each cue: (cues, words, columns)."""
        found = pairs.beside(made.words, made.heads, made.ruled, (window.start, window.end), anchors, labels=self.labels)
        return torch.from_numpy(found)


def _parts(a: int, b: int, sizes: list[int], most: int) -> Iterator[tuple[int, int]]:
    start, total = a, 0
    for n in range(a, b):
        if total + sizes[n] > most:
            yield start, n
            start, total = n, 0
        total += sizes[n]
    yield start, b


class Sized(Protocol):
    """What is read at once."""

    @property
    def pieces(self) -> Tensor:
        """The numbers of its word pieces."""

    @property
    def features(self) -> Tensor:
        """Their features."""


S = TypeVar("S", bound=Sized)


def batches(found: Sequence[S], *, pieces: int, rng: random.Random | None = None) -> Iterator[list[S]]:
    """Windows of about one length together, up to that many pieces with padding; in random order with ``rng``."""
    order = sorted(range(len(found)), key=lambda n: len(found[n].pieces) + (rng.random() * 24 if rng else 0))
    groups: list[list[S]] = []
    for n in order:
        window = found[n]
        if not groups or (len(groups[-1]) + 1) * max(len(window.pieces), *(len(w.pieces) for w in groups[-1])) > pieces:
            groups.append([])
        groups[-1].append(window)
    if rng:
        rng.shuffle(groups)
    yield from groups


def padded(group: Sequence[Sized]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, features and mask of a batch."""
    longest = max(len(w.pieces) for w in group)
    pieces = torch.zeros(len(group), longest, dtype=torch.long)
    features = torch.zeros(len(group), longest, len(FEATURES), dtype=torch.long)
    mask = torch.zeros(len(group), longest)
    for n, window in enumerate(group):
        size = len(window.pieces)
        pieces[n, :size], features[n, :size], mask[n, :size] = window.pieces, window.features, 1
    return pieces, features, mask


def pooled(states: Tensor, owners: Tensor, count: int) -> Tensor:
    """The mean state of each word's pieces: (words, width)."""
    inside = owners >= 0
    index = owners[inside]
    total = torch.zeros(count, states.shape[-1], dtype=states.dtype).index_add_(0, index, states[: len(owners)][inside])
    sizes = torch.zeros(count, dtype=states.dtype).index_add_(0, index, torch.ones(len(index), dtype=states.dtype))
    return total / sizes[:, None]
