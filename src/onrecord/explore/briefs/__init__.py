"""Briefs on an event or an issue, to be taken away: a Word document, a workbook, and a page that opens from disk.

What goes in is gathered once (:func:`on_event`, :func:`on_issue`); the three forms only set it. Each is the same byte for byte as long as
the record is.
"""

from collections.abc import Callable, Mapping

from onrecord.explore.briefs.contents import Brief
from onrecord.explore.briefs.document import docx
from onrecord.explore.briefs.folder import files, html, zipped
from onrecord.explore.briefs.gathering import on_event, on_issue
from onrecord.explore.briefs.workbook import xlsx

FORMS: Mapping[str, Callable[[Brief], bytes]] = {
    ".docx": docx,
    ".xlsx": xlsx,
    ".html": lambda brief: html(brief, alone=True).encode(),
    ".zip": zipped,
}
"""What makes a file of each suffix."""

__all__ = ["FORMS", "Brief", "docx", "files", "html", "on_event", "on_issue", "xlsx", "zipped"]
