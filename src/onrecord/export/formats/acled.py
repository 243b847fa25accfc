"""``acled-like``: rows as in ACLED's export of March 2023 and later: 31 columns between commas, with a header, one row an event.

Source: ACLED Codebook (2023) and its guide to the column changes of 2023. Kinds are ACLED's by a table of ours (``data/acled_kinds.csv``).
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator

from onrecord.export.event import ExportEvent, Party
from onrecord.export.formats.codes import country_name, rows, side
from onrecord.export.formats.days import days_of
from onrecord.export.formats.figures import crowd, deaths
from onrecord.export.formats.tables import Row, TableFormat, joined
from onrecord.export.plover import plover_codes
from onrecord.ontology import state_codes
from onrecord.records import PlacePrecision, digest

GONE = ("event_id_cnty", "deleted_timestamp")
"""Columns of the list of events that are no more, as in ACLED's."""
PRECISION: dict[PlacePrecision, int] = {"city": 1, "admin1": 3, "region": 3, "country": 3}
ARMED = frozenset({"state", "rebel", "militia", "external"})
CROWDS = {"Protests": "protesters", "Riots": "rioters"}
WEEK = 7
MID_MONTH = "15"


@functools.cache
def _kinds() -> tuple[dict[str, str], ...]:
    return tuple(rows("acled_kinds"))


@functools.cache
def _actor_kinds() -> dict[str, str]:
    return {row["kind"]: row["name"] for row in rows("acled_actors")}


def unfold(event: ExportEvent) -> Iterator[Row]:
    """One row for an event that is political violence, a demonstration or a strategic development; none for others."""
    actors, recipients = event.sides
    first = {id(p): _side(p, event) for p in (*actors, *recipients)}
    sides = [first[id(p)] for p in recipients]
    kind = _kind(event, sides, [first[id(p)] for p in actors])
    if kind is None:
        return
    crowd_of = CROWDS.get(kind["event_type"])
    country = _country(event)
    name = country_name(country)
    left = _group([*_crowd(crowd_of, name), *_named(actors, first)])
    right = _group(_named(recipients, first))
    inter1, inter2 = left["inter"], right["inter"]
    harmed = sides == ["civilian"] * len(sides) and bool(sides) and kind["disorder_type"] == "Political violence"
    yield {
        "event_id_cnty": number(event.id, event.where.country if event.where else None),
        **_date(event),
        "disorder_type": kind["disorder_type"],
        "event_type": kind["event_type"],
        "sub_event_type": kind["sub_event_type"],
        "actor1": left["actor"],
        "assoc_actor_1": left["associated"],
        "inter1": inter1,
        "actor2": right["actor"],
        "assoc_actor_2": right["associated"],
        "inter2": inter2,
        "interaction": (f"{inter1}-{inter2}" if inter2 else f"{inter1} only") if inter1 else None,
        "civilian_targeting": "Civilian targeting" if harmed or kind["event_type"] == "Violence against civilians" else None,
        **_place(event, name),
        "source": joined(event.publishers, "; "),
        "notes": event.first.evidence.text,
        "fatalities": found.best if (found := deaths(event)) else None,
        "tags": joined(_tags(event), "; "),
        "timestamp": timestamp(event.changed_at),
    }


def number(event_id: str, country: str | None) -> str:
    """``event_id_cnty`` of an event: a country's code and a number."""
    return f"{plover_codes(country, None, None)[0]}{int(digest(event_id, length=12), 16)}"


def timestamp(changed: str | None) -> int | None:
    """A time (ISO 8601, UTC) as Unix time."""
    if not changed:
        return None
    when = datetime.datetime.fromisoformat(changed)
    return int((when if when.tzinfo else when.replace(tzinfo=datetime.UTC)).timestamp())


def _kind(event: ExportEvent, recipients: list[str], actors: list[str]) -> dict[str, str] | None:
    """The first row of the table of kinds that fits type, mode and whom it hits."""
    target = "civilian" if "civilian" in recipients and not ARMED & set(recipients) else ""
    if ARMED & set(recipients) and ARMED & set(actors):
        target = "armed"
    for row in _kinds():
        if row["type"] == event.type and row["mode"] in ("", event.mode or "") and row["target"] in ("", target):
            return row
    return None


def _side(party: Party, event: ExportEvent) -> str:
    """What a party is; forces of another state than the one where it happens are external."""
    kind = side(party)
    here = event.where.country if event.where else None
    return "external" if kind == "state" and here and party.country and party.country != here else kind


def _named(parties: tuple[Party, ...], sides: dict[int, str]) -> list[tuple[str, str]]:
    return [(p.name, sides[id(p)]) for p in parties]


def _crowd(kind: str | None, country: str) -> list[tuple[str, str]]:
    return [(f"{kind.capitalize()} ({country})" if country else kind.capitalize(), kind)] if kind else []


def _group(parties: list[tuple[str, str]]) -> dict[str, str | None]:
    """The first of some parties, with what it is, and those that are with it."""
    if not parties:
        return {"actor": None, "associated": None, "inter": None}
    (name, kind), *others = parties
    return {"actor": name, "associated": joined((n for n, _ in others), "; "), "inter": _actor_kinds().get(kind)}


def _country(event: ExportEvent) -> str | None:
    return plover_codes(event.where.country, None, None)[0] or None if event.where else None


def _date(event: ExportEvent) -> Row:
    first, last = days_of(event)
    if first is None or last is None or event.month is None:
        return {"year": event.year}
    length = (last - first).days + 1
    precision = 1 if length == 1 else 2 if length <= WEEK else 3
    return {"event_date": event.day or f"{event.month}-{MID_MONTH}", "year": event.year, "time_precision": precision}


def _place(event: ExportEvent, country: str) -> Row:
    where = event.where
    if where is None:
        return {}
    numeric = state_codes(_country(event)).numeric
    return {
        "iso": int(numeric) if numeric else None,
        "country": country,
        "admin1": where.admin1,
        "location": where.name,
        "latitude": where.lat,
        "longitude": where.lon,
        "geo_precision": PRECISION[where.precision],
    }


def _tags(event: ExportEvent) -> Iterator[str]:
    if size := crowd(event):
        yield f"crowd size={size}"
    yield f"origins={event.origins}"
    if event.veridicality != "asserted":
        yield f"veridicality={event.veridicality}"


ACLED = TableFormat(
    name="acled-like",
    delimiter=",",
    header=True,
    unfold=unfold,
    tells=frozenset({"denied", "planned", "hypothetical", "demanded"}),
    note="Columns as in ACLED's export; coded by onrecord and not by ACLED, whose researchers code by hand. No part of ACLED's data is in it.",
)
