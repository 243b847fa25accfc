"""A spaCy document that somebody else's pipeline has parsed, read as if it were our own.

The document itself stays as it is. What the rooms read is a copy with the same characters, whose words are those of the packaged
parse: plain quotation marks and apostrophes, white space cut as spaCy's tokenizer cuts it, hyphenated words and lists put together,
and no sentence that goes over the end of a headline, dateline or paragraph.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.parse.layout import Block, blocks
from onrecord.parse.lemmas import whole
from onrecord.parse.parser import ONE_WORD, Parsed, plain, starts
from onrecord.parse.quotations import quotations
from onrecord.parse.repair import repair
from onrecord.records import Article

Numbers = NDArray[np.int64]

NEEDED = {
    "DEP": "dependency labels (a parser)",
    "TAG": "fine part-of-speech tags (a tagger)",
    "POS": "parts of speech (an attribute_ruler or a morphologizer)",
    "LEMMA": "lemmas (a lemmatizer)",
}
"""What a document must have, and which component of a pipeline gives it."""
UNIVERSAL = ("obj", "obl", "nmod:poss", "nsubj:pass", "aux:pass")
"""Labels that Universal Dependencies have and the English pipelines of spaCy don't."""
HYPHENATED = re.compile(rf"(?<![\w-])(?:{ONE_WORD.pattern})(?![\w-])", re.IGNORECASE)
SPACE = -1
"""The source of a word that is white space."""


class UnfitDocError(ValueError):
    """A document that can't be read; the message says what it lacks and what to do."""


def adopt(doc: Doc, article: Article | None = None) -> Parsed:
    """A document parsed elsewhere, as the rooms read it. The document is not changed.

    Args:
        doc: with words, fine tags, parts of speech, lemmas and a dependency parse by the labels of spaCy's English pipelines.
        article: the article it is of; by default one made of its text.

    Raises:
        UnfitDocError: the document has no parse, tags or lemmas, its labels are others, or it is not of that article.
    """
    article = article or Article.make(doc.text)
    if len(article.text) != len(doc.text):
        raise UnfitDocError(f"the document has {len(doc.text)} characters, article {article.id} has {len(article.text)}: they are not of one text")
    lacks(doc)
    found = blocks(article.text)
    return Parsed(article=article, doc=repair(_copy(doc, plain(article.text), found)), blocks=found, quotations=quotations(article.text, found))


def lacks(doc: Doc) -> None:
    """Refuse a document without what the rooms read.

    Raises:
        UnfitDocError: it lacks something.
    """
    if all(token.is_space for token in doc):
        return
    missing = [what for attribute, what in NEEDED.items() if not doc.has_annotation(attribute)]
    if missing:
        raise UnfitDocError(
            f"the document has no {', no '.join(missing)}: onrecord reads a pipeline's own parse, so add what is missing before it, or load an English "
            "pipeline such as en_core_web_sm"
        )
    strings = doc.vocab.strings
    labels = {strings[int(label)] for label in np.unique(doc.to_array("DEP"))}
    if other := labels.intersection(UNIVERSAL):
        raise UnfitDocError(
            f"the document's dependency labels are those of Universal Dependencies ({', '.join(sorted(other))}): onrecord reads those of spaCy's English "
            "pipelines (dobj, pobj, nsubjpass)"
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Words:
    """The words of the copy.

    Attributes:
        texts: the words.
        spaces: whether a space follows each.
        sources: the number of the document's word whose analysis each has; ``SPACE`` for white space.
        became: for each word of the document the number of the copy's that it is or is in; ``SPACE`` for white space.
    """

    texts: list[str]
    spaces: list[bool]
    sources: Numbers
    became: Numbers


def _copy(doc: Doc, text: str, found: Sequence[Block]) -> Doc:
    if not len(doc):
        return Doc(doc.vocab)
    lower, tag, pos, lemma, dep, away, begins = doc.to_array(["LOWER", "TAG", "POS", "LEMMA", "DEP", "HEAD", "SENT_START"]).astype(np.int64).T
    heads = np.arange(len(doc)) + away
    sentence = np.cumsum(begins == 1)
    words = _words(doc, text, heads, sentence)
    out = Doc(doc.vocab, words=words.texts, spaces=words.spaces)
    blank, source = words.sources == SPACE, np.maximum(words.sources, 0)
    segments = _segments(starts(out, found) == 1, sentence[source], blank)
    strings = doc.vocab.strings
    joined, tops, loose = _joined(_own_heads(words, heads), segments, blank, np.isin(pos[source], (strings["VERB"], strings["AUX"])))
    pairs = list(zip(lower.astype(np.uint64).tolist(), lemma.astype(np.uint64).tolist(), strict=True))
    known = {pair: strings.add(plain(whole(strings[pair[0]], strings[pair[1]]))) for pair in set(pairs)}
    lemma = _numbers([known[pair] for pair in pairs])
    white = [*_numbers([strings.add(name) for name in ("_SP", "SPACE")]), out.to_array("ORTH").astype(np.int64), _numbers([strings.add("dep")])]
    rows = np.stack([np.where(blank, w, column[source]) for w, column in zip(white, (tag, pos, lemma, dep), strict=True)], axis=1)
    rows[tops, 3], rows[loose, 3] = _numbers([strings.add("ROOT"), strings.add("dep")])
    rows = np.column_stack([rows, joined - np.arange(len(out))])
    return out.from_array(["TAG", "POS", "LEMMA", "DEP", "HEAD"], rows.astype(np.uint64))  # type: ignore[arg-type]


def _numbers(hashes: Sequence[int]) -> Numbers:
    """spaCy's numbers of strings, signed as the columns of numbers of words are."""
    return np.array(hashes, np.uint64).astype(np.int64)


def _words(doc: Doc, text: str, heads: Numbers, sentence: Numbers) -> _Words:
    """The words as spaCy cuts plain text: white space is a word of its own beyond the one space behind a word."""
    texts: list[str] = []
    spaces: list[bool] = []
    sources: list[int] = []
    became = np.full(len(doc), SPACE)
    behind = 0

    def fill(end: int) -> None:
        gap = text[behind:end]
        if gap and texts and gap[0] == " ":
            spaces[-1], gap = True, gap[1:]
        if gap:
            texts.append(gap)
            spaces.append(False)
            sources.append(SPACE)

    for first, last in _pieces(doc, text, sentence):
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        word = text[start:end]
        if word.isspace():
            continue
        start, end = start + len(word) - len(word.lstrip()), end - len(word) + len(word.rstrip())
        fill(start)
        became[first : last + 1] = len(texts)
        texts.append(text[start:end])
        spaces.append(False)
        sources.append(next((n for n in range(first, last + 1) if not first <= heads[n] <= last or heads[n] == n), last))
        behind = end
    fill(len(text))
    return _Words(texts, spaces, np.array(sources, np.int64), became)


def _pieces(doc: Doc, text: str, sentence: Numbers) -> Iterator[tuple[int, int]]:
    """The first and the last of the document's words that are one word of the copy."""
    at = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i for token in doc}
    one = {at[m.start()]: ends[m.end()] for m in HYPHENATED.finditer(text) if m.start() in at and m.end() in ends}
    number = 0
    while number < len(doc):
        last = one.get(number, number)
        if sentence[last] != sentence[number]:
            last = number
        yield number, last
        number = last + 1


def _own_heads(words: _Words, heads: Numbers) -> Numbers:
    """The head of each word of the copy, before anything is cut; the word itself at a top, and for white space."""
    out = np.arange(len(words.texts))
    for number, source in enumerate(words.sources.tolist()):
        if source == SPACE:
            continue
        head = int(heads[source])
        for _ in range(len(heads)):  # what hangs on white space hangs on what that hangs on
            if words.became[head] != SPACE or heads[head] == head:
                break
            head = int(heads[head])
        out[number] = words.became[head] if words.became[head] != SPACE else number
    return out


def _segments(begins: NDArray[np.bool_], sentence: Numbers, blank: NDArray[np.bool_]) -> Numbers:
    """The number of the sentence of each word: the document's, cut at blocks; white space belongs to what stands before it."""
    out = np.zeros(len(blank), np.int64)
    number, before = 0, -1
    for n, white in enumerate(blank.tolist()):
        if not white:
            number += bool(begins[n]) or (before >= 0 and sentence[n] != sentence[before]) or before < 0
            before = n
        out[n] = number
    return out


def _joined(heads: Numbers, segments: Numbers, blank: NDArray[np.bool_], verbal: NDArray[np.bool_]) -> tuple[Numbers, list[int], list[int]]:
    """Heads of which none lies in another sentence, the one top of each sentence, and the words that were put beneath it.

    The top is the one the sentence had, or else a verb that its head was cut off from, or else the first such word.
    """
    own = np.arange(len(heads))
    out = heads.copy()
    ranked = [(segments[n], heads[n] != n, not verbal[n], n) for n in own[~blank & ((heads == own) | (segments[heads] != segments))].tolist()]
    tops: dict[int, int] = {}
    loose = []
    for segment, _, _, n in sorted(ranked):
        out[n] = tops.setdefault(int(segment), n)
        if out[n] != n:
            loose.append(n)
    before = -1
    for n, white in enumerate(blank.tolist()):
        if white:
            out[n] = n if before < 0 else before
        before = before if white else n
    return out, list(tops.values()), loose
