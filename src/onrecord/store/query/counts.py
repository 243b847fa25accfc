"""Counts per actor, dyad, type or country and period, zero-filled where asked, with what was published in the period beside them.

A count of what is reported is no count of what happened: ``articles`` and ``outlets`` are the denominators, and what is
counted (events, independent texts, statements, mentions) is named in the column ``by``.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

import polars
from sqlalchemy import Connection, and_, func, select

from onrecord.ontology import EVENT_TYPES
from onrecord.store.errors import QueryError
from onrecord.store.query.mentions import itself_wanted, mentions_wanted
from onrecord.store.query.table import Row, Table
from onrecord.store.query.wanted import Filters, Wanted, read
from onrecord.store.schema import articles, attributions, event_members, event_mentions, events, participants, statement_members

Who = Literal["dyad", "actor", "event", "place"]
Period = Literal["day", "week", "month", "quarter", "year"]
By = Literal["event", "origin", "statement", "mention"]
Level = Literal["country", "sector", "actor"]
Split = Literal["type", "quad", "none"]
UNITS = tuple(f"{who}-{period}" for who in get_args(Who) for period in get_args(Period))
KEYS: dict[str, tuple[str, ...]] = {"dyad": ("source", "target"), "actor": ("actor",), "event": (), "place": ("country",)}
EXACT = {"day": 0, "week": 0, "month": 1, "quarter": 1, "year": 2}
ROUGH = {"day": 0, "month": 1, "year": 2}
MOST_FILLED = 2_000_000
"""Rows that zero-filling makes at most."""
FILTERS = ("actor", "country", "sector", "type", "place", "publisher", "text", "article", "since", "until", "min_confidence", "reviewed")
NOBODY = "---"
"""Who is named by no code: CAMEO's sign for it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a row is: who, in which period, how it is split, at which level actors are told apart, and what is counted."""

    who: Who
    period: Period
    by: By = "event"
    level: Level = "country"
    split: Split = "quad"

    @classmethod
    def read(cls, unit: str, *, by: str = "event", level: str = "country", split: str = "quad") -> Unit:
        """The unit that options name (``dyad-month``).

        Raises:
            QueryError: one of them names none.
        """
        if unit not in UNITS:
            raise QueryError(f"there is no unit {unit!r}: put one of {', '.join(get_args(Who))} before -{', -'.join(get_args(Period))}")
        for value, known, name in ((by, get_args(By), "by"), (level, get_args(Level), "level"), (split, get_args(Split), "split")):
            if value not in known:
                raise QueryError(f"{name} can't be {value!r}: choose from {', '.join(known)}")
        who, _, period = unit.partition("-")
        return cls(who=who, period=period, by=by, level=level, split=split)  # type: ignore[arg-type]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell rows of one period apart."""
        return (*KEYS[self.who], *(() if self.split == "none" else (self.split,)))

    @property
    def schema(self) -> dict[str, Any]:
        """The columns of the table."""
        types = {"quad": polars.Int64}
        keys = {name: types.get(name, polars.String) for name in self.keys}
        figures = dict.fromkeys(("count", "articles", "outlets"), polars.Int64)
        return {"period": polars.String, **keys, "by": polars.String, **figures, "score": polars.Float64}


def find(connection: Connection, wanted: Wanted, unit: Unit, *, fill: bool = False) -> Table:
    """Counts of what is asserted, by period and unit, in their order.

    Args:
        connection: the record.
        wanted: which events, as for :func:`onrecord.store.query.events`.
        unit: what a row is.
        fill: give rows with a count of zero, too: for every period between the first and last (or those asked for) and every key that is met.

    Returns:
        ``score`` is the mean of PLOVER's conflict-cooperation scores of what is counted, None where nothing with one is. ``articles`` and
        ``outlets`` are those of the whole record published in the period. ``notes`` say what was left out.

    Raises:
        QueryError: filling would make more than two million rows.
    """
    filters = read(connection, wanted, of="counts", by=FILTERS)
    counted: dict[tuple[Any, ...], dict[str, float | None]] = defaultdict(dict)
    left_out = 0
    for row in _mentions(connection, filters):
        period = _period(row["date_from"], row["date_precision"], unit.period)
        if period is None:
            left_out += 1
            continue
        for key in _keys(row, unit):
            counted[period, *key][_thing(row, unit.by)] = _score(row["type"])
    notes = [*filters.notes, *([f"{left_out} mention(s) are undated, or dated less exactly than a {unit.period}"] if left_out else [])]
    published = _published(connection, unit.period)
    rows = []
    for key in _filled(counted, filters, unit) if fill else sorted(counted, key=_order):
        things = counted.get(key, {})
        scores = [s for s in things.values() if s is not None]
        read_, outlets = published.get(key[0], (0, 0))
        figures = {"count": len(things), "articles": read_, "outlets": outlets, "score": round(sum(scores) / len(scores), 3) if scores else None}
        rows.append({"period": key[0], **dict(zip(unit.keys, key[1:], strict=True)), "by": unit.by, **figures})
    return Table(rows, unit.schema, notes=tuple(notes))


def _mentions(connection: Connection, filters: Filters) -> Iterator[Row]:
    """Asserted mentions with their participants, and with the date, origin, event and statement they count for."""
    conditions = [*mentions_wanted(connection, filters), *itself_wanted(event_mentions, filters), event_mentions.c.veridicality == "asserted"]
    columns = (
        *(event_mentions.c[n] for n in ("key", "id", "type", "quad", "place_country")),
        func.coalesce(events.c.date_from, event_mentions.c.date_from).label("date_from"),
        func.coalesce(events.c.date_precision, event_mentions.c.date_precision).label("date_precision"),
        func.coalesce(event_members.c.event_id, event_mentions.c.id).label("event"),
        func.coalesce(articles.c.origin_id, articles.c.id).label("origin"),
        statement_members.c.statement_id.label("statement"),
    )
    claim = and_(
        attributions.c.id == event_mentions.c.claimed_by, attributions.c.article == event_mentions.c.article, attributions.c.run == event_mentions.c.run
    )
    query = select(*columns).select_from(event_mentions).join(articles, articles.c.key == event_mentions.c.article)
    query = query.outerjoin(event_members, event_members.c.mention_id == event_mentions.c.id).outerjoin(events, events.c.id == event_members.c.event_id)
    query = query.outerjoin(attributions, claim).outerjoin(statement_members, statement_members.c.attribution_id == attributions.c.id)
    found = {row["key"]: {**row, "actor": [], "recipient": []} for row in connection.execute(query.where(and_(*conditions))).mappings()}
    who = select(participants.c.finding, participants.c.role, participants.c.actor_id, participants.c.country, participants.c.sector)
    keys = list(found)
    for at in range(0, len(keys), 500):
        for p in connection.execute(who.where(participants.c.finding.in_(keys[at : at + 500])).order_by(participants.c.finding, participants.c.n)):
            found[p.finding][p.role].append((p.actor_id, p.country, p.sector))
    yield from found.values()


def _thing(row: Row, by: By) -> str:
    """What a mention is counted as: two that are the same count once."""
    if by == "event":
        return str(row["event"])
    if by == "origin":
        return f"{row['event']} {row['origin']}"
    if by == "statement":
        return f"{row['event']} {row['statement'] or row['origin']}"
    return str(row["id"])


def _score(type: str) -> float | None:
    known = EVENT_TYPES.get(type)
    return known.score if known else None


def _keys(row: Row, unit: Unit) -> Iterable[tuple[Any, ...]]:
    """The keys of the rows that a mention counts in."""
    split = () if unit.split == "none" else (row[unit.split],)
    if unit.who == "event":
        return [split]
    if unit.who == "place":
        return [(row["place_country"], *split)] if row["place_country"] else []
    sources, targets = ({_code(p, unit.level) for p in row[role]} - {None} for role in ("actor", "recipient"))
    if unit.who == "actor":
        return [(code, *split) for code in sorted(filter(None, sources | targets))]
    return [(a or NOBODY, b or NOBODY, *split) for a in sources or {None} for b in targets or {None} if a or b]


def _code(participant: tuple[str | None, str | None, str | None], level: Level) -> str | None:
    actor_id, country, sector = participant
    if level == "actor":
        return actor_id
    if country is None:
        return None
    return country if level == "country" or sector is None else f"{country}.{sector}"


def _period(day: datetime.date | None, precision: str | None, period: Period) -> str | None:
    if day is None or ROUGH.get(precision or "day", 2) > EXACT[period]:
        return None
    return name_of(day, period)


def name_of(day: datetime.date, period: Period) -> str:
    """The period that a day lies in.

    >>> name_of(datetime.date(2021, 3, 9), "week"), name_of(datetime.date(2021, 3, 9), "quarter")
    ('2021-W10', '2021-Q1')
    """
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if period == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[period]]


def _published(connection: Connection, period: Period) -> dict[str, tuple[int, int]]:
    """How many articles of how many outlets each period has."""
    found: dict[str, list[Any]] = defaultdict(list)
    for day, publisher in connection.execute(select(articles.c.published_from, articles.c.publisher).where(articles.c.current)):
        if day is not None:
            found[name_of(day, period)].append(publisher)
    return {name: (len(outlets), len({o for o in outlets if o})) for name, outlets in found.items()}


def _filled(counted: dict[tuple[Any, ...], Any], filters: Filters, unit: Unit) -> Sequence[tuple[Any, ...]]:
    """Every key that is met in every period between the first and the last."""
    keys = sorted({key[1:] for key in counted}, key=_order)
    first, last = filters.since or min((first_of(k[0]) for k in counted), default=None), filters.until or max((first_of(k[0]) for k in counted), default=None)
    if first is None or last is None:
        return []
    periods = list(dict.fromkeys(name_of(first + datetime.timedelta(days=n), unit.period) for n in range((last - first).days + 1)))
    if len(periods) * len(keys) > MOST_FILLED:
        raise QueryError(f"zero-filling would make {len(periods) * len(keys)} rows: narrow the dates or actors, or take a longer period")
    return [(period, *key) for period in periods for key in keys]


def first_of(period: str) -> datetime.date:
    """The first day of a named period."""
    if "-W" in period:
        return datetime.date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
    if "-Q" in period:
        return datetime.date(int(period[:4]), int(period[6:]) * 3 - 2, 1)
    return datetime.date.fromisoformat(f"{period}-01-01"[:10])


def _order(key: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple("" if k is None else str(k) for k in key)
