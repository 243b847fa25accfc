"""The component that a pipeline can have before its parser, so that it parses as the packaged parser does."""

# no "from __future__ import annotations": spaCy reads the types of a factory's arguments

import itertools
import re

from spacy.language import Language
from spacy.lexeme import Lexeme
from spacy.tokens import Doc

from onrecord.parse.adopting import HYPHENATED
from onrecord.parse.layout import blocks
from onrecord.parse.parser import ABBREVIATIONS, PLAIN, with_starts

LAYOUT = "onrecord_layout"
ABBREVIATED = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in ABBREVIATIONS)})(?!\w)")

SEEN = ("lower", "norm", "prefix", "suffix", "shape")
"""The features of a form that models and rules read."""


class Layout:
    """Sets where sentences begin at headlines, datelines and paragraphs, and makes one word of re-election and of Gen.; called as it is."""

    def __call__(self, doc: Doc) -> Doc:
        """Prepare a document that is not parsed yet, in place; gives the same document.

        Raises:
            ValueError: it is tagged or parsed already.
        """
        if len(doc) and (doc.has_annotation("TAG") or doc.has_annotation("DEP")):
            raise ValueError(f"{LAYOUT} must come before the tagger and the parser: nlp.add_pipe({LAYOUT!r}, first=True)")
        text = doc.text
        starts = {token.idx: token.i for token in doc}
        ends = {token.idx + len(token): token.i + 1 for token in doc}
        found = sorted((m.start(), m.end()) for m in itertools.chain(HYPHENATED.finditer(text), ABBREVIATED.finditer(text)))
        whole = [doc[starts[a] : ends[b]] for a, b in found if a in starts and b in ends and ends[b] - starts[a] > 1]
        if whole:
            with doc.retokenize() as retokenizer:
                for span in whole:
                    retokenizer.merge(span)
        for token in doc:
            if not token.is_ascii and len(form := token.text.translate(PLAIN)) and form != token.text:
                _seen_as(doc.vocab[token.text], doc.vocab[form])
        return with_starts(doc, blocks(text))


def _seen_as(lexeme: Lexeme, other: Lexeme) -> None:
    """Give a form the features that spaCy's models read of another: the packaged parser reads ’s as 's and “ as "."""
    for name in SEEN:
        setattr(lexeme, name, getattr(other, name))


@Language.factory(LAYOUT, assigns=["token.is_sent_start"], retokenizes=True)
def make_layout(nlp: Language, name: str) -> Layout:
    """The component for a pipeline."""
    return Layout()
