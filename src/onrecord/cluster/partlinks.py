"""Which events of a record are part of which, whatever batch they came with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from onrecord.cluster.eventcards import Card
from onrecord.cluster.wholes import holds, part_of

if TYPE_CHECKING:
    from onrecord.store import Links

WIDE = "wide event"
"""Under which a record keeps the events that others can be part of, by the articles that tell of them."""
MOST = 16
"""Wide events that are looked at for one article."""

Parts = dict[str, tuple[str, str] | None]


class Cards(Protocol):
    """Gives what is shown of events that a record holds."""

    def __call__(self, ids: Collection[str], /) -> Mapping[str, Card]:
        """The cards of events, by id."""


def parts(links: Links, changed: Mapping[str, Card], gone: Collection[str], cards: Cards) -> Parts:
    """The event that each is part of, and why, None where there is none: of those that changed, and of older ones that may now be part of those.

    Args:
        links: the record.
        changed: the events that are new or have other mentions now.
        gone: those that no longer are.
        cards: gives older events.
    """
    was_wide = links.notes(WIDE, [*changed, *gone]).keys()
    is_wide = {id for id, each in changed.items() if holds(each.words)}
    links.block(WIDE, {id: changed[id].articles if id in is_wide else () for id in is_wide | was_wide})
    links.note(WIDE, {**dict.fromkeys(was_wide, None), **dict.fromkeys(is_wide, b"")})
    stories, together = _stories(links, {a for each in changed.values() for a in each.articles})
    wide = {id for some in links.firsts(WIDE, together, most=MOST).values() for id in some}
    known = {**cards(wide - changed.keys()), **{id: changed[id] for id in wide & changed.keys()}}
    again = _narrow(links, [changed[id] for id in is_wide], {*was_wide, *gone}, stories) - changed.keys()
    everybody = {**changed, **(cards(again) if again else {})}
    return {id: part_of(each, known.values(), stories=stories) for id, each in everybody.items()}


def _stories(links: Links, articles: Collection[str]) -> tuple[dict[str, str], set[str]]:
    """The stories of articles and of those that are in one story with them, and all these articles."""
    homes = links.groups_of("story", articles)
    grouped = links.grouped("story", set(homes.values()))
    stories = {article: story for story, members in grouped.items() for article in members}
    return stories, stories.keys() | set(articles)


def _narrow(links: Links, wide: Iterable[Card], before: Collection[str], stories: Mapping[str, str]) -> set[str]:
    """Older events that may be part of wide ones that changed, or were part of what changed."""
    out = set(links.parts(before)) if before else set()
    for each in wide:
        homes = {stories[a] for a in each.articles if a in stories}
        around = links.told_in(each.articles | {a for a, home in stories.items() if home in homes})
        near = links.events({told.event_id for told in around})
        types = holds(each.words)
        out |= {id for id, row in near.items() if row.type in types and row.merged_into is None and row.date_to is not None}
    return out
