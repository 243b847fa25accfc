"""What can be wrong with a record."""

from __future__ import annotations


class RecordError(Exception):
    """A record can't be opened, read or written; the message says what to do.

    - :class:`NoRecordError`: there is none at that address.
    - :class:`NewerRecordError`: a newer version of onrecord made it.
    - :class:`QueryError`: what was asked for can't be asked so.
    """


class NoRecordError(RecordError):
    """There is no record at an address."""


class NewerRecordError(RecordError):
    """A record has tables that this version does not know."""


class QueryError(RecordError):
    """A filter, cursor or SQL query can't be used."""
