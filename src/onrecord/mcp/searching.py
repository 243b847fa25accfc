"""The tools that look for many: events, positions, quotations, statements, articles, actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from onrecord.mcp import cited, telling
from onrecord.mcp.answers import Actors, Articles, Event, Events, Hit, Known, Positions, Quotes, Statements
from onrecord.mcp.asked import Countries, Cursor, Day, Kinds, Limit, Names, Point, Publishers, Words, given
from onrecord.mcp.cited import Row, Sources
from onrecord.operating import OPERATING_POINTS
from onrecord.store import Record

TOLD = 3
"""Mentions of an event that a list tells."""
COUNTED = 1_000
"""Findings of an actor up to which they are counted."""


def search_events(
    record: Record,
    *,
    actor: Names = None,
    source: Annotated[list[str] | None, Field(description="Ids or names of who does it.")] = None,
    target: Annotated[list[str] | None, Field(description="Ids or names of those to whom it is done.")] = None,
    country: Countries = None,
    type: Kinds = None,
    place: Annotated[str | None, Field(description="Name, country code or GeoNames id of where it happened.")] = None,
    publisher: Publishers = None,
    text: Words = None,
    since: Day = None,
    until: Day = None,
    point: Point = "strict",
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Events:
    """Look for events (who did what to whom), the latest first, each with up to three sentences that report it and their articles.

    Several filters hold together. get_event has all reports and positions of one event.
    """
    wanted = given(actor=actor, source=source, target=target, country=country, type=type, place=place, publisher=publisher, text=text)
    found = record.events(**wanted, **given(since=since, until=until, after=cursor), limit=limit, min_confidence=OPERATING_POINTS[point].events)
    return Events(events=list(told(record, found.rows)), next=found.next, notes=list(found.notes))


def told(record: Record, rows: Sequence[Row]) -> Iterable[Event]:
    """Rows of events, each with the first of its mentions."""
    dossiers = {r["id"]: d for r in rows if (d := record.event(r["id"])) is not None}
    shown = {id: d.mentions.rows[:TOLD] for id, d in dossiers.items()}
    of = Sources(record, (m["article"] for some in shown.values() for m in some))
    for row in rows:
        some = shown.get(row["id"], ())
        yield cited.event(row, some, of, further=max(0, len(row["mentions"]) - len(some)))


def search_positions(
    record: Record,
    *,
    holder: Names = None,
    about: Annotated[list[str] | None, Field(description="Ids or names of the actors that the position is on.")] = None,
    country: Countries = None,
    act: Annotated[list[str] | None, Field(description="condemn, support, demand, deny …; any of them.")] = None,
    stance: Literal["oppose", "support", "neutral"] | None = None,
    event: Annotated[str | None, Field(description="The id of an event that the position is on.")] = None,
    event_type: Kinds = None,
    publisher: Publishers = None,
    text: Words = None,
    since: Day = None,
    until: Day = None,
    point: Point = "strict",
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Positions:
    """Look for positions (who condemns, supports, demands, denies what), the last said first, each with the sentence that shows it."""
    wanted = given(actor=holder, about=about, country=country, act=act, stance=stance, event=event, type=event_type, publisher=publisher, text=text)
    least = OPERATING_POINTS[point].positions
    found = record.positions(**wanted, **given(since=since, until=until, after=cursor), limit=limit, min_confidence=least)
    of = Sources(record, (r["article"] for r in found))
    return Positions(positions=[cited.position(r, of) for r in found], next=found.next, notes=list(found.notes))


def search_quotes(
    record: Record,
    *,
    speaker: Names = None,
    country: Countries = None,
    kind: Annotated[Literal["direct", "indirect", "mixed"] | None, Field(description="direct: in the speaker's own words.")] = None,
    publisher: Publishers = None,
    text: Words = None,
    since: Day = None,
    until: Day = None,
    point: Point = "strict",
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Quotes:
    """Look for who says what, of the articles published last first. search_statements has what many articles carry only once."""
    wanted = given(actor=speaker, country=country, type=kind, publisher=publisher, text=text, since=since, until=until, after=cursor)
    found = record.quotes(**wanted, limit=limit, min_confidence=OPERATING_POINTS[point].attributions)
    of = Sources(record, (r["article"] for r in found))
    return Quotes(quotes=[cited.quote(r, _pieces(record, r), of) for r in found], next=found.next, notes=list(found.notes))


def _pieces(record: Record, row: Row) -> Sequence[Row]:
    """The pieces of a quotation: where other words stand between them, as its article's report has them."""
    whole = row["content"]
    if whole["end"] - whole["start"] == len(whole["text"]):
        return [whole]
    hit = record.finding(row["id"])
    return [] if hit is None else hit[2]["content"]


def search_statements(
    record: Record,
    *,
    speaker: Names = None,
    country: Countries = None,
    publisher: Publishers = None,
    text: Words = None,
    since: Day = None,
    until: Day = None,
    point: Point = "strict",
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Statements:
    """Look for statements: what somebody said once, however many articles carry it, with the best quotation; the latest first."""
    wanted = given(actor=speaker, country=country, publisher=publisher, text=text, since=since, until=until, after=cursor)
    found = record.statements(**wanted, limit=limit, min_confidence=OPERATING_POINTS[point].attributions)
    best: dict[str, tuple[Row, str]] = {}
    for row in found:
        if (hit := record.finding(row["attribution"])) is not None:
            best[row["id"]] = hit[2], hit[0]["article"]["id"]
    of = Sources(record, (article for _, article in best.values()))
    rows = [cited.statement(r, *best[r["id"]], of) for r in found if r["id"] in best]
    return Statements(statements=rows, next=found.next, notes=list(found.notes))


def search_articles(
    record: Record,
    *,
    text: Annotated[str, Field(min_length=1, max_length=300, description='Words: all of them, "in this order", -without, this OR that.')],
    actor: Names = None,
    type: Kinds = None,
    publisher: Publishers = None,
    since: Day = None,
    until: Day = None,
    order: Literal["best", "latest"] = "best",
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Articles:
    """Look for articles by their words, the best hits first. get_article has the text of one."""
    wanted = given(actor=actor, type=type, publisher=publisher, since=since, until=until, after=cursor)
    found = record.search(text=text, **wanted, limit=limit, order=order)
    of = Sources(record, (r["id"] for r in found.hits))
    hits = [Hit(source=of[r["id"]], passage="".join(p["text"] for p in r["passage"] or ())) for r in found.hits]
    notes = [*found.hits.notes, *([] if found.all else [f"only the {found.counted} hits that were added last were ranked"])]
    return Articles(articles=hits, counted=found.counted, next=found.hits.next, notes=notes)


def find_actors(
    record: Record,
    *,
    name: Annotated[str | None, Field(max_length=200, description="An id, a name or a country's code; without one, those in most articles.")] = None,
    country: Countries = None,
    sector: Annotated[list[str] | None, Field(description="PLOVER sectors: GOV, MIL, REB, OPP, CVL, JRN …")] = None,
    kind: Annotated[str | None, Field(description="state, person, organisation, igo …")] = None,
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Actors:
    """Look for actors, those first that are in the most articles, to learn the ids that other tools take."""
    ids = [i for who in record.named([name]) for i in who.known] if name else None
    if name and not ids:
        return Actors(actors=[], notes=[f"the record has nobody of the name or id {name!r}: try another spelling, or search_articles"])
    found = record.actors(**given(actor=ids, country=country, sector=sector, type=kind, after=cursor), limit=limit, most=COUNTED)
    return Actors(actors=[known(r) for r in found], next=found.next, notes=list(found.notes))


def known(row: Row) -> Known:
    """A row of the list of actors."""
    return Known(**{name: row[name] for name in Known.model_fields})


def tell_events(answer: Events) -> str:
    """Events as text."""
    return telling.page((line for e in answer.events for line in telling.event(e)), answer, "No event in this record fits.")


def tell_positions(answer: Positions) -> str:
    """Positions as text."""
    return telling.page((line for p in answer.positions for line in telling.position(p)), answer, "No position in this record fits.")


def tell_quotes(answer: Quotes) -> str:
    """Quotations as text."""
    return telling.page((line for q in answer.quotes for line in telling.quote(q)), answer, "No quotation in this record fits.")


def tell_statements(answer: Statements) -> str:
    """Statements as text."""
    return telling.page((line for s in answer.statements for line in telling.statement(s)), answer, "No statement in this record fits.")


def tell_articles(answer: Articles) -> str:
    """Hits as text."""
    return telling.page((f"{telling.cited(h.source)}: “{telling.plain(h.passage)}”" for h in answer.articles), answer, "No article has these words.")


def tell_actors(answer: Actors) -> str:
    """Actors as text."""

    def line(a: Known) -> str:
        counts = [f"{n if n is not None else 'many'} {what}" for n, what in ((a.articles, "articles"), (a.events, "events"), (a.positions, "positions"))]
        return f"[{telling.plain(a.id)}] {telling.plain(a.name)} ({a.kind}): {', '.join(counts)}"

    return telling.page(map(line, answer.actors), answer, "No actor in this record fits.")


SEARCHING: dict[str, tuple[Any, Any]] = {
    "search_events": (search_events, tell_events),
    "search_positions": (search_positions, tell_positions),
    "search_quotes": (search_quotes, tell_quotes),
    "search_statements": (search_statements, tell_statements),
    "search_articles": (search_articles, tell_articles),
    "find_actors": (find_actors, tell_actors),
}
"""The tools with what tells their answers."""
