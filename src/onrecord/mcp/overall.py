"""The tools that look at the record as a whole: what it is, counts, changes."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any, Literal

from pydantic import Field

from onrecord.mcp import telling
from onrecord.mcp.answers import About, Change, Changes, Coder, Counts, Outlet
from onrecord.mcp.asked import MOST, Countries, Day, Kinds, Limit, Names, Point, Publishers, given
from onrecord.ontology import ACTS, EVENT_TYPES
from onrecord.operating import OPERATING_POINTS
from onrecord.store import Record

OUTLETS = 20
FIGURES = """SELECT
  (SELECT count(*) FROM articles WHERE current) AS articles,
  (SELECT count(*) FROM events WHERE current) AS events,
  (SELECT count(*) FROM positions WHERE current) AS positions,
  (SELECT count(*) FROM attributions WHERE current) AS quotes,
  (SELECT min(published_from) FROM articles WHERE current) AS first"""
CODERS = """SELECT runs.coder AS coder, count(*) AS articles FROM codings JOIN runs ON runs.key = codings.run
  WHERE codings.current GROUP BY runs.coder ORDER BY count(*) DESC"""
READ = (
    "Every finding is the reading of one sentence by software, with a confidence. It says who reports something, never that it is so. "
    "A position is somebody's; where 'claimed_by' is null an outlet says it in its own words. What is in no article of this record can't be found in it."
)


def about_record(record: Record) -> About:
    """What is in this record: how many articles of which outlets and days, which version of the software coded them, how sure findings are."""
    figures = record.sql(FIGURES).rows[0]
    outlets, last = record.outlets().rows, record.last_day()
    return About(
        software=f"onrecord {version('onrecord')}",
        **{name: figures[name] for name in ("articles", "events", "positions", "quotes")},
        origins=sum(o["origins"] for o in outlets) if outlets else None,
        first_published=str(figures["first"])[:10] if figures["first"] else None,
        last_published=last.isoformat() if last else None,
        outlets=[Outlet(publisher=o["publisher"], articles=o["articles"]) for o in outlets[:OUTLETS]],
        coders=[Coder(**row) for row in record.sql(CODERS)],
        points={name: {"quotes": point.attributions, "events": point.events, "positions": point.positions} for name, point in OPERATING_POINTS.items()},  # type: ignore[misc]
        event_types=list(EVENT_TYPES),
        acts=list(ACTS),
        how_to_read=READ,
        notes=[f"{len(outlets) - OUTLETS} further outlets"] if len(outlets) > OUTLETS else [],
    )


def count_events(
    record: Record,
    *,
    unit: Annotated[
        Literal[
            "dyad-day", "dyad-month", "dyad-year", "actor-month", "actor-year", "event-day", "event-week", "event-month", "event-year",
            "place-month", "place-year",
        ],
        Field(description="What a row is: who acts on whom (dyad), an actor, all events or a country they happened in, in a day, week, month or year."),
    ] = "event-month",
    by: Annotated[Literal["event", "origin", "statement", "mention"], Field(description="What is counted; origin: independent texts.")] = "event",
    split: Annotated[Literal["type", "quad", "none"], Field(description="One row for each type or quad class, or none.")] = "type",
    actor: Names = None,
    country: Countries = None,
    type: Kinds = None,
    place: str | None = None,
    publisher: Publishers = None,
    since: Day = None,
    until: Day = None,
    point: Point = "strict",
    limit: Annotated[int, Field(ge=1, le=500)] = 100,
    start: Annotated[int, Field(ge=0)] = 0,
) -> Counts:  # fmt: skip
    """Count events that are put as fact by whoever reports them, by period, with the number of articles published in it beside each count.

    A count of what is reported is no count of what happened.
    """
    wanted = given(actor=actor, country=country, type=type, place=place, publisher=publisher, since=since, until=until)
    found = record.counts(unit, by=by, split=split, **wanted, min_confidence=OPERATING_POINTS[point].events)
    rows = [dict(r) for r in found.rows[start : start + limit]]
    further = len(found) > start + limit
    notes = [*found.notes, *([f"{len(found)} rows: ask again with start {start + limit}"] if further else [])]
    return Counts(columns=found.columns, rows=rows, next=str(start + limit) if further else None, notes=notes)


def list_changes(
    record: Record,
    *,
    since: Annotated[str | None, Field(max_length=100, description="A time (2021-03-09T12:00:00), or `next` of the answer before.")] = None,
    limit: Limit = MOST,
) -> Changes:
    """What is new, changed or gone in this record since a point, oldest first; `next` is the point to go on from, also another day."""
    found = record.changes(since, limit=limit)
    rows = [Change.model_validate({name: row[name] for name in Change.model_fields}) for row in found]
    return Changes(changes=rows, next=found.next)


def tell_about(answer: About) -> str:
    """What a record is, as text."""
    outlets = ", ".join(f"{telling.plain(o.publisher) or 'no outlet named'} ({o.articles})" for o in answer.outlets)
    coders = "; ".join(f"{c.coder} ({c.articles} articles)" for c in answer.coders)
    days = f"published {answer.first_published or 'on days not known'} to {answer.last_published or 'on days not known'}"
    return "\n".join((
        f"{answer.articles} articles, {days}; {answer.events} events, {answer.positions} positions, {answer.quotes} quotations.",
        f"Outlets: {outlets or 'none'}.",
        f"Coded by {coders or 'nobody yet'}; read by {answer.software}.",
        f"Operating points, the least confidence of each kind: {answer.points}.",
        answer.how_to_read,
    ))  # fmt: skip


def tell_counts(answer: Counts) -> str:
    """Counts as lines of a table."""
    lines = ["\t".join(answer.columns), *("\t".join("" if r[c] is None else telling.plain(str(r[c])) for c in answer.columns) for r in answer.rows)]
    return "\n".join([*lines, *(f"Note: {telling.plain(n)}" for n in answer.notes)])


def tell_changes(answer: Changes) -> str:
    """Changes as lines."""
    lines = [f"{c.at} {c.kind} {c.what}: {telling.plain(c.id)}" + (f" ({telling.plain(c.others)})" if c.others else "") for c in answer.changes]
    return "\n".join([*(lines or ["Nothing since then."]), f"To go on from here: since {answer.next}"])


OVERALL: dict[str, tuple[Any, Any]] = {
    "about_record": (about_record, tell_about),
    "count_events": (count_events, tell_counts),
    "list_changes": (list_changes, tell_changes),
}
"""The tools with what tells their answers."""
