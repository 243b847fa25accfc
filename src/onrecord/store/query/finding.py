"""One finding by its id, with the report it stands in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, select

from onrecord.store.errors import QueryError
from onrecord.store.reading import article_columns, article_of
from onrecord.store.schema import FINDINGS, articles, codings
from onrecord.store.unfolding import unpacked

SHOWN = 12
LAST = "\U0010ffff"


def find(connection: Connection, id: str) -> tuple[dict[str, Any], str, dict[str, Any]] | None:
    """The report (as JSON, with its text), the room and the finding with an id, or with an id that only it begins with.

    What is current comes before what was superseded, and of an actor in many articles the article added last.

    Raises:
        QueryError: several findings begin so.
    """
    hits: list[tuple[str, str, int, int]] = []
    for room, table in FINDINGS.items():
        named = and_(table.c.id >= id, table.c.id < id + LAST)
        query = select(table.c.id, table.c.article, table.c.run).where(named).order_by(table.c.current.desc(), table.c.key.desc())
        hits += [(room, r.id, r.article, r.run) for r in connection.execute(query.limit(SHOWN))]
    exact = [h for h in hits if h[1] == id]
    begun = exact or hits
    names = sorted({h[1] for h in begun})
    if not names:
        return None
    if len(names) > 1:
        raise QueryError(f"several findings start with {id!r}: {', '.join(names[:SHOWN])}")
    room, name, article, run = begun[0]
    query = select(*article_columns(), codings.c.body).join(codings, codings.c.article == articles.c.key)
    row = connection.execute(query.where(codings.c.article == article, codings.c.run == run)).mappings().one()
    body = unpacked(row["body"], article_of(row)).to_dict(with_text=True)
    return body, room, next(f for f in body[room] if f["id"] == name)
