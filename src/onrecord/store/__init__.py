"""The record: a database of articles, the findings in them, the runs that made those, and what links them.

In come articles and a coder that makes :class:`~onrecord.records.Report` of them, reviews, and what a :class:`Linker` finds; out come
:class:`Table` of rows, one :class:`Dossier` or :class:`Stands`, and the reports as they went in. :func:`open_record` opens a
:class:`Record` in SQLite or PostgreSQL.
"""

from onrecord.store.bounding import within
from onrecord.store.copying import Copied, back_up
from onrecord.store.errors import (
    BusyRecordError,
    DamagedRecordError,
    FullRecordError,
    NewerRecordError,
    NoRecordError,
    QueryError,
    RecordError,
    TooLongError,
)
from onrecord.store.linking import EventRow, Linker, Links, Member, Unlinked
from onrecord.store.query import Busy, Dossier, Matrix, Table, Wanted, Who
from onrecord.store.record import Record, open_record
from onrecord.store.stands import Basis, Holder, Searched, Stands
from onrecord.store.writing import Tally

__all__ = [
    "Basis",
    "Busy",
    "BusyRecordError",
    "Copied",
    "DamagedRecordError",
    "Dossier",
    "EventRow",
    "FullRecordError",
    "Holder",
    "Linker",
    "Links",
    "Matrix",
    "Member",
    "NewerRecordError",
    "NoRecordError",
    "QueryError",
    "Record",
    "RecordError",
    "Searched",
    "Stands",
    "Table",
    "Tally",
    "TooLongError",
    "Unlinked",
    "Wanted",
    "Who",
    "back_up",
    "open_record",
    "within",
]
