"""Measures of coreference against the examples worked out in the papers that bring them in."""

from __future__ import annotations

import pytest
from benchmarks.chains import Chains, Counts, b_cubed, ceaf_e, lea, muc


def chains(*words: str) -> Chains:
    return [frozenset(word) for word in words]


KEY = chains("12345", "67", "89ABC")
TWO_SMALL_LUMPED = chains("12345", "6789ABC")
TWO_LARGE_LUMPED = chains("1234589ABC", "67")


def rounded(counts: Counts) -> tuple[float, float, float]:
    return round(counts.recall, 3), round(counts.precision, 3), round(counts.f1, 3)


def test_muc_counts_the_links_to_be_mended() -> None:
    assert rounded(muc(chains("ABCD"), chains("AB", "CD"))) == (0.667, 1.0, 0.8)
    assert rounded(muc(KEY, TWO_SMALL_LUMPED)) == rounded(muc(KEY, TWO_LARGE_LUMPED)) == (1.0, 0.9, 0.947)


def test_b_cubed_tells_a_small_lump_from_a_large_one() -> None:
    assert rounded(b_cubed(KEY, TWO_SMALL_LUMPED)) == (1.0, 0.762, 0.865)
    assert rounded(b_cubed(KEY, TWO_LARGE_LUMPED)) == (1.0, 0.583, 0.737)


def test_ceaf_pairs_chains_one_to_one() -> None:
    assert rounded(ceaf_e(KEY, TWO_SMALL_LUMPED)) == (0.611, 0.917, 0.733)
    assert rounded(ceaf_e(KEY, TWO_LARGE_LUMPED)) == (0.556, 0.833, 0.667)


def test_lea_weighs_resolved_links_by_the_size_of_chains() -> None:
    assert rounded(lea(chains("abc", "defg"), chains("ab", "cd", "fghi"))) == (0.238, 0.333, 0.278)


@pytest.mark.parametrize("metric", [muc, b_cubed, ceaf_e, lea])
def test_a_grouping_agrees_with_itself_and_nothing_with_nothing(metric) -> None:  # type: ignore[no-untyped-def]
    assert metric(KEY, KEY).f1 == pytest.approx(1)
    assert metric(KEY, []).f1 == metric([], KEY).f1 == 0


def test_missed_mentions_cost_recall_and_invented_ones_precision() -> None:
    missed, invented = b_cubed(chains("abc"), chains("ab")), b_cubed(chains("ab"), chains("abc"))
    assert rounded(missed)[:2] == (0.444, 1.0)
    assert rounded(invented)[:2] == (1.0, 0.444)


def test_counts_of_texts_are_added_before_shares_are_taken() -> None:
    both = muc(chains("ab"), chains("ab")).plus(muc(chains("abcd"), chains("ab", "cd")))
    assert rounded(both)[:2] == (0.75, 1.0)
