"""News text in, what is on record out.

>>> from onrecord import Coder
>>> report = Coder().code("Chad condemned the attack.", published="2021-03-09")
>>> [(e.type, e.trigger.text) for e in report.events]
[('ACCUSE', 'condemned')]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.read import Skip, read  # at once: importing the room later would put the module in the function's place
from onrecord.records import Article, Report
from onrecord.records.showing import show_by

if TYPE_CHECKING:
    from onrecord.notebook import show
    from onrecord.pipeline import Coder
    from onrecord.schemas import report_schema
    from onrecord.store import open_record

__all__ = ["Article", "Coder", "Report", "Skip", "open_record", "read", "report_schema", "show"]

LATER = {"Coder": "onrecord.pipeline", "open_record": "onrecord.store", "report_schema": "onrecord.schemas", "show": "onrecord.notebook"}


def __getattr__(name: str) -> Any:
    """Load the coder and the record when they are first asked for, so that importing one room does not load spaCy or SQLAlchemy."""
    if name in LATER:
        return getattr(import_module(LATER[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


show_by(lambda thing: import_module("onrecord.notebook").show(thing))  # so that a report in a notebook is shown, and nothing of that is loaded before
