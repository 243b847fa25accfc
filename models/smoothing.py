"""How each product of the encoder is rounded to int8: what its inputs are divided by before (SmoothQuant, Xiao et al. 2023).

Calibrated on our own labelled text, several examples to an article, so that windows are as long as those of news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from models.graph import Rounding, Shape, encoder, products
from models.marked import rows
from onrecord.encoder import Encoder, fed
from onrecord.parse import Parser
from onrecord.records import Article

Floats = NDArray[np.float32]
SHARE = 0.7
"""How much of the spread goes from the inputs into the weights, 0 to 1: chosen by how far states are from fp32."""
SMOOTHED = ("three", "wide", "narrow")
TOGETHER = 12
ARTICLES = 60
SEED = 1
LEAST = 1e-3
ROUGH = 10.0
"""Where an input of a feed-forward layer's second product gets larger, one scale for all won't do, smoothed or not."""


def calibrated(weights: Mapping[str, Floats], shape: Shape, reader: Encoder, texts: Path) -> Rounding:
    """How the products are rounded, as our own text asks for.

    Args:
        weights: the encoder's by name.
        shape: its shape.
        reader: cuts text into windows of pieces; its own network is not used.
        texts: a folder of our own labelled text.
    """
    wanted = {f"layer.{n}.{name}": made for n in range(shape.layers) for name, made in products(weights, n).items() if name in SMOOTHED}
    graph = encoder(weights, shape, Rounding(int8=False), also=[of for of, _, _ in wanted.values()])
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    largest = {name: np.full(len(values), LEAST, np.float32) for name, (_, values, _) in wanted.items()}
    for window in _windows(reader, texts):
        for name, found in zip(wanted, session.run([of for of, _, _ in wanted.values()], window), strict=True):
            largest[name] = np.maximum(largest[name], np.abs(found[0]).max(0))
    out = {}
    for name, (_, values, _) in wanted.items():
        spread = largest[name] ** SHARE / np.maximum(np.abs(values).max(1), LEAST) ** (1 - SHARE)
        out[name] = (spread / np.exp(np.log(spread).mean())).astype(np.float32)
    return Rounding(smooth=out, blocks=[name for name, most in largest.items() if name.endswith("narrow") and most.max() > ROUGH])


def _windows(reader: Encoder, texts: Path) -> Iterator[dict[str, NDArray[np.int64]]]:
    """Windows of our own text as the network takes them."""
    found = [row["text"] for path in sorted(texts.glob("*.txt")) for row in rows(path)]
    random.Random(SEED).shuffle(found)
    articles = ["\n\n".join(found[at : at + TOGETHER]) for at in range(0, len(found), TOGETHER)][:ARTICLES]
    for parsed in Parser().pipe(Article.make(text) for text in articles):
        words = reader.words(parsed)
        pieces = reader.pieces(words.texts)
        for first, end in reader.windows(words, pieces):
            yield fed(pieces[first:end], words.features[first:end])
