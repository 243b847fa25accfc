"""Forgetting an article: its text, all versions and codings of it, and whatever was made of them go, and the space they took is overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, select, text, update

from onrecord.store import noting, reviewing
from onrecord.store.batches import id_hash
from onrecord.store.naming import names_in, rename
from onrecord.store.opening import writing
from onrecord.store.schema import (
    actors,
    article_actors,
    articles,
    attributions,
    event_members,
    event_mentions,
    events,
    forgotten,
    origins,
    skips,
    statement_members,
    stories,
    watched_entries,
    watched_items,
)
from onrecord.store.unlinking import drop_mentions
from onrecord.store.upserting import upsert


def forget(engine: Engine, article_ids: Iterable[str], now: Callable[[Connection], str]) -> list[str]:
    """Remove articles with everything derived from them; only a hash of each id and the time stay.

    What is left of their events, stories and origins loses its title and is marked to be described anew, since the words of
    an article that is gone may stand in it.

    Args:
        engine: the record.
        article_ids: the articles.
        now: gives the transaction the time to note, ISO 8601 in UTC.

    Returns:
        The ids of those that the record had.
    """
    found = []
    with writing(engine) as connection:
        at = now(connection)
        for id in dict.fromkeys(article_ids):
            if _forget(connection, id, at):
                found.append(id)
        if found and engine.dialect.name == "sqlite":  # words of deleted articles stay in the index until its parts are merged
            connection.execute(text("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')"))
    if found:
        _overwrite(engine)
    return found


def remember(engine: Engine, article_ids: Iterable[str]) -> list[str]:
    """Let articles that were forgotten be added again; returns the ids of those that were forgotten."""
    found = []
    with writing(engine) as connection:
        for id in dict.fromkeys(article_ids):
            if connection.execute(delete(forgotten).where(forgotten.c.id_sha256 == id_hash(id))).rowcount:
                found.append(id)
    return found


def _forget(connection: Connection, id: str, at: str) -> bool:
    rows = connection.execute(select(articles.c.key, articles.c.origin_id, articles.c.story_id).where(articles.c.id == id)).all()
    if not rows:
        return False
    keys = [r.key for r in rows]
    mentions = list(connection.execute(select(event_mentions.c.id).where(event_mentions.c.article.in_(keys)).distinct()).scalars())
    said = list(connection.execute(select(attributions.c.id).where(attributions.c.article.in_(keys)).distinct()).scalars())
    touched = set(connection.execute(select(event_members.c.event_id).where(event_members.c.mention_id.in_(mentions))).scalars())
    who = set(connection.execute(select(article_actors.c.id).where(article_actors.c.article.in_(keys))).scalars())
    named = names_in(connection, keys)
    drop_mentions(connection, mentions, at)
    connection.execute(delete(articles).where(articles.c.key.in_(keys)))
    _drop_events(connection, touched)
    for table, groups in ((origins, {r.origin_id for r in rows}), (stories, {r.story_id for r in rows})):
        _drop_groups(connection, table, groups - {None})
    still = set(connection.execute(select(article_actors.c.id).where(article_actors.c.id.in_(who))).scalars())
    connection.execute(delete(actors).where(actors.c.id.in_(who - still)))
    connection.execute(delete(statement_members).where(statement_members.c.attribution_id.in_(said)))
    rename(connection, Counter({name: -count for name, count in named.items()}))
    noting.drop(connection, {id, *mentions, *said})
    connection.execute(delete(skips).where(skips.c.source == id))
    reviewing.forget(connection, id)
    seen = select(watched_items.c.address).where(watched_items.c.article == id)
    connection.execute(delete(watched_entries).where(watched_entries.c.item.in_(seen)))
    connection.execute(delete(watched_items).where(watched_items.c.article == id))
    upsert(connection, forgotten, [{"id_sha256": id_hash(id), "forgotten_at": at}], key=("id_sha256",))
    return True


def _drop_events(connection: Connection, ids: set[str]) -> None:
    """Events with no mention left go; the others lose what may be in the words of the article."""
    empty = set(connection.execute(select(events.c.id).where(events.c.id.in_(ids), events.c.current.is_(False), events.c.merged_into.is_(None))).scalars())
    connection.execute(delete(events).where(events.c.id.in_(empty)))
    noting.drop(connection, ids)
    connection.execute(update(events).where(events.c.id.in_(ids - empty)).values(title=None, status=None, disagreements=[]))


def _drop_groups(connection: Connection, table: Table, ids: set[Any]) -> None:
    column = articles.c["origin_id" if table is origins else "story_id"]
    left = set(connection.execute(select(column).where(column.in_(ids)).distinct()).scalars())
    connection.execute(delete(table).where(table.c.id.in_(ids - left)))
    noting.drop(connection, ids - left)
    connection.execute(update(table).where(table.c.id.in_(left)).values(title=None))
    connection.execute(update(articles).where(column.in_(left), articles.c.current).values(pending=True))


def _overwrite(engine: Engine) -> None:
    """Leave nothing of deleted rows behind in the files: SQLite has zeroed them (secure_delete), so its log is emptied; PostgreSQL is vacuumed."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM")
