"""What each head learns from: windows and sentences with the encoder's states, which are left as they are, and their losses."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.attribution import pairs
from onrecord.attribution.candidates import flags
from onrecord.encoder import Encoder
from onrecord.pipeline import Coder
from onrecord.train.heads import AttributionHead, EventHead
from onrecord.train.labels import Row
from onrecord.train.losses import sentence_loss, window_losses
from onrecord.train.material import materials
from onrecord.train.sentences import Sentence, sentences

Halves = NDArray[np.float16]
ROLE_SCALE = 12.0
"""The loss of a cue's words is a sum; this brings it to the size of the cue's own, as for the shipped head."""


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """Words that the encoder read together: their states, flags, labelled cues, pair features and roles."""

    vectors: Halves
    flags: Tensor
    anchors: tuple[int, ...]
    beside: Tensor
    roles: Tensor


def windows(rows: list[Row], encoder: Encoder, rules: Coder) -> Iterator[Window]:
    """The windows of labelled articles.

    Args:
        rows: articles with their attributions.
        encoder: its states are what the head reads.
        rules: a coder without a model, whose findings are the rules' word.
    """
    labels = len(encoder.about.labels) + 1
    for made in materials(rows, rules):
        states = encoder.read(made.words)
        every = flags(made.ruled, len(made.words.texts))
        for start, end in states.windows:
            anchors, roles = made.answers(start, end)
            around = pairs.beside(made.words, made.heads, made.ruled, (start, end), anchors, labels=labels) if anchors else np.zeros(0, np.int32)
            vectors = states.vectors[start:end].astype(np.float16)
            yield Window(vectors, torch.from_numpy(every[start:end].copy()), anchors, torch.from_numpy(around), torch.from_numpy(roles))


def window_loss(head: AttributionHead, window: Window) -> tuple[Tensor, int]:
    """The loss of a window, and how many cues it has."""
    vectors = torch.from_numpy(window.vectors.astype(np.float32))
    cues, roles = window_losses(head, vectors, window.flags, window.anchors, window.beside, window.roles)
    return cues + roles / ROLE_SCALE, len(window.anchors)


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """A labelled sentence with the states of its words."""

    sentence: Sentence
    vectors: Halves
    labels: int


def read(rows: list[Row], encoder: Encoder, rules: Coder) -> Iterator[Read]:
    """Labelled sentences as the encoder reads them, each alone; one that is longer than a window is left out."""
    for sentence in sentences(rows, rules):
        if sentence.words.texts and sum(len(p) for p in encoder.pieces(sentence.words.texts)) <= encoder.about.pieces:
            yield Read(sentence, encoder.read(sentence.words).vectors.astype(np.float16), len(encoder.about.labels) + 1)


def read_loss(head: EventHead, item: Read) -> tuple[Tensor, int]:
    """The loss of a sentence, and how many events and pairs it has."""
    return sentence_loss(head, torch.from_numpy(item.vectors.astype(np.float32)), item.sentence, labels=item.labels)


def items(head: str, rows: Iterable[Row], encoder: Encoder, rules: Coder) -> list[Window] | list[Read]:
    """What a head learns from."""
    return list(windows(list(rows), encoder, rules)) if head == "attribution" else list(read(list(rows), encoder, rules))
