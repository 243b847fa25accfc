"""The challenge across articles: its size, and what clustering reaches on it."""

from __future__ import annotations

from benchmarks.challenge import across

from onrecord.cluster import stories
from onrecord.pipeline import Coder


def test_the_set_has_enough_pairs_of_both_kinds() -> None:
    rows = across.read()
    same = [a.event == b.event for a, b in across.pairs(rows)]
    assert sum(same) >= 200
    assert len(same) - sum(same) >= 200
    assert len({row.situation for row in rows}) >= 40


def test_every_trigger_stands_in_its_text_and_every_id_is_its_own() -> None:
    rows = across.read()
    assert len({row.id for row in rows}) == len(rows)
    assert [row.id for row in rows if not all(words in row.text for words in row.trigger.split(";"))] == []


def test_a_grouping_is_scored_by_its_pairs() -> None:
    rows = across.read()[:6]
    right = {row.id: {row.event} for row in rows}
    assert across.score(rows, right)["f1"] == 1
    lumped = across.score(rows, dict.fromkeys(right, ("one",)))
    assert lumped["recall"] == 1 > lumped["precision"]


def test_stories_keep_events_of_one_kind_in_one_place_apart(coder: Coder) -> None:
    rows = across.read("held")
    numbers = stories([row.article for row in rows], [report.times for report in coder.pipe(row.article for row in rows)])
    assert across.score(rows, {row.id: [n] for row, n in zip(rows, numbers, strict=True)})["f1"] >= 0.95


def test_stories_keep_them_apart_without_reports_too() -> None:
    rows = across.read("held")
    numbers = stories([row.article for row in rows])
    assert across.score(rows, {row.id: [n] for row, n in zip(rows, numbers, strict=True)})["f1"] >= 0.95
