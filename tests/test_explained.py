"""What is said of the benchmarks is said of every figure, and the pages are what the generator gives."""

from __future__ import annotations

import pytest
from benchmarks import explained, page


def test_every_figure_with_a_floor_is_explained_and_no_other() -> None:
    said = {name: set(told["figures"]) for name, told in explained.explained().items()}
    assert said == {name: set(floor["floors"]) for name, floor in explained.floors().items()}


def test_every_figure_of_others_is_one_of_ours_and_has_a_source() -> None:
    for name, told in explained.explained().items():
        for other in told.get("others", ()):
            assert other["figure"] in told["figures"], name
            assert other["source"]
            assert other["on"]


@pytest.mark.parametrize("name", explained.tables())
def test_the_page_has_the_tables(name: str) -> None:
    text = (page.DOCS / "measurements.md").read_text(encoding="utf-8")
    inside = text.partition(f"<!-- {name}: begin -->\n")[2].partition(f"<!-- {name}: end -->")[0]
    assert inside.splitlines() == explained.tables()[name]


def test_the_model_card_has_its_scores_and_is_a_page_of_the_docs() -> None:
    assert explained.CARD.read_text(encoding="utf-8") == explained.card()
    assert (page.DOCS / "model-card.md").read_text(encoding="utf-8") == explained.card_page()
    assert "](../docs/" not in explained.card_page()


def test_the_card_gives_scores_that_are_measured() -> None:
    assert {name for name, *_ in explained.card_rows()} == set(explained.CARD_FIGURES)
    assert len(explained.card_rows()) == sum(map(len, explained.CARD_FIGURES.values()))


def test_an_interval_stays_between_nothing_and_all() -> None:
    assert explained.interval(0.99, 0.06) == "0.93–1.00"
    assert explained.interval(0.02, 0.06) == "0.00–0.08"
