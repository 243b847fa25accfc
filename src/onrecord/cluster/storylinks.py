"""The stories of a record, kept up to date as articles come.

The likenesses of an article to others are kept with it. What a batch touches is cut anew: the articles that are
linked to its articles, directly or through others, by likenesses that can make a story. In a record of one subject nearly
everything hangs together like that; then only the strongest likenesses count (:data:`LARGEST`), so that a batch costs about the
same whatever the record holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from onrecord.cluster.profiles import Profile, profile
from onrecord.cluster.stories import ALONE, group, keys, links
from onrecord.records import Report, digest

if TYPE_CHECKING:
    from onrecord.store import Links

LARGEST = 300
"""Articles that are cut at once; where more hang together, the weaker likenesses are left out."""
STEP = 0.1
"""By how much the least likeness rises where too many articles hang together."""
BUCKET = 30
"""Days in a bucket: an article is compared with those of its own and of the two next to it."""
NO_DAY = "-"

Likeness = dict[str, float]


class _Profiles:
    """An index of profiles that a record keeps."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def add(self, profile: Profile) -> None:
        """Keeps a profile."""
        self.keep([profile])

    def keep(self, some: Sequence[Profile]) -> None:
        """Keeps profiles."""
        self._links.block("story", {p.article_id: [f"{word} {_bucket(p.published)}" for word in keys(p)] for p in some})
        self._links.note("story", {p.article_id: msgspec.msgpack.encode(p) for p in some})

    def near(self, words: Sequence[str], published: int | None, *, most: int) -> Iterable[str]:
        """For each word and bucket the ids of articles that have it, at most ``most`` of each."""
        return self._links.first("story", (f"{word} {at}" for word in words for at in _around(published)), most=most)

    def profiles(self, ids: Sequence[str]) -> Mapping[str, Profile]:
        """The profiles of these articles."""
        return {id: msgspec.msgpack.decode(body, type=Profile) for id, body in self._links.notes("story", ids).items()}


def link_stories(kept: Links, reports: Sequence[Report]) -> None:
    """Put articles into stories, with those that their stories now reach.

    Args:
        kept: the record.
        reports: on articles that are new, or have another text now.
    """
    index = _Profiles(kept)
    fresh = sorted(r.article.id for r in reports)
    _cut_loose(kept, fresh)
    index.keep([profile(report.article, report.times) for report in reports])
    profiles = index.profiles(fresh)
    _keep(kept, links((profiles[id] for id in fresh), index))
    before = kept.groups_of("story", fresh)
    touched = {id for members in kept.grouped("story", set(before.values())).values() for id in members} | set(fresh)
    ids, likeness = _together(kept, touched)
    homes = kept.groups_of("story", ids)
    for members in group(ids, likeness):
        kept.group("story", _name(members, homes), members)


def _name(members: Sequence[str], homes: Mapping[str, str]) -> str:
    """The story that most of its members were in, unless more of another story's were; a new one is named by its first members."""
    votes = Counter(homes[m] for m in members if m in homes)
    sizes = Counter(homes.values())
    best = min(votes, key=lambda s: (-votes[s], s), default=None)
    if best is not None and 2 * votes[best] > sizes[best]:
        return best
    return f"sy-{digest('story', *members)}"


def _together(kept: Links, start: set[str]) -> tuple[list[str], dict[tuple[str, str], float]]:
    """The articles that hang together with some, and all their likenesses; not more than are cut at once where stronger ones tell them apart."""
    least = ALONE
    while True:
        found, edge = set(start), set(start)
        known: dict[str, Likeness] = {}
        while edge and (len(found) <= LARGEST or least >= 1):
            notes = known_likenesses(kept, edge)
            known |= notes
            edge = {other for some in notes.values() for other, s in some.items() if s >= least} - found
            found |= edge
        if not edge or least >= 1:
            break
        least += STEP
    known |= known_likenesses(kept, found - known.keys())
    pairs = {(min(a, b), max(a, b)): s for a, some in known.items() if a in found for b, s in some.items() if b in found}
    return sorted(found), pairs


def _keep(kept: Links, new: Mapping[tuple[str, str], float]) -> None:
    """Keep likenesses with both articles."""
    changed: dict[str, Likeness] = defaultdict(dict)
    for (id, other), s in new.items():
        changed[id][other] = changed[other][id] = s
    old = known_likenesses(kept, changed)
    kept.note("likeness", {id: msgspec.msgpack.encode({**old.get(id, {}), **some}) for id, some in changed.items()})


def _cut_loose(kept: Links, ids: Sequence[str]) -> None:
    """Forget the likenesses of articles that have another text now."""
    old = known_likenesses(kept, ids)
    others = known_likenesses(kept, {other for some in old.values() for other in some})
    rest = {id: {o: s for o, s in some.items() if o not in old} for id, some in others.items() if id not in old}
    kept.note("likeness", {**{id: msgspec.msgpack.encode(some) for id, some in rest.items()}, **dict.fromkeys(old)})


def known_likenesses(kept: Links, ids: Iterable[str]) -> dict[str, Likeness]:
    """What is known of how alike some articles are to others, by id."""
    return {id: msgspec.msgpack.decode(body, type=Likeness) for id, body in kept.notes("likeness", ids).items()}


def _bucket(published: int | None) -> str:
    return NO_DAY if published is None else str(published // BUCKET)


def _around(published: int | None) -> tuple[str, ...]:
    if published is None:
        return (NO_DAY,)
    at = published // BUCKET
    return str(at - 1), str(at), str(at + 1)
