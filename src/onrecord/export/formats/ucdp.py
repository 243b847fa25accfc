"""``ucdp-like``: rows as in UCDP's Georeferenced Event Dataset: 49 columns between commas, with a header, one row an event of violence.

Source: Högbladh, "UCDP Georeferenced Event Dataset Codebook"; Tollefsen et al. (2012) for the cells of PRIO-GRID.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from onrecord.export.event import ExportEvent, Party
from onrecord.export.formats.codes import country_name, side
from onrecord.export.formats.days import days_of
from onrecord.export.formats.figures import Deaths, deaths
from onrecord.export.formats.tables import Row, TableFormat, joined
from onrecord.export.plover import plover_codes
from onrecord.ontology import state_codes
from onrecord.records import PlacePrecision, digest

PRECISION: dict[PlacePrecision, int] = {"city": 1, "admin1": 4, "region": 5, "country": 6}
REGIONS = ((199, "Americas"), (399, "Europe"), (626, "Africa"), (699, "Middle East"), (999, "Asia"))
"""The last Gleditsch-Ward number of each of UCDP's regions."""
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
SPANS = ((1, 1), (6, 2), (7, 3), (31, 4))
"""The most days of each precision of a date; longer is 5."""
CELLS = 720
GROUPS = frozenset({"rebel", "militia"})


def unfold(event: ExportEvent) -> Iterator[Row]:
    """One row for an event of violence; none for others."""
    if event.type != "ASSAULT":
        return
    kind, left, right = _sides(event)
    side_a, side_b = _name(left, kind), "Civilians" if kind == ONE_SIDED else _name(right, kind)
    day = event.codes_on
    yield {
        "id": str(int(digest(event.id, length=15), 16)),
        "year": event.year,
        "code_status": "Check: coded by machine",
        "type_of_violence": kind,
        "dyad_name": f"{side_a} - {side_b}" if kind and side_a and side_b else None,
        "side_a": side_a,
        "side_b": side_b,
        **_sources(event),
        **_place(event, day),
        "event_clarity": 1 if event.day and event.where and event.where.precision == "city" else 2,
        **_dates(event),
        **_deaths(deaths(event), left, right),
        "gwnoa": _state(left, day),
        "gwnob": _state(right, day) if kind == STATE_BASED else None,
    }


def _sides(event: ExportEvent) -> tuple[int | None, Sequence[Party], Sequence[Party]]:
    """The kind of violence and the two sides; a government's side comes first."""
    left, right = event.sides
    one, other = {side(p) for p in left} - {""}, {side(p) for p in right} - {""}
    if other == {"civilian"} and one <= {"state", *GROUPS} and one:
        return ONE_SIDED, left, right
    if "state" in one and (other & GROUPS or ("state" in other and _states(left) != _states(right))):
        return STATE_BASED, left, right
    if one & GROUPS and "state" in other:
        return STATE_BASED, right, left
    if one & GROUPS and other & GROUPS:
        return NON_STATE, left, right
    return None, left, right


def _states(parties: Sequence[Party]) -> set[str | None]:
    return {p.country for p in parties if side(p) == "state"}


def _name(parties: Sequence[Party], kind: int | None) -> str | None:
    """A side's name: of a state "Government of …", else the first of the side."""
    if not parties:
        return None
    first = next((p for p in parties if side(p) == "state"), parties[0]) if kind == STATE_BASED else parties[0]
    land = country_name(first.country) if side(first) == "state" else ""
    return f"Government of {land}" if land else first.name


def _state(parties: Sequence[Party], day: str | None) -> int | None:
    return next((code for p in parties if side(p) == "state" and (code := state_codes(p.country, day).gw) is not None), None)


def _sources(event: ExportEvent) -> Row:
    stories = event.stories
    blocks = (",".join(x.replace(",", "") for x in (s.publisher or "", (s.published or "")[:10], s.title or "")) for s in stories)
    return {
        "number_of_sources": len(stories),
        "source_article": joined(blocks),
        "source_office": joined(event.publishers),
        "source_date": joined((s.published or "")[:10] for s in stories),
        "source_headline": joined(s.title for s in stories),
        "source_original": joined(m.said_by for m in event.mentions),
    }


def _place(event: ExportEvent, day: str | None) -> Row:
    where = event.where
    if where is None:
        return {}
    country = plover_codes(where.country, None, None)[0]
    code = state_codes(country, day).gw
    located = where.lat is not None and where.lon is not None
    return {
        "where_prec": PRECISION[where.precision],
        "where_coordinates": where.name,
        "where_description": where.text,
        "adm_1": where.admin1,
        "latitude": where.lat,
        "longitude": where.lon,
        "geom_wkt": f"POINT ({where.lon} {where.lat})" if located else None,
        "priogrid_gid": cell(where.lat, where.lon) if where.lat is not None and where.lon is not None else None,
        "country": country_name(country),
        "country_id": code,
        "region": next((name for last, name in REGIONS if code is not None and code <= last), None),
    }


def cell(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell, of half a degree, that a point lies in.

    >>> cell(-55.75, -69.25)
    49182
    """
    row, column = math.floor((min(lat, 89.999) + 90) * 2), math.floor((lon + 180) * 2) % CELLS
    return row * CELLS + column + 1


def _dates(event: ExportEvent) -> Row:
    first, last = days_of(event)
    if first is None or last is None:
        return {}
    length = (last - first).days + 1
    precision = next((p for most, p in SPANS if length <= most), 5)
    return {"date_prec": precision, "date_start": f"{first} 00:00:00.000", "date_end": f"{last} 00:00:00.000"}


def _deaths(found: Deaths | None, left: Sequence[Party], right: Sequence[Party]) -> Row:
    if found is None:
        return {}
    ours = _lost(found, left)
    theirs = _lost(found, right)
    rest = found.best - sum(x or 0 for x in (ours, theirs, found.civilians)) if found.best is not None else None
    return {
        "deaths_a": ours,
        "deaths_b": theirs,
        "deaths_civilians": found.civilians,
        "deaths_unknown": rest or None if found.best else rest,
        "best": found.best,
        "high": found.high,
        "low": found.low,
    }


def _lost(found: Deaths, parties: Sequence[Party]) -> int | None:
    """How many of a side's armed people died, where a figure counts them."""
    counts = [found.parties[p.key] for p in parties if p.key in found.parties and side(p) in {"state", *GROUPS}]
    return sum(counts) if counts else None


UCDP = TableFormat(
    name="ucdp-like",
    delimiter=",",
    header=True,
    unfold=unfold,
    note="Columns as in UCDP GED; coded by onrecord and not by UCDP. Conflicts, dyads and actors have no UCDP numbers. No part of UCDP's data is in it.",
)
