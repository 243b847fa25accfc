"""Operating points: what stays in a report, and that nothing that stays names what went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.operating import OPERATING_POINTS, OperatingPoint, at_least, operating_point
from onrecord.pipeline import Coder
from onrecord.records import Report

TEXT = (
    "Norway condemned the shelling of Tarvo on Sunday. “The strike is a crime,” Foreign Minister Ida Lund said. "
    "Tarvo’s mayor said that the army had denied that its soldiers fired. Kenya may send aid."
)


@pytest.fixture(scope="module")
def report(coder: Coder) -> Report:
    return coder.code(TEXT, published="2024-05-07")


@given(events=st.floats(0, 1), positions=st.floats(0, 1), attributions=st.floats(0, 1))
def test_what_stays_is_sure_enough_and_names_nothing_that_went(report: Report, events: float, positions: float, attributions: float) -> None:
    kept = at_least(report, OperatingPoint(attributions=attributions, events=events, positions=positions))
    assert all(e.confidence >= events for e in kept.events)
    assert all(p.confidence >= positions for p in kept.positions)
    ids = {e.id for e in kept.events}
    voices = {a.id for a in kept.attributions}
    assert {p.object.event_id for p in kept.positions} | {p.act_event_id for p in kept.positions} <= ids | {None}
    assert {e.claimed_by for e in kept.events} | {p.attribution for p in kept.positions} | {a.parent for a in kept.attributions} <= voices | {None}
    assert {a.id for a in report.attributions if a.confidence >= attributions} <= voices


def test_a_stricter_point_keeps_no_more(report: Report) -> None:
    strict = at_least(report, OPERATING_POINTS["strict"])
    assert len(strict.events) < len(report.events)
    assert {p.id for p in strict.positions} <= {p.id for p in report.positions}


def test_strict_leaves_weak_terms_out(coder: Coder) -> None:
    made = coder.code("Kenya claimed that the vote in Tarvo was a sham.", published="2024-05-07")
    assert [f.term.text for f in made.framing] == ["claimed", "sham"]
    assert [f.term.text for f in at_least(made, OperatingPoint(framing=0.55)).framing] == ["sham"]


def test_every_threshold_is_raised_to_the_least_confidence() -> None:
    assert operating_point("strict", least=0.99) == OperatingPoint(attributions=0.99, events=0.99, positions=0.99, framing=0.99)


@pytest.mark.parametrize(("name", "least"), [("lax", 0.0), ("broad", 1.5)])
def test_what_is_no_operating_point_is_refused(name: str, least: float) -> None:
    with pytest.raises(ValueError, match=r"operating point|between 0 and 1"):
        operating_point(name, least=least)
