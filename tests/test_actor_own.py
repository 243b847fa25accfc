"""A user's own table of actors, and what the Wikidata Query Service gives."""

from __future__ import annotations

import json
from pathlib import Path

import polars
import pytest

from onrecord.actors import ActorTable, ActorTableError, Lexicon, resolve
from onrecord.parse import Parser
from onrecord.pipeline import Coder

HEADER = "name,kind,country,sector,role,names,acronyms,since,until,cow\n"


def written(tmp_path: Path, text: str, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_needs_a_name_and_a_country_or_a_sector(tmp_path: Path) -> None:
    table = ActorTable.read(
        written(tmp_path, HEADER + "Tarek Osmani,,AFG,,governor,T. Osmani,,2020-05,,\nGreen Delta Front,group,NGA,REB,,,GDF|G.D.F.,2019,,\n")
    )
    person, group = table.rows
    assert (person.kind, person.country, person.sector, person.names) == ("person", "AFG", "GOV", ("T. Osmani",))
    assert (group.kind, group.sector, group.acronyms, group.since) == ("group", "REB", ("GDF", "G.D.F."), "2019")


@pytest.mark.parametrize(
    ("role", "sector"),
    [("foreign minister", "GOV"), ("Minister of Foreign Affairs of Kenya", "GOV"), ("member of the National Assembly", "LEG"), ("army chief", "MIL")],
)
def test_a_role_tells_the_sector(tmp_path: Path, role: str, sector: str) -> None:
    (row,) = ActorTable.read(written(tmp_path, f"name,country,role\nPeter Okoth,KEN,{role}\n")).rows
    assert row.sector == sector


def test_a_number_of_a_list_of_states_tells_the_country(tmp_path: Path) -> None:
    rows = ActorTable.read(written(tmp_path, "name,sector,cow,gw,until\nPeter Okoth,GOV,501,,\nJelena Ilić,GOV,,345,1999\n")).rows
    assert [r.country for r in rows] == ["KEN", "YUG"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Peter Okoth,,KEN,XYZ,,,,,,", "there is no sector 'XYZ'"),
        ("Peter Okoth,,Kenya,GOV,,,,,,", "Kenya is KEN"),
        ("Peter Okoth,,KEN,GOV,,,,2021-5,,", "write a date as"),
        ("Peter Okoth,,KEN,GOV,,,,2021,2019,", "before it begins"),
        ("Peter Okoth,,,,,,,,,", "neither a country nor a sector"),
        ("?!,,KEN,GOV,,,,,,", "is no name"),
        ("Peter Okoth,,KEN,GOV,,,,,,9999", "has no state 9999"),
        ("Peter Okoth,,KEN,GOV,,,,,,155", "cow 155 is CHL"),
        ("Peter Okoth,minister,KEN,GOV,,,,,,", "kind"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(ActorTableError) as caught:
        ActorTable.read(written(tmp_path, HEADER + "Ana Torres,,PER,GOV,,,,,,\n" + line + "\n"))
    (problem,) = caught.value.problems
    assert "mine.csv, line 3" in problem
    assert says in problem


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ActorTableError) as caught:
        ActorTable.read(written(tmp_path, "name,country,sektor\nAna Torres,PER,GOV\nPeter Okoth,KEN,GOV\n"))
    assert len(caught.value.problems) == 2
    assert "did you mean 'sector'?" in caught.value.problems[0]


@pytest.mark.parametrize(
    ("name", "data"), [("no.csv", None), ("bad.parquet", b"PAR1 no"), ("bad.jsonl", b'{"name": '), ("bad.json", b"[1, 2]"), ("empty.csv", b"name\n")]
)
def test_a_file_that_is_no_table_is_an_error(tmp_path: Path, name: str, data: bytes | None) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ActorTableError, match=name):
        ActorTable.read(path)


def test_the_same_rows_from_jsonl_and_parquet(tmp_path: Path) -> None:
    rows = [{"name": "Green Delta Front", "kind": "group", "country": "NGA", "sector": "REB", "acronyms": ["GDF"]}]
    lines = written(tmp_path, "\n".join(json.dumps(r) for r in rows), "mine.jsonl")
    parquet = tmp_path / "mine.parquet"
    polars.DataFrame(rows).write_parquet(parquet)
    assert ActorTable.read(lines).rows == ActorTable.read(parquet).rows


def test_results_of_the_wikidata_query_service(tmp_path: Path) -> None:
    results = [
        {"person": "http://www.wikidata.org/entity/Q1", "personLabel": "Peter Okoth", "positionLabel": "Minister of Defence of Kenya", "iso3": "KEN",
         "start": "2021-01-01T00:00:00Z", "end": "2023-05-02T00:00:00Z"},
        {"person": "http://www.wikidata.org/entity/Q2", "personLabel": "Q2", "positionLabel": "President of Chad", "iso3": "TCD"},
    ]  # fmt: skip
    body = {"head": {"vars": []}, "results": {"bindings": [{k: {"type": "literal", "value": v} for k, v in r.items()} for r in results]}}
    as_json = ActorTable.read(written(tmp_path, json.dumps(body), "wikidata.json"))
    lines = [",".join(results[0]), *(",".join(r.get(k, "") for k in results[0]) for r in results)]
    as_csv = ActorTable.read(written(tmp_path, "\n".join(lines), "wikidata.csv"))
    assert as_json.rows == as_csv.rows
    (row,) = as_json.rows
    assert (row.name, row.country, row.sector, row.since, row.until) == ("Peter Okoth", "KEN", "GOV", "2021", "2023-05-02")  # 1 January stands for a year
    assert "no name" in as_json.notes[0]


def test_a_report_names_the_table_it_was_made_with(parser: Parser, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "Tarek Osmani,,AFG,,governor,,,2020-05,2021-08,\nGreen Delta Front,group,NGA,REB,,,GDF,2019,,\n")
    report = Coder(parser=parser, model="none", actor_table=path).code("Tarek Osmani met fighters of the GDF.", published="2021-02-02")
    assert f"actors mine.csv@{ActorTable.read(path).digest}" in report.coder
    assert {(a.name, a.country, a.sector) for a in report.actors} >= {("Tarek Osmani", "AFG", "GOV"), ("Green Delta Front", "NGA", "REB")}


def test_ones_own_term_goes_before_a_packaged_one(tmp_path: Path) -> None:
    table = ActorTable.read(written(tmp_path, "name,kind,country,sector,since,until\nTaliban,group,PAK,PRM,2010,2012\n"))
    lexicon = Lexicon.load(own=table.rows)
    found = [resolve("Taliban", date=date, lexicon=lexicon) for date in ("2011-05-01", "2019-05-01", "2023-05-01")]
    assert [(r.country, r.sector) for r in found if r] == [("PAK", "PRM"), ("AFG", "REB"), ("AFG", "GOV")]
