"""What the room knows: countries and demonyms, features, abbreviations, cue words and the gazetteer."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from onrecord import lexicons
from onrecord.places.gazetteer import Entry, Gazetteer, Kind, fold
from onrecord.records import PlaceUse

RuleId = Literal[
    "places.country", "places.demonym", "places.entity", "places.feature", "places.seat", "places.abbreviation", "places.settlement", "places.division", "places.capital_government"
]  # fmt: skip
Role = Literal["in", "to", "of", "title", "street", "person_verb", "place_noun", "place_noun_of", "institution", "capital_agent", "relation", "never", "place_verb", "division_noun", "capital_noun"]
DISPUTED_COUNTRIES = frozenset({"PSE", "TWN", "XKX", "ESH", "FLK", "GIB", "XAB", "XOS", "XNK", "XNC", "XSL", "XTR", "XCR"})
PERSONLIKE = frozenset({"jordan", "chad", "georgia", "israel", "kenya", "ireland", "india", "america", "chile", "holland", "english", "french", "german", "scott", "roman", "welsh", "francis", "cuba", "brazil", "wales", "england", "british", "scot", "pole", "dane", "norman", "austin"})


class CountryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row of the actors room's table of countries."""

    code: str
    alpha2: str = ""
    numeric: str = ""
    cow: str = ""
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
    cow: str = ""
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
    """A sea, river, region, base … or a disputed place, with an approximate point."""

    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    kind: str
    country: str | None = None
    lat: float
    lon: float
    geonameid: int | None = None
    disputed: str = ""


class Disputed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A division or settlement that more than one side claims. ``entity`` is the code of the de facto entity that runs it, if one does."""

    geonameid: int
    kind: Literal["division", "settlement"]
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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One thing a name can stand for: an entry, how it is used, and the rule that knows the name.

    ``exact`` names are acronyms that count only in capitals.
    """

    entry: Entry
    use: PlaceUse
    rule: RuleId
    exact: bool = False
    after_comma: bool = False


class Lexicon:
    """What the room knows, loaded once. See :meth:`load`."""

    def __init__(
        self,
        *,
        gazetteer: Gazetteer,
        countries: Iterable[CountryRow],
        entities: Iterable[EntityRow],
        points: Iterable[CountryPoint],
        features: Iterable[Feature],
        abbreviations: Iterable[Abbreviation],
        outlets: Iterable[Outlet],
        disputed: Iterable[Disputed],
        cues: Iterable[Cue],
        weights: Iterable[Weight],
        rules: Iterable[NameRule],
    ) -> None:
        self.gazetteer = gazetteer
        self.points = {p.code: p for p in points}
        self.country_of_domain = {p.tld.lstrip("."): p.code for p in self.points.values() if p.tld}
        self.capitals = {p.capital_geonameid: p.code for p in self.points.values() if p.capital_geonameid}
        self.neighbours = {p.code: frozenset(p.neighbours) for p in self.points.values()}
        self.disputed = {d.geonameid: d.entity for d in disputed}
        self.outlets = {o.domain: o for o in outlets}
        self.outlet_divisions = self._divisions_of_outlets()
        self.rules = {r.id: r for r in rules}
        self.weights = {w.evidence: w.weight for w in weights}
        self.senses: dict[str, tuple[Sense, ...]] = {}
        self.roles: dict[str, frozenset[Role]] = {}
        self._learn_cues(cues)
        found: dict[str, list[Sense]] = defaultdict(list)
        self._learn_features(features, found)
        self._learn_countries(countries, found)
        self._learn_entities(entities, found)
        self._learn_abbreviations(abbreviations, found)
        self.senses = {name: tuple(senses) for name, senses in found.items()}
        self.abbreviations = frozenset(n for n, senses in self.senses.items() if n.endswith(".") and senses)

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        """The packaged lexicon of a language."""
        return cls(
            gazetteer=Gazetteer.load(language),
            countries=lexicons.table("actors/countries", CountryRow, language=language),
            entities=lexicons.table("actors/entities", EntityRow, language=language),
            points=lexicons.table("places/country_points", CountryPoint, language=language),
            features=lexicons.table("places/features", Feature, language=language),
            abbreviations=lexicons.table("places/abbreviations", Abbreviation, language=language),
            outlets=lexicons.table("places/outlets", Outlet, language=language),
            disputed=lexicons.table("places/disputed", Disputed, language=language),
            cues=lexicons.table("places/cues", Cue, language=language),
            weights=lexicons.table("places/weights", Weight, language=language),
            rules=lexicons.rules("places/names", NameRule, language=language),
        )

    def has_role(self, word: str, *roles: Role) -> bool:
        """Whether a word (any case) has one of the roles."""
        known = self.roles.get(word) or self.roles.get(word.lower())
        return known is not None and not known.isdisjoint(roles)

    def _divisions_of_outlets(self) -> dict[str, tuple[int, ...]]:
        rows = [o for o in self.outlets.values() if o.division]
        found = self.gazetteer.lookup([fold(o.division) for o in rows])
        return {
            o.domain: tuple(e.geonameid for e in entries if e.kind == "admin1" and e.country == o.country and e.geonameid and not e.alternate)[:1]
            for o, entries in zip(rows, found, strict=True)
        }

    def standing(self, entry: Entry) -> tuple[str | None, bool]:
        """The country an entry is listed under here, and whether it is disputed.

        What a de facto entity runs is listed under the entity's own code, never under a state that claims it.
        """
        for geonameid in (entry.geonameid, entry.admin1):
            if geonameid in self.disputed:
                return self.disputed[geonameid] or entry.country, True
        return entry.country, entry.disputed or entry.country in DISPUTED_COUNTRIES

    def _learn_cues(self, cues: Iterable[Cue]) -> None:
        roles: dict[str, set[Role]] = defaultdict(set)
        for cue in cues:
            roles[cue.word].add(cue.role)
        self.roles = {w: frozenset(r) for w, r in roles.items()}

    def _learn_features(self, features: Iterable[Feature], found: dict[str, list[Sense]]) -> None:
        for f in features:
            kind: Kind = "admin1" if f.kind == "admin1" else "city" if f.kind in ("seat", "base", "neighbourhood", "city", "site") else "region"
            entry = Entry(kind="country" if f.kind == "country" else kind, geonameid=f.geonameid, name=f.name, country=f.country, lat=f.lat, lon=f.lon, disputed=bool(f.disputed))
            use: PlaceUse = "government" if f.kind == "seat" else "place"
            rule: RuleId = "places.seat" if f.kind == "seat" else "places.feature"
            for name in (f.name, *f.names):
                found[_bare(name)].append(Sense(entry=entry, use=use, rule=rule, exact=_is_acronym(name)))
            for name in f.demonyms:
                found[_bare(name)].append(Sense(entry=entry, use="demonym", rule="places.demonym", exact=_is_acronym(name)))

    def _learn_countries(self, countries: Iterable[CountryRow], found: dict[str, list[Sense]]) -> None:
        for row in countries:
            point = self.points.get(row.code)
            if point is None or row.until:
                continue
            entry = Entry(kind="country", geonameid=point.geonameid, name=row.name, country=row.code, lat=point.lat, lon=point.lon, disputed=row.code in DISPUTED_COUNTRIES)
            for name in (row.name, *row.names):
                if _bare(name) and not any(s.use == "place" for s in found.get(_bare(name), ())):
                    found[_bare(name)].append(Sense(entry=entry, use="place", rule="places.country", exact=_is_acronym(name)))
            for name in row.demonyms:
                if _bare(name) and _bare(name) not in found:
                    found[_bare(name)].append(Sense(entry=entry, use="demonym", rule="places.demonym", exact=_is_acronym(name)))

    def _learn_entities(self, entities: Iterable[EntityRow], found: dict[str, list[Sense]]) -> None:
        """De facto entities whose place a feature or country already gives get their other names and demonyms."""
        for row in entities:
            known = [s for n in (row.name, *row.names) for s in found.get(_bare(n), ()) if s.use == "place"]
            if not known:
                continue
            entry = dataclasses.replace(known[0].entry, disputed=True)
            for name in (row.name, *row.names):
                found[_bare(name)] = [s for s in found.get(_bare(name), ()) if s.use != "place"] + [Sense(entry=entry, use="place", rule="places.entity", exact=_is_acronym(name))]
            for name in row.demonyms:
                found[_bare(name)] = [Sense(entry=entry, use="demonym", rule="places.demonym")]

    def _learn_abbreviations(self, abbreviations: Iterable[Abbreviation], found: dict[str, list[Sense]]) -> None:
        rows = list(abbreviations)
        for row, entries in zip(rows, self.gazetteer.lookup([fold(r.name) for r in rows]), strict=True):
            wanted = [e for e in entries if e.country == row.country and not e.alternate]
            first = [e for e in wanted if e.kind == "admin1"]
            if row.abbreviation in ("D.C.", "DC", "L.A.", "GTA", "NYC") or not first:
                first = [e for e in wanted if e.kind == "city"] or wanted
            for entry in first[:1]:
                found[row.abbreviation].append(Sense(entry=entry, use="place", rule="places.abbreviation", exact=True, after_comma=bool(row.after_comma)))


def _bare(name: str) -> str:
    folded = fold(name)
    return folded[4:] if folded.startswith("the ") else folded


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "").replace(" ", "")
    return letters.isupper() and len(letters) <= 5


RULE_IDS: tuple[RuleId, ...] = get_args(RuleId)
