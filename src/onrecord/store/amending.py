"""Findings as reviews say they should be: fields corrected, what follows from them with them, and what was rejected left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord.ontology import ACTS, EVENT_TYPES, cameo
from onrecord.records import Actor, Attribution, Event, Framing, Place, Position, Report, Span, Time
from onrecord.store.errors import RecordError

Fields = Mapping[str, Any]
Codes = tuple[str | None, str | None]
"""An actor's country and sector."""
Who = Callable[[str], Codes | None]
"""Gives the codes of an actor, by id; None where nobody is known by it."""

CLASSES: dict[str, Any] = {
    "actors": Actor,
    "places": Place,
    "times": Time,
    "attributions": Attribution,
    "events": Event,
    "positions": Position,
    "framing": Framing,
}
PARTIES = ("actors", "recipients")
REASON = "review"
"""Why a date is what it is, where a reviewer gave it."""
DATES = {"date", "said"}
PRECISIONS = {len("2021"): "year", len("2021-03"): "month"}


def _own(*names: str, inside: str = "", prefix: str = "") -> dict[str, tuple[str, ...]]:
    return {f"{prefix}{name}": (inside, name) if inside else (name,) for name in names}


PATHS: dict[str, dict[str, tuple[str, ...]]] = {
    "actors": _own("name", "country", "sector", "kind", "role", "affiliation", "affiliation_id"),
    "places": _own("name", "country", "geonameid", "lat", "lon", "precision", "use"),
    "times": _own("type", "value"),
    "attributions": {
        **_own("kind", "channel"),
        **_own("role", "affiliation", "name", inside="speaker", prefix="speaker_"),
        **_own("on_behalf_of", "anonymous", inside="speaker"),
        "speaker_id": ("speaker", "actor_id"),
    },
    "events": {
        **_own("type", "mode", "quad", "cameo", "veridicality", *PARTIES),
        "date": ("date", "value"),
        **_own("end", "precision", inside="date", prefix="date_"),
        **_own("name", "country", "geonameid", "lat", "lon", "precision", inside="place", prefix="place_"),
    },
    "positions": {
        **_own("act", "stance", "status", "basis"),
        "holder_id": ("holder", "actor_id"),
        **_own("country", "sector", inside="holder", prefix="holder_"),
        **_own("kind", "event_id", "actor_id", inside="object", prefix="object_"),
        "said": ("said", "value"),
        "said_precision": ("said", "precision"),
    },
    "framing": _own("category", "about"),
}
"""What can be corrected of a finding, and where it stands in a report."""


class Judged(NamedTuple):
    """What a review was of: characters of an article, and what the finding says of them.

    Two findings on the same words that say the same are one finding, whatever their ids.
    """

    span: Span
    says: tuple[str, ...]


class Verdict(NamedTuple):
    """What counts of the reviews of a finding."""

    verdict: str
    fields: Fields


def judged(room: str, finding: Any) -> Judged:
    """What a finding says, and of which words."""
    match room:
        case "actors":
            return Judged(finding.mentions[0].alone(), (finding.name,))
        case "places":
            return Judged(finding.alone(), (finding.name, finding.country or ""))
        case "times":
            return Judged(finding.alone(), (finding.value,))
        case "attributions":
            words = finding.content or finding.cue or finding.source
            return Judged(words[0], (finding.source[0].text if finding.source else finding.speaker.name or "",))
        case "events":
            parties = [f"{role} {p.text}" for role in PARTIES for p in getattr(finding, role)]
            return Judged(finding.trigger, (finding.type, *sorted(parties)))
        case "positions":
            return Judged(finding.object.alone(), (finding.act, finding.holder.text))
        case _:
            return Judged(finding.term, (finding.category,))


def corrected(room: str, finding: Any, fields: Fields, who: Who = lambda _: None) -> Any:
    """A finding with some fields as a reviewer has them.

    What follows from a field follows it unless it is given too: an act's stance, a holder's country and sector, a type's class and code,
    the precision of a date.

    Args:
        room: where the finding belongs.
        finding: as it was coded.
        fields: the values by the names of the columns of its table (``act``, ``holder_id``, ``date``); ``actors`` and ``recipients`` of an event
            are lists of ids in the order in which they were found, null for one who took no part.
        who: gives the codes of an actor.

    Raises:
        RecordError: a finding of the room has no such field, or can't have such a value.
    """
    paths = PATHS[room]
    unknown = sorted(set(fields) - set(paths))
    if unknown:
        raise RecordError(f"{', '.join(unknown)} of {room} can't be corrected: choose from {', '.join(sorted(paths))}")
    body: dict[str, Any] = msgspec.to_builtins(finding)
    for name, value in {**_following(room, body, fields, who), **fields}.items():
        if name in PARTIES:
            body[name] = _parties(body[name], value, who)
        else:
            _put(body, paths[name], value, name)
    try:
        return msgspec.convert(body, CLASSES[room])
    except (msgspec.ValidationError, ValueError) as error:
        raise RecordError(f"a finding of {room} can't be corrected so: {error}") from error


def amended(report: Report, verdicts: Mapping[tuple[str, str], Verdict], who: Who = lambda _: None) -> Report:
    """A report as its reviews have it: without what was rejected, with what was corrected.

    Args:
        report: as it was coded.
        verdicts: by room and id.
        who: gives the codes of an actor.
    """
    rooms: dict[str, Any] = {}
    for room in CLASSES:
        kept = []
        for finding in getattr(report, room):
            found = verdicts.get((room, finding.id))
            if found is None or found.verdict == "confirmed":
                kept.append(finding)
            elif found.verdict == "corrected":
                kept.append(corrected(room, finding, found.fields, who))
        rooms[room] = tuple(kept)
    return dataclasses.replace(report, **rooms)


def only(report: Report, room: str, finding: Any) -> Report:
    """A report on the same article with nothing but one finding."""
    rooms: dict[str, Any] = dict.fromkeys(CLASSES, ())
    return dataclasses.replace(report, **{**rooms, room: (finding,)})


def _put(body: dict[str, Any], path: Sequence[str], value: Any, name: str) -> None:
    """Set a value where it stands in a finding."""
    *outer, last = path
    if name == "date" and value is None:
        body["date"] = None
        return
    for step in outer:
        if body[step] is None:
            if step != "date":
                raise RecordError(f"{name} can't be corrected: the finding names no {step}")
            body[step] = {}
        body = body[step]
    body[last] = value
    if name in DATES:
        body["reason"] = REASON


def _following(room: str, body: Mapping[str, Any], fields: Fields, who: Who) -> dict[str, Any]:
    """The values that follow from those that are given."""
    out: dict[str, Any] = {}
    for name in DATES & set(fields):
        if isinstance(fields[name], str):
            out[f"{name}_precision"] = PRECISIONS.get(len(fields[name]), "day")
    if room == "positions" and "act" in fields:
        act = ACTS.get(fields["act"])
        if act is None:
            raise RecordError(f"there is no act {fields['act']!r}: choose from {', '.join(ACTS)}")
        out |= {"stance": act.stance} if act.stance else {}
    if room == "positions" and "holder_id" in fields:
        country, sector = _codes(fields["holder_id"], who)
        out |= {"holder_country": country, "holder_sector": sector}
    if room == "events" and {"type", "mode"} & set(fields):
        type = fields.get("type", body["type"])
        if type not in EVENT_TYPES:
            raise RecordError(f"there is no type {type!r} of events: choose from {', '.join(EVENT_TYPES)}")
        mode = fields.get("mode", body["mode"] if type == body["type"] else None)
        out |= {"mode": mode, "quad": EVENT_TYPES[type].quad, "cameo": cameo(type, mode)}
    return out


def _parties(found: Sequence[dict[str, Any]], ids: Any, who: Who) -> list[dict[str, Any]]:
    """Who took part, the first as the first of some ids and so on; one whose id is null did not."""
    if not isinstance(ids, list | tuple) or len(ids) != len(found):
        raise RecordError(f"the finding names {len(found)} of them: give as many ids, or null for one who took no part")
    out = []
    for party, id in zip(found, ids, strict=True):
        if id == party["actor_id"]:
            out.append(party)
        elif id is not None:
            country, sector = _codes(id, who)
            out.append({**party, "actor_id": id, "country": country, "sector": sector})
    return out


def _codes(id: str | None, who: Who) -> Codes:
    return (who(id) if id else None) or (None, None)
