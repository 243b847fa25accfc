"""Where: what is found, what it is used for and which namesake it is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import places
from onrecord.parse import Parser
from onrecord.records import Actor, Article, Cast, Mention, Place


@pytest.fixture(scope="module")
def lexicon() -> places.Lexicon:
    return places.Lexicon.load()


class Finder:
    def __init__(self, parser: Parser, lexicon: places.Lexicon) -> None:
        self.parser, self.lexicon = parser, lexicon

    def __call__(self, text: str, *, cast: Cast | None = None, publisher: str | None = None) -> dict[str, Place]:
        parsed = self.parser.parse(Article.make(text, publisher=publisher))
        return {p.text: p for p in places.find(parsed, cast or Cast(()), lexicon=self.lexicon)}


@pytest.fixture(scope="module")
def where(parser: Parser, lexicon: places.Lexicon) -> Finder:
    return Finder(parser, lexicon)


def test_the_three_uses_are_told_apart(where: Finder) -> None:
    found = where("Canberra denied the report. The Chilean minister flew to Valparaíso. The Kremlin said nothing.")
    assert {t: p.use for t, p in found.items()} == {"Canberra": "government", "Chilean": "demonym", "Valparaíso": "place", "Kremlin": "government"}


@pytest.mark.parametrize(
    ("text", "name", "government"),
    [
        ("Beijing denied the report.", "Beijing", True),
        ("Thousands of people marched in Beijing.", "Beijing", False),
        ("The sanctions were condemned by Tehran.", "Tehran", True),
        ("Ties with Ankara have soured.", "Ankara", True),
        ("Talks between Kyiv and Moscow stalled.", "Moscow", True),
        ("The bomb went off on a street in Ankara.", "Ankara", False),
    ],
)
def test_a_capital_that_acts_is_a_government(where: Finder, text: str, name: str, government: bool) -> None:
    assert (where(text)[name].use == "government") is government


def test_a_comma_puts_a_town_into_its_region(where: Finder) -> None:
    found = where("Gunmen attacked Bria, Haute-Kotto, on Monday, and a shop in Paris, Texas.")
    assert (found["Bria"].country, found["Bria"].reason) == ("CAF", "places.settlement|containment")
    assert (found["Haute-Kotto"].precision, found["Haute-Kotto"].geonameid) == ("admin1", 238640)
    assert (found["Paris"].country, found["Paris"].geonameid) == ("USA", 4717560)


def test_an_abbreviated_state_counts_behind_a_comma(where: Finder) -> None:
    found = where("The shop in Fresno, Calif., was closed. The La. river was in flood.")
    assert found["Calif."].name == "California"
    assert "La" not in found
    assert "La." not in found


def test_other_places_choose_the_namesake(where: Finder) -> None:
    alone = where("The meeting was held in Tripoli.")
    beside = where("The meeting was held in Tripoli. Police in Beirut and in Sidon were told, Lebanon's army said.")
    assert alone["Tripoli"].country == "LBY"
    assert beside["Tripoli"].country == "LBN"


def test_a_world_city_draws_no_namesake_to_its_state(where: Finder) -> None:
    found = where("Talks were held in Rome and in New York.")
    assert found["Rome"].country == "ITA"


def test_the_outlet_s_home_chooses_the_namesake(where: Finder) -> None:
    text = "A man was arrested in London on Sunday, police said."
    assert where(text)["London"].country == "GBR"
    assert where(text, publisher="www.lfpress.com")["London"].country == "CAN"


def test_a_dateline_is_a_place(where: Finder) -> None:
    found = where("NAIROBI, March 3 (Reuters) - The court ruled on Tuesday that the vote was void.")
    assert (found["NAIROBI"].name, found["NAIROBI"].country) == ("Nairobi", "KEN")


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton smiled.",
        "Mr. Washington left early.",
        "Jordan Henderson scored twice.",
        "Jerome Faulkner spoke to reporters.",
        "In March the talks failed.",
        "Nice weather is expected.",
        "Reading is good for you.",
        "The WHO and the IMF agreed.",
        "He lives at 12 Memphis Street.",
        "A U.N. envoy arrived on Monday.",
        "Shares of Rio Tinto rose.",
        "Customers of Amazon complained, and a win for Amazon was near.",
        "The prefect of the Alpes-Maritimes spoke.",
    ],
)
def test_names_and_words_are_no_places(where: Finder, text: str) -> None:
    assert where(text) == {}


def test_one_hotel_of_a_town_s_name_makes_no_person_of_the_town(where: Finder) -> None:
    text = "Crowds fled the blast in Nice. Guests of the Hyatt Regency Nice hid. Two died in Nice. Trains to Nice stopped. Police in Nice seek a man."
    assert "Nice" in where(text)


def test_a_forest_of_a_firm_s_name_stays_a_place(where: Finder) -> None:
    assert set(where("Loggers burnt a part of the Amazon.")) == {"Amazon"}


def test_a_country_is_not_its_capital_of_the_same_name(where: Finder) -> None:
    found = where("Peru and Mexico called on the council to act.")
    assert (found["Mexico"].name, found["Mexico"].precision) == ("Mexico", "country")
    assert where("The fair in Mexico, Missouri, was closed.")["Mexico"].country == "USA"


def test_a_place_in_the_name_of_an_alliance_is_none(where: Finder) -> None:
    text = "The Asia-Pacific Trade Forum met in Nairobi."
    mention = Mention(start=4, end=28, text="Asia-Pacific Trade Forum", head=23, form="name", reason="actors.test")
    cast = Cast([Actor(id="IGO.APTF", name="APTF", country="IGO", sector=None, kind="body", mentions=(mention,), reason="actors.test")])
    assert set(where(text)) == {"Asia-Pacific", "Nairobi"}
    assert set(where(text, cast=cast)) == {"Nairobi"}


def test_a_firm_is_described_by_its_place(where: Finder) -> None:
    text = "The Turkish company Demirsa cut jobs."
    mention = Mention(start=0, end=27, text="The Turkish company Demirsa", head=20, form="name", reason="actors.test")
    cast = Cast([Actor(id="TUR.BUS.demirsa", name="Demirsa", country="TUR", sector="BUS", kind="organisation", mentions=(mention,), reason="actors.test")])
    assert set(where(text, cast=cast)) == {"Turkish"}


def test_a_small_namesake_in_a_country_not_spoken_of_is_no_place(where: Finder) -> None:
    assert set(where("Norway said the Tupi field was sold.")) == {"Norway"}
    assert where("The mayor of Tupi in the Philippines resigned.")["Tupi"].country == "PHL"


def test_a_person_of_the_cast_is_no_place(where: Finder) -> None:
    text = "Lincoln was in Nairobi for talks."
    mention = Mention(start=0, end=7, text="Lincoln", head=0, form="name", reason="actors.test")
    cast = Cast([Actor(id="_.ada-lincoln", name="Ada Lincoln", country=None, sector=None, kind="person", mentions=(mention,), reason="actors.test")])
    assert set(where(text, cast=cast)) == {"Nairobi"}


def test_a_place_before_a_person_stays_a_place(where: Finder) -> None:
    text = "Florida Senator Ada Lincoln spoke."
    mention = Mention(start=0, end=27, text="Florida Senator Ada Lincoln", head=20, form="name", reason="actors.test")
    cast = Cast([Actor(id="USA.LEG.ada-lincoln", name="Ada Lincoln", country="USA", sector="LEG", kind="person", mentions=(mention,), reason="actors.test")])
    assert set(where(text, cast=cast)) == {"Florida"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Troops entered Sevastopol on Friday.", "Sevastopol", "XCR"),
        ("Troops entered Sevastopol, Ukraine, on Friday.", "Sevastopol", "UKR"),
        ("Talks were held in Sukhumi, Georgia.", "Sukhumi", "GEO"),
        ("Talks were held in Sukhumi, Abkhazia.", "Sukhumi", "XAB"),
        ("Talks were held in Hargeisa.", "Hargeisa", "XSL"),
        ("Officials in Taipei said so.", "Taipei", "TWN"),
    ],
)
def test_a_disputed_place_takes_no_side(where: Finder, text: str, name: str, country: str) -> None:
    place = where(text)[name]
    assert (place.country, place.disputed, place.as_written) == (country, True, name)


def test_seas_and_straits_have_points(where: Finder) -> None:
    found = where("Tankers crossed the Strait of Hormuz and the Gulf of Aden.")
    assert {t: p.precision for t, p in found.items()} == {"Strait of Hormuz": "region", "Gulf of Aden": "region"}
    assert all(p.lat is not None and p.lon is not None for p in found.values())


def test_a_province_is_told_from_its_town(where: Finder) -> None:
    assert where("Jets bombed targets in Idlib province.")["Idlib"].precision == "admin1"
    assert where("Jets bombed targets in Idlib.")["Idlib"].precision == "city"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "🎉🎉",
        "PARIS",
        '"' * 500,
        "THE WHOLE TEXT IS IN CAPITALS FROM LONDON TO ROME",
        "in In IN of Of the The a A",
        "St. " * 200,
        "Paris, " * 300,
        "Lima " * 2000,
        "31/02/2011 99:99 0 9999 -1",
    ],
)
def test_odd_texts_do_no_harm(where: Finder, text: str) -> None:
    for place in where(text).values():
        assert 0 <= place.confidence <= 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "Paris",
                "the",
                "of",
                "Texas",
                ",",
                ".",
                "Mr.",
                "U.S.",
                "Ky.",
                "New",
                "York",
                "said",
                "in",
                "-",
                "'s",
                "’",
                "\n",
                "Côte",
                "d'Ivoire",
                "Al-Qaeda",
                "É",
                "(",
                "ISIS",
            ]
        ),
        max_size=25,
    )
)
def test_places_lie_in_the_text_in_order(where: Finder, parts: list[str]) -> None:
    text = " ".join(parts)
    found = places.find(where.parser.parse(Article.make(text)), Cast(()), lexicon=where.lexicon)
    assert all(text[p.start : p.end] == p.text for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert len({p.id for p in found}) == len(found)
