"""When an event was, told by another telling of it, by distance, by who speaks, by what it is part of."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.events.distance import LENGTH, moved
from onrecord.pipeline import Coder
from onrecord.records import Event

PUBLISHED = "2021-03-10"
"""A Wednesday."""


def coded(coder: Coder, text: str) -> dict[str, Event]:
    """The events of a text by the first word of their triggers, the last of each."""
    return {e.trigger.text.split()[0]: e for e in coder.code(text.replace("|", "\n\n"), published=PUBLISHED).events}


@pytest.mark.parametrize(
    ("text", "trigger", "value", "reason"),
    [
        (
            "A suicide bomber rammed a lorry into the Danish embassy in Chad.|Police said the explosion late on Monday destroyed a wall of the embassy.",
            "rammed",
            "2021-03-08",
            "same_event",
        ),
        (
            "The governor of Gao spoke. He said the March 5 incident was a crime. Nine Malian soldiers were killed in the incident.",
            "killed",
            "2021-03-05",
            "same_event",
        ),
        ("Rebels attacked a mosque in Mali on Friday. Gunmen had also thrown grenades at the mosque, police said.", "thrown", "2021-03-05", "same_event"),
        (
            "Chad's cabinet approved the loan to Mali on Monday. The approval comes two days after Mali's president met the Libyan envoy.",
            "met",
            "2021-03-06",
            "distance",
        ),
        ("Police arrested a Libyan man four days after the March 1 attack.", "arrested", "2021-03-05", "distance"),
        ("Rebels attacked a village in Chad in January. Police arrested a Libyan man three days after the attack.", "arrested", "2021-01", "distance"),
        ("In May 2019 Libyan jets bombed Chadian troops who attacked a village.", "attacked", "2019-05", "governing_clause"),
        ("Okello was found in February. She was taken to Accra, where she met the Ghanaian president.", "met", "2021-02", "narrative"),
        ("In February, Libyan soldiers beat a Chadian girl. Her father said she was angry after soldiers had shot her cousin.", "shot", "2021-02", "narrative"),
        ("Ghana welcomes the truce in Mali. — Ada Obi (@adaobi) March 3, 2021|Ghana has denounced the truce.", "welcomes", "2021-03-03", "post"),
        ('Kenya\'s president said on Monday that the talks had failed. "We urge Chad to free the prisoners," he said.', "urge", "2021-03-08", "same_speaker"),
    ],
)
def test_what_else_the_article_says_dates_it(coder: Coder, text: str, trigger: str, value: str, reason: str) -> None:
    date = coded(coder, text)[trigger].date
    assert date is not None
    assert (date.value, date.reason) == (value, reason)


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("Ghana's new junta summoned the editors on Friday, a day after it seized power.", "seized", "2021-03-04"),
        ("The president of Mali received nine teachers on Sunday, two days after Islamist rebels released them.", "released", "2021-03-05"),
        ("The railway minister of Ghana resigned on Sunday, two days after a train crash near Accra.", "crash", "2021-03-05"),
        ("The mayor of Gao met on Tuesday the 12 men whom Malian rebels let go the day before.", "let", "2021-03-08"),
        ("The high court of Kenya declared the vote invalid on Friday by four to two.", "declared", "2021-03-05"),
    ],
)
def test_a_length_of_time_or_a_small_clause_has_its_own_day(coder: Coder, text: str, trigger: str, value: str) -> None:
    date = coded(coder, text)[trigger].date
    assert date is not None
    assert date.value == value


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A court in Chad on Monday jailed a Libyan man who killed three Chadian soldiers.", "killed"),
        ("Kenya welcomed Monday's vote in Mali.", "welcomed"),
        ("Kenya's president said on Monday that talks had failed. Kenya has denounced Libya many times.", "denounced"),
        ("Rebels bombed a school in Mali in May 2019. Soldiers slept. The rain fell. The market closed. Rebels attacked Kidal.", "attacked"),
        ("Libya shelled a port in Chad in May 2019. Kenya condemned the siege.", "condemned"),
        ("On Monday Chad arrested a Libyan envoy. Last summer it changed a law. It expelled a French diplomat.", "expelled"),
        ("Police said Monday's bombing was a crime. Another bombing killed nine Malian soldiers.", "killed"),
    ],
)
def test_other_days_date_nothing(coder: Coder, text: str, trigger: str) -> None:
    date = coded(coder, text)[trigger].date
    assert date is None or date.reason == "publication"


def test_a_demand_dates_no_doing(coder: Coder) -> None:
    wanted = coded(coder, "Kenya on Monday urged Chad to free the prisoners.")["free"].date
    assert wanted is None or wanted.reason == "publication"


@pytest.mark.parametrize(
    ("value", "length", "side", "expected"),
    [
        ("2021-03-08", "P2D", -1, "2021-03-06"),
        ("2021-03-01", "P1D", -1, "2021-02-28"),
        ("2021-03-08", "P1W", 1, "2021-03"),
        ("2021-03-08", "P3Y", -1, "2018"),
        ("2021-03", "P3D", 1, "2021-03"),
        ("2021-03", "P3W", 1, None),
        ("2021", "P3D", 1, None),
        ("--03-08", "P3D", 1, None),
        ("2021-03-08", "PT2H", 1, "2021-03-08"),
        ("2021-03-08", "PT20H", 1, None),
    ],
)
def test_a_date_moved_is_no_more_exact_than_what_it_is_told_by(value: str, length: str, side: int, expected: str | None) -> None:
    found = LENGTH.match(length)
    assert found is not None
    assert moved(value, found, side) == expected


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 1, 1)), st.integers(1, 400))
def test_days_there_and_back(day: datetime.date, number: int) -> None:
    length = LENGTH.match(f"P{number}D")
    assert length is not None
    there = moved(day.isoformat(), length, 1)
    assert there is not None
    assert moved(there, length, -1) == day.isoformat()


def test_what_is_dated_behind_the_day_of_publication_is_yet_to_come(coder: Coder) -> None:
    report = coder.code("Chad fears unrest ahead of the presidential election on 2 May 2031.", published="2031-03-09")
    vote = next(e for e in report.events if e.type == "ELECTION")
    assert (vote.veridicality, vote.date and vote.date.value) == ("planned", "2031-05-02")


def test_what_is_said_of_a_later_day_was_said_before(coder: Coder) -> None:
    demand = next(e for e in coder.code("Chad demanded a tax on exports for 2035.", published="2031-03-09").events if e.type == "REQUEST")
    assert (demand.veridicality, demand.date and demand.date.value) == ("asserted", "2031-03-09")
