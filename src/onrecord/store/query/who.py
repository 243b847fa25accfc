"""Whom names mean, and who has most to say: for asking who has taken a stand on something and who has not."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from onrecord.store.query.events import portions
from onrecord.store.query.wanted import standing
from onrecord.store.schema import actor_names, actors, positions

LOOKED_AT = 3_000
"""Positions among which the busiest holders are looked for."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody who was asked for: what was ``asked``, its ``name`` where the record has one, the actors whom that means, and which of those the record has.

    A country's code means its government: the actors ``CHL`` and ``CHL.GOV``, and whoever is part of that.
    """

    asked: str
    name: str | None
    ids: tuple[str, ...]
    known: tuple[str, ...]

    def is_(self, id: str) -> bool:
        """Whether an actor is one of those meant, or within one."""
        return any(id == each or (each.endswith(".GOV") and id.startswith(f"{each}.")) for each in self.ids)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A holder with how many positions were found."""

    id: str
    name: str
    positions: int


def named(connection: Connection, asked: Sequence[str]) -> list[Who]:
    """Whom some ids, codes of countries or names mean; what means nobody in the record has no ids that are known."""
    every = list(dict.fromkeys(asked))
    codes = {each: (each.upper(), f"{each.upper()}.GOV") for each in every if len(each) == len("CHL") and each.isalpha()}
    known = _names(connection, [i for both in codes.values() for i in both])
    meant = _called(connection, [each for each in every if each not in codes or not any(i in known for i in codes[each])])
    known |= _names(connection, [i for ids in meant.values() for i in ids])
    out = []
    for each in every:
        ids: tuple[str, ...] = meant.get(each) or codes.get(each) or ()
        there = tuple(i for i in reversed(ids) if i in known)
        out.append(Who(asked=each, name=known[there[0]] if there else None, ids=ids, known=there))
    return out


def _names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The names of actors that the record has."""
    return {r.id: r.name for some in portions(ids) for r in connection.execute(select(actors.c.id, actors.c.name).where(actors.c.id.in_(some)))}


def _called(connection: Connection, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The actors that have an id or a name: as it is written, or where there is none in any case."""
    out: dict[str, tuple[str, ...]] = {}
    a = actor_names.c
    for some in portions(names):
        rows = connection.execute(select(a.id, a.name).where(or_(a.id.in_(some), a.name.in_(some))).order_by(a.id)).all()
        out |= {each: ids for each in some if (ids := tuple(dict.fromkeys(r.id for r in rows if each in (r.id, r.name))))}
    rest = [each for each in names if each not in out]
    for some in portions(rest):
        rows = connection.execute(select(a.id, a.name).where(func.lower(a.name).in_([n.lower() for n in some])).order_by(a.id)).all()
        out |= {each: ids for each in some if (ids := tuple(dict.fromkeys(r.id for r in rows if r.name.lower() == each.lower())))}
    return out


def busiest(connection: Connection, *, since: datetime.date | None = None, until: datetime.date | None = None, limit: int = 40) -> list[Busy]:
    """Named actors with most positions among the last said between two days, those with most first."""
    p = positions.c
    query = select(p.holder_id).where(*standing(positions), p.holder_id.is_not(None), p.said_from.is_not(None))
    if since:
        query = query.where(p.said_from >= since)
    if until:
        query = query.where(p.said_from <= until)
    found = Counter(connection.execute(query.order_by(p.said_from.desc(), p.id.desc()).limit(LOOKED_AT)).scalars())
    ids = sorted((i for i in found if not i.startswith("_.")), key=lambda i: (-found[i], i))[:limit]
    known = {r.id: r.name for r in connection.execute(select(actors.c.id, actors.c.name).where(actors.c.id.in_(ids)))}
    return [Busy(id=i, name=known.get(i, i), positions=found[i]) for i in ids]
