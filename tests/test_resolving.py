"""One phrase without an article: who, where or when it is, in Python and on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars
import pytest
from typer.testing import CliRunner, Result

from onrecord import cli, places, times
from onrecord.cli.app import NOT_FOUND, USED_WRONGLY


@pytest.fixture(scope="module")
def gazetteer() -> places.Lexicon:
    return places.Lexicon.load()


@pytest.fixture(scope="module")
def calendar() -> times.Lexicon:
    return times.Lexicon.load()


@pytest.mark.parametrize(
    ("name", "given", "country", "why"),
    [
        ("Tripoli", {}, "LBY", "population"),
        ("Tripoli", {"context": "He had left Beirut for Sidon."}, "LBN", "same_country"),
        ("Alexandria, Virginia", {}, "USA", "containment"),
        ("Córdoba", {"country": "ARG"}, "ARG", "publisher"),
        ("Chilean", {}, "CHL", "known_name"),
    ],
)
def test_which_of_its_namesakes_a_name_means(gazetteer: places.Lexicon, name: str, given: dict[str, str], country: str, why: str) -> None:
    best = places.resolve(name, lexicon=gazetteer, **given)[0]  # type: ignore[arg-type]
    assert (best.country, best.reason.partition("|")[2]) == (country, why)


def test_candidates_are_ranked_and_their_shares_are_of_one_whole(gazetteer: places.Lexicon) -> None:
    found = places.resolve("San José", lexicon=gazetteer)
    assert found[0].country == "CRI"
    assert [c.share for c in found] == sorted((c.share for c in found), reverse=True)
    assert 0.9 < sum(c.share for c in found) <= 1.01


@pytest.mark.parametrize("name", ["", "Qwxyzt", "nothing here"])
def test_a_name_that_no_table_knows(gazetteer: places.Lexicon, name: str) -> None:
    assert places.resolve(name, lexicon=gazetteer) == ()


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("last Friday", ["2021-03-05"]),
        ("from 3 to 5 May 2020", ["2020-05-03", "2020-05-05"]),
        ("every Monday", ["XXXX-WXX-1"]),
        ("tomorrow morning", ["2021-03-10TMO"]),
        ("a fortnight of talks", ["P2W"]),
        ("puppies", []),
        ("", []),
    ],
)
def test_which_times_an_expression_names(calendar: times.Lexicon, expression: str, values: list[str]) -> None:
    found = times.resolve(expression, date="2021-03-09", lexicon=calendar)
    assert [t.value for t in found] == values
    assert all(expression[t.start : t.end] == t.text for t in found)


def test_without_a_date_what_depends_on_it_stays_open(calendar: times.Lexicon) -> None:
    (found,) = times.resolve("3 May", lexicon=calendar)
    assert found.value == "--05-03"


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, ["resolve", *words], input=stdin)


def test_actors_on_the_command_line() -> None:
    result = run("actors", "Kyiv police", "puppies", "the Taliban", "--date", "2019-05-01", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["phrase"], r["country"], r["sector"], r["cow"]) for r in rows] == [
        ("Kyiv police", "UKR", "COP", 369),
        ("puppies", None, None, None),
        ("the Taliban", "AFG", "REB", 700),
    ]
    assert "1 of 3" in result.stderr
    assert result.exit_code == 0


def test_a_file_keeps_its_columns(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    path.write_text("n,when,date\n1,yesterday,2021-03-09\n2,never mind,\n", encoding="utf-8")
    result = run("times", "--input", str(path), "--column", "when", "--format", "parquet", "--output", str(out))
    assert result.exit_code == 0
    frame = polars.read_parquet(out)
    assert frame.select("n", "when", "date", "value").rows() == [("1", "yesterday", "2021-03-09", "2021-03-08"), ("2", "never mind", None, None)]


def test_phrases_from_standard_input_as_csv() -> None:
    result = run("places", "-", "--candidates", "--format", "csv", stdin="Tripoli\n\nSukhumi\n")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {r["phrase"] for r in rows} == {"Tripoli", "Sukhumi"}
    assert len([r for r in rows if r["phrase"] == "Tripoli"]) > 1
    assert {r["disputed"] for r in rows if r["phrase"] == "Sukhumi"} == {"true"}


def test_nobody_at_all_is_an_exit_status() -> None:
    assert run("actors", "puppies").exit_code == NOT_FOUND


@pytest.mark.parametrize("words", [("actors",), ("actors", "--input", "no.csv"), ("animals", "puppies")])
def test_wrong_use(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == USED_WRONGLY


def test_a_column_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("when\nyesterday\n", encoding="utf-8")
    result = run("times", "--input", str(path))
    assert result.exit_code == USED_WRONGLY
    assert "when" in result.stderr


def test_a_table_of_ones_own_is_used(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,country,sector\nTarek Osmani,AFG,GOV\n", encoding="utf-8")
    result = run("actors", "Tarek Osmani", "--actors", str(path), "--format", "jsonl")
    assert json.loads(result.stdout)["country"] == "AFG"
    path.write_text("name,land\nTarek Osmani,AFG\n", encoding="utf-8")
    wrong = run("actors", "Tarek Osmani", "--actors", str(path))
    assert wrong.exit_code == USED_WRONGLY
    assert "mine.csv, line 2: there is no column 'land'" in wrong.stderr.replace("\n", " ")
