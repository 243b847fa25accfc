"""Documents given as tokens with marked event mentions, as the clustering of mentions reads them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc

from onrecord.cluster import MentionText, mention_texts
from onrecord.parse import Parsed, quotations
from onrecord.parse.layout import blocks
from onrecord.pipeline import Coder
from onrecord.records import Article

WIDTH = 1
"""Of the states where there is no encoder."""


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """A document and its mentions."""

    doc: Doc
    mentions: list[MentionText]


def read(coder: Coder, rows: Sequence[dict[str, Any]]) -> Iterator[Read]:
    """The documents of rows in their order, parsed with the tokens they have, and read by the coder's encoder."""
    for number, row in enumerate(rows):
        doc = _parse(coder, row["tokens"])
        yield Read(doc, list(mention_texts(doc, _states(coder, row["id"], doc), [m["tokens"] for m in row["mentions"]], document=number)))


def _parse(coder: Coder, tokens: Sequence[Sequence[Any]]) -> Doc:
    starts = [i == 0 or tokens[i - 1][0] != sentence for i, (sentence, _) in enumerate(tokens)]
    doc = Doc(coder.parser.nlp.vocab, words=[word for _, word in tokens], sent_starts=starts)
    for _, pipe in coder.parser.nlp.pipeline:
        doc = pipe(doc)
    return doc


def _states(coder: Coder, id: str, doc: Doc) -> np.ndarray[Any, np.dtype[np.float32]]:
    if coder.encoder is None:
        return np.zeros((len(doc), WIDTH), np.float32)
    article = Article.make(doc.text, id=id)
    found = blocks(article.text)
    words = coder.encoder.words(Parsed(article=article, doc=doc, blocks=found, quotations=quotations(article.text, found)))
    out = np.zeros((len(doc), coder.encoder.about.width), np.float32)
    out[words.tokens] = coder.encoder.read(words).vectors
    return out
