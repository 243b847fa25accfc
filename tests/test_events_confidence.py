"""How sure events are: what is plain to see of them, and how chances are fitted and checked."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.calibrate import answered, fitted
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluate.calibration import calibration_error
from onrecord.events.confidence import confidence
from onrecord.pipeline import Coder


@given(st.lists(st.tuples(st.sampled_from(["actor", "recipient", "rule", "unheard_of"]), st.floats(-50, 50)), max_size=6))
def test_a_confidence_is_a_chance(seen: list[tuple[str, float]]) -> None:
    assert 0 <= confidence(iter(seen), {"actor": 2.0, "recipient": -1.5, "rule": 0.5}) <= 1


def test_what_speaks_for_an_event_makes_it_surer() -> None:
    weights = {"rules": -0.5, "actor": 1.0}
    assert confidence(iter([("rules", 1.0), ("actor", 1.0)]), weights) > confidence(iter([("rules", 1.0)]), weights)


def test_who_does_what_to_whom_is_surer_than_something_done(coder: Coder) -> None:
    told, bare = coder.code("Chad condemned Libya on Monday. Somebody was arrested.", published="2024-01-02").events
    assert told.confidence > bare.confidence


def test_a_label_answers_to_one_event_of_its_type_in_its_clause(coder: Coder) -> None:
    text = "Chad condemned Libya. Norway condemned Libya."
    report = coder.code(text)
    label = {"type": "ACCUSE", "sentence_quote": "Norway condemned Libya"}
    assert [e.evidence.text for e in report.events if e.id in answered({"text": text, "events": [label]}, report.events)] == ["Norway condemned Libya"]
    assert not answered({"text": text, "events": [{**label, "type": "AID"}]}, report.events)


def test_chances_that_hold_have_no_calibration_error() -> None:
    right = np.array([0.0, 1.0] * 50)
    assert calibration_error(np.full(100, 0.5), right) == pytest.approx(0, abs=0.11)
    assert calibration_error(np.full(100, 0.9), right) == pytest.approx(0.4, abs=0.11)


def test_weights_follow_what_is_right() -> None:
    inputs = np.array([[1.0, 0.0], [1.0, 1.0]] * 40)
    assert fitted(inputs, np.array([0.0, 1.0] * 40))[1] > 1
