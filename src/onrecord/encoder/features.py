"""A parse as the encoder reads it: its words, and for each word what the parse and the layout say of it."""

from __future__ import annotations

import bisect
import dataclasses

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from onrecord.parse import Parsed

Ints = NDArray[np.int32]

FEATURES = ("tag", "dep", "quote", "layout", "case")
"""The columns of :attr:`Words.features`: part of speech, dependency label, quotation, place in the layout, capitals."""
OUTSIDE, OPENING, INSIDE, DEEPER, CLOSING = range(5)
WITHIN, SENTENCE, PARAGRAPH, TITLE, TITLE_START = range(5)
SMALL, CAPITALISED, CAPITALS, NOT_A_WORD = range(4)
SIZES = {"quote": 5, "layout": 5, "case": 4}
"""How many values each feature takes; tags and labels are as many as the parser's model has, and one for any other."""
READ = frozenset({"body", "headline"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of headline and body in text order, white space left out.

    Attributes:
        tokens: the index of each word in the parse.
        texts: each word as the encoder reads it, every style of quotation mark written “ and ”.
        features: a row for each word, a column for each of :data:`FEATURES`.
        sentences: the number of each word's sentence, counted from 0.
        blocks: the number of each word's block, counted from 0.
        quotations: the number of the outermost quotation each word stands in, marks included; -1 outside.
    """

    tokens: Ints
    texts: list[str]
    features: Ints
    sentences: Ints
    blocks: Ints
    quotations: Ints


def labels(nlp: Language) -> tuple[dict[str, int], dict[str, int]]:
    """The numbers of the tags and of the dependency labels that a pipeline gives, from 1."""
    return tuple({label: n for n, label in enumerate(sorted(nlp.get_pipe(pipe).labels), 1)} for pipe in ("tagger", "parser"))  # type: ignore[attr-defined,return-value]


def words_of(parsed: Parsed, *, tags: dict[str, int], deps: dict[str, int]) -> Words:
    """The words of a parsed article.

    Args:
        parsed: the article.
        tags: the number of each fine part-of-speech tag, from 1; a tag that is not in it is 0.
        deps: the number of each dependency label, likewise.
    """
    tokens: list[int] = []
    sentences: list[int] = []
    places: list[int] = []
    layout: list[int] = []
    at, starts = -1, [b.start for b in parsed.blocks]
    for number, (sent, block) in enumerate(parsed.sentences()):
        first = True
        title = block.kind == "headline"
        new_block = at != block.start
        at = block.start
        place = bisect.bisect_right(starts, block.start) - 1
        for token in sent:
            if token.is_space:
                continue
            tokens.append(token.i)
            sentences.append(number)
            places.append(place)
            opens = TITLE_START if title else PARAGRAPH if new_block else SENTENCE
            layout.append(opens if first else TITLE if title else WITHIN)
            first = False
    doc = parsed.doc
    quote, inside, written = _quotes(parsed, [doc[i].idx for i in tokens])
    texts = [written.get(n, doc[i].text) for n, i in enumerate(tokens)]
    rows = [(tags.get(doc[i].tag_, 0), deps.get(doc[i].dep_, 0), quote[n], layout[n], _case(doc[i].text)) for n, i in enumerate(tokens)]
    return Words(
        tokens=np.array(tokens, np.int32),
        texts=texts,
        features=np.array(rows, np.int32).reshape(len(rows), len(FEATURES)),
        sentences=np.array(sentences, np.int32),
        blocks=np.array(places, np.int32),
        quotations=np.array(inside, np.int32),
    )


def _case(text: str) -> int:
    if not text[0].isalpha():
        return NOT_A_WORD
    if not text[0].isupper():
        return SMALL
    return CAPITALS if len(text) > 1 and text.isupper() else CAPITALISED


def _quotes(parsed: Parsed, offsets: list[int]) -> tuple[list[int], list[int], dict[int, str]]:
    """For each word its quotation state and its quotation's number, and the marks as the encoder reads them."""
    states, inside = [OUTSIDE] * len(offsets), [-1] * len(offsets)
    written: dict[int, str] = {}
    number = -1
    for quotation in parsed.quotations:
        number += quotation.depth == 0
        first, last = bisect.bisect_left(offsets, quotation.start), bisect.bisect_left(offsets, quotation.end)
        for n in range(first, last):
            states[n] = DEEPER if quotation.depth else INSIDE
            if not quotation.depth:
                inside[n] = number
        marks = [(quotation.start, quotation.parts[0][0], OPENING)]
        marks += [(one[1], two[0], OPENING) for one, two in zip(quotation.parts, quotation.parts[1:], strict=False)]
        if quotation.closed:
            marks.append((quotation.parts[-1][1], quotation.end, CLOSING))
        for start, end, state in marks:
            for n in range(bisect.bisect_left(offsets, start), bisect.bisect_left(offsets, end)):
                states[n] = state
                written[n] = "“" if state == OPENING else "”"
    return states, inside, written
