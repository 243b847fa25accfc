"""Reviews: who confirmed, corrected or rejected which finding, kept over recoding and replacement of its article.

A finding's id is made from what it is, so the same finding coded again has the same id. Where an id has changed though the finding says
the same of the same words, its review is found again by those; where what is said has changed, the review waits and holds for nothing.
The rows of the tables hold what reviews make of findings, the report of a coding what the coder made of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, and_, delete, func, insert, or_, select, update

from onrecord.records import Report
from onrecord.store import noting
from onrecord.store.amending import Codes, Verdict, amended, corrected, judged, only
from onrecord.store.days import bounds
from onrecord.store.errors import RecordError
from onrecord.store.naming import names_in, rename
from onrecord.store.opening import writing
from onrecord.store.reading import article_columns, article_of
from onrecord.store.schema import (
    FINDINGS,
    actor_mentions,
    actors,
    articles,
    attribution_spans,
    codings,
    corrections,
    magnitudes,
    metadata,
    participants,
    positions,
    reviews,
)
from onrecord.store.unfolding import Keys, Row, unfolded, unpacked
from onrecord.store.unlinking import drop_mentions
from onrecord.store.whom import meant

Verdicts = Literal["confirmed", "corrected", "rejected"]
Kind = Literal["correction", "retraction", "lifted"]
OWN = frozenset(("key", "article", "run", "current", "review", "event_id", "event_reason", "event_confidence"))
"""Columns of a finding's row that do not come from the report."""
PARTS = {"actors": (actor_mentions,), "attributions": (attribution_spans,), "events": (participants, magnitudes)}
"""The tables of what belongs to the findings of a room."""
DAYS = {"date", "date_end", "said"}
"""Fields that hold a date."""
YEARLESS = re.compile(r"--\d\d-\d\d")
PORTION = 500


def review(
    engine: Engine,
    finding: str,
    verdict: str,
    *,
    by: str,
    at: Callable[[Connection], str],
    note: str | None = None,
    fields: Mapping[str, Any] | None = None,
    article: str | None = None,
) -> Row:
    """Note what somebody says of a finding; it counts until somebody says something else of it.

    Args:
        engine: the record.
        finding: its id.
        verdict: ``confirmed``, ``corrected`` or ``rejected``.
        by: who says so.
        at: gives the transaction the time to note, ISO 8601 in UTC.
        note: why.
        fields: what is corrected: values by the names of columns (:func:`onrecord.store.amending.corrected`); an actor by its id or its name.
        article: the id of the article it is in, where several have a finding of that id, as they may have an actor.

    Returns:
        The review as it is kept.

    Raises:
        RecordError: there is no such finding, it can't be corrected so, or an actor is named whom the record does not know.
    """
    fields = dict(fields or {})
    if verdict not in get_args(Verdicts):
        raise RecordError(f"there is no verdict {verdict!r}: choose from {', '.join(get_args(Verdicts))}")
    if (verdict == "corrected") != bool(fields):
        raise RecordError("a finding is corrected by fields with their values, and only then are there any")
    for value in (fields[name] for name in DAYS & set(fields)):
        if value is not None and bounds(str(value))[0] is None and not YEARLESS.fullmatch(str(value)):
            raise RecordError(f"{value!r} is no date: write 2021-03-09, 2021-03 or 2021")
    if not by.strip():
        raise RecordError("a review needs the name of who made it")
    with writing(engine) as connection:
        room, of = _where(connection, finding, article)
        fields = meant(connection, room, fields)
        ((key, run, report),) = _reports(connection, [of])
        found = next(f for f in getattr(report, room) if f.id == finding)
        span, said = judged(room, found)
        says = list(dict.fromkeys((said, judged(room, corrected(room, found, fields, _who(connection))).says)))
        other = and_(reviews.c.article == of, reviews.c.room == room, or_(reviews.c.finding == finding, reviews.c.holds_for == finding))
        connection.execute(update(reviews).where(other).values(current=False, holds_for=None))
        row: Row = {"finding": finding, "room": room, "article": of, "verdict": verdict, "fields": fields, "reviewer": by, "at": at(connection), "note": note}
        row |= {"words": span.text, "words_start": span.start, "words_end": span.end, "says": [list(s) for s in says], "current": True, "holds_for": finding}
        connection.execute(insert(reviews).values(key=_next(connection, "reviews"), **row))
        _settle(connection, key, run, report, row["at"], finding)
    return row


def correct_article(engine: Engine, article: str, kind: str, *, by: str, at: Callable[[Connection], str], note: str | None = None) -> Row:
    """Note that an article was corrected or retracted by its publisher, or that this no longer holds.

    Args:
        engine: the record.
        article: its id.
        kind: ``correction``, ``retraction``, or ``lifted`` where an earlier note was mistaken.
        by: who notes it.
        at: gives the transaction the time to note, ISO 8601 in UTC.
        note: what the publisher says.

    Raises:
        RecordError: the record has no such article, or there is no such kind.
    """
    if kind not in get_args(Kind):
        raise RecordError(f"there is no kind {kind!r} of correction: choose from {', '.join(get_args(Kind))}")
    with writing(engine) as connection:
        if connection.execute(select(articles.c.key).where(articles.c.id == article)).first() is None:
            raise RecordError(f"the record has no article {article!r}")
        row: Row = {"article": article, "kind": kind, "reviewer": by, "at": at(connection), "note": note}
        connection.execute(insert(corrections).values(key=_next(connection, "corrections"), **row))
    return row


def settle(connection: Connection, article_ids: Iterable[str], at: str) -> None:
    """Let the reviews of articles that were coded anew hold for what was found in them now."""
    ids = sorted(set(article_ids))
    for some in (ids[n : n + PORTION] for n in range(0, len(ids), PORTION)):
        known = list(connection.execute(select(reviews.c.article).where(reviews.c.article.in_(some), reviews.c.current).distinct()).scalars())
        for key, run, report in _reports(connection, known):
            _settle(connection, key, run, report, at)


def verdicts(connection: Connection, article_ids: Sequence[str]) -> dict[str, dict[tuple[str, str], Verdict]]:
    """What counts of the reviews of articles: by article, and there by room and id of the finding."""
    out: dict[str, dict[tuple[str, str], Verdict]] = defaultdict(dict)
    for some in (article_ids[n : n + PORTION] for n in range(0, len(article_ids), PORTION)):
        query = select(reviews).where(reviews.c.article.in_(some), reviews.c.current, reviews.c.holds_for.is_not(None))
        for r in connection.execute(query):
            out[r.article][r.room, r.holds_for] = Verdict(r.verdict, r.fields)
    return out


def reviewed(connection: Connection, reports: Sequence[Report], *, rejected: bool = False) -> list[Report]:
    """Reports as their reviews have them: with what was corrected, and without what was rejected unless that is to be kept."""
    found = verdicts(connection, [r.article.id for r in reports])
    if rejected:
        found = {article: {key: v for key, v in said.items() if v.verdict != "rejected"} for article, said in found.items()}
    return [amended(r, found[r.article.id], _who(connection)) if r.article.id in found else r for r in reports]


def retractions(connection: Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """Which of some articles were corrected or retracted, by the note that came last."""
    out: dict[str, str] = {}
    ids = sorted(set(article_ids))
    for some in (ids[n : n + PORTION] for n in range(0, len(ids), PORTION)):
        query = select(corrections.c.article, corrections.c.kind).where(corrections.c.article.in_(some)).order_by(corrections.c.key)
        out.update((r.article, r.kind) for r in connection.execute(query))
    return {id: kind for id, kind in out.items() if kind != "lifted"}


def forget(connection: Connection, article: str) -> None:
    """Remove what was said of an article and of the findings in it."""
    connection.execute(delete(reviews).where(reviews.c.article == article))
    connection.execute(delete(corrections).where(corrections.c.article == article))


def _where(connection: Connection, finding: str, article: str | None) -> tuple[str, str]:
    """The room and the article of a finding that is current."""
    hits: list[tuple[str, str]] = []
    for room, table in FINDINGS.items():
        query = select(articles.c.id).join(table, table.c.article == articles.c.key).where(table.c.id == finding, table.c.current)
        if article is not None:
            query = query.where(articles.c.id == article)
        hits += [(room, id) for id in connection.execute(query.limit(2)).scalars()]
    if not hits:
        raise RecordError(f"the record has no finding {finding!r}{f' in article {article!r}' if article else ''}")
    if len(hits) > 1:
        raise RecordError(f"{finding!r} is found in more than one article: say in which")
    return hits[0]


def _reports(connection: Connection, article_ids: Sequence[str]) -> list[tuple[int, int, Report]]:
    """The current reports on articles, as they were coded, with the numbers of article and run."""
    query = select(*article_columns(), codings.c.article, codings.c.run, codings.c.body).join(codings, codings.c.article == articles.c.key)
    rows = connection.execute(query.where(articles.c.id.in_(article_ids), articles.c.current, codings.c.current).order_by(articles.c.key)).mappings().all()
    return [(r["article"], r["run"], unpacked(r["body"], article_of(r))) for r in rows]


def _settle(connection: Connection, key: int, run: int, report: Report, at: str, just: str | None = None) -> None:
    """Find what each review of an article holds for, and write the rows of its findings accordingly.

    Args:
        connection: in a transaction that writes.
        key, run: the numbers of the article and of the run that coded it.
        report: as it was coded.
        at: the time to note.
        just: the id of the finding that was just reviewed.
    """
    mine = connection.execute(select(reviews).where(reviews.c.article == report.article.id, reviews.c.current).order_by(reviews.c.key)).mappings().all()
    held: dict[tuple[str, str], Verdict] = {}
    for row, id in _found_again(report, mine):
        connection.execute(update(reviews).where(reviews.c.key == row["key"]).values(holds_for=id))
        if id is not None:
            held[row["room"], id] = Verdict(row["verdict"], row["fields"])
    named = names_in(connection, [key])
    for room, table in FINDINGS.items():
        here = and_(table.c.article == key, table.c.run == run)
        before = {r.id: (r.key, r.review) for r in connection.execute(select(table.c.id, table.c.key, table.c.review).where(here))}
        for finding in getattr(report, room):
            verdict = held.get((room, finding.id))
            number, was = before[finding.id]
            if verdict is not None or was is not None:
                _write(connection, report, room, finding, number, was, verdict)
                changed = finding.id == just or was != (verdict and verdict.verdict)
                if room == "events" and changed and {was, verdict and verdict.verdict} & {"corrected", "rejected"}:
                    _unlink(connection, report.article.id, finding.id, at)
    called = names_in(connection, [key])
    called.subtract(named)
    rename(connection, called)


def _write(connection: Connection, report: Report, room: str, finding: Any, key: int, was: str | None, verdict: Verdict | None) -> None:
    """Make the row of a finding what its review says."""
    now = verdict.verdict if verdict else None
    table = FINDINGS[room]
    if "corrected" in (was, now):
        shown = corrected(room, finding, verdict.fields, _who(connection)) if verdict and now == "corrected" else finding
        _rewrite(connection, report, room, shown, key)
    connection.execute(update(table).where(table.c.key == key).values(review=now))


def _rewrite(connection: Connection, report: Report, room: str, finding: Any, key: int) -> None:
    """Write a finding's row, and those that belong to it, anew."""
    table = FINDINGS[room]
    rows = unfolded(only(report, room, finding), 0, 0, Keys({table.name: key - 1}))
    ((own,),) = [rows.pop(table.name)]
    connection.execute(update(table).where(table.c.key == key).values({name: value for name, value in own.items() if name not in OWN}))
    for part in PARTS.get(room, ()):
        connection.execute(delete(part).where(part.c.finding == key))
        if parts := rows.get(part.name):
            connection.execute(insert(part), parts)


def _unlink(connection: Connection, article: str, mention: str, at: str) -> None:
    """Take a mention that says another thing now, or nothing, out of what was made of it; its article is to be linked again."""
    drop_mentions(connection, [mention], at)
    noting.drop(connection, [mention])
    connection.execute(update(positions).where(positions.c.object_event_id == mention).values(event_id=None, event_reason=None))
    connection.execute(update(articles).where(articles.c.id == article, articles.c.current).values(pending=True))


def _found_again(report: Report, rows: Sequence[Mapping[Any, Any]]) -> Iterator[tuple[Mapping[Any, Any], str | None]]:
    """Reviews with the id of the finding that each is of: that of its own id if it is still of the same words, or one that says the same of them."""
    known = {room: {f.id: judged(room, f) for f in getattr(report, room)} for room in {row["room"] for row in rows}}
    own = {row["key"]: row["finding"] for row in rows if (j := known[row["room"]].get(row["finding"])) and j.span.text == row["words"]}
    taken = {(row["room"], own[row["key"]]) for row in rows if row["key"] in own}
    for row in rows:
        id = own.get(row["key"])
        if id is None:
            says = {tuple(said) for said in row["says"]}
            free = [
                (j.span.start, id) for id, j in known[row["room"]].items() if (row["room"], id) not in taken and j.span.text == row["words"] and j.says in says
            ]
            there = [id for start, id in free if start == row["words_start"]]
            id = there[0] if there else free[0][1] if len(free) == 1 else None
            taken.add((row["room"], id or ""))
        yield row, id


def _who(connection: Connection) -> Callable[[str], Codes | None]:
    """Gives the codes of an actor of the record."""

    def codes(id: str) -> Codes | None:
        row = connection.execute(select(actors.c.country, actors.c.sector).where(actors.c.id == id)).first()
        return (row.country, row.sector) if row else None

    return codes


def _next(connection: Connection, name: str) -> int:
    table = metadata.tables[name]
    return int(connection.execute(select(func.coalesce(func.max(table.c.key), 0) + 1)).scalar_one())
