"""Outlets, and the independent texts (origins) behind what they print."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

import polars
from sqlalchemy import Connection, Select, func, select

from onrecord.agencies import credit
from onrecord.store.query.table import Row, Table
from onrecord.store.query.wanted import standing
from onrecord.store.reading import article_columns, article_of
from onrecord.store.schema import actors, articles, attributions, origins

STRING, COUNT = polars.String, polars.Int64
OUTLETS = {"publisher": STRING, **dict.fromkeys(("articles", "origins", "first", "copies"), COUNT)}
COPIED = {"publisher": STRING, "copies": COUNT}
QUOTED = {"id": STRING, "name": STRING, "quotes": COUNT}
COPIES = {**dict.fromkeys(("id", "title", "published", "publisher", "url", "byline", "agency"), STRING), "characters": COUNT, "first": polars.Boolean}
LATEST = 300
"""An outlet's articles that are looked through for whom it quotes: those published last."""
MOST = 500
"""Copies of one text that are shown."""
Cell = dict[str, Any]


def outlets(connection: Connection) -> Table:
    """Who published the articles, those with the most first, and how many of them are copies.

    Returns:
        ``origins`` is how many independent texts an outlet's articles are; ``first`` how many of those that several articles print it printed first, and
        ``copies`` how many of its articles print what another article had before. Of copies on one day the one stands as first that was added first.
    """
    query = select(articles.c.publisher, func.count().label("articles")).where(articles.c.current).group_by(articles.c.publisher)
    counts = {row.publisher: row.articles for row in connection.execute(query)}
    first: Counter[str | None] = Counter()
    copies: Counter[str | None] = Counter()
    again: Counter[str | None] = Counter()
    several = select(articles.c.origin_id).where(articles.c.current, articles.c.origin_id > "")  # so that the index over origins is gone through
    several = several.group_by(articles.c.origin_id).having(func.count() > 1)
    for _, group in groupby(connection.execute(_printed(several)).all(), key=lambda r: r.origin_id):
        earliest, *later = (r.publisher for r in group)
        first[earliest] += 1
        copies.update(later)
        again.update({outlet: n - 1 for outlet, n in Counter([earliest, *later]).items()})
    rows = [{"publisher": p, "articles": n, "origins": n - again[p], "first": first[p], "copies": copies[p]} for p, n in counts.items()]
    return Table(sorted(rows, key=lambda r: (-r["articles"], r["publisher"] or "")), OUTLETS)


def copied(connection: Connection, publisher: str) -> Table:
    """Whose texts an outlet prints after them, those it copies most first."""
    found: Counter[str | None] = Counter()
    own = select(articles.c.origin_id).where(articles.c.current, articles.c.publisher == publisher)
    for _, group in groupby(connection.execute(_printed(own)).all(), key=lambda r: r.origin_id):
        earliest, *later = (r.publisher for r in group)
        if n := later.count(publisher):
            found[earliest] += n
    return Table([{"publisher": p, "copies": n} for p, n in sorted(found.items(), key=lambda x: (-x[1], x[0] or ""))], COPIED)


def quoted(connection: Connection, publisher: str, *, limit: int) -> Table:
    """Whom an outlet's articles published last quote most, by statement of the article."""
    latest = select(articles.c.key).where(articles.c.current, articles.c.publisher == publisher)
    keys = list(connection.execute(latest.order_by(articles.c.published_from.desc(), articles.c.key.desc()).limit(LATEST)).scalars())
    conditions = (attributions.c.article.in_(keys), *standing(attributions), attributions.c.speaker_id.is_not(None))
    each = select(attributions.c.speaker_id.label("id")).where(*conditions).subquery()
    count = func.count()
    query = select(each.c.id, actors.c.name, count).join(actors, actors.c.id == each.c.id).group_by(each.c.id, actors.c.name)
    rows = [{"id": id, "name": name, "quotes": n} for id, name, n in connection.execute(query.order_by(count.desc(), each.c.id).limit(limit))]
    notes = [f"counted in the {LATEST} articles published last"] if len(keys) == LATEST else []
    return Table(rows, QUOTED, notes=notes)


def origin(connection: Connection, id: str) -> tuple[Row, Table] | None:
    """One text, and the articles that print it, the first published first; None where there is no such text.

    An ``agency`` is the one that the article itself credits, by its dateline, byline or closing line.
    """
    known = connection.execute(select(origins).where(origins.c.id == id)).mappings().first()
    if known is None:
        return None
    query = select(*article_columns()).where(articles.c.current, articles.c.origin_id == id)
    query = query.order_by(articles.c.published_from.is_(None), articles.c.published_from, articles.c.key).limit(MOST)
    rows = []
    for n, row in enumerate(connection.execute(query).mappings()):
        article = article_of(row)
        named = credit(article)
        shown = {name: getattr(article, name) for name in ("id", "title", "published", "publisher", "url", "byline")}
        rows.append({**shown, "agency": named.agency if named else None, "characters": len(article.text), "first": n == 0})
    notes = [f"only the first {MOST} are shown"] if len(rows) == MOST else []
    return {"id": known["id"], "title": known["title"]}, Table(rows, COPIES, notes=notes)


def _printed(texts: Select[Any]) -> Select[Any]:
    """Who printed some texts, text by text, the first first."""
    query = select(articles.c.origin_id, articles.c.publisher).where(articles.c.current, articles.c.origin_id.in_(texts))
    return query.order_by(articles.c.origin_id, articles.c.published_from.is_(None), articles.c.published_from, articles.c.key)
