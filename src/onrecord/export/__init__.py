"""Formats that others' tools read: tables, rows, a page, and the codes of other coders.

In come reports (:mod:`onrecord.export.from_report`) or a record (:mod:`onrecord.export.from_record`), which become one shape,
:class:`onrecord.export.event.ExportEvent`; out go files and streams, a module of :mod:`onrecord.export.formats` for each format.
"""

from onrecord.export.plover import both_ways, plover_codes

__all__ = ["both_ways", "plover_codes"]
