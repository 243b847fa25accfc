"""The tables of a record, the same in SQLite and PostgreSQL. docs/record.md tells what each column means.

A finding stands in a row with its article and run, so that every row says what it was read from and what made it; ids are the
report's own. A row is ``current`` until a later run has coded its article anew; it is kept then, and marked. Offsets are 0-based
code points into ``articles.text``, end exclusive; days are bounds, both inclusive, within which a date lies.
"""

from onrecord.store.schema.across import blocking_keys, event_members, events, events_log, link_notes, origins, signatories, statement_members, stories
from onrecord.store.schema.columns import metadata
from onrecord.store.schema.documents import articles, codings, counters, forgotten, runs, skips
from onrecord.store.schema.findings import (
    FINDINGS,
    actor_mentions,
    actor_names,
    actors,
    article_actors,
    attribution_spans,
    attributions,
    event_mentions,
    framing,
    magnitudes,
    participants,
    places,
    positions,
    times,
)
from onrecord.store.schema.reviews import corrections, reviews
from onrecord.store.schema.watching import watched_entries, watched_feeds, watched_hosts, watched_items

__all__ = [
    "FINDINGS",
    "actor_mentions",
    "actor_names",
    "actors",
    "article_actors",
    "articles",
    "attribution_spans",
    "attributions",
    "blocking_keys",
    "codings",
    "corrections",
    "counters",
    "event_members",
    "event_mentions",
    "events",
    "events_log",
    "forgotten",
    "framing",
    "link_notes",
    "magnitudes",
    "metadata",
    "origins",
    "participants",
    "places",
    "positions",
    "reviews",
    "runs",
    "signatories",
    "skips",
    "statement_members",
    "stories",
    "times",
    "watched_entries",
    "watched_feeds",
    "watched_hosts",
    "watched_items",
]
