"""The record: a database of articles, the findings in them, the runs that made those, and what links them."""

from onrecord.store.errors import NewerRecordError, NoRecordError, QueryError, RecordError
from onrecord.store.linking import EventRow, Linker, Links, Member, Unlinked
from onrecord.store.query import Busy, Dossier, Matrix, Table, Wanted, Who
from onrecord.store.record import Record, open_record
from onrecord.store.stands import Basis, Holder, Searched, Stands
from onrecord.store.writing import Tally

__all__ = [
    "Basis",
    "Busy",
    "Dossier",
    "EventRow",
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
    "Unlinked",
    "Wanted",
    "Who",
    "open_record",
]
