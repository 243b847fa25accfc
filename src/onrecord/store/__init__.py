"""The record: a database of articles, the findings in them, the runs that made those, and what links them."""

from onrecord.store.errors import NewerRecordError, NoRecordError, QueryError, RecordError
from onrecord.store.linking import EventRow, Linker, Links, Member, Unlinked
from onrecord.store.query import Dossier, Table, Wanted
from onrecord.store.record import Record, open_record
from onrecord.store.writing import Tally

__all__ = [
    "Dossier",
    "EventRow",
    "Linker",
    "Links",
    "Member",
    "NewerRecordError",
    "NoRecordError",
    "QueryError",
    "Record",
    "RecordError",
    "Table",
    "Tally",
    "Unlinked",
    "Wanted",
    "open_record",
]
