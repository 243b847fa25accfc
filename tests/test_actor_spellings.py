"""One phrase by itself: names however they are spelt, offices beside names, and what a place or a context adds."""

from __future__ import annotations

import pytest

from onrecord.actors import resolve
from onrecord.actors.lexicon import Lexicon
from onrecord.actors.shapes import Entry, Term
from onrecord.actors.spellings import Spellings, folded


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def person(name: str) -> Entry:
    return Entry("person", name, name, (Term("XYZ", "GOV"),), "person")


def coded(phrase: str, lexicon: Lexicon, *, context: str | None = None, date: str | None = None) -> tuple[str | None, str | None] | None:
    found = resolve(phrase, context=context, date=date, lexicon=lexicon)
    return None if found is None else (found.country, found.sector)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Hussein Tarabay", "Muhamad Husayn Tarabai"), ("Jürgen Schäfer", "Jurgen Schaefer"), ("Abdel Karim Yousef", "Abdul Kareem Yusef"),
        ("Aleksandr Petrov", "Alexander Petrov"), ("Sergey Volkonsky", "Sergei Volkonski"), ("Nabil al-Tamer", "Nabil Tamer"),
    ],
)  # fmt: skip
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Maria Santos", "Mario Santos"), ("Ali Hassan", "Ala Hussein"), ("Jan Novak", "Jana Novak")])
def test_two_persons_keep_two_keys(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_middle_name_more_is_the_same_person_and_one_key_of_two_is_nobody() -> None:
    ruler = person("Sheikh Salim al-Amin al-Badri")
    namesakes = [person("Mohamed Tarek"), person("Muhammad Tariq"), person("Mohammed Tarek")]
    spellings = Spellings([(ruler, [ruler.name]), *((p, [p.name]) for p in namesakes)])
    assert spellings.find("Salim Al-Amin Al-Jaber Al-Badri") is ruler
    assert spellings.find("Salim Al-Badri") is None
    assert spellings.find("Muhamed Tarek") is None
    assert spellings.find("Salim") is None


@pytest.mark.parametrize(
    ("phrase", "date", "expected"),
    [
        ("Wolfgang Schäuble", "2012-05-01", ("DEU", "GOV")), ("Muhamad bin Salman", "2019-05-01", ("SAU", "GOV")),
        ("Abdulmajid Tebboune", "2022-05-01", ("DZA", "GOV")),
        ("Alexey Navalny", "2019-05-01", ("RUS", "OPP")), ("Aleksandr Lukashenka Petrovich", "2019-05-01", None),
    ],
)  # fmt: skip
def test_a_known_person_is_found_by_another_spelling(phrase: str, date: str, expected: tuple[str, str] | None, lexicon: Lexicon) -> None:
    assert coded(phrase, lexicon, date=date) == expected


def test_an_office_before_a_name_says_more_than_a_seat_in_parliament(lexicon: Lexicon) -> None:
    assert coded("Diane Abbott", lexicon, date="2016-01-01") == ("GBR", "LEG")
    assert coded("Health Minister Diane Abbott", lexicon, date="2016-01-01") == ("GBR", "GOV")


def test_an_office_beside_a_name_outlives_the_table(lexicon: Lexicon) -> None:
    assert coded("Gordon Brown", lexicon, date="2019-01-01") == ("GBR", "ELI")
    assert coded("Gordon Brown, Britain's trade minister", lexicon, date="2019-01-01") == ("GBR", "GOV")
    assert coded("Gordon Brown, a former British prime minister", lexicon, date="2019-01-01") == ("GBR", "ELI")


def test_a_deputy_of_somebody_is_no_lawmaker(lexicon: Lexicon) -> None:
    assert coded("deputy secretary", lexicon) == (None, "GOV")
    assert coded("a deputy", lexicon) == (None, "LEG")


def test_an_alliance_is_of_those_who_join_it(lexicon: Lexicon) -> None:
    assert coded("the ruling alliance", lexicon) == (None, "PTY")
    assert coded("National Nurses Alliance Queensland", lexicon) == ("AUS", "MED")


def test_a_context_gives_a_country_to_what_has_none(lexicon: Lexicon) -> None:
    assert coded("rebels", lexicon) == (None, "REB")
    assert coded("rebels", lexicon, context="Chad") == ("TCD", "REB")
    assert coded("foreign investors", lexicon, context="Chad") == (None, "BUS")


def test_a_site_by_itself_is_who_runs_it(lexicon: Lexicon) -> None:
    assert coded("Instagram", lexicon) == ("USA", "BUS")
