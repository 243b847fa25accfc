"""A user's own table of actors: who they are, for which country and sector, from when to when.

A CSV file, JSON Lines or Parquet with the columns of :class:`OwnActor`, or what the Wikidata Query Service
gives (:mod:`onrecord.actors.wikidata`). docs/actors.md tells how to write one. A snapshot of the actor
memory (:mod:`onrecord.actors.memory`) is such a table too.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import functools
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord import lexicons
from onrecord.actors import wikidata
from onrecord.actors.names import key_of
from onrecord.actors.shapes import BODY_COUNTRIES, Country, Entity, RoleRow
from onrecord.ontology import SECTORS, country_of

LISTS = ("names", "acronyms")
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
NUMBERED = ("cow", "gw")


class ActorTableError(ValueError):
    """A table of actors can't be used. Each of its ``problems`` names file and line, and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class OwnActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row: an actor, or one term of an actor whose country or sector changed.

    Attributes:
        name: the full name.
        kind: what it is; a person unless said.
        country: ISO 3166 alpha-3, one of our codes (``XAB``), or PLOVER's for bodies (``IGO``); or give ``cow`` or ``gw``.
        cow, gw: the number of a list of states, in place of ``country``.
        sector: a PLOVER sector; may be left out where ``role`` tells it.
        role: the office (``foreign minister``).
        names, acronyms: other ways to write the name, with bars between; acronyms count only as they are written.
        surname: the part of a person's name that may stand alone in an article which does not give it in full.
        body: the actor id of the body that an office-holder belongs to (``IGO.UN``).
        since, until: the first and last day, month or year; open where empty.
        source: where the row is from.
    """

    name: str
    kind: Literal["person", "organisation", "group", "body"] = "person"
    country: str = ""
    cow: int | None = None
    gw: int | None = None
    sector: str = ""
    role: str = ""
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    surname: str = ""
    body: str = ""
    since: str = ""
    until: str = ""
    source: str = ""


COLUMNS = tuple(f.name for f in msgspec.structs.fields(OwnActor))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActorTable:
    """Actors of a user's own. ``digest`` is the start of the SHA-256 of the file, by which a report names the table.

    ``notes`` say what of the file was not taken, and why.
    """

    path: str
    digest: str
    rows: tuple[OwnActor, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """How a report names the table: ``ministers.csv@1f0c…``."""
        return f"{Path(self.path).name}@{self.digest}"

    @classmethod
    def read(cls, path: str | Path) -> ActorTable:
        """The table in a CSV, JSON, JSON Lines or Parquet file.

        Raises:
            ActorTableError: the file can't be read, or rows of it can't be used; every problem is named.
        """
        try:
            raw = Path(path).read_bytes()
        except OSError as error:
            raise ActorTableError([f"{path}: {error.strerror}: give a file that is there and may be read"]) from error
        notes: list[str] = []
        found = list(_cells(str(path), raw))
        if wikidata.looks_like([cells for _, cells in found]):
            found = list(wikidata.rows(found, notes))
        rows, problems = [], []
        for where, cells in found:
            try:
                rows.append(_row(cells))
            except ValueError as error:
                problems.append(f"{where}: {error}")
        if problems or not rows:
            raise ActorTableError(problems or [f"{path}: there is no actor in it{': ' + notes[0] if notes else ''}"])
        return cls(path=str(path), digest=hashlib.sha256(raw).hexdigest()[:12], rows=tuple(rows), notes=tuple(notes))


def _cells(path: str, raw: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cells of each row by column, and where the row stands; empty cells are left out."""
    kind = Path(path).suffix.lower()
    try:
        if kind == ".parquet":
            import polars  # noqa: PLC0415 - only who gives Parquet waits for it

            for number, row in enumerate(polars.read_parquet(io.BytesIO(raw)).iter_rows(named=True), 1):
                yield f"{path}, row {number}", {k: v for k, v in row.items() if v not in (None, "", [])}
            return
        text = raw.decode("utf-8-sig")
        if kind == ".json":
            for number, row in enumerate(wikidata.bindings(msgspec.json.decode(text)), 1):
                yield f"{path}, result {number}", row
        elif kind in (".jsonl", ".ndjson"):
            for number, line in enumerate(text.splitlines(), 1):
                if line.strip():
                    yield f"{path}, line {number}", {k: v for k, v in msgspec.json.decode(line, type=dict[str, Any]).items() if v not in (None, "", [])}
        else:
            reader = csv.DictReader(io.StringIO(text, newline=""))
            for row in reader:
                if None in row:
                    raise ValueError(f"line {reader.line_num} has more cells than the header has columns")
                yield f"{path}, line {reader.line_num}", {k.strip(): v.strip() for k, v in row.items() if k and v and v.strip()}
    except Exception as error:  # each reader has its own kinds of errors for a damaged file
        raise ActorTableError([f"{path}: not a table of actors: {error}"]) from error


def _row(cells: dict[str, Any]) -> OwnActor:
    """A row, checked.

    Raises:
        ValueError: what is wrong with it.
    """
    for column in cells:
        if column not in COLUMNS:
            near = difflib.get_close_matches(str(column), COLUMNS, 1)
            raise ValueError(f"there is no column {column!r}{f': did you mean {near[0]!r}?' if near else ''} (known are {', '.join(COLUMNS)})")
    split = {k: tuple(x.strip() for x in v.split("|") if x.strip()) if k in LISTS and isinstance(v, str) else v for k, v in cells.items()}
    try:
        row = msgspec.convert(split, OwnActor, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
    return _checked(row)


def _checked(row: OwnActor) -> OwnActor:
    if not key_of(row.name):
        raise ValueError(f"{row.name!r} is no name")
    for column in ("since", "until"):
        value = getattr(row, column)
        if value and not DATE.fullmatch(value):
            raise ValueError(f"{column} is {value!r}: write a date as 2021, 2021-03 or 2021-03-09")
    if row.since and row.until and row.until < row.since[: len(row.until)]:
        raise ValueError(f"{row.name} ends ({row.until}) before it begins ({row.since})")
    country = _country(row)
    sector = row.sector.upper() or _sector(row)
    if sector and sector not in SECTORS:
        raise ValueError(f"there is no sector {sector!r}: use one of {', '.join(sorted(SECTORS))}")
    if not country and not sector:
        raise ValueError(f"{row.name} has neither a country nor a sector: give country (or cow or gw), sector, or a role that tells the sector")
    return msgspec.structs.replace(row, country=country, sector=sector, cow=None, gw=None)


def _country(row: OwnActor) -> str:
    """The country's code, from whichever column gives it."""
    for system in NUMBERED:
        number = getattr(row, system)
        if number is not None:
            code = country_of(number, system=system, date=row.until or row.since or None) or country_of(number, system=system)
            if code is None:
                raise ValueError(f"the {'Correlates of War' if system == 'cow' else 'Gleditsch and Ward'} list has no state {number}")
            if row.country and row.country.upper() != code:
                raise ValueError(f"country is {row.country}, but {system} {number} is {code}")
            return code
    code = row.country.upper()
    if code and code not in _known_countries():
        near = difflib.get_close_matches(row.country.casefold(), _by_name(), 1, 0.9)
        raise ValueError(f"there is no country code {row.country!r}{f': {near[0].title()} is {_by_name()[near[0]]}' if near else ''}")
    return code


def _sector(row: OwnActor) -> str:
    """The sector that a role's words tell: that of the longest run of them which the lexicon knows as a role."""
    words = row.role.lower().split()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            if sector := _roles().get(" ".join(words[start : start + size])):
                return sector
    return ""


@functools.cache
def _known_countries() -> frozenset[str]:
    return BODY_COUNTRIES | frozenset(_by_name().values()) | frozenset(e.code for e in lexicons.table("actors/entities", Entity))


@functools.cache
def _by_name() -> dict[str, str]:
    return {row.name.casefold(): row.code for row in lexicons.table("actors/countries", Country)}


@functools.cache
def _roles() -> dict[str, str]:
    """Sectors by the nouns that tell one for sure."""
    return {row.noun: row.sector for row in lexicons.table("actors/roles", RoleRow) if row.sector not in ("", "UNK") and not row.weak}
