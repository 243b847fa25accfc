"""The order in which articles come, as the benchmark measures it."""

from __future__ import annotations

from benchmarks import arrival
from tests.store_samples import an_article

from onrecord.pipeline import Coder
from onrecord.records import Article


def grouped(*some: str) -> arrival.Groups:
    return {frozenset(g) for g in some}


def test_groupings_that_are_the_same_agree() -> None:
    assert arrival.agreement(grouped("ab", "c"), grouped("ab", "c")) == {"groups": 1, "pairs": 1}
    assert arrival.agreement(grouped("a", "b"), grouped("a", "b")) == {"groups": 1, "pairs": 1}


def test_groups_of_one_count_nothing_and_a_split_counts_in_both() -> None:
    assert arrival.agreement(grouped("abc", "de", "f"), grouped("ab", "c", "de", "f")) == {"groups": 1 / 3, "pairs": 2 * 2 / (4 + 2)}


def test_orders_are_other_orders_of_the_same_articles_on_every_run() -> None:
    some = [an_article(n) for n in range(9)]
    made = list(arrival.orders(some, 3))
    assert made == list(arrival.orders(some, 3))
    assert len({tuple(a.id for a in order) for order in made}) == 3
    assert all(sorted(a.id for a in order) == sorted(a.id for a in some) for order in made)


def test_a_small_record_does_not_depend_on_the_order(coder: Coder) -> None:
    days = ("2021-03-09", "2021-03-10", "2021-03-22")
    some = [
        Article.make(f"Rebels in Mali attacked a barracks in Gao on Monday and killed {n} soldiers.", id=f"m{n}", title="Raid in Gao", published=days[n % 3])
        for n in range(6)
    ]
    found = arrival.measured(some, coder, count=3, batch=2)
    assert {name: figures["groups"] for name, figures in found.items()} == {"origins": 1, "stories": 1, "events": 1}
    assert found["events"]["found"] >= 2
