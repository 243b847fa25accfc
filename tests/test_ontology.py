"""The ontology: counts of the codebook, the quad classes and the way to CAMEO and back."""

from __future__ import annotations

import pytest

from onrecord import ontology


def test_sixteen_plover_types_and_eleven_occurrences() -> None:
    assert len(ontology.PLOVER) == 16
    assert len(ontology.OCCURRENCES) == 11


def test_modes_contexts_sectors_as_the_codebook_counts_them() -> None:
    assert sum(len(t.modes) for t in ontology.EVENT_TYPES.values()) == 67
    assert len(ontology.CONTEXTS) == 37
    assert len(ontology.SECTORS) == 25


@pytest.mark.parametrize(("name", "quad"), [("SUPPORT", 1), ("RETREAT", 2), ("ACCUSE", 3), ("SANCTION", 4), ("RULING", None)])
def test_quad_class(name: str, quad: int | None) -> None:
    assert ontology.quad(name) == quad
    assert quad is None or quad in ontology.QUADS


def test_cameo_code_by_mode_and_without() -> None:
    assert ontology.cameo("ACCUSE", "disapprove") == "111"
    assert ontology.cameo("ACCUSE", "allege") == "112"
    assert ontology.cameo("ACCUSE") == "110"
    assert ontology.cameo("ELECTION") is None


def test_cameo_leads_back_to_the_type() -> None:
    for event_type in (ontology.EVENT_TYPES[name] for name in sorted(ontology.PLOVER)):
        for mode in event_type.modes:
            if (event_type.name, mode) != ("ASSAULT", "crowd-control"):
                assert ontology.from_cameo(str(ontology.cameo(event_type.name, mode))) in {event_type.name, "CONCEDE" if event_type.name == "RETREAT" else ""}


def test_plover_drops_statements_and_appeals() -> None:
    assert ontology.from_cameo("010") is None


def test_acts_take_a_stance_unless_what_is_asked_decides() -> None:
    assert ontology.ACTS["condemn"].stance == "oppose"
    assert ontology.ACTS["congratulate"].stance == "support"
    assert ontology.ACTS["deny"].stance == "neutral"
    assert ontology.ACTS["demand"].stance is None
    assert {a.event_type for a in ontology.ACTS.values()} - {None} <= ontology.PLOVER
