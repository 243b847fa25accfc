"""The encoder: an int8 MiniLM that reads windows of sentences and gives a state for each word."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Sequence
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
_Sized = tuple[int, Range]
"""How many pieces a window has, and its words."""

SHIPPED = Path(__file__).parent / "weights"
START, END, UNKNOWN = 101, 102, 100
"""BERT's numbers for the pieces that open and close what it reads, and for what it has no piece for."""
TOGETHER = 768
"""Word pieces read at once, padding included: more gains nothing on one core and costs memory."""
KNOWN = 200_000
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
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # both grow with every new length of a sentence
        return onnxruntime.InferenceSession(str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])

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
        """States of an article, its windows read in batches of about one length.

        What is read together shares the scale of the int8 arithmetic, so nothing of another article is:
        an article's states don't depend on its company.

        Args:
            words: the article's words.
            matters: the numbers of the sentences to read; None for all.
        """
        pieces = self.pieces(words.texts)
        sizes = [len(p) for p in pieces]
        ranges = windows(words, sizes, most=self.about.pieces, wanted=matters)
        vectors = np.zeros((len(words.texts), self.about.width), np.float32)
        for batch in _batches([(sum(sizes[a:b]), (a, b)) for a, b in ranges]):
            self._read(batch, words, pieces, vectors)
        return States(words=words, windows=tuple(ranges), vectors=vectors)

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The word pieces of each word."""
        known = self._known
        new = [t for t in dict.fromkeys(texts) if t not in known]
        if len(known) + len(new) > KNOWN:
            known.clear()
            new = list(dict.fromkeys(texts))
        for text, found in zip(new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            known[text] = found.ids or [UNKNOWN]
        return [known[t] for t in texts]

    def _read(self, batch: Sequence[_Sized], words: Words, pieces: Sequence[list[int]], vectors: Floats) -> None:
        longest = batch[0][0] + 2
        ids = np.zeros((len(batch), longest), np.int64)
        features = np.zeros((len(batch), longest, len(FEATURES)), np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        lengths = [np.array([len(p) for p in pieces[a:b]]) for _, (a, b) in batch]
        for n, (size, (a, b)) in enumerate(batch):
            ids[n, : size + 2] = [START, *(i for p in pieces[a:b] for i in p), END]
            features[n, 1 : size + 1] = np.repeat(words.features[a:b], lengths[n], axis=0)
            mask[n, : size + 2] = 1
        found = self.session.run(["states"], {"pieces": ids, "features": features, "mask": mask})[0]
        for n, (size, (a, b)) in enumerate(batch):
            starts = np.concatenate(([0], np.cumsum(lengths[n])[:-1]))
            vectors[a:b] = np.add.reduceat(found[n, 1 : size + 1], starts, axis=0) / lengths[n][:, None]


def _batches(ranges: Iterable[_Sized]) -> Iterator[list[_Sized]]:
    """The longest first, so that little is padding."""
    batch: list[_Sized] = []
    for sized in sorted(ranges, key=lambda r: (-r[0], r[1])):
        if batch and (len(batch) + 1) * (batch[0][0] + 2) > TOGETHER:
            yield batch
            batch = []
        batch.append(sized)
    if batch:
        yield batch
