"""What actors are called across articles: every name with the number of articles that use it, the most used standing for the actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, or_, select, update

from onrecord.store.schema import actor_names, actors, article_actors
from onrecord.store.upserting import upsert

PORTION = 500
SUGGESTED = 5
"""Actors that are named where a name means none."""
Names = Counter[tuple[str, str]]
"""How many articles more, or fewer, use a name for an actor."""


def names_in(connection: Connection, articles: Iterable[int]) -> Names:
    """The names that the current codings of articles use."""
    query = select(article_actors.c.id, article_actors.c.name).where(article_actors.c.article.in_(list(articles)), article_actors.c.current)
    return Counter((r.id, r.name) for r in connection.execute(query))


def rename(connection: Connection, changes: Names) -> None:
    """Count names that came or went, call each actor by the name that most articles use, the first by the alphabet of those that tie; count its articles."""
    ids = sorted({id for (id, _), change in changes.items() if change})
    for at in range(0, len(ids), PORTION):
        some = ids[at : at + PORTION]
        counts = _counts(connection, some)
        for (id, name), change in changes.items():
            if id in counts:
                counts[id][name] = counts[id].get(name, 0) + change
        _write(connection, counts)


def _counts(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {id: {} for id in ids}
    for row in connection.execute(select(actor_names).where(actor_names.c.id.in_(ids))):
        counts[row.id][row.name] = row.articles
    return counts


def _write(connection: Connection, counts: dict[str, dict[str, int]]) -> None:
    rows = [{"id": id, "name": name, "articles": n} for id, names in counts.items() for name, n in sorted(names.items()) if n > 0]
    if rows:
        upsert(connection, actor_names, rows, key=("id", "name"))
    for id, names in counts.items():
        for name in (name for name, n in names.items() if n <= 0):
            connection.execute(delete(actor_names).where(actor_names.c.id == id, actor_names.c.name == name))
    query = select(actors.c.id, actors.c.name, actors.c.articles).where(actors.c.id.in_(counts))
    shown = {r.id: (r.name, r.articles) for r in connection.execute(query)}
    for id, names in counts.items():
        used = [(-n, name) for name, n in names.items() if n > 0]
        known = shown.get(id, ("", 0))
        now = (min(used)[1] if used else known[0], -sum(n for n, _ in used))
        if id in shown and known != now:
            connection.execute(update(actors).where(actors.c.id == id).values(name=now[0], articles=now[1]))


def called(connection: Connection, name: str) -> list[str]:
    """The ids of the actors that an id or a name means: as it is written, or where there is none in any case."""
    one = actor_names.c
    exact = select(one.id).where(or_(one.id == name, one.name == name))
    found = list(connection.execute(exact.distinct().order_by(one.id)).scalars())
    return found or list(connection.execute(select(one.id).where(func.lower(one.name) == name.lower()).distinct().order_by(one.id)).scalars())


def unknown(connection: Connection, name: str) -> str:
    """What is said of a name that means no actor of the record, with those whose names hold it."""
    like = select(actors.c.id, actors.c.name).join(actor_names, actor_names.c.id == actors.c.id).where(actor_names.c.name.icontains(name, autoescape=True))
    near = "; ".join(f"{r.name} ({r.id})" for r in connection.execute(like.distinct().order_by(actors.c.id).limit(SUGGESTED)))
    return f"the record has no actor {name!r}{f': there are {near}' if near else ''}"
