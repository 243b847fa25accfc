"""How many died, as the mentions of an event give it."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict

from onrecord.export.event import ExportEvent, Figure, Mentioned, Party

CIVILIANS = "civilians"
"""The last part of the id of actors whom an article calls civilians."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    """Deaths of one event.

    Attributes:
        best: the figure of most origins, of two with as many the lower; None where only upper limits are told.
        low: the lowest figure that is no upper limit.
        high: the highest figure.
        civilians: how many of ``best`` an article calls civilians.
        parties: how many of ``best`` were of each party, by its key.
    """

    best: int | None
    low: int | None
    high: int | None
    civilians: int | None = None
    parties: dict[str, int] = dataclasses.field(default_factory=dict)


def deaths(event: ExportEvent) -> Deaths | None:
    """The deaths of an event; None where no mention gives a figure.

    Only mentions that put it as the event is put count. "3 soldiers and 5 civilians" are 8 where both were found as parties of the event; of
    other figures in one mention the highest counts, since "12, among them 4 children" are 12.
    """
    votes: dict[int, set[str]] = defaultdict(set)
    told: list[float] = []
    upper: list[float] = []
    by_best: dict[int, Mentioned] = {}
    for mention in (m for m in event.mentions if m.veridicality == event.veridicality):
        figures = [f for f in mention.figures if f.what == "killed"]
        upper += [f.high for f in figures if f.high is not None]
        value = _told(figures)
        if value is None:
            continue
        told.append(value)
        votes[int(value)].add(mention.story.origin or mention.story.article_id)
        by_best.setdefault(int(value), mention)
    if not told and not upper:
        return None
    best = min(votes, key=lambda v: (-len(votes[v]), v)) if votes else None
    counted = _counted(by_best[best]) if best is not None else []
    parties = Counter[str]()
    for party, count in counted:
        parties[party.key] += count
    civilians = sum(count for party, count in counted if _civilian(party)) or None
    return Deaths(best=best, low=int(min(told)) if told else None, high=int(max([*told, *upper])), civilians=civilians, parties=dict(parties))


def crowd(event: ExportEvent) -> str:
    """How many took part, as one of the event's mentions says it: ``500``, ``200-500``; empty where none does."""
    for mention in event.mentions:
        for f in mention.figures:
            if f.what == "participants":
                return "-".join(dict.fromkeys(f"{x:.0f}" for x in (f.low, f.high) if x is not None))
    return ""


def _told(figures: list[Figure]) -> float | None:
    """What one mention gives: the sum over different parties, else the highest; an upper limit is no figure."""
    least = {id(f): f.low for f in figures if f.low is not None}
    if not least:
        return None
    keys = [f.of.key for f in figures if f.of is not None and f.low is not None]
    apart = len(keys) == len(least) == len(set(keys)) > 1
    return sum(least.values()) if apart else max(least.values())


def _counted(mention: Mentioned) -> list[tuple[Party, int]]:
    """The parties whose dead one mention counts, where these make up its figure."""
    found = [(f.of, int(f.low)) for f in mention.figures if f.what == "killed" and f.of is not None and f.low is not None]
    return found if sum(n for _, n in found) == _told([f for f in mention.figures if f.what == "killed"]) else []


def _civilian(party: Party) -> bool:
    return party.sector == "CVL" and (party.actor_id or "").rpartition(".")[2] == CIVILIANS
