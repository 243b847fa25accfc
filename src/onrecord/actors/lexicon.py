"""What the room knows: names and whom they stand for, role nouns, modifiers, given names."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from onrecord import lexicons
from onrecord.actors.names import NameIndex, key_of
from onrecord.actors.own import OwnActor
from onrecord.actors.shapes import (
    AlikeRow,
    CityRow,
    Country,
    Entity,
    Entry,
    EntryKind,
    GivenRow,
    ModifierRow,
    Named,
    NobodyRow,
    Person,
    RegionRow,
    Role,
    RoleRow,
    Seat,
    Term,
    TitleRow,
)
from onrecord.actors.spellings import Spellings
from onrecord.actors.vocabulary import Vocabulary
from onrecord.records import ActorKind

IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "wife": "wives",
    "thief": "thieves",
    "chief": "chiefs",
    "staff": "staff",
    "police": "police",
    "personnel": "personnel",
}
PLURAL_FORMS = frozenset(
    [
        "police",
        "authorities",
        "troops",
        "forces",
        "people",
        "persons",
        "media",
        "press",
        "staff",
        "personnel",
        "workforce",
        "clergy",
        "public",
        "crowd",
        "military",
        "marines",
        "cops",
        "gunmen",
        "mujahideen",
        "mujahedeen",
        "mujahidin",
        "jihadis",
        "civilians",
        "youths",
        "women",
        "children",
        "men",
        "faithful",
        "ulema",
        "electorate",
        "reinforcements",
        "dead",
        "injured",
        "wounded",
        "accused",
        "masses",
        "families",
        "communities",
        "locals",
    ]
)
BODY_COUNTRY = {"IGO.UN": "UNO", "IGO.EU": "EUR"}
LONG = 8
"""From how many letters on a country's name may be recognised with one letter wrong."""
SURNAME_FIRST = frozenset(("CHN", "HKG", "KOR", "PRK", "TWN", "VNM"))
Row = TypeVar("Row", bound=msgspec.Struct)
Dated = TypeVar("Dated", Named, Person)


@dataclasses.dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the room looks up, loaded once.

    ``names`` maps name keys to entries; ``roles`` maps nouns (one to four words, singular and plural) to
    roles; ``modifiers`` maps words before a noun to sectors; ``given`` maps given names to genders; ``alike`` maps nouns to
    the kinds of actors they are of, and ``kinds`` those to their nouns.
    """

    names: NameIndex
    roles: dict[str, Role]
    modifiers: dict[str, str]
    given: dict[str, str]
    country_names: dict[str, str]
    entities: dict[str, Entity]
    persons: dict[str, Entry]
    spellings: Spellings
    heads: dict[str, frozenset[str]]
    misspellings: dict[str, tuple[str, ...]]
    titles: dict[str, tuple[str, str]]
    vocabulary: Vocabulary
    alike: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]

    def same_kind(self, kinds: Iterable[str]) -> frozenset[str]:
        """The nouns of kinds of actors that wire texts call now by one noun and now by another."""
        return frozenset().union(*(self.kinds[kind] for kind in kinds))

    @classmethod
    def load(cls, language: str = "en", *, own: Sequence[OwnActor] = ()) -> Lexicon:
        """The packaged tables of a language.

        Args:
            language: a two-letter code.
            own: a user's actors. Where a packaged term and one of theirs hold on the same day, theirs is taken.

        Raises:
            LexiconError: a table is missing or does not fit its shape.
        """
        vocabulary = Vocabulary.load(language)
        index = NameIndex(vocabulary)
        country_names: dict[str, str] = {}
        countries = _table("countries", Country, language)
        entities = _table("entities", Entity, language)
        separate = {e.code for e in entities}
        lands: list[Country | Entity] = [*(c for c in countries if c.code not in separate), *entities]
        for land in lands:
            country_names[land.code] = land.name
            _add_country(index, land)
        for seat in _table("seats", Seat, language):
            entry = Entry("seat", f"{seat.country}.{seat.sector}", seat.name, (Term(seat.country, seat.sector),), "state", ambiguous=bool(seat.ambiguous))
            _add_all(index, entry, (seat.name, *seat.names), "seat")
        kinds: tuple[tuple[str, EntryKind, ActorKind], ...] = (
            ("bodies", "body", "body"),
            ("groups", "group", "group"),
            ("organisations", "organisation", "organisation"),
        )
        named = {table: _table(table, Named, language) for table, _, _ in kinds}
        for table, kind, actor_kind in kinds:
            _add_named(index, named[table], kind, actor_kind, _own_named(own, kind))
        given = {row.name.lower(): row.gender for row in _table("given", GivenRow, language)}
        for city in _table("cities", CityRow, language):
            if city.name.lower() in given:
                continue
            _add_all(index, Entry("city", city.country, city.name, (Term(city.country, None),), "state"), (city.name,), "seat")
        for region in _table("regions", RegionRow, language):
            entry = Entry("city", region.country, region.name, (Term(region.country, None),), "state")
            _add_all(index, entry, (region.name, *region.demonyms), "seat")
        for thing in _table("nobody", NobodyRow, language):
            _add_all(index, Entry("nobody", "", thing.name, (Term(None, None),), "unresolved"), (thing.name,), "name")
        persons, spellings = _add_persons(index, _table("people", Person, language), vocabulary, given, _own_persons(own))
        alike = _table("alike", AlikeRow, language)
        return cls(
            names=index,
            roles=_roles(_table("roles", RoleRow, language)),
            modifiers={row.word: row.sector for row in _table("modifiers", ModifierRow, language)},
            given=given,
            country_names=country_names,
            entities={row.code: row for row in entities},
            persons=persons,
            spellings=spellings,
            titles={row.word: (row.sector, row.gender) for row in _table("titles", TitleRow, language)},
            vocabulary=vocabulary,
            misspellings=_misspellings(countries),
            heads=_heads(named["bodies"]),
            alike=_by_first((row.noun, row.kind) for row in alike),
            kinds=_by_first((row.kind, row.noun) for row in alike),
        )


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        out[key].add(value)
    return {key: frozenset(values) for key, values in out.items()}


def _heads(rows: tuple[Named, ...]) -> dict[str, frozenset[str]]:
    """The nouns that a later ``the commission`` or ``the bloc`` may use for a body."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for phrase in row.heads:
            out[phrase.rsplit(" ", 1)[-1].lower()].add(row.id)
    return {noun: frozenset(ids) for noun, ids in out.items()}


def _misspellings(rows: tuple[Country, ...]) -> dict[str, tuple[str, ...]]:
    """Country names and demonyms of one long word, by every string one letter shorter."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in (row.name, *row.demonyms):
            if len(name) >= LONG and name.isalpha():
                for short in shortened(name.lower()):
                    out[short].add(name)
    return {short: tuple(sorted(names)) for short, names in out.items()}


def shortened(word: str) -> tuple[str, ...]:
    """The word itself and all words that leave out one of its letters."""
    return (word, *(word[:i] + word[i + 1 :] for i in range(len(word))))


def _table(name: str, shape: type[Row], language: str) -> tuple[Row, ...]:
    try:
        return lexicons.table(f"actors/{name}", shape, language=language)
    except lexicons.LexiconError as error:  # while the tables are being written
        if "there is no lexicon" in str(error):
            return ()
        raise


def _add_all(index: NameIndex, entry: Entry, names: Iterable[str], form: str) -> None:
    for name in names:
        bare = name[4:] if name[:4] in ("the ", "The ") else name
        if bare != name and (" " not in bare and len(bare) < 9):
            bare = name
        if not bare:
            continue
        is_acronym = " " not in bare and len(bare) <= 7 and sum(c.isupper() for c in bare) >= 2 and form in ("name", "seat")
        index.add(bare, entry, "acronym" if is_acronym or form == "acronym" else form)


def _add_country(index: NameIndex, row: Country | Entity) -> None:
    kind: EntryKind = "entity" if isinstance(row, Entity) else "country"
    actor_kind: ActorKind = "de_facto" if isinstance(row, Entity) else "state"
    terms = (Term(row.code, None),)
    _add_all(index, Entry(kind, row.code, row.name, terms, actor_kind), (row.name, *row.names), "name")
    plurals = {d for d in row.demonyms if (d.endswith("s") and d[:-1] in row.demonyms) or d.endswith("men")}
    for plural in (False, True):
        entry = Entry("demonym", row.code, row.name, terms, actor_kind, plural=plural)
        for demonym in row.demonyms:
            if (demonym in plurals) == plural:
                index.add(demonym, entry, "demonym")
    _add_all(index, Entry("capital", row.code, row.name, (Term(row.code, "GOV"),), actor_kind), row.capital, "seat")


def _own_named(own: Sequence[OwnActor], kind: EntryKind) -> tuple[Named, ...]:
    """A user's organisations, groups or bodies as rows of the packaged tables."""
    return tuple(
        Named(
            id=row.body or ".".join(filter(None, (row.country or "_", row.sector, slug(row.name)))),
            name=row.name,
            country=row.country,
            sector=row.sector,
            names=row.names,
            acronyms=row.acronyms,
            since=row.since,
            until=row.until,
        )
        for row in own
        if row.kind == kind
    )


def _own_persons(own: Sequence[OwnActor]) -> tuple[Person, ...]:
    return tuple(
        Person(
            name=row.name,
            country=row.country,
            sector=row.sector,
            role=row.role,
            names=(*row.names, *row.acronyms),
            surname=row.surname,
            since=row.since,
            until=row.until,
            body=row.body,
            source=row.source,
        )
        for row in own
        if row.kind == "person"
    )


def _grouped(rows: Sequence[Dated], own: Sequence[Dated]) -> dict[str, list[Dated]]:
    """Rows by name as it is written, the packaged ones by when they begin, then a user's own likewise: of terms that hold together the last is taken."""
    known = {key_of(row.name): row.name for row in rows} if own else {}
    out: dict[str, list[Dated]] = defaultdict(list)
    for table in (rows, own):
        for row in sorted(table, key=lambda r: r.since):
            out[known.get(key_of(row.name), row.name)].append(row)
    return out


def _add_named(index: NameIndex, rows: tuple[Named, ...], kind: EntryKind, actor_kind: ActorKind, own: tuple[Named, ...] = ()) -> None:
    for name, group in _grouped(rows, own).items():
        terms = tuple(Term(_country_of(row), row.sector or None, row.since, row.until, body=row.id) for row in group)
        entry = Entry(kind, group[-1].id, name, terms, actor_kind)
        _add_all(index, entry, [name, *(n for row in group for n in row.names)], "name")
        _add_all(index, entry, [n for row in group for n in row.acronyms], "acronym")


def _country_of(row: Named) -> str | None:
    return row.country or BODY_COUNTRY.get(row.id) or ("IGO" if row.id.startswith("IGO.") else None)


def _add_persons(
    index: NameIndex, rows: tuple[Person, ...], vocabulary: Vocabulary, given: dict[str, str], own: tuple[Person, ...] = ()
) -> tuple[dict[str, Entry], Spellings]:
    out: dict[str, Entry] = {}
    spelt: list[tuple[Entry, list[str]]] = []
    for name, group in _grouped(rows, own).items():
        terms = tuple(Term(r.country or None, r.sector or None, r.since, r.until, r.role or None, r.body or None) for r in group)
        entry = Entry("person", (key := key_of(name)).replace(" ", "-"), name, terms, "person")
        out[key] = entry
        names = list(dict.fromkeys((name, *(n for r in group for n in r.names))))
        _add_all(index, entry, names, "person")
        spelt.append((entry, names))
        eastern = _family_first(name, given) if not group[0].surname and group[0].country in SURNAME_FIRST else set()
        for surname in eastern | {r.surname for r in group if r.surname} | {n for r in group for n in r.names if " " not in n}:
            if key_of(surname) not in vocabulary.ordinary_words:
                index.add(surname, entry, "surname")
    return out, Spellings(spelt)


def _family_first(name: str, given: dict[str, str]) -> set[str]:
    """The family name that stands first: Kim Dae-jung, Wen Jiabao; not Audrey Tang."""
    first, _, rest = name.partition(" ")
    return {first} if rest and ("-" in rest or first.lower() not in given) else set()


def _roles(rows: tuple[RoleRow, ...]) -> dict[str, Role]:
    out = {row.noun: _role(row, plural=row.noun.rsplit(" ", 1)[-1] in PLURAL_FORMS) for row in rows}
    for row in rows:
        for form in _plurals(row.noun):
            out.setdefault(form, _role(row, plural=True))
    return out


def _role(row: RoleRow, *, plural: bool) -> Role:
    lands = frozenset(filter(None, row.country.split("|")))
    only = next(iter(lands)) if len(lands) == 1 else None
    return Role(row.noun, row.sector or None, row.kind, bool(row.weak), bool(row.speaks), bool(row.local), plural, only, lands if only is None else frozenset())


def _plurals(noun: str) -> tuple[str, ...]:
    words = noun.split(" ")
    at = len(words) - 1
    for i, word in enumerate(words):
        if word in ("of", "for", "to", "at") and i:
            at = i - 1
            break
    last = words[at]
    for single, plural in IRREGULAR.items():
        if last == single or (last.endswith(single) and single in ("man", "woman", "child")):
            many = last[: -len(single)] + plural
            break
    else:
        if last.endswith("y") and last[-2:-1] not in "aeiou":
            many = last[:-1] + "ies"
        elif last.endswith(("s", "x", "ch", "sh", "z")):
            many = last + "es"
        else:
            many = last + "s"
    if many == last:
        return ()
    return (" ".join((*words[:at], many, *words[at + 1 :])),)


def slug(name: str) -> str:
    """A name as the tail of an actor id: ``jens-stoltenberg``."""
    return key_of(name).replace(" ", "-")
