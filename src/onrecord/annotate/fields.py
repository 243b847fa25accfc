"""Fields of findings: given by an annotator in a note (``date=2021-03-07``), or told by what was changed."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.annotate.marks import AnnotationError
from onrecord.store import RecordError
from onrecord.store.amending import PARTIES, PATHS, corrected

GIVEN = re.compile(r'(?<!\S)(\w+)=("[^"]*"|\S+)')
TEXTS = frozenset({"date", "date_end", "said", "value"})
"""Fields whose values are text though they may look like numbers: years."""


def told(note: str, names: Mapping[str, Any] | frozenset[str]) -> tuple[dict[str, Any], str]:
    """The fields that a note gives, and its other words.

    >>> told("act=criticise only mildly", frozenset({"act"}))
    ({'act': 'criticise'}, 'only mildly')
    """
    fields: dict[str, Any] = {}

    def take(m: re.Match[str]) -> str:
        if m[1] not in names:
            return m[0]
        fields[m[1]] = m[2].strip('"') if m[1] in TEXTS or m[2].startswith('"') else _value(m[2])
        return ""

    rest = GIVEN.sub(take, note)
    return fields, " ".join(rest.split())


def _value(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written


def with_fields(room: str, finding: Any, note: str, where: str) -> tuple[Any, str]:
    """A finding with the fields that a note gives, and the note's other words.

    Raises:
        AnnotationError: a field can't have such a value.
    """
    fields, rest = told(note, {name: None for name in PATHS[room] if name not in PARTIES})
    if not fields:
        return finding, rest
    try:
        return corrected(room, finding, fields), rest
    except RecordError as error:
        raise AnnotationError(f"{where}: {error}") from error


def changed(room: str, before: Any, after: Any) -> dict[str, Any] | None:
    """The fields by which a review makes one finding of another; None where no review can."""
    was, now = msgspec.to_builtins(before), msgspec.to_builtins(after)
    fields: dict[str, Any] = {}
    for name, path in PATHS[room].items():
        if name in PARTIES:
            parties = _parties(was[name], now[name])
            if parties is None:
                return None
            if parties != [p["actor_id"] for p in was[name]]:
                fields[name] = parties
        elif (value := _at(now, path)) != _at(was, path):
            fields[name] = value
    try:
        made = corrected(room, before, fields) if fields else before
    except RecordError:
        return None
    return fields if _plain(made) == _plain(after) else None


def _at(body: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        body = None if body is None else body[step]
    return body


def _parties(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str | None] | None:
    """Who took part of those that were found, by id, null for who did not; None where others did."""
    left = list(now)
    out: list[str | None] = []
    for party in was:
        same = next((p for p in left if (p["start"], p["end"]) == (party["start"], party["end"])), None)
        if same is not None:
            left.remove(same)
        out.append(same["actor_id"] if same else None)
    return None if left else out


def _plain(finding: Any) -> dict[str, Any]:
    """What a finding says, without how it came to be."""
    body: dict[str, Any] = msgspec.to_builtins(finding)
    for name in ("id", "confidence", "reason", "evidence", "claimed_by", "attribution", "parent", "act_event_id", "kind" if "cue" in body else "id"):
        body.pop(name, None)
    for name in ("date", "said", "object"):
        if isinstance(body.get(name), dict):
            body[name] = {k: v for k, v in body[name].items() if k not in ("reason", "event_id")}
    return body


def renamed(finding: Any, ids: Mapping[str, str | None]) -> Any:
    """A finding that names others by the ids they have now; one that is gone is named no more."""
    swapped = {
        name: ids.get(old, old)
        for name in ("claimed_by", "parent", "attribution", "act_event_id", "about")
        if isinstance(old := getattr(finding, name, None), str)
    }
    if "about" in swapped and swapped["about"] is None:
        swapped["about"] = ""
    target = getattr(finding, "object", None)
    if target is not None and target.event_id in ids:
        swapped["object"] = dataclasses.replace(target, event_id=ids[target.event_id])
    swapped = {name: value for name, value in swapped.items() if value != getattr(finding, name)}
    return dataclasses.replace(finding, **swapped) if swapped else finding
