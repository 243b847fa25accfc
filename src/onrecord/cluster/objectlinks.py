"""Positions of a record put on the events that they are plainly about, where their own article has none: see :mod:`onrecord.cluster.objects`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from onrecord.cluster.eventmentions import Mention
from onrecord.cluster.objects import Object, Told, placed

if TYPE_CHECKING:
    from onrecord.store import Links

LARGEST = 60
"""Articles of a story that are looked at together; a larger one is about too much for anything in it to be plain."""

Mentions = Callable[[Collection[str]], Mapping[str, Mention]]


def link_objects(links: Links, articles: Collection[str], mentions: Mentions) -> None:
    """Put positions of some articles, and of those that are in one story with them, on events across articles.

    Args:
        links: the record, in which the mentions of these articles have been put into events.
        articles: the articles that changed, or tell of events that did.
        mentions: gives the mentions of a record.
    """
    grouped = links.grouped("story", set(links.groups_of("story", articles).values()))
    together = {story: members if len(members) <= LARGEST else [] for story, members in grouped.items()}
    home = {article: story for story, members in together.items() for article in members}
    home |= {article: article for article in articles if article not in home}
    loose = links.unplaced(home)
    wanted = {home[each.article_id] for each in loose}
    tellings = links.told_in(article for article, story in home.items() if story in wanted)
    known = mentions([t.mention_id for t in tellings])
    told: dict[str, list[Told]] = defaultdict(list)
    for telling in tellings:
        mention = known.get(telling.mention_id)
        if mention is not None:
            told[home[mention.article]].append(Told(event=telling.event_id, mention=mention, at=telling.start))
    objects: dict[str, list[Object]] = defaultdict(list)
    for each in loose:
        said = each.said.toordinal() if each.said else None
        objects[home[each.article_id]].append(Object(key=each.key, article=each.article_id, text=each.object, start=each.start, end=each.end, said=said))
    found = {p.key: p for story, some in objects.items() for p in placed(some, told[story])}
    for each in loose:
        made = found.get(each.key)
        if (each.event_id, each.reason) != ((made.event, made.reason) if made else (None, None)):
            links.place(each.key, made.event if made else None, reason=made.reason if made else None, confidence=made.confidence if made else None)
