"""Told elsewhere: who is given a country by what the article says of them away from their name."""

from __future__ import annotations

import pytest

from onrecord import actors
from onrecord.parse import Parser
from onrecord.records import Actor, Article


@pytest.fixture(scope="module")
def lexicon() -> actors.Lexicon:
    return actors.Lexicon.load()


@pytest.fixture(scope="module")
def actor(parser: Parser, lexicon: actors.Lexicon):
    def find(text: str, mention: str) -> Actor:
        """The actor that has a mention with exactly this text."""
        found = actors.find(parser.parse(Article.make(text)), lexicon=lexicon)
        return next(a for a in found for m in a.mentions if m.text == mention)

    return find


@pytest.mark.parametrize(
    ("text", "mention", "country", "why"),
    [
        ("Police in Spain arrested Sami Odeh. Odeh is a Jordanian nurse who lives in Madrid.", "Sami Odeh", "JOR", "country_from_copula"),
        ('Spain arrested Sami Odeh on Monday. "I am Jordanian," Odeh told the court.', "Sami Odeh", "JOR", "country_from_copula"),
        ("Sami Odeh was freed in Spain. He was from Jordan.", "Sami Odeh", "JOR", "country_from_copula"),
        ("The board named Omar Haddad as Chad's chief negotiator on Monday.", "Omar Haddad", "TCD", "country_from_appointment"),
        ("Omar Haddad was elected president of Chad.", "Omar Haddad", "TCD", "country_from_appointment"),
        ("Sami Odeh, 34, from Jordan, was freed in Spain.", "Sami Odeh", "JOR", "country_from_home"),
        ("Police in Spain freed Mary Otieno on Monday. Fans of the Kenyan singer cheered.", "Mary Otieno", "KEN", "country_from_later_description"),
        ("A Kenyan singer was freed in Spain. Mary Otieno had been held for two months.", "Mary Otieno", "KEN", "country_from_description_before"),
        (
            "Spain freed a 16-year-old Kenyan girl. The court was criticised. Later the family spoke. Mary Otieno, 16, had been held for months.",
            "Mary Otieno",
            "KEN",
            "country_from_age",
        ),
        (
            "A Kenyan singer was freed in Spain. Mary Otieno had been held for months. Her 20-year-old brother wept.",
            "Her 20-year-old brother",
            "KEN",
            "country_from_relative",
        ),
        ("Spain arrested Sami Odeh. His father, Jordanian writer Adel Odeh, protested.", "Sami Odeh", "JOR", "country_from_relative"),
        ("Anna Weber was freed in Spain. She is from Paris, Idaho.", "Anna Weber", "USA", "country_from_copula"),
        ("Colombian firm Agua Verde will close. The firm's chairman Luis Prada resigned.", "The firm's chairman Luis Prada", "COL", "country_from_house"),
        ("Spain seized a Panama-flagged tanker. The vessel, the Ocean Vigil, was taken to Vigo.", "the Ocean Vigil", "PAN", "country_from_flag"),
    ],
)
def test_a_country_is_told_elsewhere(actor, text: str, mention: str, country: str, why: str) -> None:
    found = actor(text, mention)
    assert found.country == country
    assert why in found.reason.split("|")


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Police in Spain arrested Sami Odeh. Odeh is not a Jordanian nurse, his lawyer said.", "Sami Odeh", None),  # denied
        ('Spain arrested Omar Said. "Omar Said is a Russian agent," a Ukrainian official said.', "Omar Said", None),  # said by others
        ('"They named Omar Haddad as the Russian spy," a Ukrainian official said.', "Omar Haddad", None),
        ("Spain held Mary Otieno and John Wells. Fans of the Kenyan singer cheered.", "Mary Otieno", None),  # either of two
        ("Spain freed Mary Otieno on Monday. Fans of the Paris-based singer cheered.", "Mary Otieno", None),  # a place of work
        ("Mary Otieno met the Kenyan singer in Madrid.", "Mary Otieno", None),  # two roles of one verb
        ("Mary Otieno left. The Kenyan president welcomed the news.", "Mary Otieno", None),  # an office is nobody in particular
        ("A Kenyan singer was freed in Spain. Joan Wells said the court had erred.", "Joan Wells", None),  # who speaks of it
        ("A Kenyan singer and a Ugandan poet were freed. Mary Otieno had been held for months.", "Mary Otieno", None),
        ("A Syrian refugee met Anna Schmidt in Berlin. Anna Schmidt left early.", "Anna Schmidt", None),  # beside the description already
        ("Spain freed two 16-year-old Kenyan girls. John Wells, 16, had been held too.", "John Wells", None),  # several have the age
        ("Spain arrested Sami Odeh, a Jordanian nurse. His British wife, Jane, was not held.", "Jane", "GBR"),  # described otherwise
        ("Spain arrested Sami Odeh, a Jordanian nurse. Petra Odeh reported on the case.", "Petra Odeh", None),  # a namesake
        ("Colombian firm Agua Verde will close. Its rival Stone Rivers gained.", "Its rival Stone Rivers", None),
        ("Colombian news agency Agua sent a reporter. Eva Brandt, director of the Agency for Natural Lakes, refused to talk.", "Eva Brandt", None),
        ("Spain seized a Panama-flagged tanker. The Cyprus-flagged freighter Blue Star and the vessel Ocean Vigil left.", "the vessel Ocean Vigil", None),
    ],
)
def test_nobody_is_told_what_is_said_of_others(actor, text: str, mention: str, country: str | None) -> None:
    assert actor(text, mention).country == country


def test_two_countries_that_are_told_are_none(actor) -> None:
    text = "Spain freed Omar Haddad. Haddad is a Sudanese doctor. Haddad was a Chadian citizen for years."
    assert actor(text, "Omar Haddad").country is None


def test_a_description_gives_the_sector_too(actor) -> None:
    text = "A Kenyan lawmaker who was arrested in May was freed. Mary Otieno had been held for two months."
    assert (actor(text, "Mary Otieno").country, actor(text, "Mary Otieno").sector) == ("KEN", "LEG")


def test_who_was_a_judge_need_not_be_one(actor) -> None:
    found = actor("Anna Weber was a German judge. Weber criticised the vote.", "Anna Weber")
    assert (found.country, found.sector) == ("DEU", None)


def test_a_relative_keeps_a_name_of_what_he_is(actor) -> None:
    text = "A Kenyan singer was freed in Spain. Mary Otieno had been held for months. Her 20-year-old brother wept."
    assert actor(text, "Her 20-year-old brother").id == "KEN.CVL.brother"


def test_a_surname_alone_is_whom_the_article_names_first(actor) -> None:
    text = "Khalida Odeh was freed on Monday. Her husband, Ghassan Odeh, wept. Odeh had been held for a year."
    assert actor(text, "Odeh").name == "Khalida Odeh"


def test_a_group_s_noun_before_its_name_is_the_group(actor) -> None:
    assert actor("Two girls abducted by the militant group Boko Haram were freed.", "the militant group Boko Haram").id == "NGA.REB.boko-haram"


def test_a_ship_s_name_before_its_noun_is_the_ship(actor) -> None:
    text = "Spain seized the Ocean Vigil, a Panama-flagged vessel. The Ocean Vigil ship was searched."
    assert actor(text, "The Ocean Vigil ship").id == "PAN.BUS.ocean-vigil"


def test_a_picture_s_credit_names_nobody(parser: Parser, lexicon: actors.Lexicon) -> None:
    text = "The march in Lima (Mary Otieno, File/Associated Press) ended. A man (Sami Odeh, a nurse) was hurt."
    found = {a.name for a in actors.find(parser.parse(Article.make(text)), lexicon=lexicon)}
    assert "Mary Otieno" not in found
    assert "Associated Press" not in found
    assert "Sami Odeh" in found


def test_more_than_ends_a_name(actor) -> None:
    assert actor("The town was taken by the rebel group Seleka more than two years ago.", "the rebel group Seleka").id == "CAF.REB.seleka"


def test_all_its_leaders_have_its_possessor(actor) -> None:
    assert actor("Boko Haram refused to talk. All its leaders fled.", "All its leaders").id == "NGA.REB.boko-haram"


def test_a_consulate_does_not_say_whose_officials_they_are(actor) -> None:
    text = "Gunmen attacked the German consulate in the Afghan city of Herat. The German consulate was damaged. Officials are investigating the attack."
    assert actor(text, "Officials").country == "AFG"
