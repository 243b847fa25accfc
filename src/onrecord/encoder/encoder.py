"""The encoder: an int8 MiniLM that reads windows of sentences and gives a state for each word."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.encoder.features import FEATURES, Words, words_of
from onrecord.encoder.windows import Range, windows
from onrecord.parse import Parsed

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

SHIPPED = Path(__file__).parent / "weights"
START, END, UNKNOWN = 101, 102, 100
"""BERT's numbers for the pieces that open and close what it reads, and for what it has no piece for."""
INPUTS = {"pieces", "features"}
KNOWN = 50_000
"""Words whose pieces are kept."""


class ModelError(ValueError):
    """The weights don't fit this version of the program, or files are missing; the message says which."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What ``model.json`` says of the weights beside it."""

    id: str
    width: int
    pieces: int
    features: tuple[str, ...]
    columns: tuple[str, ...]
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    least: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """What the encoder made of an article.

    Attributes:
        words: the article's words.
        windows: the ranges of words that were read together, in order; a word in none was not read.
        vectors: a state for each word, (words, width), zeros where it was not read.
    """

    words: Words
    windows: tuple[Range, ...]
    vectors: Floats


class Encoder:
    """Reads parsed articles. Loads its weights when it is first asked to read.

    Args:
        folder: where ``encoder.onnx``, ``tokenizer.json`` and ``model.json`` are; by default the shipped weights.

    Raises:
        ModelError: a file is missing, or the weights were made for other features.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.folder = folder
        path = folder / "model.json"
        if not path.exists():
            raise ModelError(f"no model in {folder}: {path.name} is missing; use model='none' to code by rules alone")
        self.about = msgspec.json.decode(path.read_bytes(), type=About)
        if self.about.features != FEATURES:
            raise ModelError(f"{path} is for the features {', '.join(self.about.features)}, this version reads {', '.join(FEATURES)}")
        self.tags = {tag: n for n, tag in enumerate(self.about.tags, 1)}
        self.labels = {label: n for n, label in enumerate(self.about.labels, 1)}
        self._known: dict[str, list[int]] = {}

    @functools.cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The loaded network, on one thread."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # both grow with every new length of a window
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # the graph is written as it is best run
        path = self.folder / "encoder.onnx"
        found = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        if {i.name for i in found.get_inputs()} != INPUTS:
            raise ModelError(f"{path} was exported by another version: export it anew (models/README.md)")
        return found

    @functools.cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer."""
        found = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        found.no_truncation()
        found.no_padding()
        return found

    @property
    def mark(self) -> Floats:
        """The encoder's id as numbers: the array ``encoder`` of the file of a head that was trained on its states as they are."""
        return np.array(list(self.about.id.encode()), np.float32)

    def head(self, name: str) -> dict[str, Floats]:
        """The weights of the head of that name.

        Raises:
            ModelError: there is none, or it was trained on another encoder's states.
        """
        path = self.folder / f"{name}.npz"
        if not path.exists():
            raise ModelError(f"no head {name} in {self.folder}")
        with np.load(path) as arrays:
            found = {key: arrays[key].astype(np.float32, copy=False) for key in arrays.files}
        if not np.array_equal(found.pop("encoder", self.mark), self.mark):
            raise ModelError(f"{path} was trained on another encoder's states; train it anew (models/README.md)")
        return found

    def words(self, parsed: Parsed) -> Words:
        """The words of an article as this encoder reads them."""
        return words_of(parsed, tags=self.tags, deps=self.labels)

    def read(self, words: Words, *, matters: frozenset[int] | None = None) -> States:
        """States of an article, its windows read one at a time.

        What a window holds just fits the processor's cache, so batches are slower; and what is read together would share the scale
        of the int8 arithmetic: a window's states don't depend on its company.

        Args:
            words: the article's words.
            matters: the numbers of the sentences to read; None for all.
        """
        pieces = self.pieces(words.texts)
        ranges = self.windows(words, pieces, matters=matters)
        vectors = np.zeros((len(words.texts), self.about.width), np.float32)
        for first, end in ranges:
            vectors[first:end] = self._read(pieces[first:end], words.features[first:end])
        return States(words=words, windows=tuple(ranges), vectors=vectors)

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The word pieces of each word, as many as a window holds: a hundred signs of Chinese without a space can be one word."""
        known = self._known
        new = [t for t in dict.fromkeys(texts) if t not in known]
        if len(known) + len(new) > KNOWN:
            known.clear()
            new = list(dict.fromkeys(texts))
        for text, found in zip(new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            known[text] = found.ids[: self.about.pieces] or [UNKNOWN]
        return [known[t] for t in texts]

    def windows(self, words: Words, pieces: Sequence[list[int]], *, matters: frozenset[int] | None = None) -> list[Range]:
        """What is read at once: see :func:`onrecord.encoder.windows.windows`."""
        return windows(words, [len(p) for p in pieces], most=self.about.pieces, wanted=matters)

    def _read(self, pieces: Sequence[list[int]], features: Ints) -> Floats:
        """The states of the words of one window: the mean of their pieces'."""
        found = self.session.run(["states"], fed(pieces, features))[0]
        lengths = np.array([len(p) for p in pieces])
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        sums = np.add.reduceat(found[0, 1:-1], starts, axis=0)
        means: Floats = (sums / lengths[:, None]).astype(np.float32)
        return means


def fed(pieces: Sequence[list[int]], features: Ints) -> dict[str, NDArray[np.int64]]:
    """One window as the network takes it.

    Args:
        pieces: the word pieces of each of its words.
        features: a row for each word.
    """
    ids = np.array([[START, *itertools.chain.from_iterable(pieces), END]], np.int64)
    of = np.zeros((1, ids.shape[1], len(FEATURES)), np.int64)
    of[0, 1:-1] = np.repeat(features, [len(p) for p in pieces], axis=0)
    return {"pieces": ids, "features": of}
