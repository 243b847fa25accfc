"""Article → :class:`Parsed`: its layout, its quotations and a spaCy parse over the unchanged offsets.

In comes an :class:`~onrecord.records.Article`; out goes a :class:`Parsed` with the article, a spaCy ``Doc`` whose offsets are the
article's, the kind of each line (:mod:`onrecord.parse.layout`) and the quotations. :mod:`onrecord.parse.syntax` has the questions
about a parse that several rooms ask.
"""

from onrecord.parse.adopting import UnfitDocError, adopt
from onrecord.parse.parser import Parsed, Parser
from onrecord.parse.quotations import Quotation, quotations

__all__ = ["Parsed", "Parser", "Quotation", "UnfitDocError", "adopt", "quotations"]
