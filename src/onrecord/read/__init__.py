"""Files → articles: text, web pages, JSON Lines, tables, PDF, Word, RTF, and exports of Nexis and Factiva.

In come paths, and what holds for all of them (:class:`ReadOptions`); out comes for each document an :class:`~onrecord.records.Article`, or a
:class:`Skip` that says why not. A bad one never stops the rest. A format's library is loaded when the first file of that format is met.
"""

from onrecord.read.dates import published_date
from onrecord.read.metering import Meter
from onrecord.read.outcomes import Note, NoteKind, ReadOptions, Skip, SkipReason
from onrecord.read.reader import read
from onrecord.read.sources import size_of
from onrecord.read.where import Where, WhereError

__all__ = ["Meter", "Note", "NoteKind", "ReadOptions", "Skip", "SkipReason", "Where", "WhereError", "published_date", "read", "size_of"]
