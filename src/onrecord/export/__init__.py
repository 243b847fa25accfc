"""Formats that others' tools read: tables, rows, a page, and the codes of other coders."""

from onrecord.export.plover import plover_codes

__all__ = ["plover_codes"]
