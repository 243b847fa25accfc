"""The shapes of the room's tables and rules, and the names of their rules and roles."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord import lexicons

RuleId = Literal[
    "places.country",
    "places.demonym",
    "places.entity",
    "places.feature",
    "places.seat",
    "places.abbreviation",
    "places.settlement",
    "places.division",
    "places.capital_government",
]
Role = Literal[
    "in",
    "to",
    "of",
    "title",
    "street",
    "person_verb",
    "place_noun",
    "place_noun_of",
    "institution",
    "capital_agent",
    "relation",
    "never",
    "place_verb",
    "division_noun",
    "capital_noun",
    "personlike",
    "linking",
    "paper",
    "brand",
    "kind_of_place",
    "compass",
    "motion",
    "meeting",
    "part_of_place",
]


class CountryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row of the actors room's table of countries."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class EntityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the actors room's table of de facto entities; only what a place needs."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    claimed_by: str = ""
    plover: str = ""
    gdelt: str = ""
    iso: str = ""
    since: str = ""
    until: str = ""
    note: str = ""


class CountryPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a country is. ``tld`` is its top-level domain; ``neighbours`` share a land border."""

    code: str
    geonameid: int
    name: str
    lat: float
    lon: float
    capital_geonameid: int | None = None
    tld: str = ""
    continent: str = ""
    neighbours: tuple[str, ...] = ()


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sea, river, region, base … or a disputed place, with an approximate point; ``source`` says whose (``editorial``: our own)."""

    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    kind: str
    country: str | None = None
    lat: float
    lon: float
    geonameid: int | None = None
    disputed: str = ""
    source: str


class Town(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A town of the news that the gazetteer lacks, or names it lacks of one it has.

    One it has is told by its ``geonameid``; another has a point to a tenth of a degree and its division's GeoNames id.
    """

    name: str
    names: tuple[str, ...] = ()
    country: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    admin1: int | None = None


class PlainName(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What English writes for a first-order division; ``known_as`` is what the gazetteer has."""

    geonameid: int
    name: str
    known_as: str


class Disputed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What more than one side claims. ``entity`` is the code of the de facto entity that runs it, if one does.

    Of a country all settlements count; it is told by ``gazetteer_country`` and has no ``geonameid``.
    """

    geonameid: int | None = None
    kind: Literal["country", "division", "settlement"]
    name: str
    gazetteer_country: str
    entity: str = ""


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A publisher whose address does not tell its home: ``division`` is a state or province by its plain name."""

    domain: str
    country: str
    division: str = ""


class Abbreviation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A short form of a division; ``after_comma`` ones count only behind a place and a comma."""

    abbreviation: str
    name: str
    country: str
    after_comma: str = ""


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word that tells for or against a place."""

    word: str
    role: Role


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much a piece of evidence weighs, in nats, by hand."""

    evidence: str
    weight: float
    note: str = ""


class NameRule(lexicons.Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of name: ``prior`` is how much the kind alone speaks for a place."""

    prior: float = 0.0
