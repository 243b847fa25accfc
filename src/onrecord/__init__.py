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

if TYPE_CHECKING:
    from onrecord.pipeline import Coder

__all__ = ["Article", "Coder", "Report", "Skip", "read"]


def __getattr__(name: str) -> Any:
    """Load the coder when it is first asked for, so that importing one room does not load spaCy."""
    if name == "Coder":
        return import_module("onrecord.pipeline").Coder
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
