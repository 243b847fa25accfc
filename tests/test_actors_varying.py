"""Somebody called by other words, speakers that come behind their words, and several parties at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.records import Report


def meant(report: Report, text: str, number: int = 0) -> set[str]:
    """The names of those whom a phrase means, at its given occurrence."""
    places = sorted({m.start for a in report.actors for m in a.mentions if m.text == text})
    return {a.name for a in report.actors for m in a.mentions if m.text == text and m.start == places[number]}


Cast = Callable[..., Report]


@pytest.fixture(scope="module")
def cast(coder) -> Cast:  # type: ignore[no-untyped-def]
    return coder.code  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Senator Lena Brodin left Oslo on Monday. The 61-year-old farmer said she was tired.", "The 61-year-old farmer", "Lena Brodin"),
        ("Lena Brodin won in Oslo on Monday. The farmer promised to cut taxes.", "The farmer", "Lena Brodin"),
        ("Governor Omar Diop spoke in Dakar. Diop left at noon. The former minister promised new roads.", "The former minister", "Omar Diop"),
        ("Gunmen raided a farm in Mali on Monday. The attackers fled to the hills.", "The attackers", "Gunmen"),
        ("King Osei opened parliament in Accra. Two members applauded the monarch.", "the monarch", "Osei"),
        ("Anna Diop and Omar Diop live in Dakar. Anna Diop said her brother was in town.", "her brother", "Omar Diop"),
    ],
)
def test_a_description_in_other_words_goes_back(cast: Cast, text: str, phrase: str, name: str) -> None:
    assert meant(cast(text), phrase) == {name}


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Senator Lena Brodin left Oslo on Monday. The driver was hurt.", "The driver", "Lena Brodin"),
        ("Senator Lena Brodin left Oslo. The farmer who saw her waved.", "The farmer", "Lena Brodin"),
        ("Gunmen raided a farm in Mali. The other attackers fled.", "The other attackers", "Gunmen"),
    ],
)
def test_somebody_new_stays_new(cast: Cast, text: str, phrase: str, name: str) -> None:
    assert name not in meant(cast(text), phrase)


def test_a_speaker_is_nobody_whom_he_speaks_of(cast: Cast) -> None:
    report = cast('Spokesman Karim Haidar denied it. Governor Paul Banda did not believe him. "He threatened us before," he said.')
    assert meant(report, "he") == {"Paul Banda"}
    assert meant(report, "He") == {"Karim Haidar"}


def test_we_of_an_office_holder_is_whom_she_speaks_for(cast: Cast) -> None:
    report = cast('Ghana closed the border. "We had no choice and I am sorry," Ghana\'s foreign minister, Ama Boateng, said.')
    assert meant(report, "We") == {"Ghana"}
    assert meant(report, "I") == {"Ama Boateng"}


@pytest.mark.parametrize(
    ("text", "phrase", "names"),
    [
        ("Talks between Chad and Niger ended on Monday. The mood was bad. The two sides will meet again.", "The two sides", {"Chad", "Niger"}),
        (
            "Foreign Minister Ama Boateng met Foreign Minister Issa Sow in Accra. Rain fell. Both ministers smiled.",
            "Both ministers",
            {"Ama Boateng", "Issa Sow"},
        ),
    ],
)
def test_the_two_are_those_named_together(cast: Cast, text: str, phrase: str, names: set[str]) -> None:
    assert meant(cast(text), phrase) == names


def test_what_was_said_is_nobody(cast: Cast) -> None:
    report = cast("Ghana accused Niger of theft. Niamey denied it on Sunday.")
    assert meant(report, "it") == set()


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("The mayor, Pilar Linares, was held in Madrid on Monday. Her father is ill. Linares called the arrest revenge.", "Linares", "Pilar Linares"),
        ("Envoy Bae Sun-ho spoke in Seoul. Bae said talks would go on.", "Bae", "Bae Sun-ho"),
        ("Minister Rein Saar resigned in Tallinn. Saar said nothing.", "Saar", "Rein Saar"),
    ],
)
def test_a_surname_finds_its_bearer(cast: Cast, text: str, phrase: str, name: str) -> None:
    assert meant(cast(text), phrase) == {name}
