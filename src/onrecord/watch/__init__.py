"""Watching feeds: what is new in them comes into a record, each item once and each revision as a version.

In come a record, a coder, what fetches, and addresses of feeds: it makes none of them. Out goes what the record then has, with a
:class:`Summary` after each round.
"""

from onrecord.watch.clock import Clock
from onrecord.watch.hosts import Hosts
from onrecord.watch.settings import Settings
from onrecord.watch.single import documents
from onrecord.watch.watcher import Summary, Watcher

__all__ = ["Clock", "Hosts", "Settings", "Summary", "Watcher", "documents"]
