"""Article → :class:`Parsed`: its layout, its quotations and a spaCy parse over the unchanged offsets."""

from onrecord.parse.adopting import UnfitDocError, adopt
from onrecord.parse.parser import Parsed, Parser
from onrecord.parse.quotations import Quotation, quotations

__all__ = ["Parsed", "Parser", "Quotation", "UnfitDocError", "adopt", "quotations"]
