"""Codes and names as other data sets write them: CAMEO actors and quad classes, ICEWS sectors, ACLED actor types, names of countries."""

from __future__ import annotations

import csv
import functools
from importlib.resources import files

import msgspec

from onrecord import lexicons
from onrecord.export.event import Party
from onrecord.ontology import state_codes

BODIES = {"UNO": ("IGOUNO", "UNO", "IGO"), "EUR": ("IGOEUREEC", "EEC", "IGO"), "IGO": ("IGO", "", "IGO"), "NGO": ("NGO", "", "NGO")}
"""CAMEO's actor code, known group and role of what PLOVER writes as a country and is none."""
MOVEMENTS = {"IMG": ("IMG", "", "IMG"), "MNC": ("MNC", "", "MNC"), "ISM": ("", "", "")}
OLDER = {"ROU": "ROM", "TLS": "TMP"}
"""ISO codes that CAMEO keeps in an older form."""
IMPLIED = frozenset({"GOV", "BUS"})
"""Roles that a body's own code says already."""
NO_COUNTRY = frozenset({*BODIES, *MOVEMENTS})


class _Land(msgspec.Struct, frozen=True, kw_only=True):
    """A country or de facto entity, with what names it here and in GDELT."""

    code: str
    name: str
    gdelt: str = ""
    plover: str = ""
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()
    iso: str = ""
    note: str = ""
    since: str = ""
    until: str = ""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables beside this module."""
    with files("onrecord.export.formats").joinpath("data", f"{name}.csv").open("r", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@functools.cache
def _entities() -> dict[str, _Land]:
    return {row.code: row for row in lexicons.table("actors/entities", _Land)}


@functools.cache
def _names() -> dict[str, str]:
    return {row.code: row.name for row in (*lexicons.table("actors/countries", _Land), *_entities().values())}


@functools.cache
def sectors() -> dict[str, dict[str, str]]:
    """What the other data sets call each PLOVER sector."""
    return {row["sector"]: row for row in rows("sectors")}


@functools.cache
def labels() -> dict[str, str]:
    """CAMEO's label of each code that the ontology gives."""
    return {row["code"]: row["label"] for row in rows("cameo_labels")}


def country_name(country: str | None) -> str:
    """A country's English name; empty for a body and where it is not known."""
    return _names().get(country or "", "")


def cameo_country(country: str | None) -> str:
    """CAMEO's code of a country; empty for a body, for Kosovo and where it is not known.

    >>> cameo_country("ROU"), cameo_country("XAB"), cameo_country("IGO")
    ('ROM', 'GEO', '')
    """
    if not country or country in NO_COUNTRY:
        return ""
    entity = _entities().get(country)
    return entity.gdelt if entity else OLDER.get(country, country)


def fips(country: str | None) -> str:
    """FIPS 10-4 of a country, of a de facto entity that of the nominal sovereign.

    >>> fips("CHN"), fips("CHE"), fips("XAB")
    ('CH', 'SZ', 'GG')
    """
    entity = _entities().get(country or "")
    return state_codes(country).fips or (state_codes(entity.gdelt).fips if entity and entity.gdelt else None) or ""


def cameo_actor(party: Party | None) -> dict[str, str]:
    """CAMEO's ``code``, ``country``, ``group`` and roles ``type1`` and ``type2`` of a party."""
    if party is None:
        return {}
    country = party.country or party.plover[0]
    role = sectors().get(party.sector or "", {}).get("cameo", "")
    if country in NO_COUNTRY:
        code, group, kind = {**BODIES, **MOVEMENTS}[country]
        role = "" if role in IMPLIED else role
        return {"code": code + role, "country": "EUR" if country == "EUR" else "", "group": group, "type1": kind or role, "type2": role if kind else ""}
    written = cameo_country(country)
    return {"code": written + role, "country": written, "group": "", "type1": role, "type2": ""}


def quad_class(code: str) -> int:
    """GDELT's quad class of a CAMEO code: 01-05 1, 06-08 2, 09-14 3, 15-20 4.

    It is not PLOVER's: protest (14) is verbal here, and all yielding (08) material.

    >>> quad_class("141"), quad_class("080"), quad_class("190")
    (3, 2, 4)
    """
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 14 else 4


def penta_class(code: str) -> int:
    """Phoenix' penta class of a CAMEO code: 01-02 0, 03-05 1, 06-08 2, 09-13 and 16 3, 14, 15 and 17-20 4.

    >>> penta_class("141"), penta_class("160"), penta_class("030")
    (4, 3, 1)
    """
    root = int(code[:2])
    if root <= 2:
        return 0
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 or root == 16 else 4


def side(party: Party | None) -> str:
    """What a party is to conflict data: ``state``, ``rebel``, ``militia``, ``civilian``; empty where its sector tells nothing."""
    return sectors().get(party.sector or "", {}).get("acled", "") if party else ""
