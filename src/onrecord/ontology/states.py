"""A country's codes in other lists: ISO 3166, Correlates of War, Gleditsch and Ward, FIPS 10-4; dated where they changed.

Sources: ISO 3166-1 and 3166-3; Correlates of War Project, State System Membership List (version 2016);
Gleditsch and Ward (1999), "A Revised List of Independent States since the Congress of Vienna", with its
list of microstates; FIPS 10-4 as GeoNames' table of countries has it (CC BY 4.0). The two lists of states
part ways on unified Germany, Yemen and Serbia and on a few islands, and only Gleditsch and Ward list
Abkhazia and South Ossetia.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import msgspec


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a code is in the other lists, from one date to another (ISO dates or years, both included)."""

    code: str
    alpha2: str | None = None
    numeric: str | None = None
    cow: int | None = None
    gw: int | None = None
    fips: str | None = None
    since: str = ""
    until: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StateCodes:
    """How other lists write a country; None where a list does not have it (on the day asked for).

    Attributes:
        iso3: the ISO 3166 alpha-3 code.
        iso2: the ISO 3166 alpha-2 code.
        numeric: the ISO 3166 numeric code, three digits.
        cow: the number of the Correlates of War list.
        gw: the number of Gleditsch and Ward.
        fips: the two letters of FIPS 10-4, which GDELT writes for places.
    """

    iso3: str | None = None
    iso2: str | None = None
    numeric: str | None = None
    cow: int | None = None
    gw: int | None = None
    fips: str | None = None


@functools.cache
def _table() -> dict[str, tuple[_Row, ...]]:
    out: dict[str, list[_Row]] = defaultdict(list)
    with files("onrecord.ontology").joinpath("states.csv").open("r", encoding="utf-8") as lines:
        for cells in csv.DictReader(lines):
            row = msgspec.convert({k: v for k, v in cells.items() if v}, _Row, strict=False)
            out[row.code].append(row)
    return {code: tuple(rows) for code, rows in out.items()}


def state_codes(country: str | None, date: str | None = None) -> StateCodes:
    """How other lists write a country on a day.

    Args:
        country: our country code: ISO 3166 alpha-3, or one of our own (``XKX``).
        date: an ISO date, month or year; None takes the latest.

    Returns:
        The codes. A body (``IGO``, ``EUR``) and what no list has get none; a state that a list has for
        other days only keeps its ISO codes and loses that list's number.

    >>> state_codes("SRB", "2007-01-15")
    StateCodes(iso3='SRB', iso2='RS', numeric='688', cow=345, gw=340, fips='RI')
    >>> state_codes("DEU", "1985").cow
    260
    """
    rows = _table().get(country or "", ())
    if not rows:
        return StateCodes()
    held = next((r for r in rows if _holds(r, date)), None) if date else rows[-1]
    named = rows[-1]
    return StateCodes(
        iso3=named.code if named.alpha2 else None,
        iso2=named.alpha2,
        numeric=named.numeric,
        cow=held.cow if held else None,
        gw=held.gw if held else None,
        fips=named.fips,
    )


def country_of(code: int, *, system: str, date: str | None = None) -> str | None:
    """Our country code for a number of one of the lists of states.

    Args:
        code: the number.
        system: ``"cow"`` or ``"gw"``.
        date: an ISO date, month or year; None takes whoever has the number last. Of a state and one of its parts
            that was listed under the same number later, the state of that day is taken.

    Raises:
        ValueError: there is no such list.

    >>> country_of(345, system="cow", date="1999"), country_of(345, system="cow", date="2010")
    ('YUG', 'SRB')
    """
    if system not in ("cow", "gw"):
        raise ValueError(f"there is no list of states {system!r}: use 'cow' or 'gw'")
    known = [r for r in _rows() if getattr(r, system) == code and (date is None or _holds(r, date))]
    latest = max(known, key=lambda r: r.since if date else (r.until or "9999", r.since), default=None)
    return latest.code if latest else None


def _rows() -> Iterator[_Row]:
    for rows in _table().values():
        yield from rows


def _holds(row: _Row, date: str) -> bool:
    """Whether a row holds on a day; a date and a bound are compared as far as both go."""
    since, until = row.since, row.until
    return (not since or date[: len(since)] >= since[: len(date)]) and (not until or date[: len(until)] <= until[: len(date)])
