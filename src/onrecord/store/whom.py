"""Whom a correction names: actors of the record, by id or by a name that only one of them has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store.amending import PARTIES
from onrecord.store.errors import RecordError
from onrecord.store.naming import called, unknown
from onrecord.store.schema import actors

IDS = {"positions": ("holder_id", "object_actor_id"), "attributions": ("speaker_id",), "events": PARTIES}
"""The fields of each room that hold ids of actors."""
OFFERED = 5


def meant(connection: Connection, room: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a correction with ids for the names of actors.

    Args:
        connection: the record.
        room: of the finding that is corrected.
        fields: what is corrected.

    Raises:
        RecordError: somebody is named whom the record does not know, or a name that several have.
    """
    out = dict(fields)
    for name in set(IDS.get(room, ())) & set(fields):
        value = fields[name]
        if isinstance(value, str):
            out[name] = _one(connection, name, value)
        elif isinstance(value, Sequence):
            out[name] = [_one(connection, name, each) if isinstance(each, str) else each for each in value]
    return out


def _one(connection: Connection, field: str, given: str) -> str:
    if connection.execute(select(actors.c.id).where(actors.c.id == given)).first() is not None:
        return given
    ids = called(connection, given)
    if len(ids) == 1:
        return ids[0]
    if ids:
        names = {r.id: r.name for r in connection.execute(select(actors.c.id, actors.c.name).where(actors.c.id.in_(ids[:OFFERED])))}
        raise RecordError(f"{field} can't be {given!r}, which several are called: give the id of {' or '.join(f'{n} ({i})' for i, n in names.items())}")
    raise RecordError(f"{field} can't be {given!r}: {unknown(connection, given)}; give the id or the name of an actor that the record knows")
