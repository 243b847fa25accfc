"""Our neutral codes in PLOVER's own: a de facto entity becomes its nominal sovereign with the sector PRE."""

from __future__ import annotations

import dataclasses
import functools
import re

import msgspec

from onrecord import lexicons
from onrecord.records import Event

TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types of what several do with one another where nobody else is named."""

JOINT = re.compile(
    r"\b(?:accords?|agreements?|deals?|treat(?:y|ies)|pacts?|memorand\w+|truce|cease-?fire|ties|relations|fail\w* to (?:reach|agree))\b", re.IGNORECASE
)
"""Words of a trigger that make what several do theirs together: "signed *a treaty*"."""

MOST_TOGETHER = 4
"""Participants up to which every one is written with every other."""


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """What an export needs of the table of entities."""

    code: str
    plover: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()
    gdelt: str = ""
    iso: str = ""
    note: str = ""


@functools.cache
def _entities() -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for row in lexicons.table("actors/entities", _Row):
        country, _, sector = row.plover.partition(".")
        out[row.code] = (country, sector)
    return out


def plover_codes(country: str | None, sector: str | None, actor_id: str | None) -> tuple[str, str]:
    """Country and sector as PLOVER writes them; empty where it has none.

    Args:
        country: our country code, which may be one of our own (``XAB``).
        sector: our sector.
        actor_id: our actor id, which tells a body (``IGO.UN``) where the country is missing.

    PLOVER has no country for a partially recognised entity: it takes the nominal sovereign and the sector
    ``PRE``. Kosovo has a code in the manual (``KOS``), which its tools write ``XKX``; Taiwan, Palestine and
    Hong Kong have codes of their own.
    """
    if country is None and (actor_id or "").startswith("IGO."):
        country = {"IGO.UN": "UNO", "IGO.EU": "EUR"}.get(actor_id or "", "IGO")
    written, kept = _entities().get(country or "", (country or "", ""))
    if written == "KOS":
        written = "XKX"
    if kept:
        return written, kept
    return written, sector or ""


def both_ways(event: Event) -> tuple[Event, ...]:
    """An event as PLOVER writes it: what several do with one another once for each, towards the others.

    Args:
        event: an event, with all its actors and recipients.

    "Chad and Niger met" has two actors and no recipient in a report; PLOVER's dyads are Chad's to Niger and Niger's to Chad.
    """
    actors = event.actors
    joint = event.type in TOGETHER or (event.quad is not None and JOINT.search(event.trigger.text) is not None)
    if event.recipients or not 1 < len(actors) <= MOST_TOGETHER or not joint:
        return (event,)
    return tuple(dataclasses.replace(event, actors=(each,), recipients=tuple(a for a in actors if a is not each)) for each in actors)
