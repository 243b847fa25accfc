"""Full-text search over articles: the best of the latest hits, with the words that were found, and what the hits have in common."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import polars
from sqlalchemy import ColumnElement, Connection, Float, Integer, Select, column, func, literal_column, select, table, text

from onrecord.records.showing import Shown
from onrecord.store.errors import QueryError
from onrecord.store.query import paging
from onrecord.store.query.events import portions
from onrecord.store.query.table import Row, Table, structure
from onrecord.store.query.wanted import Filters, Wanted, among, read, standing
from onrecord.store.query.words import matched
from onrecord.store.schema import actors, article_actors, articles, event_mentions

FILTERS = ("text", "publisher", "actor", "type", "since", "until")
RANKED = 500
"""Hits that are ranked and counted: those added last."""
FEW = 5_000
"""Findings that are listed at once; more are looked for in each hit, where they are soon met."""
TOP = 12
"""Values of a facet."""
BEGINNING = 2_000
"""Characters of an article by which PostgreSQL ranks it."""
UNKNOWN = "_."
"""How the ids of those begin whom the record only knows by a word ("markets")."""
PASSAGE = 40
"""Words of a passage."""
Order = Literal["best", "latest"]

STRING, COUNT = polars.String, polars.Int64
PARTS = polars.List(structure(text=STRING, hit=polars.Boolean))
HITS = {**dict.fromkeys(("id", "title", "published", "publisher", "url", "origin"), STRING), "headline": PARTS, "passage": PARTS}
Facets = dict[str, list[dict[str, Any]]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Search(Shown):
    """What a search finds.

    Attributes:
        hits: articles with their headline and a passage in parts, each with whether it is what was looked for.
        facets: for ``publisher``, ``period``, ``actor`` and ``type`` the values that most of the counted hits have, with how many.
        counted: how many hits were ranked and counted.
        all: whether those are all there are; else they are those added last.
    """

    hits: Table
    facets: Facets
    counted: int
    all: bool


def search(connection: Connection, wanted: Wanted, *, order: Order = "best") -> Search:
    """Find articles by their words.

    Args:
        connection: the record.
        wanted: ``text``, which must be given, and other filters; ``actor`` is anybody in the article, ``type`` of an event in it.
        order: the best hits first, or the last published.

    Raises:
        QueryError: the text names no word.
    """
    filters = read(connection, wanted, of="a search", by=FILTERS)
    if not filters.text:
        raise QueryError("give words to look for")
    found = _found(connection, filters)
    every, found = len(found) <= RANKED, found[:RANKED]
    ranked = sorted(found, key=lambda r: (str(r["published_from"] or ""), r["key"]), reverse=True)
    if order == "best":
        ranked.sort(key=lambda r: r["rank"])
    begin = _begin(filters.after)
    end = len(ranked) if filters.limit is None else begin + filters.limit
    page = ranked[begin:end]
    said = _passages(connection, filters.text, [r["key"] for r in page])
    rows = [{**{n: r[n] for n in ("id", "title", "published", "publisher", "url", "origin")}, **said[r["key"]]} for r in page]
    following = paging.written((None, str(end))) if end < len(ranked) else None
    facets = _facets(connection, found)
    return Search(hits=Table(rows, HITS, next=following, notes=filters.notes), facets=facets, counted=len(found), all=every)


def _begin(cursor: str | None) -> int:
    if cursor is None:
        return 0
    at = paging.decoded(cursor)[1]
    if not at.isdecimal():
        raise QueryError(f"{cursor!r} is no cursor of a search")
    return int(at)


def _hits(connection: Connection, filters: Filters) -> Select[Any]:
    """The numbers of the articles that are looked for, those added last first; in SQLite with their rank, the best least."""
    matches = matched(connection, filters.text or "")
    query: Select[Any]
    if connection.dialect.name == "postgresql":
        key: ColumnElement[int] = articles.c.key
        query = select(key.label("hit")).where(articles.c.current, matches).order_by(key.desc())
    else:
        key = literal_column("articles_fts.rowid", Integer) + 0  # not by the number's own index, but as hits come in their order
        columns = (literal_column("rowid", Integer).label("hit"), literal_column("rank", Float).label("rank"))
        query = select(*columns).select_from(text("articles_fts")).where(matches).order_by(text("rowid DESC"))
    return query.where(*_narrowed(connection, filters, key)).limit(RANKED + 1)


def _narrowed(connection: Connection, filters: Filters, key: ColumnElement[int]) -> Iterator[ColumnElement[bool]]:
    """Conditions on the article with a number."""
    if filters.publisher or filters.since or filters.until:
        own: list[ColumnElement[bool]] = [articles.c.publisher.in_(filters.publisher)] if filters.publisher else []
        own += [among(articles.c.published_from, articles.c.published_to, filters)] if filters.since or filters.until else []
        yield key.in_(select(articles.c.key).where(articles.c.current, *own))
    within = []
    if filters.actor is not None:
        within.append((article_actors, article_actors.c.id.in_(filters.actor)))
    if filters.type:
        within.append((event_mentions, event_mentions.c.type.in_([t.upper() for t in filters.type])))
    for owner, condition in within:
        have = select(owner.c.article).where(*standing(owner), condition)
        few = connection.execute(select(owner.c.key).where(owner.c.current, condition).offset(FEW).limit(1)).first() is None
        yield key.in_(have) if few else have.where(owner.c.article == key).exists()


def _asked(connection: Connection, words: str) -> ColumnElement[Any]:
    """The words as PostgreSQL's functions take them."""
    return func.websearch_to_tsquery("english", matched(connection, words).compile().params["words"])


def _rank(connection: Connection, words: str, hits: Any) -> ColumnElement[Any]:
    """How good a hit is, the best least; in PostgreSQL by its headline and beginning, since it reads each again."""
    if connection.dialect.name != "postgresql":
        ranked: ColumnElement[Any] = hits.c.rank
        return ranked
    begun = func.to_tsvector("english", func.coalesce(articles.c.title, "") + " " + func.left(articles.c.text, BEGINNING))
    return -func.ts_rank_cd(begun, _asked(connection, words))


def _found(connection: Connection, filters: Filters) -> list[Row]:
    """The hits added last, one more than are ranked."""
    hits = _hits(connection, filters).subquery()
    rank = _rank(connection, filters.text or "", hits)
    named = ("key", "id", "title", "published", "published_from", "publisher", "url")
    query = select(*(articles.c[n] for n in named), articles.c.origin_id.label("origin"), rank.label("rank")).join(hits, hits.c.hit == articles.c.key)
    return sorted((dict(r) for r in connection.execute(query).mappings()), key=lambda r: -r["key"])


def _passages(connection: Connection, words: str, keys: Sequence[int]) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """The headline and a passage of articles, in parts."""
    mark = secrets.token_hex(8)  # what a text can't hold by chance or by intent
    start, stop = f"[{mark}", f"{mark}]"
    matches = matched(connection, words)
    out: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for some in portions(keys):
        if connection.dialect.name == "postgresql":
            options = f'StartSel={start}, StopSel={stop}, MaxWords={PASSAGE}, MinWords=15, MaxFragments=2, FragmentDelimiter=" … "'
            asked = _asked(connection, words)
            whole = func.ts_headline("english", func.coalesce(articles.c.title, ""), asked, f"StartSel={start}, StopSel={stop}, HighlightAll=true")
            query = select(articles.c.key, whole, func.ts_headline("english", articles.c.text, asked, options)).where(articles.c.key.in_(some))
        else:
            whole = func.highlight(literal_column("articles_fts"), 0, start, stop)
            part = func.snippet(literal_column("articles_fts"), 1, start, stop, " … ", PASSAGE)
            query = select(literal_column("rowid"), whole, part).select_from(table("articles_fts", column("rowid")))
            query = query.where(matches, literal_column("rowid").in_(some))
        for key, title, passage in connection.execute(query):
            out[key] = {"headline": _parts(title or "", start, stop), "passage": _parts(passage or "", start, stop)}
    return out


def _parts(marked: str, start: str, stop: str) -> list[dict[str, Any]]:
    """A text with marks as its parts.

    >>> _parts("a [xb cx] d", "[x", "x]")
    [{'text': 'a ', 'hit': False}, {'text': 'b c', 'hit': True}, {'text': ' d', 'hit': False}]
    """
    before, *found = marked.split(start)
    parts = [{"text": before, "hit": False}]
    for piece in found:
        hit, _, after = piece.partition(stop)
        parts += [{"text": hit, "hit": True}, {"text": after, "hit": False}]
    return [p for p in parts if p["text"]]


def _facets(connection: Connection, found: Sequence[Row]) -> Facets:
    """What the hits have in common: how many articles have each value."""
    keys = [r["key"] for r in found]
    months = {str(r["published_from"])[:7] for r in found if r["published_from"]}
    size = len("2021-03") if len({m[:4] for m in months}) < 3 else len("2021")
    periods = [str(r["published_from"])[:size] for r in found if r["published_from"]]
    who: dict[Any, int] = {}
    kinds: dict[Any, int] = {}
    for some in portions(keys):
        for counts, owner, value in ((who, article_actors, article_actors.c.id), (kinds, event_mentions, event_mentions.c.type)):
            pairs = select(owner.c.article, value.label("value")).where(owner.c.article.in_(some), *standing(owner)).distinct().subquery()
            for name, count in connection.execute(select(pairs.c.value, func.count()).group_by(pairs.c.value)):
                counts[name] = counts.get(name, 0) + count
    who = {id: count for id, count in who.items() if not id.startswith(UNKNOWN)}
    top = _top(who)
    names = {r.id: r.name for r in connection.execute(select(actors.c.id, actors.c.name).where(actors.c.id.in_([v for v, _ in top])))}
    return {
        "publisher": _values(_top(_tally(r["publisher"] for r in found if r["publisher"]))),
        "period": sorted(_values(_top(_tally(periods))), key=lambda v: str(v["value"]), reverse=True),
        "actor": [{**v, "name": names.get(v["value"], v["value"])} for v in _values(top)],
        "type": _values(_top(kinds)),
    }


def _tally(values: Any) -> dict[Any, int]:
    out: dict[Any, int] = {}
    for value in values:
        out[value] = out.get(value, 0) + 1
    return out


def _top(counts: dict[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda p: (-p[1], str(p[0])))[:TOP]


def _values(pairs: Sequence[tuple[Any, int]]) -> list[dict[str, Any]]:
    return [{"value": value, "name": str(value), "count": count} for value, count in pairs]
