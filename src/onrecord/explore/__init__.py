"""The web explorer: pages on a record, with the same data as JSON and CSV beneath each. It reads only the store.

In comes a :class:`onrecord.store.Record`; out goes a web application. It makes nothing up: what a page says is a row of the record,
in the words of whoever said it, with the address of the sentence that says so.
"""

from onrecord.explore.app import make_app
from onrecord.explore.settings import Settings

__all__ = ["Settings", "make_app"]
