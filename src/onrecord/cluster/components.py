"""Things in groups, by which of them are tied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def components(items: Iterable[Key], ties: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """The items in groups: two that are tied, directly or through others, are in one group."""
    parent = {item: item for item in items}

    def top(item: Key) -> Key:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in ties:
        parent[top(a)] = top(b)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for item in parent:
        groups[top(item)].append(item)
    return list(groups.values())
