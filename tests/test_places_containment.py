"""Phrases that put one place into another, divisions, towns of the news, and seats that are places."""

from __future__ import annotations

import pytest

from onrecord import places
from onrecord.lexicons import table
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.places.gazetteer import Gazetteer, fold
from onrecord.places.tables import PlainName, Town
from onrecord.records import Article, Cast, Division, Place


@pytest.fixture(scope="module")
def lexicon() -> places.Lexicon:
    return places.Lexicon.load()


def found(parser: Parser, lexicon: places.Lexicon, text: str) -> dict[str, Place]:
    return {p.text: p for p in places.find(parser.parse(Article.make(text)), Cast(()), lexicon=lexicon)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen clashed in the Lebanese city of Tripoli.", "Tripoli", "LBN"),
        ("Residents of Tripoli, in northern Lebanon, blocked the road.", "Tripoli", "LBN"),
        ("Lebanon's second city, Tripoli, saw protests.", "Tripoli", "LBN"),
        ("A bomb exploded in Hyderabad, in Pakistan's Sindh province.", "Hyderabad", "PAK"),
        ("Police in the Spanish city of Cordoba arrested three men.", "Cordoba", "ESP"),
        ("The Venezuelan city of Valencia was without power.", "Valencia", "VEN"),
        ("The Jordanian town of Salt was quiet.", "Salt", "JOR"),
        ("Armed men raided Barcelona, in eastern Venezuela.", "Barcelona", "VEN"),
        ("Gunmen abducted pupils in Nigeria's Niger state.", "Niger", "NGA"),
        ("Officials in La Paz, the capital of Mexico's Baja California Sur, closed the beaches.", "La Paz", "MEX"),
        ("Trujillo in northern Peru was put under curfew.", "Trujillo", "PER"),
    ],
)
def test_a_phrase_puts_a_place_into_another(parser: Parser, lexicon: places.Lexicon, text: str, name: str, country: str) -> None:
    assert found(parser, lexicon, text)[name].country == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Russian forces entered the town of Odesa.", "Odesa", "UKR"),
        ("Officials in Paris, U.S. diplomats said, were told.", "Paris", "FRA"),
        ("The envoy flew from Cairo to Alexandria.", "Alexandria", "EGY"),
        ("Soldiers in Niger detained the president.", "Niger", "NER"),
    ],
)
def test_what_only_stands_near_puts_nothing_anywhere(parser: Parser, lexicon: places.Lexicon, text: str, name: str, country: str) -> None:
    assert found(parser, lexicon, text)[name].country == country


def test_the_reason_is_the_phrase(parser: Parser, lexicon: places.Lexicon) -> None:
    assert found(parser, lexicon, "A bomb exploded in Hyderabad, in Pakistan's Sindh province.")["Hyderabad"].reason == "places.settlement|containment"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Ukraine's Crimea was hit by drones.", "Crimea", "UKR"),
        ("Russia's Crimea held a vote.", "Crimea", "RUS"),
        ("Drones hit Crimea, the governor said.", "Crimea", "XCR"),
        ("Drones hit targets in Crimea, Russia said.", "Crimea", "XCR"),
        ("Troops moved in Crimea, Ukraine and Moldova.", "Crimea", "XCR"),
        ("Georgia's breakaway region of Abkhazia held elections.", "Abkhazia", "GEO"),
        ("The Ukrainian port of Sevastopol was seized.", "Sevastopol", "UKR"),
        ("The Azerbaijani city of Shusha was retaken.", "Shusha", "AZE"),
        ("Taiwan, China and Japan sent envoys.", "Taiwan", "TWN"),
    ],
)
def test_a_disputed_place_keeps_the_country_that_the_article_puts_it_into(parser: Parser, lexicon: places.Lexicon, text: str, name: str, country: str) -> None:
    place = found(parser, lexicon, text)[name]
    assert (place.country, place.disputed) == (country, True)


def test_a_place_has_its_division(parser: Parser, lexicon: places.Lexicon) -> None:
    at = found(parser, lexicon, "Gunmen in Bria told Chad that Camp David in Catalonia and Texas was not in the Sahel.")
    assert at["Bria"].admin1 == Division(name="Haute-Kotto", code="CF.03", geonameid=238640)
    assert at["Texas"].admin1 == Division(name="Texas", code="US.TX", geonameid=4736286)
    assert at["Catalonia"].admin1 == Division(name="Catalonia", code="ES.56", geonameid=3336901)
    assert at["Camp David"].admin1 is not None
    assert at["Camp David"].admin1.name == "Maryland"
    assert at["Chad"].admin1 is None
    assert at["Sahel"].admin1 is None


def test_a_division_has_no_code_of_a_state_that_the_place_is_not_listed_under(parser: Parser, lexicon: places.Lexicon) -> None:
    assert found(parser, lexicon, "Talks were held in Sukhumi.")["Sukhumi"].admin1 == Division(name="Abkhazia", geonameid=6643410)
    claimed = found(parser, lexicon, "Talks were held in Sukhumi, Georgia.")["Sukhumi"].admin1
    assert claimed is not None
    assert claimed.code == "GE.02"


@pytest.mark.parametrize(
    ("name", "country", "division"),
    [
        ("Barawe", "SOM", "Lower Shabelle"),
        ("Baga", "NGA", "Borno"),
        ("Hodeidah", "YEM", "Hodeidah"),
        ("Tal Abyad", "SYR", "Raqqa"),
        ("Walikale", "COD", "North Kivu"),
        ("Maale Adumim", "PSE", "West Bank"),
    ],
)
def test_towns_of_the_news_are_known(lexicon: places.Lexicon, name: str, country: str, division: str) -> None:
    best = places.resolve(name, lexicon=lexicon)[0]
    assert best.country == country
    assert best.admin1 is not None
    assert best.admin1.name == division


def test_every_town_of_the_table_is_found(lexicon: places.Lexicon) -> None:
    for town in table("places/towns", Town):
        assert any(town.geonameid in (None, e.geonameid) for e in lexicon.gazetteer.lookup([fold(town.name)])[0]), town.name
        assert town.admin1 is None or lexicon.gazetteer.division(town.admin1), town.name


def test_every_division_of_the_table_is_called_so(lexicon: places.Lexicon) -> None:
    for row in table("places/divisions", PlainName):
        division = lexicon.gazetteer.division(row.geonameid)
        assert division is not None, row.known_as
        assert division[0].name == row.name


def test_a_point_tells_its_division() -> None:
    gazetteer = Gazetteer.load()
    near = gazetteer.division_near(33.3, 44.4, "IRQ")
    assert near is not None
    division = gazetteer.division(near)
    assert division is not None
    assert division[1] == "IQ.07"
    assert gazetteer.division_near(0.0, -30.0, "BRA") is None
    assert gazetteer.division_near(0.0, 0.0, "XXX") is None
    assert gazetteer.division(1) is None


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Residents of Quito blocked the road.", "Quito", "place"),
        ("The delegation to Beijing left on Monday.", "Beijing", "place"),
        ("Police were deployed in cities including Ankara.", "Ankara", "place"),
        ("Soldiers entered Khartoum.", "Khartoum", "place"),
        ("Ankara recalled its ambassador.", "Ankara", "government"),
        ("The offer was rejected by Khartoum.", "Khartoum", "government"),
    ],
)
def test_a_seat_is_a_government_only_where_it_acts(coder: Coder, text: str, name: str, use: str) -> None:
    assert {p.text: p.use for p in coder.code(text).places}[name] == use
