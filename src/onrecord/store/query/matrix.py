"""Who stands where on several things at once: holders by events, or by the questions that positions suggest."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, select

from onrecord.issues import Issue, Stand, proposed
from onrecord.records.showing import Shown
from onrecord.store.query.events import portions
from onrecord.store.query.standing import POSITION_FILTERS, full, marked, position_row, positions_wanted
from onrecord.store.query.table import Row
from onrecord.store.query.wanted import Wanted, read
from onrecord.store.schema import actors, articles, events, positions

By = Literal["event", "issue"]
Sort = Literal["count", "name", "latest"]
MOST = 1_500
"""Positions that are looked at, the last said first."""
SIDES = {"support", "oppose"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A row: a holder, with how many positions of its are shown and the day of the last."""

    id: str
    name: str
    country: str | None
    positions: int
    last: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A column: an event, by its id, or a question; with how many positions on it of how many holders are shown, and the day of the last."""

    id: str
    title: str
    issue: Issue | None
    positions: int
    holders: int
    last: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a holder stands on a matter: the latest position, the latest of the other side where there is one, and how many there are in how many articles."""

    latest: Row
    opposite: Row | None
    positions: int
    articles: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Shown):
    """Holders by matters.

    Attributes:
        rows, columns: holders and matters, in the order asked for.
        cells: by the ids of holder and matter.
        looked_at: how many positions were looked at, the last said between ``since`` and ``until``; ``more`` whether there are earlier ones.
        notes: what is worth knowing about the answer.
    """

    rows: tuple[Held, ...]
    columns: tuple[Matter, ...]
    cells: Mapping[tuple[str, str], Cell]
    looked_at: int
    more: bool
    since: datetime.date | None
    until: datetime.date | None
    notes: tuple[str, ...]


def find(connection: Connection, wanted: Wanted, *, by: By = "event", sort: Sort = "count", rows: int = 30, columns: int = 12, most: int = MOST) -> Matrix:
    """Who stands where on what is most spoken of.

    Args:
        connection: the record.
        wanted: which positions.
        by: whether columns are events across articles or questions that the positions suggest.
        sort: rows and columns with most positions first, by name, or those with the latest first.
        rows, columns: the most of each; those with most positions are shown.
        most: how many positions are looked at, the last said first.
    """
    filters = read(connection, {**wanted, "limit": most}, of="positions", by=POSITION_FILTERS)
    p = positions.c
    columns_of = (p.key, p.id, p.holder_id, p.event_id, p.object, p.stance, p.said_from, p.article)
    query = select(*columns_of, *((articles.c.story_id,) if by == "issue" else ()))
    conditions = [*positions_wanted(connection, filters, walked=by == "event" and not filters.event), p.holder_id.is_not(None), p.said_from.is_not(None)]
    if by == "issue":
        query = query.join(articles, articles.c.key == p.article)
    else:
        conditions.append(p.event_id.is_not(None))
    found = connection.execute(query.where(*conditions).order_by(p.said_from.desc(), p.id.desc()).limit(most + 1)).all()
    looked_at = found[:most]
    named = [r for r in looked_at if not r.holder_id.startswith("_.")]
    matters = _questions(named) if by == "issue" else {r.id: [r.event_id] for r in named}
    told = [(r, m) for r in named for m in matters.get(r.id, ())]
    issues = {m.id: m for _, m in told if isinstance(m, Issue)}
    pairs = [(r, m.id if isinstance(m, Issue) else m) for r, m in told]
    kept = _top(((m, r.holder_id) for r, m in pairs), columns)
    pairs = [(r, m) for r, m in pairs if m in kept]
    holders = _top(((r.holder_id, m) for r, m in pairs), rows)
    pairs = [(r, m) for r, m in pairs if r.holder_id in holders]
    days = [r.said_from for r in looked_at]
    return Matrix(
        rows=tuple(_sorted(_held(connection, pairs), sort)),
        columns=tuple(_sorted(_matters(connection, pairs, issues), sort)),
        cells=_cells(connection, pairs),
        looked_at=len(looked_at),
        more=len(found) > most,
        since=min(days, default=None),
        until=max(days, default=None),
        notes=filters.notes,
    )


def _questions(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """By position the questions that it is on."""
    stands = [Stand(holder=r.holder_id, object=r.object, event_id=r.event_id, story=r.story_id, said=r.said_from, position=r.id) for r in rows if r.story_id]
    out: dict[str, list[Any]] = defaultdict(list)
    for proposal in proposed(stands):
        for stand in proposal.stands:
            if stand.position is not None:
                out[stand.position].append(proposal.issue)
    return out


def _top(pairs: Iterable[tuple[str, str]], most: int) -> set[str]:
    """The first of pairs that come with most different second ones, then in most pairs."""
    others: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for one, other in pairs:
        others[one].add(other)
        count[one] += 1
    return set(sorted(count, key=lambda x: (-len(others[x]), -count[x], x))[:most])


def _held(connection: Connection, pairs: Sequence[tuple[Any, str]]) -> list[Held]:
    count = Counter(r.holder_id for r, _ in pairs)
    last = {r.holder_id: r.said_from for r, _ in reversed(pairs)}
    known = {}
    for some in portions(list(count)):
        known.update({r.id: r for r in connection.execute(select(actors.c.id, actors.c.name, actors.c.country).where(actors.c.id.in_(some)))})
    return [
        Held(id=id, name=known[id].name if id in known else id, country=known[id].country if id in known else None, positions=n, last=last[id])
        for id, n in count.items()
    ]


def _matters(connection: Connection, pairs: Sequence[tuple[Any, str]], issues: Mapping[str, Issue]) -> list[Matter]:
    count = Counter(m for _, m in pairs)
    holders: dict[str, set[str]] = defaultdict(set)
    for r, m in pairs:
        holders[m].add(r.holder_id)
    last = {m: r.said_from for r, m in reversed(pairs)}
    titles = {id: issue.question for id, issue in issues.items()}
    for some in portions([m for m in count if m not in titles]):
        titles |= {r.id: r.title or r.type for r in connection.execute(select(events.c.id, events.c.title, events.c.type).where(events.c.id.in_(some)))}
    return [Matter(id=id, title=titles.get(id, id), issue=issues.get(id), positions=n, holders=len(holders[id]), last=last[id]) for id, n in count.items()]


def _cells(connection: Connection, pairs: Sequence[tuple[Any, str]]) -> dict[tuple[str, str], Cell]:
    by: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for r, m in pairs:
        by[r.holder_id, m].append(r)
    chosen = {}
    for at, some in by.items():
        other = next((r for r in some[1:] if {r.stance, some[0].stance} == SIDES), None)
        chosen[at] = (some[0], other)
    keys = sorted({r.key for both in chosen.values() for r in both if r is not None})
    rows = [dict(r) for part in portions(keys) for r in connection.execute(full(positions.c.key.in_(part))).mappings()]
    shown = {r["id"]: r for r in marked(connection, [position_row(r) for r in rows])}
    return {
        at: Cell(
            latest=shown[latest.id],
            opposite=shown[other.id] if other is not None else None,
            positions=len(by[at]),
            articles=len({r.article for r in by[at]}),
        )
        for at, (latest, other) in chosen.items()
    }


def _sorted(some: list[Any], sort: Sort) -> list[Any]:
    def name(x: Any) -> str:
        return str(x.name if isinstance(x, Held) else x.title).casefold()

    if sort == "name":
        return sorted(some, key=lambda x: (name(x), x.id))
    if sort == "latest":
        return sorted(some, key=lambda x: (-(x.last or datetime.date.min).toordinal(), name(x), x.id))
    return sorted(some, key=lambda x: (-x.positions, name(x), x.id))
