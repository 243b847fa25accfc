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


@pytest.mark.parametrize(
    ("country", "date", "cow", "gw"),
    [
        ("CHL", None, 155, 155),
        ("DEU", "1985-05-01", 260, 260),
        ("DEU", "1990-10-03", 255, 260),  # Gleditsch and Ward go on with the Federal Republic's number
        ("YEM", "2015", 679, 678),
        ("SRB", "2006-06-04", 345, 345),
        ("SRB", "2021", 345, 340),
        ("TON", "2010", 955, 972),
        ("XKX", "2007-12-31", None, None),
        ("XKX", "2008-02", 347, 347),
        ("XAB", "2020", None, 396),
        ("TWN", "2020", 713, 713),
        ("PSE", "2020", None, None),
        ("SUN", "1980", 365, 365),
        ("IGO", None, None, None),
        (None, None, None, None),
    ],
)
def test_the_numbers_of_the_lists_of_states(country: str | None, date: str | None, cow: int | None, gw: int | None) -> None:
    codes = ontology.state_codes(country, date)
    assert (codes.cow, codes.gw) == (cow, gw)


def test_a_state_that_a_list_has_no_longer_keeps_its_iso_codes() -> None:
    codes = ontology.state_codes("SUN", "2001")
    assert (codes.iso3, codes.iso2, codes.cow) == ("SUN", "SU", None)


def test_iso_knows_no_codes_of_our_own() -> None:
    assert ontology.state_codes("XAB").iso3 is None


def test_fips_is_not_iso() -> None:
    """Two letters that are one country in ISO 3166 and another in FIPS 10-4."""
    assert [ontology.state_codes(c).fips for c in ("CHN", "CHE", "AUS", "AUT", "SRB", "IGO")] == ["CH", "SZ", "AS", "AU", "RI", None]


@pytest.mark.parametrize(
    ("code", "system", "date", "country"),
    [
        (345, "cow", "1999", "YUG"),
        (345, "cow", "2010", "SRB"),
        (340, "gw", None, "SRB"),
        (365, "gw", "1980", "SUN"),
        (365, "gw", None, "RUS"),
        (1, "cow", None, None),
    ],
)
def test_from_a_number_back_to_the_country(code: int, system: str, date: str | None, country: str | None) -> None:
    assert ontology.country_of(code, system=system, date=date) == country


def test_there_are_two_lists_of_states() -> None:
    with pytest.raises(ValueError, match="cow"):
        ontology.country_of(2, system="iso")
