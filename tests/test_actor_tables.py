"""The tables of who there is: codes known, names told apart, dates in order, text clean."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Protocol

import pytest

from onrecord import lexicons, ontology
from onrecord.actors.shapes import Country, Entity, Named, Person, Seat
from onrecord.ontology import state_codes

COUNTRIES = lexicons.table("actors/countries", Country)
ENTITIES = lexicons.table("actors/entities", Entity)
SEATS = lexicons.table("actors/seats", Seat)
BODIES = lexicons.table("actors/bodies", Named)
GROUPS = lexicons.table("actors/groups", Named)
ORGANISATIONS = lexicons.table("actors/organisations", Named)
PEOPLE = lexicons.table("actors/people", Person)
NAMED = {"bodies": BODIES, "groups": GROUPS, "organisations": ORGANISATIONS}
TABLES = ["countries", "entities", "seats", "bodies", "groups", "organisations", "people"]

STATES = {row.code for row in COUNTRIES}
DE_FACTO = {row.code for row in ENTITIES}
INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
CODES = STATES | DE_FACTO | INTERNATIONAL
SECTORS = set(ontology.SECTORS) | {""}
# Dependent territories whose seat is a common word or another's better known city have none in the table.
NO_CAPITAL = {
    "AIA", "ATA", "ATF", "BMU", "BVT", "CCK", "CXR", "CYM", "FLK", "GIB", "GUF", "GGY", "HKG",
    "HMD", "IMN", "IOT", "MAC", "MNP", "MSR", "NFK", "SGS", "SHN", "SPM", "TKL", "UMI",
}  # fmt: skip


class Dated(Protocol):
    @property
    def since(self) -> str: ...

    @property
    def until(self) -> str: ...


def begins(date: str) -> str:
    return date.ljust(4, "0") + "-00-00"[len(date) - 4 :] if date else "0000-00-00"


def ends(date: str) -> str:
    return date + "-99-99"[len(date) - 4 :] if date else "9999-99-99"


def overlap(a: Dated, b: Dated) -> bool:
    return begins(a.since) <= ends(b.until) and begins(b.since) <= ends(a.until)


def cells(table: str) -> Iterator[tuple[int, str]]:
    with files("onrecord.lexicons").joinpath("en", "actors", f"{table}.csv").open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.reader(lines), 1):
            for cell in row:
                yield number, cell


def shared(rows: Iterable[tuple[str, str, Dated | None]]) -> list[str]:
    """Names that stand for two different things at one time; ``rows`` are name, whose, and its dates."""
    owners: dict[str, list[tuple[str, Dated | None]]] = defaultdict(list)
    for name, whose, dates in rows:
        owners[name].append((whose, dates))
    out = []
    for name, several in owners.items():
        for i, (whose, dates) in enumerate(several):
            for other, later in several[i + 1 :]:
                if whose != other and (dates is None or later is None or overlap(dates, later)):
                    out.append(f"{name}: {whose}, {other}")
    return out


@pytest.mark.parametrize("table", TABLES)
def test_a_cell_is_clean_text(table: str) -> None:
    for number, cell in cells(table):
        where = f"{table}.csv, line {number}: {cell!r}"
        assert cell == unicodedata.normalize("NFC", cell), where
        for part in cell.split("|"):
            assert part == " ".join(part.split()), where
            assert part or not cell, where
        assert not re.search(r"[\x00-\x1f\u00a0\u2018\u2019\u201c\u201d\ufeff]", cell), where


@pytest.mark.parametrize("table", TABLES)
def test_a_list_names_nothing_twice(table: str) -> None:
    for number, cell in cells(table):
        parts = cell.split("|")
        assert len(parts) == len(set(parts)), f"{table}.csv, line {number}: {cell!r}"


def test_every_iso_country_is_there() -> None:
    points = files("onrecord.lexicons").joinpath("en", "places", "country_points.csv").read_text(encoding="utf-8")
    iso = {row["code"] for row in csv.DictReader(points.splitlines())} - {"XKX", "ANT", "SCG"}
    assert iso <= STATES
    assert len(STATES) >= 249
    assert {"SUN", "YUG", "CSK", "DDR"} <= STATES
    assert len(COUNTRIES) == len(STATES)


def test_a_country_has_what_news_calls_it_by() -> None:
    for row in COUNTRIES:
        assert re.fullmatch("[A-Z]{3}", row.code)
        assert row.demonyms or row.code in NO_CAPITAL, row.code
        assert row.capital or row.until or row.code in NO_CAPITAL, row.code


def test_every_country_has_its_own_codes_of_iso() -> None:
    codes = [state_codes(row.code) for row in COUNTRIES]
    for field, shape in (("iso2", "[A-Z]{2}"), ("numeric", "[0-9]{3}")):
        values = [getattr(c, field) for c in codes]
        assert all(re.fullmatch(shape, value or "") for value in values), field
        assert len(values) == len(set(values)), field


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Chilean", "CHL"), ("Ivory Coast", "CIV"), ("Burma", "MMR"), ("Byelorussia", "BLR"), ("Phillipines", "PHL"),
        ("Uzbekhistan", "UZB"), ("Nigeriens", "NER"), ("U.K.", "GBR"), ("DPRK", "PRK"), ("Emirati", "ARE"),
        ("Briton", "GBR"), ("Filipino", "PHL"), ("Swaziland", "SWZ"), ("Holy See", "VAT"), ("Zaire", "COD"),
    ],
)  # fmt: skip
def test_old_misspelt_and_short_names_find_their_country(form: str, code: str) -> None:
    assert [row.code for row in COUNTRIES if form in (row.name, *row.names, *row.demonyms)] == [code]


def test_no_name_stands_for_two_states_entities_or_bodies() -> None:
    rows: list[tuple[str, str, Dated | None]] = []
    for state in COUNTRIES:
        rows += [(name, state.code, state) for name in {state.name, *state.names, *state.demonyms}]
    for entity in ENTITIES:
        rows += [(name, entity.code, None) for name in {entity.name, *entity.names, *entity.demonyms}]
    for table in NAMED.values():
        for named in table:
            rows += [(name, named.id, named) for name in {named.name, *named.names, *named.acronyms}]
    assert not shared(rows)


def test_no_capital_stands_for_two_governments() -> None:
    rows: list[tuple[str, str, Dated | None]] = [(city, row.code, row) for row in COUNTRIES for city in row.capital if not row.until]
    rows += [(city, row.code, None) for row in ENTITIES for city in row.capital]
    assert not shared(rows)


def test_an_entity_says_who_claims_it_and_how_others_write_it() -> None:
    assert len(ENTITIES) == len(DE_FACTO)
    assert {"XAB", "XOS", "XKX", "XNK", "XNC", "XSL", "XTR", "XDN", "XLH", "TWN", "PSE", "ESH"} <= DE_FACTO
    for row in ENTITIES:
        assert row.code in STATES or row.code.startswith("X"), row.code
        assert set() < set(row.claimed_by) <= STATES, row.code
        assert re.fullmatch(r"[A-Z]{3}(\.PRE)?", row.plover), row.code
        assert row.plover[:3] in STATES | {"KOS"}, row.code
        assert re.fullmatch("[A-Z]{2}", row.iso), row.code
        assert row.note.endswith("."), row.code
        assert row.demonyms or row.code in ("XDN", "XLH"), row.code


def test_a_seat_stands_for_a_known_institution() -> None:
    bodies = {row.id for row in BODIES}
    for row in SEATS:
        assert row.country in CODES, row.name
        assert row.sector in SECTORS, row.name
        assert row.of in bodies | {""}, row.name
        assert row.ambiguous in ("", "yes"), row.name
    assert not shared((name, row.name, None) for row in SEATS for name in {row.name, *row.names})
    assert len(SEATS) >= 60


@pytest.mark.parametrize("table", sorted(NAMED))
def test_ids_are_unique_and_codes_known(table: str) -> None:
    ids = [row.id for row in NAMED[table]]
    assert len(ids) == len(set(ids))
    for row in NAMED[table]:
        assert row.country in CODES, row.id
        assert row.sector in SECTORS, row.id
        assert row.secondary in ("", "OPP"), row.id


def test_an_id_is_made_of_country_sector_and_slug() -> None:
    for row in (*GROUPS, *ORGANISATIONS):
        prefix = ".".join(x for x in (row.country, row.sector) if x)
        assert re.fullmatch(re.escape(prefix) + r"\.[a-z0-9]+(-[a-z0-9]+)*", row.id), row.id
    for row in BODIES:
        assert re.fullmatch(r"IGO\.[A-Z0-9]+", row.id), row.id
        assert row.country in ("IGO", "UNO", "EUR"), row.id


@pytest.mark.parametrize("table", sorted(NAMED))
def test_one_name_is_one_thing_with_its_terms(table: str) -> None:
    """Rows of one name are one group whose status changed, so their dates follow each other."""
    terms: dict[str, list[Named]] = defaultdict(list)
    for row in NAMED[table]:
        terms[row.name].append(row)
    for name, several in terms.items():
        for i, row in enumerate(several):
            assert not any(overlap(row, other) for other in several[i + 1 :]), name


@pytest.mark.parametrize(("table", "least"), [("bodies", 200), ("groups", 150), ("organisations", 500)])
def test_a_table_is_long_enough(table: str, least: int) -> None:
    assert len({row.name for row in NAMED[table]}) >= least


@pytest.mark.parametrize(
    ("table", "name", "date", "sector"),
    [
        ("groups", "Taliban", "2009-06-01", "REB"), ("groups", "Taliban", "2022-06-01", "GOV"),
        ("groups", "Rapid Support Forces", "2020-06-01", "PRM"), ("groups", "Rapid Support Forces", "2023-06-01", "REB"),
        ("groups", "Hayat Tahrir al-Sham", "2025-02-01", "GOV"),
    ],
)  # fmt: skip
def test_a_group_has_the_status_of_the_day(table: str, name: str, date: str, sector: str) -> None:
    assert [row.sector for row in NAMED[table] if row.name == name and begins(row.since) <= date <= ends(row.until)] == [sector]


def test_old_names_and_acronyms_lead_to_the_body_of_today() -> None:
    known = {name: row.id for row in BODIES for name in (row.name, *row.names, *row.acronyms)}
    assert known["Organisation of African Unity"] == "IGO.AU"
    assert known["European Community"] == "IGO.EU"
    assert known["Conference on Security and Cooperation in Europe"] == "IGO.OSCE"
    assert known["U.N."] == "IGO.UN"
    assert known["G-20"] == "IGO.G20"
    assert known["Ecowas"] == "IGO.ECOWAS"


def test_a_term_names_a_known_office() -> None:
    bodies = {row.id: row.country for row in BODIES}
    assert len({row.name for row in PEOPLE}) >= 600
    for row in PEOPLE:
        assert row.country in CODES, row.name
        assert row.sector in SECTORS, row.name
        assert row.role, row.name
        assert row.body in bodies or not row.body, row.name
        assert row.sector or row.body, row.name
        assert row.source, row.name
        if row.body:
            assert row.country == bodies[row.body], row.name


def test_states_have_their_heads_and_foreign_ministers() -> None:
    """Heads of state and government since 2000 for at least 150 states, and foreign ministers for at least 80."""
    heads = {"president", "prime minister", "chancellor", "king", "emir", "supreme leader", "leader", "premier"}
    lately = [row for row in PEOPLE if not row.until or row.until >= "2000"]
    assert len({row.country for row in lately if row.role in heads}) >= 150
    assert len({row.country for row in lately if row.role in ("foreign minister", "foreign secretary", "secretary of state")}) >= 80


def test_one_name_is_one_person() -> None:
    assert not shared((name, row.name, None) for row in {row.name: row for row in PEOPLE}.values() for name in {row.name, *row.names})


def test_a_surname_is_how_the_name_ends() -> None:
    """Family names that come first (Xi Jinping) are the exception; anything else is a slip of the pen."""
    first = {"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "IGO", "UNO"}
    for row in PEOPLE:
        if row.surname and row.country not in first and not row.body:
            plain = {unicodedata.normalize("NFKD", n).encode("ascii", "ignore").decode().lower() for n in (row.name, *row.names)}
            surname = unicodedata.normalize("NFKD", row.surname).encode("ascii", "ignore").decode().lower()
            assert any(surname in n for n in plain), row.name


@pytest.mark.parametrize(
    ("name", "date", "role"),
    [
        ("Joe Biden", "2012-03-01", "vice president"), ("Joe Biden", "2022-03-01", "president"),
        ("Nikol Pashinyan", "2020-10-01", "prime minister"), ("Sergei Lavrov", "2014-03-01", "foreign minister"),
    ],
)  # fmt: skip
def test_a_person_has_the_office_of_the_day(name: str, date: str, role: str) -> None:
    assert [row.role for row in PEOPLE if row.name == name and begins(row.since) <= date <= ends(row.until)] == [role]


@pytest.mark.parametrize("rows", [COUNTRIES, BODIES, GROUPS, ORGANISATIONS, PEOPLE], ids=["countries", "bodies", "groups", "organisations", "people"])
def test_dates_are_dates_and_in_order(rows: tuple[Country | Named | Person, ...]) -> None:
    for row in rows:
        for date in (row.since, row.until):
            assert re.fullmatch(r"|\d{4}(-\d{2}(-\d{2})?)?", date), row
        assert begins(row.since) <= ends(row.until), row


SOLE = {
    "president", "prime minister", "chancellor", "king", "queen", "emir", "emperor", "supreme leader", "foreign minister", "foreign secretary",
    "secretary of state", "defence minister", "defense secretary", "defence secretary", "interior minister", "home secretary", "finance minister",
    "treasury secretary", "health minister", "attorney general", "chief justice", "army chief", "central bank governor", "national security adviser",
    "CIA director", "FBI director", "chief of the General Staff",
}  # fmt: skip
# Two held the office, or were held to, at one time: contested elections, acting heads while the elected one lived, rival governments.
AT_ONCE = {
    ("BRA", "president", "Michel Temer"), ("CIV", "president", "Alassane Ouattara"), ("IND", "finance minister", "Piyush Goyal"),
    ("LBY", "foreign minister", "Mohamed Taha Siala"), ("LBY", "prime minister", "Fayez al-Sarraj"), ("LKA", "prime minister", "Mahinda Rajapaksa"),
    ("MDG", "president", "Marc Ravalomanana"), ("MMR", "defence minister", "Wai Lwin"), ("PAK", "chief justice", "Abdul Hameed Dogar"),
    ("ZMB", "president", "Rupiah Banda"),
}  # fmt: skip


def test_an_office_of_one_has_one_at_a_time() -> None:
    """Whoever follows takes office in the month (or year, where no more is known) in which the one before left it, or later."""
    terms: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for row in PEOPLE:
        if row.role in SOLE and not row.body:
            terms[row.country, row.role].append(row)
    for (country, role), several in terms.items():
        several.sort(key=lambda row: row.since)
        for i, row in enumerate(several):
            for later in several[i + 1 :]:
                known = min(len(row.until), len(later.since), 7)
                apart = bool(row.until) and later.since[:known] >= row.until[:known]
                assert apart or (country, role, later.name) in AT_ONCE, f"{country} {role}: {row.name} {row.since}/{row.until}, {later.name} {later.since}"


def test_a_term_lies_in_a_working_life() -> None:
    for row in PEOPLE:
        assert "1900" < row.since < "2027", row
        assert not row.until or "1940" < row.until < "2027", row
