"""When an event was, where its own clause does not say: the day that is being told of."""

from __future__ import annotations

import pytest

from onrecord.pipeline import Coder
from onrecord.records import Event

PUBLISHED = "2021-03-10"
"""A Wednesday."""


def coded(coder: Coder, text: str) -> dict[str, Event]:
    """The events of a text by the first word of their triggers, the first of each."""
    found: dict[str, Event] = {}
    for event in coder.code(text, published=PUBLISHED).events:
        found.setdefault(event.trigger.text.split()[0], event)
    return found


@pytest.mark.parametrize(
    ("text", "trigger", "value", "reason"),
    [
        ("The army shelled Gao on Sunday. Rebels attacked Kidal in response.", "attacked", "2021-03-07", "narrative"),
        ("Ghana’s president visited Togo on Sunday. He met the Togolese foreign minister.", "met", "2021-03-07", "narrative"),
        ("Chad has expelled the French ambassador. On Monday, police escorted him to the airport.", "expelled", "2021-03-08", "lead"),
        ("The ministry announced on Monday that it had arrested two French journalists.", "arrested", "2021-03-08", "reported"),
        ("Kenya welcomes the ceasefire in Chad, said a foreign ministry spokesman on Monday.", "welcomes", "2021-03-08", "reported"),
        ("Kenya quoted a resolution passed in May 2020, which condemned the coup in Mali.", "condemned", "2020-05", "antecedent"),
        ("The wife of Chad’s opposition leader, who has been jailed in Chad since May 2020, met the French ambassador.", "jailed", "2020-05", "clause"),
    ],
)
def test_the_day_told_of_dates_what_is_told_with_it(coder: Coder, text: str, trigger: str, value: str, reason: str) -> None:
    date = coded(coder, text)[trigger].date
    assert date is not None
    assert (date.value, date.reason) == (value, reason)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army shelled Gao on Sunday. Rebels have attacked Kidal many times.", "attacked"),
        ("The minister said on Monday that Chad condemned terrorism. Rebels attacked Kidal.", "attacked"),
        ("Chad vowed on Monday to attack Libyan rebels.", "attack"),
        ("Chad on Monday demanded an immediate ban on Libyan ships.", "ban"),
        ("The death toll from the bombing in Mali rose on Friday.", "bombing"),
    ],
)
def test_a_day_of_something_else_dates_nothing(coder: Coder, text: str, trigger: str) -> None:
    events = coded(coder, text)
    date = events[trigger].date if trigger in events else None
    assert date is None or date.reason == "publication"


def test_several_days_have_their_month_in_common(coder: Coder) -> None:
    date = coded(coder, "The envoy visited Chad on Monday and left for Togo on Friday. She met the Togolese foreign minister.")["met"].date
    assert date is not None
    assert (date.value, date.precision) == ("2021-03", "month")
