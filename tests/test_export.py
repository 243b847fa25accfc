"""Rows, tables and the page made from reports."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import polars
import pytest
from rich.console import Console

from onrecord.export import both_ways
from onrecord.export.page import page
from onrecord.export.rows import COLUMNS, What, rows
from onrecord.export.terminal import shortened, show, stands
from onrecord.export.write import write_parquet
from onrecord.pipeline import Coder
from onrecord.records import Report

DOCS = Path(__file__).parent.parent / "docs" / "report-format.md"
TEXT = (
    "Ghana and Kenya condemned the so-called coup in Niger on Sunday. “The coup is illegal,” Kenyan spokesman Paul Otieno said. At least 12 people were killed."
)


@pytest.fixture(scope="module")
def report(coder: Coder) -> Report:
    return coder.code(TEXT, published="2023-07-31", publisher="Wire", title="Two <states> condemn coup")


@pytest.mark.parametrize("what", list(COLUMNS))
def test_rows_have_the_documented_columns(report: Report, what: What) -> None:
    found = list(rows([report], what))
    assert found
    assert all(tuple(row) == COLUMNS[what] for row in found)


@pytest.mark.parametrize("what", list(COLUMNS))
def test_parquet_has_the_same_types_with_and_without_rows(report: Report, what: What) -> None:
    full, empty = io.BytesIO(), io.BytesIO()
    write_parquet([report], what, full)
    write_parquet([], what, empty)
    assert polars.read_parquet(full.getvalue()).schema == polars.read_parquet(empty.getvalue()).schema


def test_parquet_with_places_says_where_they_are_from(report: Report) -> None:
    for what in ("places", "events"):
        out = io.BytesIO()
        write_parquet([report], what, out)
        out.seek(0)
        assert "GeoNames" in polars.read_parquet_metadata(out)["attribution"]


def test_the_page_says_where_places_are_from(report: Report) -> None:
    assert "GeoNames" in page([report])


@pytest.mark.parametrize("what", list(COLUMNS))
def test_every_column_is_documented(what: What) -> None:
    text = DOCS.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {what} |")]
    assert all(f"`{column}`" in line for column in COLUMNS[what][5:] if column not in ("confidence", "reason"))


def test_rows_have_the_numbers_of_the_lists_of_states(coder: Coder) -> None:
    report = coder.code("Yugoslavia and the United Nations condemned the raid.", published="2001-05-04")
    (event,) = [r for r in rows([report], "events") if r["trigger"] == "condemned"]
    assert (event["actor_countries"], event["actor_cow_codes"], event["actor_gw_codes"]) == ("YUG; UNO", "345; ", "345; ")
    (first, _) = rows([report], "positions")
    assert (first["holder_cow"], first["holder_gw"]) == (345, 345)
    assert {r["iso2"] for r in rows([report], "actors")} == {"YU", None}


def test_a_list_of_condemners_is_one_event_and_a_position_each(report: Report) -> None:
    (event,) = [r for r in rows([report], "events") if r["trigger"] == "condemned"]
    assert event["actor_countries"] == "GHA; KEN"
    assert [r["holder_country"] for r in rows([report], "positions") if r["act"] == "condemn" and r["evidence_start"] < 20] == ["GHA", "KEN"]


def test_the_page_shows_the_text_as_written(report: Report) -> None:
    body = re.search(r'<div class="or-text">(.*?)</div>', page([report]), re.DOTALL)
    assert body
    without_notes = re.sub(
        r'<span class="or-tip".*?</span></span>', "", re.sub(r'<span class="(?:fact|why)">.*?</span>', "", body[1], flags=re.DOTALL), flags=re.DOTALL
    )
    assert html.unescape(re.sub(r"<[^>]+>", "", without_notes)) == TEXT


def test_the_page_escapes_what_it_shows(report: Report) -> None:
    assert "Two &lt;states&gt;" in page([report])


def test_the_table_says_who_says_so(report: Report) -> None:
    out = io.StringIO()
    show(report, Console(file=out, width=120))
    assert "in whose words" in out.getvalue()
    assert "the article" in out.getvalue()


def test_stands_count_positions_by_holder(report: Report) -> None:
    out = io.StringIO()
    Console(file=out, width=120).print(stands([report]))
    assert "Ghana" in out.getvalue()


def test_a_long_text_is_cut_in_the_middle() -> None:
    assert shortened("a" * 200, 60) == "a" * 30 + " … " + "a" * 27


def test_what_several_do_together_goes_both_ways(coder: Coder) -> None:
    (met,) = coder.code("Chad and Niger signed a treaty on Monday.").events
    pairs = [([a.text for a in e.actors], [r.text for r in e.recipients]) for e in both_ways(met)]
    assert pairs == [(["Chad"], ["Niger"]), (["Niger"], ["Chad"])]


def test_what_several_do_to_others_goes_one_way(coder: Coder) -> None:
    (condemned,) = coder.code("Chad and Niger condemned Togo.").events
    assert both_ways(condemned) == (condemned,)
    (welcomed,) = coder.code("Chad and Niger welcomed the calm.").events
    assert both_ways(welcomed) == (welcomed,)
