"""The challenge of coreference: its size and marks, how an answer is matched, and what was reached, as floors."""

from __future__ import annotations

import pytest
from benchmarks.challenge import coreference

from onrecord.pipeline import Coder

ARTICLES = coreference.read()


def test_the_set_covers_what_it_is_to_cover() -> None:
    asked = [mark for article in ARTICLES for mark in article.marks if mark.asked]
    assert len(ARTICLES) >= 60
    assert len(asked) >= 700
    assert {mark.kind for mark in asked} == set(coreference.KINDS)
    assert min(sum(m.asked for m in a.marks) for a in ARTICLES) >= 10
    assert len({a.number for a in ARTICLES}) == len(ARTICLES)
    assert sum(a.held for a in ARTICLES) * 3 == len(ARTICLES)


def test_marks_nest_and_leave_the_text() -> None:
    article = coreference.unmarked(1, "politics", "[ana [chad Chad]'s envoy], [ana Ana Torres], met [chad+ana them] in [? Bern].")
    assert article.text == "Chad's envoy, Ana Torres, met them in Bern."
    assert [(article.text[m.start : m.end], "+".join(sorted(m.labels)), m.kind) for m in article.marks] == [
        ("Chad's envoy", "ana", "nominal"),
        ("Chad", "chad", "name"),
        ("Ana Torres", "ana", "name"),
        ("them", "ana+chad", "pronoun"),
        ("Bern", "?", "name"),
    ]


@pytest.mark.parametrize("body", ["[ana Ana met him", "Ana] met him"])
def test_a_bracket_without_its_other_half_is_an_error(body: str) -> None:
    with pytest.raises(ValueError, match="a bracket"):
        coreference.unmarked(1, "politics", body)


def test_an_answer_stands_under_the_marks_that_it_is(coder: Coder) -> None:
    article = coreference.unmarked(1, "politics", "[mali Mali] said [mali it] would fight. [mali Bamako] thanked [uk Ghana].")
    one = coreference.answer(coder, article)
    assert sorted(map(len, one.key)) == sorted(map(len, one.given)) == [1, 3]
    assert coreference.figures([one])["conll"] == 1
    assert coreference.linked(one) == {(m.start, m.end) for m in article.marks}


def test_a_chain_cut_in_two_is_right_in_its_larger_part(coder: Coder) -> None:
    article = coreference.unmarked(1, "politics", "[mali Mali] said [mali it] would fight. [mali Ghana] said no.")
    reached = coreference.figures([coreference.answer(coder, article)])
    assert reached["muc"] == pytest.approx(2 / 3, abs=1e-4)
    assert (reached["name"], reached["pronoun"], reached["found"]) == (0.5, 1, 1)


@pytest.fixture(scope="module")
def reached(coder: Coder) -> dict[str, dict[str, float]]:
    return coreference.score(coder, ARTICLES)


@pytest.mark.parametrize(("figure", "least"), [("conll", 0.79), ("name", 0.9), ("nominal", 0.72), ("pronoun", 0.77), ("found", 0.96)])
@pytest.mark.parametrize("part", ["read", "held"])
def test_what_was_reached_does_not_fall(reached: dict[str, dict[str, float]], part: str, figure: str, least: float) -> None:
    assert reached[part][figure] >= least
