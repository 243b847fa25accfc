"""Who stands on which side of an event, who says that it happened, and who denies it: the same on its page and in briefs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]
SIDES = ("support", "oppose", "neutral")
ACCUSE, DENY, DENIED = "accuse", "deny", "denied"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """In whose words an event is told, and by whom it is denied; each sentence once, with the articles that ``carried`` it.

    Attributes:
        said: mentions in somebody's words, other than denials.
        accusing: positions that accuse.
        denied: mentions that deny it.
        denying: positions that deny it.
    """

    said: tuple[Row, ...]
    accusing: tuple[Row, ...]
    denied: tuple[Row, ...]
    denying: tuple[Row, ...]


def takes_side(act: str) -> bool:
    """Whether who does so is for something, against it or neither: who denies something takes no side on it."""
    return act != DENY


def sides(positions: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Positions for, against and neither."""
    return [(side, [p for p in positions if p["stance"] == side and takes_side(p["act"])]) for side in SIDES]


def accounts(mentions: Sequence[Row], positions: Sequence[Row]) -> Accounts:
    """Accusations and denials.

    Args:
        mentions: of an event, those published first first, as :class:`onrecord.store.Dossier` has them.
        positions: on it, as :meth:`onrecord.store.Record.positions_on` gives them.
    """
    return Accounts(
        said=told_once(m for m in mentions if m["said_by"] and m["veridicality"] != DENIED),
        accusing=tuple(p for p in positions if p["act"] == ACCUSE),
        denied=told_once(m for m in mentions if m["veridicality"] == DENIED),
        denying=tuple(p for p in positions if p["act"] == DENY),
    )


def told_once(mentions: Iterable[Row]) -> tuple[Row, ...]:
    """Mentions of one sentence of one speaker as one, told by the first of the articles that have it."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for m in mentions:
        groups.setdefault((m["said_by_id"] or m["said_by"] or "", " ".join(m["evidence"]["text"].casefold().split())), []).append(m)
    return tuple({**some[0], "carried": [_where(m) for m in some]} for some in groups.values())


def _where(m: Row) -> Row:
    return {"position": m["id"], **{name: m[name] for name in ("article", "published", "publisher", "origin")}}
