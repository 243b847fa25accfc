"""What linking made of findings that are no longer current, or that are to be forgotten, is undone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.store.schema import attributions, event_members, event_mentions, events, events_log, positions, statement_members


def drop_stale(connection: Connection, article: int, at: str) -> None:
    """Take the mentions of an article that its last coding no longer found out of their events; positions it found again keep theirs."""
    mine = select(event_mentions.c.id).where(event_mentions.c.article == article)
    gone = mine.where(event_mentions.c.id.not_in(mine.where(event_mentions.c.current)))
    drop_mentions(connection, list(connection.execute(gone.distinct()).scalars()), at)
    member = select(event_members.c.event_id).where(event_members.c.mention_id == event_mentions.c.id).scalar_subquery()
    connection.execute(update(event_mentions).where(event_mentions.c.article == article, event_mentions.c.current).values(event_id=member))
    event = select(event_members.c.event_id).where(event_members.c.mention_id == positions.c.object_event_id).scalar_subquery()
    said = select(attributions.c.id).where(attributions.c.article == article)
    unsaid = said.where(attributions.c.id.not_in(said.where(attributions.c.current)))
    connection.execute(delete(statement_members).where(statement_members.c.attribution_id.in_(unsaid)))
    found = update(positions).where(positions.c.article == article, positions.c.current, positions.c.object_event_id.is_not(None))
    connection.execute(found.values(event_id=event, event_reason="mention"))


def drop_mentions(connection: Connection, mentions: Sequence[str], at: str) -> None:
    """Take mentions out of their events: those are marked as stale, or, where no mention is left, as gone."""
    changed = sorted(set(connection.execute(select(event_members.c.event_id).where(event_members.c.mention_id.in_(mentions))).scalars()))
    connection.execute(delete(event_members).where(event_members.c.mention_id.in_(mentions)))
    connection.execute(update(event_mentions).where(event_mentions.c.id.in_(mentions)).values(event_id=None))
    connection.execute(update(events).where(events.c.id.in_(changed)).values(stale=True, changed_at=at))
    left = select(event_members.c.event_id).where(event_members.c.event_id.in_(changed))
    empty = sorted(set(changed) - set(connection.execute(left).scalars()))
    connection.execute(update(events).where(events.c.id.in_(empty)).values(current=False, stale=False))
    connection.execute(update(positions).where(positions.c.event_id.in_(empty)).values(event_id=None, event_reason=None, event_confidence=None))
    last = connection.execute(select(func.coalesce(func.max(events_log.c.key), 0))).scalar_one()
    rows = [{"key": last + n, "at": at, "what": "emptied", "event_id": id, "other_ids": [], "reason": None} for n, id in enumerate(empty, 1)]
    if rows:
        connection.execute(insert(events_log), rows)
