"""Whose police, court or committee is meant where a text does not say."""

from __future__ import annotations

import pytest

from onrecord import actors
from onrecord.parse import Parser
from onrecord.records import Article, Cast


@pytest.fixture(scope="module")
def cast(parser: Parser):
    lexicon = actors.Lexicon.load()
    return lambda text: Cast(actors.find(parser.parse(Article.make(text, published="2019-05-06")), lexicon=lexicon))


def country(found: Cast, text: str) -> str | None:
    """The country of whom a mention with exactly this text means."""
    return next(a.country for a in found for m in a.mentions if m.text == text)


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        (
            "Luis Santiago was arrested in Ohio on Friday. A sheriff's deputy found Santiago near a school. Police said Santiago was alone.",
            "Police",
            "USA",
        ),
        ("The mayor of Santiago met teachers on Friday. Police blocked a road in Santiago.", "Police", "CHL"),
        (
            "President Donald Trump spoke of Mexico on Monday. Senator Bob Hale backed Donald Trump. Lawmakers refused to pay for a wall near Mexico.",
            "Lawmakers",
            "USA",
        ),
    ],
)
def test_police_and_parliaments_are_those_of_who_holds_office(cast, text: str, mention: str, expected: str) -> None:
    assert country(cast(text), mention) == expected


def test_a_committee_is_not_of_the_place_that_it_looks_into(cast) -> None:
    found = cast("Republicans in Washington were angry. The House Tripoli committee summoned a witness on Monday. Senator Bob Hale of Ohio agreed.")
    assert country(found, "The House Tripoli committee") == "USA"
    assert country(cast("The Tripoli investigative committee summoned a witness."), "The Tripoli investigative committee") is None
    assert country(cast("The Kenyan committee summoned a witness on Monday."), "The Kenyan committee") == "KEN"


def test_a_state_that_is_called_like_a_country(cast) -> None:
    assert country(cast("Georgia Democrat Ann Hale spoke in Iowa and Ohio on Monday."), "Georgia Democrat Ann Hale") == "USA"
    assert country(cast("Georgia recalled its envoy from Ohio. Georgian soldiers left Tbilisi."), "Georgia") == "GEO"


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("Syria was angry on Monday. An Obama administration official rejected the claim of Syria.", "An Obama administration official", "USA"),
        ("Commonwealth Court Judge Ann Hale ruled on Monday.", "Commonwealth Court Judge Ann Hale", "USA"),
        ("Ottawa was calm. The MLA resigned on Monday, a party in Canada said.", "The MLA", "CAN"),
    ],
)
def test_offices_of_which_the_words_tell_the_country(cast, text: str, mention: str, expected: str) -> None:
    assert country(cast(text), mention) == expected
