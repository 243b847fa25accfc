"""Formats that others' tools read: what each has a place for is documented in docs/exports.md, and beside each table in a file of its own."""

from onrecord.export.formats.acled import ACLED
from onrecord.export.formats.gdelt import GDELT
from onrecord.export.formats.icews import ICEWS
from onrecord.export.formats.polecat import POLECAT
from onrecord.export.formats.tables import TableFormat, described, write
from onrecord.export.formats.ucdp import UCDP

TABLES = {f.name: f for f in (GDELT, POLECAT, ICEWS, ACLED, UCDP)}

__all__ = ["TABLES", "TableFormat", "described", "write"]
