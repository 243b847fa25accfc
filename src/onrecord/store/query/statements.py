"""Statements: what somebody said once, however many articles carry it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import polars
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from onrecord.store.query import paging
from onrecord.store.query.events import portions
from onrecord.store.query.table import Row, Table, structure
from onrecord.store.query.wanted import Filters, Wanted, among, articles_wanted, one_of, read, standing
from onrecord.store.schema import actors, articles, attributions, signatories, statement_members

FILTERS = ("actor", "country", "sector", "publisher", "text", "article", "since", "until", "min_confidence", "reviewed")
CLOSENESS = ("indirect", "mixed", "direct")
"""How close to the speaker's own words a content is, the closest last."""
STRING = polars.String
STATEMENTS = {
    "id": STRING,
    "date": STRING,
    "speaker": STRING,
    "text": STRING,
    "kind": STRING,
    "attribution": STRING,
    "signatories": polars.List(structure(name=STRING, id=STRING)),
    "articles": polars.List(STRING),
    "publishers": polars.List(STRING),
    "origins": polars.Int64,
    "attributions": polars.List(STRING),
}


def statements_found(connection: Connection, wanted: Wanted) -> Table:
    """Statements, those first reported last first and the undated at the end.

    Args:
        connection: the record.
        wanted: which, how many, and after which; one of which any attribution satisfies the filters is shown with all that report it.

    Returns:
        ``date`` is the day on which it was first published, ``text`` the best quotation of it: direct before mixed before indirect speech, and of
        those the longest; ``origins`` counts the independent texts that carry it.
    """
    filters = read(connection, wanted, of="statements", by=FILTERS)
    found = _found(filters, connection).subquery()
    limit = paging.more(filters.limit)
    rows = paging.page(connection, select(found.c.id, found.c.day), found.c.day, found.c.id, limit=limit, after=paging.read(filters.after))
    shown, following = paging.cut(rows, filters.limit, lambda r: (r["day"], r["id"]))
    members = _members(connection, [r["id"] for r in shown], filters)
    who = _signatories(connection, [m["id"] for some in members.values() for m in some])
    return Table([_statement(r["id"], members[r["id"]], who) for r in shown], STATEMENTS, next=following, notes=filters.notes)


def _found(filters: Filters, connection: Connection) -> Select[Any]:
    """The statements by id, with the day on which each was first published."""
    wanted = standing(attributions, filters.reviewed)
    wanted += _by(filters)
    if filters.since or filters.until:
        wanted.append(among(attributions.c.published_from, attributions.c.published_to, filters))
    if filters.min_confidence:
        wanted.append(attributions.c.confidence >= filters.min_confidence)
    wanted += articles_wanted(connection, filters, attributions.c.article)
    query = select(statement_members.c.statement_id.label("id"), func.min(attributions.c.published_from).label("day"))
    return query.join(attributions, attributions.c.id == statement_members.c.attribution_id).where(*wanted).group_by(statement_members.c.statement_id)


def _by(filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on who makes a statement or signs it."""
    signed = statement_members.c.attribution_id
    wanted: list[ColumnElement[bool]] = []
    if filters.actor is not None:
        theirs = select(signatories.c.attribution_id).where(signatories.c.actor_id.in_(filters.actor))
        wanted.append(or_(signed.in_(theirs), attributions.c.speaker_id.in_(filters.actor), attributions.c.on_behalf_of.in_(filters.actor)))
    if filters.country or filters.sector:
        some = select(actors.c.id).where(one_of(actors.c.country, filters.country), one_of(actors.c.sector, filters.sector))
        wanted.append(signed.in_(select(signatories.c.attribution_id).where(signatories.c.actor_id.in_(some))))
    return wanted


def _members(connection: Connection, ids: Sequence[str], filters: Filters) -> dict[str, list[Row]]:
    """The attributions that report statements, those of the articles published first first."""
    out: dict[str, list[Row]] = defaultdict(list)
    own = ("id", "kind", "content", "speaker_name", "source", "published_from")
    of = (articles.c.id.label("article"), articles.c.publisher, articles.c.origin_id, statement_members.c.statement_id)
    query = select(*(attributions.c[n] for n in own), *of).join(statement_members, statement_members.c.attribution_id == attributions.c.id)
    query = query.join(articles, articles.c.key == attributions.c.article).where(*standing(attributions, filters.reviewed))
    for some in portions(ids):
        for row in connection.execute(query.where(statement_members.c.statement_id.in_(some))).mappings():
            out[row["statement_id"]].append(dict(row))
    for members in out.values():
        members.sort(key=lambda r: (r["published_from"] is None, str(r["published_from"]), r["article"], r["id"]))
    return out


def _signatories(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    query = select(signatories.c.attribution_id, signatories.c.actor_id, actors.c.name).outerjoin(actors, actors.c.id == signatories.c.actor_id)
    for some in portions(ids):
        for r in connection.execute(query.where(signatories.c.attribution_id.in_(some)).order_by(signatories.c.actor_id)):
            out[r.attribution_id].append({"name": r.name or r.actor_id, "id": r.actor_id})
    return out


def _statement(id: str, members: Sequence[Row], who: dict[str, list[Row]]) -> Row:
    best = max(members, key=lambda m: (CLOSENESS.index(m["kind"]), len(m["content"])))
    signed = {s["id"]: s for m in members for s in who[m["id"]]}
    return {
        "id": id,
        "date": str(members[0]["published_from"]) if members[0]["published_from"] else None,
        "speaker": best["speaker_name"] or best["source"],
        "text": best["content"],
        "kind": best["kind"],
        "attribution": best["id"],
        "signatories": list(signed.values()),
        "articles": list(dict.fromkeys(m["article"] for m in members)),
        "publishers": sorted({m["publisher"] for m in members if m["publisher"]}),
        "origins": len({m["origin_id"] or m["article"] for m in members}),
        "attributions": [m["id"] for m in members],
    }
