"""One expression without an article: which time is that, as of a date?"""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.parse import Parsed
from onrecord.parse.parser import plain
from onrecord.records import Article, Time
from onrecord.times.finding import find
from onrecord.times.lexicon import Lexicon

MOST_STRINGS = 100_000
"""So many strings a tokeniser may have before it is made anew."""


def resolve(expression: str, *, date: str | None = None, lexicon: Lexicon) -> tuple[Time, ...]:
    """The times that an expression names: ``last Friday``, ``from 3 to 5 May``.

    No parser is needed, so nothing tells past from future: a bare weekday or month is the last one.

    Args:
        expression: the words, or a sentence.
        date: the ISO date against which they are read; without one what depends on it stays open (``--05-03``).
        lexicon: what the room knows.

    Returns:
        The times in their order; offsets are into the expression. None are found where it names none.
    """
    article = Article.make(expression, published=date)
    if len((made := _tokeniser().make_doc(plain(article.text))).vocab.strings) > MOST_STRINGS:
        _tokeniser.cache_clear()  # spaCy keeps every word that it has seen: the next expression gets an empty one
    doc = Doc(made.vocab, words=[t.text for t in made], spaces=[bool(t.whitespace_) for t in made], sent_starts=[i == 0 for i in range(len(made))])
    if not len(doc):
        return ()
    return find(Parsed(article=article, doc=doc, blocks=(), quotations=()), lexicon=lexicon)


@functools.cache
def _tokeniser() -> Language:
    """Words only: a parse of a phrase would cost more than it tells."""
    return spacy.blank("en")
