"""Asking a record: a function for each kind of row, one finding by its id, and SQL."""

from collections.abc import Mapping
from typing import Any

from onrecord.store.query import events as _events
from onrecord.store.query import listing as _listing
from onrecord.store.query import standing as _standing
from onrecord.store.query.actor import Profile, said_of
from onrecord.store.query.actor import profile as actor
from onrecord.store.query.article import Kept
from onrecord.store.query.article import kept as article
from onrecord.store.query.carried import CARRIED
from onrecord.store.query.carried import find as carried
from onrecord.store.query.changes import changes
from onrecord.store.query.counts import Unit
from onrecord.store.query.counts import find as counts
from onrecord.store.query.dossier import MENTIONS, Dossier
from onrecord.store.query.dossier import find as event
from onrecord.store.query.events import find as events
from onrecord.store.query.finding import find as finding
from onrecord.store.query.framing import Compared
from onrecord.store.query.framing import compared as framing
from onrecord.store.query.listing import actors_found as actors
from onrecord.store.query.listing import added
from onrecord.store.query.listing import articles_found as articles
from onrecord.store.query.matrix import Matrix
from onrecord.store.query.matrix import find as matrix
from onrecord.store.query.reviews import CORRECTIONS, REVIEWS, any_rejected
from onrecord.store.query.reviews import corrections_found as corrections
from onrecord.store.query.reviews import reviews_found as reviews
from onrecord.store.query.search import HITS, Order, Search, search
from onrecord.store.query.sources import COPIED, COPIES, OUTLETS, QUOTED, copied, origin, outlets, quoted
from onrecord.store.query.spread import DAYS, PLACES, days, last_day, places
from onrecord.store.query.sql import Bounds, ask
from onrecord.store.query.standing import positions_found as positions
from onrecord.store.query.standing import quotes_found as quotes
from onrecord.store.query.statements import statements_found as statements
from onrecord.store.query.table import Table
from onrecord.store.query.until import up_to
from onrecord.store.query.wanted import Wanted
from onrecord.store.query.who import Busy, Who, busiest, named

SCHEMAS: dict[str, Mapping[str, Any]] = {
    "events": _events.SCHEMA,
    "positions": _standing.POSITIONS,
    "quotes": _standing.QUOTES,
    "actors": _listing.ACTORS,
    "articles": _listing.ARTICLES,
    "carried": CARRIED,
    "mentions": MENTIONS,
    "hits": HITS,
    "days": DAYS,
    "places": PLACES,
    "outlets": OUTLETS,
    "copied": COPIED,
    "quoted": QUOTED,
    "copies": COPIES,
    "reviews": REVIEWS,
    "corrections": CORRECTIONS,
}
"""The columns of each kind of row, with their types."""

__all__ = [
    "SCHEMAS",
    "Bounds",
    "Busy",
    "Compared",
    "Dossier",
    "Kept",
    "Matrix",
    "Order",
    "Profile",
    "Search",
    "Table",
    "Unit",
    "Wanted",
    "Who",
    "actor",
    "actors",
    "added",
    "any_rejected",
    "article",
    "articles",
    "ask",
    "busiest",
    "carried",
    "changes",
    "copied",
    "corrections",
    "counts",
    "days",
    "event",
    "events",
    "finding",
    "framing",
    "last_day",
    "matrix",
    "named",
    "origin",
    "outlets",
    "places",
    "positions",
    "quoted",
    "quotes",
    "reviews",
    "said_of",
    "search",
    "statements",
    "up_to",
]
