"""The positions and holders challenges: what the rules reach there, as floors.

The sentences were written before anything was tuned to them; ``python -m benchmarks.challenge.positions``
and ``... holders`` print all figures and, with ``--errors``, the rows that are wrong.
"""

from __future__ import annotations

import pytest
from benchmarks.challenge import holders, positions

from onrecord.pipeline import Coder


@pytest.fixture(scope="module")
def on_positions(coder: Coder) -> dict[str, float]:
    return positions.score(coder, positions.rows(positions.ROWS))


@pytest.fixture(scope="module")
def on_holders(coder: Coder) -> dict[str, float]:
    return holders.score(coder, positions.rows(holders.ROWS))


@pytest.mark.parametrize(("figure", "least"), [("held", 0.745), ("found", 0.70), ("object", 0.68), ("status", 0.95), ("basis", 0.92)])
def test_positions_are_found_in_every_construction(on_positions: dict[str, float], figure: str, least: float) -> None:
    assert on_positions[figure] >= least


def test_sentences_without_a_position_are_given_none(on_positions: dict[str, float]) -> None:
    assert on_positions["false_alarms"] <= 0.04


@pytest.mark.parametrize(("figure", "least"), [("right", 0.72), ("basis", 0.47)])
def test_positions_are_laid_to_whoever_holds_them(on_holders: dict[str, float], figure: str, least: float) -> None:
    assert on_holders[figure] >= least


def test_positions_hardly_ever_land_on_a_bystander(on_holders: dict[str, float]) -> None:
    assert on_holders["misheld"] <= 0.02
