"""What can be wrong with a record."""

from __future__ import annotations


class RecordError(Exception):
    """A record can't be opened, read or written; the message says what to do.

    - :class:`NoRecordError`: there is none at that address.
    - :class:`NewerRecordError`: a newer version of onrecord made it.
    - :class:`QueryError`: what was asked for can't be asked so.
    - :class:`DamagedRecordError`: some of its pages can't be read.
    - :class:`FullRecordError`: there is no room for what was to be written.
    - :class:`BusyRecordError`: another process writes to it, and has not let go for a minute.
    - :class:`TooLongError`: a question took longer than it was given.
    """


class NoRecordError(RecordError):
    """There is no record at an address."""


class NewerRecordError(RecordError):
    """A record has tables that this version does not know."""


class QueryError(RecordError):
    """A filter, cursor or SQL query can't be used."""


class DamagedRecordError(RecordError):
    """Pages of a record were overwritten or lost."""


class FullRecordError(RecordError):
    """There is no room for what was to be written; none of it was."""


class BusyRecordError(RecordError):
    """Another process holds a record; nothing was written."""


class TooLongError(RecordError):
    """A question took longer than it was given."""
