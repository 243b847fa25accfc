"""Watching feeds: what is new in them comes into a record, each item once and each revision as a version.

It is handed a record, a coder and what fetches; it makes none of them.
"""

from onrecord.watch.clock import Clock
from onrecord.watch.hosts import Hosts
from onrecord.watch.settings import Settings
from onrecord.watch.single import documents
from onrecord.watch.watcher import Summary, Watcher

__all__ = ["Clock", "Hosts", "Settings", "Summary", "Watcher", "documents"]
