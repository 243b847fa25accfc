"""Links what a record has waiting: copies of one text, stories, statements, events. The record keeps it, and nothing here asks how.

A :class:`Linker` is called in the transaction in which a batch of articles is written. What it finds depends on which
articles there are and not on the order in which they came; what it needs of older ones it finds by their blocking keys, so that a
batch costs the same at any size of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from onrecord.cluster.components import components
from onrecord.cluster.copies import Sketch, sketch
from onrecord.cluster.eventlinks import link_events
from onrecord.cluster.origins import copies, origin
from onrecord.cluster.statements import Utterance, pairs, statement, utterances
from onrecord.cluster.storylinks import link_stories
from onrecord.records import Article, Report

if TYPE_CHECKING:
    from onrecord.store import Links

MOST = 64
"""Things that are looked at for one blocking key."""


class Linker:
    """Finds what the articles of a record have in common."""

    def link(self, links: Links) -> None:
        """Assign the unlinked articles to origins and stories, what is said in them to statements, and their mentions to events."""
        waiting = links.unlinked()
        if not waiting:
            return
        _origins(links, [w.article for w in waiting])
        link_stories(links, [w.report for w in waiting])
        _statements(links, [w.report for w in waiting])
        link_events(links, [w.report for w in waiting])
        links.done(w.article.id for w in waiting)


class _Sketches:
    """An index of sketches that a record keeps."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def add(self, sketch: Sketch) -> None:
        """Keeps a sketch."""
        self._links.block("copy", {sketch.article_id: map(str, sketch.keys)})
        self._links.note("copy", {sketch.article_id: msgspec.msgpack.encode(sketch)})

    def holders(self, keys: Sequence[int], *, most: int) -> Iterable[str]:
        """For each key the ids of articles that have it, at most ``most`` a key and those the smallest."""
        return self._links.first("copy", map(str, keys), most=most)

    def sketches(self, ids: Sequence[str]) -> Mapping[str, Sketch]:
        """The sketches of these articles."""
        return {id: msgspec.msgpack.decode(body, type=Sketch) for id, body in self._links.notes("copy", ids).items()}


def _origins(links: Links, articles: Sequence[Article]) -> None:
    """Put each article into its origin, with the articles of the origins that it joins.

    An article that was in an origin before (it has another text now) may have held that together: all of it is looked at anew.
    """
    index = _Sketches(links)
    fresh = {a.id: a for a in articles}
    sketches = {a.id: sketch(a) for a in articles}
    for each in sketches.values():
        index.add(each)
    left = links.groups_of("origin", fresh)
    again = {id for members in links.grouped("origin", set(left.values())).values() for id in members} - fresh.keys()
    sketches |= index.sketches(sorted(again))
    ties = [(each.article_id, other) for each in sketches.values() for other in copies(each, index)]
    near = {id for tie in ties for id in tie} - sketches.keys()
    together = links.grouped("origin", set(links.groups_of("origin", near).values()))
    ties += [(members[0], other) for members in together.values() for other in members[1:]]
    known = {**links.articles(near | again | {id for tie in ties for id in tie} - fresh.keys()), **fresh}
    for group in components(sorted(known), [t for t in ties if t[0] in known and t[1] in known]):
        made = origin(known[id] for id in group)
        links.group("origin", made.id, made.articles, title=known[made.earliest].title)


def _statements(links: Links, reports: Sequence[Report]) -> None:
    """Put each utterance into its statement, with what is already known to report it."""
    new = {u.id: u for report in reports for u in utterances(report)}
    links.block("utterance", {id: each.slots() for id, each in new.items()})
    links.note("utterance", {id: msgspec.msgpack.encode(each) for id, each in new.items()})
    near = {id for each in new.values() for id in links.first("utterance", each.slots(), most=MOST)} - new.keys()
    found = pairs(list(new.values()), _utterances(links, near).values())
    touched = {id for pair in found for id in pair} | new.keys()
    before = links.stated(touched)
    together = links.reporting(set(before.values()))
    found += [(members[0], other) for members in together.values() for other in members[1:]]
    everybody = {**_utterances(links, ({id for pair in found for id in pair}) - new.keys()), **new}
    for group in components(sorted(everybody), [p for p in found if p[0] in everybody and p[1] in everybody]):
        members = [everybody[id] for id in group]
        links.state(statement(members).id, {u.id: u.signatories for u in members})


def _utterances(links: Links, ids: Iterable[str]) -> dict[str, Utterance]:
    return {id: msgspec.msgpack.decode(body, type=Utterance) for id, body in links.notes("utterance", ids).items()}
