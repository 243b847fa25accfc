"""News text in, what is on record out.

>>> from onrecord import Coder
>>> report = Coder().code("Chad condemned the attack.", published="2021-03-09")
>>> [(e.type, e.trigger.text) for e in report.events]
[('ACCUSE', 'condemned')]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.pipeline import Coder
    from onrecord.read import Skip, read
    from onrecord.records import Article, Report

__all__ = ["Article", "Coder", "Report", "Skip", "read"]

_HOMES = {"Article": "records", "Coder": "pipeline", "Report": "records", "Skip": "read", "read": "read"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing one room does not load spaCy."""
    if name in _HOMES:
        return getattr(import_module(f"onrecord.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
