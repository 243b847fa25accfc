"""Formats that others' tools read: tables, rows, a page, and the codes of other coders."""

from onrecord.export.plover import both_ways, plover_codes

__all__ = ["both_ways", "plover_codes"]
