"""What the room knows: countries and demonyms, features, abbreviations, cue words and the gazetteer."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable

from onrecord import lexicons
from onrecord.places.between import Between
from onrecord.places.gazetteer import COMMON_WORD, Entry, Gazetteer, Kind, fold
from onrecord.places.tables import (
    Abbreviation,
    CountryPoint,
    CountryRow,
    Cue,
    Disputed,
    EntityRow,
    Feature,
    NameRule,
    Outlet,
    PlainName,
    Role,
    RuleId,
    Town,
    Weight,
)
from onrecord.records import PlaceUse

FROM_GAZETTEER: frozenset[RuleId] = frozenset({"places.settlement", "places.division"})
"""The rules whose names only the gazetteer knows; other names are in tables of our own."""

UNKNOWN_TOWN = 10_000
"""So many inhabitants are taken of a town in the news of which the number isn't known."""

SITES = frozenset({"seat", "base", "neighbourhood", "city", "site"})
_UPPER = "".join(c for c in map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]) if c.isupper())


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
        towns: Iterable[Town],
        divisions: Iterable[PlainName],
        abbreviations: Iterable[Abbreviation],
        outlets: Iterable[Outlet],
        disputed: Iterable[Disputed],
        cues: Iterable[Cue],
        weights: Iterable[Weight],
        rules: Iterable[NameRule],
    ) -> None:
        self.gazetteer = gazetteer
        features = tuple(features)
        self._learn_names(features, tuple(divisions), tuple(towns))
        self.points = {p.code: p for p in points}
        self.country_of_domain = {p.tld.lstrip("."): p.code for p in self.points.values() if p.tld}
        self.capitals = {p.capital_geonameid: p.code for p in self.points.values() if p.capital_geonameid}
        self.neighbours = {p.code: frozenset(p.neighbours) for p in self.points.values()}
        known = tuple(disputed)
        self.disputed = {d.geonameid: d.entity for d in known if d.geonameid}
        self.disputed_countries = frozenset({d.gazetteer_country for d in known if d.kind == "country"} | {d.entity for d in known if d.entity})
        self.outlets = {o.domain: o for o in outlets}
        self.outlet_divisions = self._divisions_of_outlets()
        self.rules = {r.id: r for r in rules}
        self.weights = {w.evidence: w.weight for w in weights}
        self._learn_cues(cues)
        self.between = Between.of(self.with_role("kind_of_place"), self.with_role("compass"))
        self.words_of_names = self._words_of_names()
        self.town_in_address = self._town_in_address()
        found: dict[str, list[Sense]] = defaultdict(list)
        self._learn_features(features, found)
        self._learn_countries(countries, found)
        self._learn_entities(entities, found)
        self._learn_abbreviations(abbreviations, found)
        self._divisions_of_sites: dict[Entry, int | None] = {}
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
            towns=lexicons.table("places/towns", Town, language=language),
            divisions=lexicons.table("places/divisions", PlainName, language=language),
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
        return entry.country, entry.disputed or entry.country in self.disputed_countries

    def division_of(self, entry: Entry) -> tuple[Entry, str] | None:
        """The first-order division an entry is or lies in, and its GeoNames code; a site of ours lies where the nearest settlement does."""
        if entry.kind in ("country", "region"):
            return None
        admin1 = entry.geonameid if entry.kind == "admin1" else entry.admin1
        if admin1 is None and entry.country and entry.kind == "city":
            if entry not in self._divisions_of_sites:
                self._divisions_of_sites[entry] = self.gazetteer.division_near(entry.lat, entry.lon, entry.country)
            admin1 = self._divisions_of_sites[entry]
        return self.gazetteer.division(admin1) if admin1 is not None else None

    def _learn_cues(self, cues: Iterable[Cue]) -> None:
        roles: dict[str, set[Role]] = defaultdict(set)
        for cue in cues:
            roles[cue.word].add(cue.role)
        self.roles = {w: frozenset(r) for w, r in roles.items()}

    def with_role(self, role: Role) -> str:
        """The words with a role as alternatives of a pattern, the longest first."""
        return "|".join(sorted((re.escape(w) for w, roles in self.roles.items() if role in roles), key=lambda w: (-len(w), w)))

    def _words_of_names(self) -> re.Pattern[str]:
        """What can be a word of a name: initials, short forms with a point, capitalised words, and small words that link them."""
        linking = self.with_role("linking")
        apostrophe = "['’‘`´ʻʼ]"
        kinds = (
            r"(?:[A-Z]\.(?:[ ](?=[A-Z]\.))?){2,}",
            r"W\.[ ]?Va\.",
            r"(?:St|Ste|Mt|Ft|Pt)\.",
            r"[A-Z][a-z]{1,5}\.(?=[,)\s]|$)",
            rf"(?:[{_UPPER}][^\W_]*|(?:al|el|ash|ad)(?=[- ][A-Z]))(?:{apostrophe}(?![sS]\b)[^\W_]+)*",
        )
        small = (rf"(?<=\s)(?:{linking})(?=[ ]|[-’'])", rf"(?<=[ ])d['’](?=[{_UPPER}])", rf"(?<=[-–])(?:{linking})(?=[-–])")
        return re.compile(rf"(?<![\w’'])(?:{'|'.join(kinds)})|{'|'.join(small)}")

    def _town_in_address(self) -> re.Pattern[str]:
        """A paper's site name: the town's name between what papers are called."""
        return re.compile(rf"(?:the|this-?is|my|daily|weekly|all|go)?-?(?P<town>[a-z]{{4,}}?)-?(?:(?:{self.with_role('paper')})-?)*")

    def _learn_names(self, features: Iterable[Feature], divisions: Iterable[PlainName], towns: Iterable[Town]) -> None:
        """Teach the gazetteer plain names of divisions, and towns and spellings that it lacks."""
        gazetteer = self.gazetteer
        names = {f.geonameid: f.name for f in features if f.kind == "admin1" and f.geonameid} | {d.geonameid: d.name for d in divisions}
        gazetteer.name_divisions(names)
        flags = gazetteer.word_flags([fold(n) for n in names.values()])
        named = [(fold(n), entry) for i, n in names.items() if not flags[fold(n)] & COMMON_WORD and (entry := gazetteer.by_id(i)) is not None]
        for town in towns:
            entry = gazetteer.by_id(town.geonameid) if town.geonameid else None
            if entry is None and town.lat is not None and town.lon is not None:
                entry = Entry(kind="city", geonameid=None, name=town.name, country=town.country, lat=town.lat, lon=town.lon, admin1=town.admin1)
            if entry is not None:
                known = dataclasses.replace(entry, population=entry.population or UNKNOWN_TOWN)
                named += [(fold(name), known) for name in (town.name, *town.names)]
        gazetteer.add(named)

    def _learn_features(self, features: Iterable[Feature], found: dict[str, list[Sense]]) -> None:
        for f in features:
            kind: Kind = "admin1" if f.kind == "admin1" else "city" if f.kind in SITES else "region"
            entry = Entry(
                kind="country" if f.kind == "country" else kind,
                geonameid=f.geonameid,
                name=f.name,
                country=f.country,
                lat=f.lat,
                lon=f.lon,
                disputed=bool(f.disputed),
            )
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
            entry = Entry(
                kind="country",
                geonameid=point.geonameid,
                name=row.name,
                country=row.code,
                lat=point.lat,
                lon=point.lon,
                disputed=row.code in self.disputed_countries,
            )
            for name in (row.name, *row.names):
                if (bare := _bare(name)) and not any(s.use == "place" for s in found.get(bare, ())):
                    found[bare].append(Sense(entry=entry, use="place", rule="places.country", exact=_is_acronym(name)))
            for name in row.demonyms:
                if (bare := _bare(name)) and bare not in found:
                    found[bare].append(Sense(entry=entry, use="demonym", rule="places.demonym", exact=_is_acronym(name)))

    def _learn_entities(self, entities: Iterable[EntityRow], found: dict[str, list[Sense]]) -> None:
        """De facto entities whose place a feature or country already gives get their other names and demonyms."""
        for row in entities:
            known = [s for n in (row.name, *row.names) for s in found.get(_bare(n), ()) if s.use == "place"]
            if not known:
                continue
            entry = dataclasses.replace(known[0].entry, disputed=True)
            for name in (row.name, *row.names):
                found[_bare(name)] = [s for s in found.get(_bare(name), ()) if s.use != "place"] + [
                    Sense(entry=entry, use="place", rule="places.entity", exact=_is_acronym(name))
                ]
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
