"""Statements as a query lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord.store import Links, Record, open_record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A statement that two outlets carry, and one that one carries."""
    with open_record(tmp_path / "record.db") as made:
        days = {0: ("2021-03-02", "The Gazette"), 1: ("2021-03-01", "The Post"), 2: ("2021-05-01", "The Gazette")}
        made.add([an_article(n, day=day, publisher=publisher) for n, (day, publisher) in days.items()], SampleCoder())
        said = {row["article"]: row["id"] for row in made.quotes()}
        with made.engine.begin() as connection:
            links = Links(connection, "2021-06-01T00:00:00Z")
            links.state("st-1", {said["a0"]: ["NOR.GOV", "OST.GOV"], said["a1"]: ["NOR.GOV"]})
            links.state("st-2", {said["a2"]: ["SUD.GOV"]})
        yield made


def test_a_statement_names_all_who_sign_and_carry_it(record: Record) -> None:
    later, first = record.statements()
    assert (later["id"], first["id"]) == ("st-2", "st-1")
    assert [s["id"] for s in first["signatories"]] == ["NOR.GOV", "OST.GOV"]
    assert (first["articles"], first["publishers"], first["origins"], first["date"]) == (["a1", "a0"], ["The Gazette", "The Post"], 2, "2021-03-01")
    assert first["text"] == "“This so-called operation must end,”"
    assert set(first["attributions"]) == {r["id"] for r in record.quotes(article=["a0", "a1"])}


def test_statements_are_filtered_and_paged(record: Record) -> None:
    assert [r["id"] for r in record.statements(actor="OST.GOV")] == ["st-1"]
    assert [r["id"] for r in record.statements(country="SUD")] == ["st-2"]
    assert [r["id"] for r in record.statements(since="2021-04")] == ["st-2"]
    assert len(record.statements(publisher="The Post")[0]["articles"]) == 2
    page = record.statements(limit=1)
    assert [r["id"] for r in record.statements(limit=1, after=page.next)] == ["st-1"]
    assert record.statements().to_polars().height == 2


def test_a_statement_of_which_a_report_was_rejected_keeps_the_others(record: Record) -> None:
    for article, left in (("a1", ["a0"]), ("a0", None)):
        (quote,) = record.quotes(article=article)
        record.review(quote["id"], "rejected", by="Ana")
        assert [r["articles"] for r in record.statements() if r["id"] == "st-1"] == ([left] if left else [])
