"""Articles and actors, each with how much is on record of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import polars
from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, func, or_, select

from onrecord.store.errors import QueryError
from onrecord.store.query import paging
from onrecord.store.query.events import portions
from onrecord.store.query.mentions import itself_wanted
from onrecord.store.query.reviews import any_rejected
from onrecord.store.query.table import Row
from onrecord.store.query.table import Table as Found
from onrecord.store.query.walking import as_read, frequent
from onrecord.store.query.wanted import Filters, Wanted, among, articles_wanted, one_of, read, standing
from onrecord.store.reviewing import retractions
from onrecord.store.schema import actors, article_actors, articles, attributions, codings, event_mentions, participants, positions, runs

ARTICLE_FILTERS = ("actor", "country", "sector", "type", "place", "publisher", "text", "article", "story", "since", "until", "reviewed")
ACTOR_FILTERS = ("actor", "country", "sector", "type", "publisher", "text", "article", "story", "since", "until", "reviewed")

LOOKED_AT = 500
"""Articles in which the actors of a page are counted, where other filters than those of actors are given."""

STRING, COUNT = polars.String, polars.Int64
ARTICLES = {
    **dict.fromkeys(
        (
            "id",
            "title",
            "published",
            "publisher",
            "byline",
            "url",
            "language",
            "origin",
            "story",
            "text_sha256",
            "coder",
            "added_at",
            "retrieved_at",
            "retracted",
        ),
        STRING,
    ),
    **dict.fromkeys(("characters", "events", "positions", "quotes"), COUNT),
}
ACTORS = {**dict.fromkeys(("id", "name", "country", "sector", "kind"), STRING), **dict.fromkeys(("articles", "events", "positions", "quotes"), COUNT)}


def articles_found(connection: Connection, wanted: Wanted) -> Found:
    """Articles, the last published first and the undated at the end.

    Args:
        connection: the record.
        wanted: which, how many, and after which; ``actor``, ``country`` and ``sector`` are of anybody in the article,
            ``type`` and ``place`` of any event in it.
    """
    filters = read(connection, wanted, of="articles", by=ARTICLE_FILTERS)
    limit = paging.more(filters.limit)
    a = articles.c
    numbers = select(a.key, a.published_from, a.id).where(*_articles_wanted(connection, filters))
    found = paging.page(connection, numbers, a.published_from, a.id, limit=limit, after=paging.read(filters.after))
    found = paging.whole(connection, _articles(), a.key, found)
    rows, following = paging.cut(found, filters.limit, lambda r: (r["published_from"], r["id"]))
    return Found(_counted(connection, rows, filters.reviewed), ARTICLES, next=following, notes=filters.notes)


def added(connection: Connection, *, limit: int) -> Found:
    """The articles that were added last, the last first.

    Args:
        connection: the record.
        limit: the most rows.
    """
    query = _articles().where(articles.c.current).order_by(articles.c.key.desc()).limit(limit)
    return Found(_counted(connection, [dict(r) for r in connection.execute(query).mappings()], "any"), ARTICLES)


def _counted(connection: Connection, rows: Sequence[Row], reviewed: str) -> list[Row]:
    """Articles with how much is on record in them."""
    keys = [r["key"] for r in rows]
    counts = {
        name: _counts(connection, table.c.article, standing(table, reviewed), keys)
        for name, table in (("events", event_mentions), ("positions", positions), ("quotes", attributions))
    }
    counts["characters"] = _lengths(connection, keys)
    coders = _coders(connection, keys)
    marks = retractions(connection, (r["id"] for r in rows))
    out = []
    for r in rows:
        figures = {name: count.get(r["key"], 0) for name, count in counts.items()}
        out.append({**{c: r.get(c) for c in ARTICLES}, "coder": coders.get(r["key"]), "retracted": marks.get(r["id"]), **figures})
    return out


def _articles_wanted(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [articles.c.current]
    if who := _who(article_actors, filters):
        many = filters.limit is not None and frequent(connection, articles, select(article_actors.c.key).where(*who), limit=filters.limit)
        there = select(article_actors.c.article).where(*standing(article_actors, filters.reviewed), *_who(article_actors, filters, unindexed=many))
        wanted.append(there.where(article_actors.c.article == articles.c.key).exists() if many else articles.c.key.in_(there))
    events = itself_wanted(event_mentions, Filters(type=filters.type, place=filters.place))
    if events:
        wanted.append(articles.c.key.in_(select(event_mentions.c.article).where(*standing(event_mentions, filters.reviewed), *events)))
    if filters.since or filters.until:
        wanted.append(among(articles.c.published_from, articles.c.published_to, filters))
    return wanted + articles_wanted(connection, filters, articles.c.key)


def _articles() -> Select[Any]:
    named = ("key", "id", "title", "published", "published_from", "publisher", "byline", "url", "language", "text_sha256", "added_at", "retrieved_at")
    columns = [articles.c[n] for n in named]
    known = [articles.c.origin_id.label("origin"), articles.c.story_id.label("story")]
    return select(*columns, *known)


def actors_found(connection: Connection, wanted: Wanted, *, most: int | None = None) -> Found:
    """Actors, those first that are in the most articles.

    Args:
        connection: the record.
        wanted: which, how many, and after which; ``type`` is the kind of actor (``state``, ``person``); the other filters say in which articles to look,
            with a limit only in those of them that were added last.
        most: of more events, positions or quotations of an actor than that none are counted, and the count is None; None counts all.
    """
    filters = read(connection, wanted, of="actors", by=ACTOR_FILTERS)
    conditions = [*articles_wanted(connection, dataclasses.replace(filters, limit=None), articles.c.key), *_published(filters)]
    whole = filters.reviewed == "with-rejected" or (filters.reviewed == "any" and not any_rejected(connection))
    if whole and not conditions:
        return _counted_before(connection, filters, most)
    count = func.count(func.distinct(article_actors.c.article))
    query = select(article_actors.c.id, count.label("articles")).where(*standing(article_actors, filters.reviewed), *_who(article_actors, filters))
    if filters.type:
        query = query.where(one_of(article_actors.c.kind, filters.type))
    if conditions:
        inside = select(articles.c.key).where(articles.c.current, *conditions)
        if filters.limit is not None:
            last = list(connection.execute(inside.order_by(articles.c.key.desc()).limit(LOOKED_AT + 1)).scalars())
            if len(last) > LOOKED_AT:
                filters = dataclasses.replace(filters, notes=(*filters.notes, f"counted in the {LOOKED_AT:,} articles of those asked for that were added last"))
            query = query.where(article_actors.c.article.in_(last[:LOOKED_AT]))
        else:
            query = query.where(article_actors.c.article.in_(inside))
    query = query.group_by(article_actors.c.id).order_by(count.desc(), article_actors.c.id)
    if (place := _place(filters)) is not None:
        query = query.having(or_(count < place[0], and_(count == place[0], article_actors.c.id > place[1])))
    found = [dict(r) for r in connection.execute(query.limit(paging.more(filters.limit))).mappings()]
    return _actors_page(connection, found, filters, most)


def _counted_before(connection: Connection, filters: Filters, most: int | None) -> Found:
    """Actors by the number of articles that is kept for each, where it is of all articles and nothing of it was rejected."""
    number = actors.c.articles
    query = select(actors.c.id, number).where(number > 0, *_who(actors, filters))
    if filters.type:
        query = query.where(one_of(actors.c.kind, filters.type))
    if (place := _place(filters)) is not None:
        query = query.where(number <= place[0], or_(number < place[0], actors.c.id > place[1]))
    query = query.order_by(number.desc(), actors.c.id).limit(paging.more(filters.limit))
    return _actors_page(connection, [dict(r) for r in connection.execute(query).mappings()], filters, most)


def _place(filters: Filters) -> tuple[int, str] | None:
    """After which actor to go on: its number of articles and its id.

    Raises:
        QueryError: the cursor is of other rows.
    """
    if filters.after is None:
        return None
    number, id = paging.decoded(filters.after)
    if not isinstance(number, int):
        raise QueryError(f"{filters.after!r} is no cursor of actors")
    return number, id


def _actors_page(connection: Connection, found: Sequence[Row], filters: Filters, most: int | None) -> Found:
    rows, following = found, None
    if filters.limit is not None and len(found) > filters.limit:
        rows = found[: filters.limit]
        following = paging.written((rows[-1]["articles"], rows[-1]["id"]))
    return Found(_with_counts(connection, rows, filters.reviewed, most), ACTORS, next=following, notes=filters.notes)


def _published(filters: Filters) -> list[ColumnElement[bool]]:
    return [among(articles.c.published_from, articles.c.published_to, filters)] if filters.since or filters.until else []


def _who(table: Table, filters: Filters, *, unindexed: bool = False) -> list[ColumnElement[bool]]:
    given = {"id": filters.actor, "country": filters.country or None, "sector": filters.sector or None}
    return [as_read(table.c[name], unindexed).in_(values) for name, values in given.items() if values is not None]


def _with_counts(connection: Connection, rows: Sequence[Row], reviewed: str, most: int | None) -> list[Row]:
    ids = [r["id"] for r in rows]
    known = {}
    for some in portions(ids):
        known.update({r["id"]: dict(r) for r in connection.execute(select(actors).where(actors.c.id.in_(some))).mappings()})
    taken = select(participants.c.actor_id.label("actor"), participants.c.finding.label("finding")).distinct()
    taken = taken.join(event_mentions, event_mentions.c.key == participants.c.finding).where(*standing(event_mentions, reviewed))
    held = select(positions.c.holder_id, positions.c.key).where(*standing(positions, reviewed))
    said = select(attributions.c.speaker_id, attributions.c.key).where(*standing(attributions, reviewed))
    counts = {
        name: _up_to(connection, query, column, ids, most)
        for name, query, column in (
            ("events", taken, participants.c.actor_id),
            ("positions", held, positions.c.holder_id),
            ("quotes", said, attributions.c.speaker_id),
        )
    }
    return [{**known[r["id"]], "articles": r["articles"], **{name: found.get(r["id"], 0) for name, found in counts.items()}} for r in rows]


def _up_to(connection: Connection, query: Select[Any], of: Column[Any], values: Sequence[Any], most: int | None) -> dict[Any, int | None]:
    """How many rows a query has for each actor that a column names; None where there are more than ``most``, which are not counted."""
    out: dict[Any, int | None] = {}
    if most is not None:
        each = query.where(of == actors.c.id).limit(most + 1).correlate(actors).subquery()
        bounded = select(func.count()).select_from(each).correlate(actors).scalar_subquery()
        for some in portions(values):
            counts = _pairs(connection, select(actors.c.id, bounded).where(actors.c.id.in_(some)))
            out.update((value, count if count <= most else None) for value, count in counts)
        return out
    for some in portions(values):
        rows = query.where(of.in_(some)).subquery()
        out.update(_pairs(connection, select(rows.c[0], func.count()).group_by(rows.c[0])))
    return out


def _counts(connection: Connection, of: Column[Any], wanted: Sequence[ColumnElement[bool]], values: Sequence[Any]) -> dict[Any, int]:
    out: dict[Any, int] = {}
    for some in portions(values):
        out.update(_pairs(connection, select(of, func.count()).where(of.in_(some), *wanted).group_by(of)))
    return out


def _coders(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """What coded articles last."""
    out: dict[int, str] = {}
    for some in portions(keys):
        query = select(codings.c.article, runs.c.coder).join(runs, runs.c.key == codings.c.run).where(codings.c.article.in_(some), codings.c.current)
        out.update((r.article, r.coder) for r in connection.execute(query))
    return out


def _lengths(connection: Connection, keys: Sequence[int]) -> dict[Any, int]:
    """How long articles are; asked of those that are shown only, since it takes reading the texts."""
    out: dict[Any, int] = {}
    for some in portions(keys):
        out.update(_pairs(connection, select(articles.c.key, func.length(articles.c.text)).where(articles.c.key.in_(some))))
    return out


def _pairs(connection: Connection, query: Select[Any]) -> Iterable[tuple[Any, int]]:
    return ((row[0], row[1]) for row in connection.execute(query))
