"""Our neutral codes in PLOVER's own: a de facto entity becomes its nominal sovereign with the sector PRE."""

from __future__ import annotations

import functools

import msgspec

from onrecord import lexicons


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """What an export needs of the table of entities."""

    code: str
    plover: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()
    gdelt: str = ""
    iso: str = ""
    note: str = ""


@functools.cache
def _entities() -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for row in lexicons.table("actors/entities", _Row):
        country, _, sector = row.plover.partition(".")
        out[row.code] = (country, sector)
    return out


def plover_codes(country: str | None, sector: str | None, actor_id: str | None) -> tuple[str, str]:
    """Country and sector as PLOVER writes them; empty where it has none.

    Args:
        country: our country code, which may be one of our own (``XAB``).
        sector: our sector.
        actor_id: our actor id, which tells a body (``IGO.UN``) where the country is missing.

    PLOVER has no country for a partially recognised entity: it takes the nominal sovereign and the sector
    ``PRE``. Kosovo has a code in the manual (``KOS``), which its tools write ``XKX``; Taiwan, Palestine and
    Hong Kong have codes of their own.
    """
    if country is None and (actor_id or "").startswith("IGO."):
        country = {"IGO.UN": "UNO", "IGO.EU": "EUR"}.get(actor_id or "", "IGO")
    written, kept = _entities().get(country or "", (country or "", ""))
    if written == "KOS":
        written = "XKX"
    if kept:
        return written, kept
    return written, sector or ""
