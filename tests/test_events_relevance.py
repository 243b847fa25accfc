"""Which events are on record between somebody, and whom they are done to."""

from __future__ import annotations

import pytest

from onrecord.pipeline import Coder
from onrecord.records import Event


def events(coder: Coder, text: str) -> tuple[Event, ...]:
    return coder.code(text, published="2021-03-09").events


@pytest.mark.parametrize(
    "text",
    [
        "The retailer made a deal with the brewery.",
        "The minister of Chile spoke to reporters in Lima.",
        "The cut hit the market hard.",
        "A government source in Ghana asked not to be named.",
        "Norway can meet the growing demand of Poland for gas.",
        "The figures of Ghana suggest growth is slowing.",
        "Output in Kenya is declining.",
        "The bank of Sweden warned of weaker growth.",
        "The regulator of Chile hit six banks with fines.",
        "The proposed rules of Kenya run to forty pages.",
        "The minister of Peru conceded that growth is slow.",
        "Malta defended its tax rules.",
        "Chile fears that Peru would start a trade war.",
        "Analysts warned investors in Lima of a slump.",
    ],
)
def test_nothing_political_is_coded(coder: Coder, text: str) -> None:
    assert [(e.type, e.trigger.text) for e in events(coder, text)] == []


@pytest.mark.parametrize(
    ("text", "type", "recipients"),
    [
        ("China supplied thirty billion yuan.", "AID", None),
        ("Rebels in Mali fought the army near the border.", "ASSAULT", ["MLI"]),
        ("Peru criticised the Chilean plan.", "ACCUSE", ["CHL"]),
        ("Peru welcomed Chilean progress.", "SUPPORT", ["CHL"]),
        ("Ghana suggested that Togo open the border.", "REQUEST", ["TGO"]),
        ("The EU warned Peru against holding the vote.", "THREATEN", ["PER"]),
        ("American sanctions aimed at curbing Sudan's oil trade stay in place.", "SANCTION", ["SDN"]),
    ],
)
def test_whom_it_is_done_to(coder: Coder, text: str, type: str, recipients: list[str] | None) -> None:
    found = [[p.country for p in e.recipients] for e in events(coder, text) if e.type == type]
    assert found == ([] if recipients is None else [recipients])


@pytest.mark.parametrize(
    ("text", "type", "veridicality"),
    [
        ("The ministers of Norway and Chad met in Oslo to discuss the border.", "CONSULT", "asserted"),
        ("Chad does not have the power to force Togo to sign.", "COERCE", "denied"),
        ("The treaty has to be ratified by Peru.", "SUPPORT", "demanded"),
        ("The judges quoted a case brought by Peru against Chile.", "ACCUSE", "asserted"),
        ("Peru accused Chile of not paying its debts.", "ACCUSE", "asserted"),
    ],
)
def test_how_it_is_put(coder: Coder, text: str, type: str, veridicality: str) -> None:
    assert {e.veridicality for e in events(coder, text) if e.type == type} == {veridicality}


def test_what_is_done_to_a_thing_keeps_the_event_where_somebody_armed_does_it(coder: Coder) -> None:
    (attack,) = [e for e in events(coder, "The army of Chad shelled the harbour.") if e.type == "ASSAULT"]
    assert ([p.country for p in attack.actors], [p.text for p in attack.recipients]) == (["TCD"], ["the harbour"])


def test_who_lets_go_and_who_is_let_go(coder: Coder) -> None:
    (release,) = [e for e in events(coder, "Kenya's release of the Danish pilots was quick.") if e.type == "RETREAT"]
    assert ([p.country for p in release.actors], [p.country for p in release.recipients]) == (["KEN"], ["DNK"])


def test_a_town_before_talks_is_where_they_are(coder: Coder) -> None:
    assert not any(p.text == "Geneva" for e in events(coder, "The Geneva talks between Chad and Sudan went on.") for p in e.actors)


def test_a_day_of_what_something_is_called_dates_no_calling(coder: Coder) -> None:
    text = "The minister of Chad said on Friday that all was well. The envoy of Peru called Monday's indictment a political trial."
    (called,) = [e for e in events(coder, text) if e.trigger.text.startswith("called")]
    assert called.date is not None
    assert called.date.reason == "publication"


def test_companies_of_two_countries_are_the_countries_trade(coder: Coder) -> None:
    assert [e.type for e in events(coder, "A Chinese tanker sold oil to a Japanese tanker.")] == ["COOPERATE"]
