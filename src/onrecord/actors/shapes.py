"""The rows of the room's tables and what they become: names that stand for somebody, nouns that name a role."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.records import ActorKind, Sector

EntryKind = Literal["country", "entity", "demonym", "capital", "seat", "body", "group", "organisation", "person", "city", "nobody"]
RoleKind = Literal["office", "person", "group", "institution", "force", "people", "party", "container"]

BODY_COUNTRIES = frozenset(("UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"))
"""What PLOVER writes in a country's place for bodies, movements and firms of many countries."""


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A country of ISO 3166 with its names, misspellings, demonyms and capital."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class Entity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A de facto or disputed entity; ``plover``, ``gdelt`` and ``iso`` are how these write it."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()
    plover: str = ""
    gdelt: str = ""
    iso: str = ""
    note: str = ""


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A building or quarter that stands for an institution: the Kremlin, the White House."""

    name: str
    country: str
    sector: str = "GOV"
    names: tuple[str, ...] = ()
    of: str = ""
    ambiguous: str = ""


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body, armed group or organisation; ``since`` and ``until`` bound the row's sector where it changed."""

    id: str
    name: str
    country: str = ""
    sector: str = ""
    secondary: str = ""
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A term of somebody in an office; several rows of one name are several terms.

    ``source`` is where the row is from, or ``editorial``: written from what is generally known and read twice.
    """

    name: str
    country: str = ""
    sector: str = ""
    role: str = ""
    names: tuple[str, ...] = ()
    surname: str = ""
    since: str = ""
    until: str = ""
    body: str = ""
    source: str = "editorial"


class RoleRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A noun that names a role or institution.

    ``weak`` nouns take the sector of what modifies them (army chief, party leader); ``speaks`` marks those
    who speak for an institution; ``local`` ones take the country of the context (the army, police); ``country`` is set where only one
    country has the office (the Knesset, a taoiseach), or a few, with bars between, have (a Congress).
    """

    noun: str
    sector: str = ""
    kind: RoleKind = "person"
    weak: str = ""
    speaks: str = ""
    local: str = ""
    country: str = ""


class AlikeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A noun of a kind of actors that a text calls now by one noun and now by another: gunmen, attackers."""

    kind: str
    noun: str


class ModifierRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word before a noun and the sector it gives."""

    word: str
    sector: str


class CityRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A city or first-order region and its country."""

    name: str
    country: str


class RegionRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A state, province or republic inside a country, with the adjective and people that go with it."""

    name: str
    country: str
    demonyms: tuple[str, ...] = ()


class TitleRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A form of address before a name, with the sector and gender it tells of."""

    word: str
    sector: str = ""
    gender: str = ""


class NobodyRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A name that is nobody, though a part of it looks like somebody: the South China Sea."""

    name: str


class GivenRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A given name and the gender it mostly goes with: f, m or empty."""

    name: str
    gender: str = ""


class Term(msgspec.Struct, frozen=True, gc=False):
    """A country and sector that hold from ``since`` until ``until`` (ISO dates, either may be empty)."""

    country: str | None
    sector: Sector | None
    since: str = ""
    until: str = ""
    role: str | None = None
    body: str | None = None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Somebody a name can stand for."""

    kind: EntryKind
    id: str
    name: str
    terms: tuple[Term, ...]
    actor_kind: ActorKind
    plural: bool = False
    ambiguous: bool = False

    @property
    def country(self) -> str | None:
        """The country of the latest term."""
        return self.terms[-1].country


class Role(msgspec.Struct, frozen=True, gc=False):
    """What a role noun says of who bears it."""

    noun: str
    sector: Sector | None
    kind: RoleKind
    weak: bool
    speaks: bool
    local: bool
    plural: bool
    country: str | None
    among: frozenset[str] = frozenset()
    head: str = ""
    """The word that a later description repeats: ``ministry`` of a ministry of foreign affairs, ``minister`` of a prime minister."""

    def __post_init__(self) -> None:
        words = self.noun.split(" ")
        at = next((i for i, word in enumerate(words) if i and word in ("of", "for", "to")), len(words))
        msgspec.structs.force_setattr(self, "head", words[at - 1])
