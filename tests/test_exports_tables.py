"""Tables for others' tools, read back by pandas and Polars as their users read them; a test for each trap of each format."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest
from hypothesis import given, strategies
from tests.export_samples import report

from onrecord import ontology
from onrecord.export.event import ExportEvent, dyads
from onrecord.export.formats import TABLES, described, write
from onrecord.export.formats.codes import labels, sectors
from onrecord.export.formats.codes import rows as table_rows
from onrecord.export.formats.tables import Written, iterate
from onrecord.export.from_report import events, without_text
from onrecord.records import Report

DOCS = Path(__file__).parent.parent / "docs" / "exports.md"
WIDTHS = {"gdelt2-events": 61, "polecat": 40, "icews": 20, "acled-like": 31, "ucdp-like": 49}


@pytest.fixture(scope="module")
def found() -> list[ExportEvent]:
    return [e for e in events([report()]) if e.veridicality == "asserted"]


def text_of(name: str, some: list[ExportEvent]) -> str:
    out = io.StringIO()
    write(TABLES[name], some, out)
    return out.getvalue()


def frame(name: str, some: list[ExportEvent], **options: Any) -> pandas.DataFrame:
    """The table as a user's script reads it: GDELT's with the columns' names, the others with their header."""
    columns = [c.name for c in TABLES[name].columns]
    table = TABLES[name]
    given = {} if table.header else {"header": None, "names": columns}
    return pandas.read_csv(io.StringIO(text_of(name, some)), sep=table.delimiter, **given, **options)


def row(name: str, some: list[ExportEvent], **wanted: str) -> dict[str, Any]:
    rows = [r for r in iterate(TABLES[name], some) if all(str(r[k]) == v for k, v in wanted.items())]
    assert len(rows) == 1, (wanted, len(rows))
    return rows[0]


@pytest.mark.parametrize("name", list(TABLES))
def test_every_line_has_the_documented_columns(name: str, found: list[ExportEvent]) -> None:
    table = TABLES[name]
    assert len(table.columns) == WIDTHS[name]
    quoting = csv.QUOTE_NONE if table.delimiter == "\t" else csv.QUOTE_MINIMAL
    lines = list(csv.reader(io.StringIO(text_of(name, found)), delimiter=table.delimiter, quoting=quoting))
    assert {len(line) for line in lines} == {WIDTHS[name]}
    assert (lines[0] == [c.name for c in table.columns]) is table.header
    assert len(lines) > 1


@pytest.mark.parametrize("name", list(TABLES))
def test_pandas_and_polars_read_the_same(name: str, found: list[ExportEvent]) -> None:
    ours = frame(name, found, dtype=str, keep_default_na=False)
    table = TABLES[name]
    quoting = {"quote_char": None} if table.delimiter == "\t" else {}
    read = polars.read_csv(io.StringIO(text_of(name, found)), separator=table.delimiter, has_header=table.header, infer_schema=False, **quoting).fill_null("")
    assert ours.to_numpy().tolist() == [list(r) for r in read.rows()]


@pytest.mark.parametrize("name", list(TABLES))
def test_columns_have_the_documented_types(name: str, found: list[ExportEvent]) -> None:
    types = {"string": "str", "integer": "Int64", "float": "float64"}
    read = frame(name, found, dtype={c.name: types[c.type] for c in TABLES[name].columns})
    assert len(read)


@pytest.mark.parametrize("name", list(TABLES))
def test_a_column_is_blank_only_where_it_may_be(name: str, found: list[ExportEvent]) -> None:
    for read in iterate(TABLES[name], found):
        assert not [c.name for c in TABLES[name].columns if not c.blank and read[c.name] in (None, "")]
        assert not [c.name for c in TABLES[name].columns if c.blank.startswith("always") and read[c.name] not in (None, "")]


@pytest.mark.parametrize("name", list(TABLES))
def test_the_description_beside_a_table_lists_its_columns(name: str) -> None:
    body = json.loads(described(TABLES[name]))
    assert [c["name"] for c in body["columns"]] == [c.name for c in TABLES[name].columns]
    assert "GeoNames" in body["attribution"]
    assert "CC BY 4.0" in body["attribution"]


@pytest.mark.parametrize("name", list(TABLES))
def test_every_column_is_documented(name: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    section = text[text.index(f"## `{name}`") :].partition("\n## ")[0]
    for c in TABLES[name].columns:
        assert f"| `{c.name}` | {c.source} | {c.blank} |" in section, c.name


@pytest.mark.parametrize("name", list(TABLES))
def test_ids_are_unique_and_the_same_on_every_run(name: str, found: list[ExportEvent]) -> None:
    first = TABLES[name].columns[0].name
    ids = frame(name, found, dtype=str)[first].tolist()
    assert len(set(ids)) == len(ids)
    assert ids == frame(name, [e for e in events([report()]) if e.veridicality == "asserted"], dtype=str)[first].tolist()


@pytest.mark.parametrize("name", ["gdelt2-events", "polecat", "icews"])
def test_cells_between_tabs_hold_no_tab_line_break_or_quotation_mark(name: str, found: list[ExportEvent]) -> None:
    assert '"' not in text_of(name, found)
    assert len(text_of(name, found).splitlines()) == len(frame(name, found)) + TABLES[name].header


def test_reports_saved_without_text_give_the_same_rows_but_for_sentences() -> None:
    body = report().to_dict()
    assert "text" not in body["article"]
    bare = list(events([without_text(body)], texts=False))
    full = list(events([report()]))
    for name in TABLES:
        unknown = {"IsRootEvent": None, "Sentence Number": None}
        assert [r | {k: v for k, v in unknown.items() if k in r} for r in iterate(TABLES[name], full)] == list(iterate(TABLES[name], bare))


def test_what_a_format_has_no_place_for_is_counted(found: list[ExportEvent]) -> None:
    done = Written()
    for name in ("polecat", "ucdp-like"):
        done = write(TABLES[name], events([report()]), io.StringIO())
        assert done.left_out["ELECTION"] == 1
    assert done.left_out == {"SUPPORT": 1, "PROTEST": 1, "REJECT": 1, "ELECTION": 1}


def test_what_two_do_together_makes_a_dyad_each_way_and_nobody_acts_on_themselves(found: list[ExportEvent]) -> None:
    (pact,) = [e for e in found if e.type == "SUPPORT"]
    assert [(d.actor.name, d.recipient.name, d.pair.reverse) for d in dyads(pact) if d.actor and d.recipient] == [
        ("Romania", "Taiwan", False),
        ("Taiwan", "Romania", True),
    ]


@given(words=strategies.text(max_size=12), title=strategies.text(max_size=12))
def test_no_words_break_a_line(words: str, title: str) -> None:
    one = next(events([report(title=title, publisher=words, url=words or None)]))
    named = dataclasses.replace(one, actors=(dataclasses.replace(one.actors[0], name=words, text=words),), recipients=())
    for name, table in TABLES.items():
        options = {"quoting": csv.QUOTE_NONE} if table.delimiter == "\t" else {}
        lines = list(csv.reader(io.StringIO(text_of(name, [named]), newline=""), delimiter=table.delimiter, **options))
        assert [len(line) for line in lines] == [WIDTHS[name]] * (1 + table.header)


# GDELT


def test_gdelt_has_no_header_and_codes_keep_their_zeros(found: list[ExportEvent]) -> None:
    read = frame("gdelt2-events", found, dtype={"EventCode": str, "EventBaseCode": str, "EventRootCode": str, "GLOBALEVENTID": "int64"})
    assert set(read.EventCode) == {"193", "050", "141", "125", "195"}
    assert "050" in set(read.EventBaseCode)
    assert "05" in set(read.EventRootCode)


def test_gdelt_counts_protest_as_verbal_conflict_and_yielding_as_material(found: list[ExportEvent]) -> None:
    assert row("gdelt2-events", found, EventCode="141")["QuadClass"] == 3
    assert next(e for e in found if e.type == "PROTEST").quad == 4


def test_gdelt_writes_fips_and_not_iso(found: list[ExportEvent]) -> None:
    codes = {r["ActionGeo_FullName"].partition(",")[0]: r["ActionGeo_CountryCode"] for r in iterate(TABLES["gdelt2-events"], found) if r["ActionGeo_FullName"]}
    assert codes == {"Timbuktu": "ML", "Sukhumi": "GG", "Aleppo": "SY"}


def test_gdelt_writes_cameo_countries_and_roles(found: list[ExportEvent]) -> None:
    pact = row("gdelt2-events", found, Actor1Name="ROMANIA")
    assert (pact["Actor1Code"], pact["Actor1CountryCode"], pact["Actor2CountryCode"]) == ("ROMGOV", "ROM", "TWN")
    assert sectors()["JRN"]["cameo"] == "MED"
    assert sectors()["MED"]["cameo"] == "HLH"


def test_gdelt_dates_have_no_more_than_is_known(found: list[ExportEvent]) -> None:
    pact = row("gdelt2-events", found, Actor1Name="ROMANIA")
    assert (pact["SQLDATE"], pact["MonthYear"], pact["Year"], pact["FractionDate"]) == (None, "202103", 2021, None)
    refused = row("gdelt2-events", found, EventCode="125")
    assert (refused["SQLDATE"], refused["MonthYear"], refused["Year"]) == (None, None, None)
    hit = row("gdelt2-events", found, EventCode="195")
    assert (hit["SQLDATE"], hit["FractionDate"], hit["DATEADDED"]) == ("20210303", "2021.1726", "20210304000000")


def test_gdelt_knows_the_lead_from_the_rest(found: list[ExportEvent]) -> None:
    assert {r["EventCode"]: r["IsRootEvent"] for r in iterate(TABLES["gdelt2-events"], found)} == {"193": 1, "050": 0, "141": 0, "125": 0, "195": 0}


def test_gdelt_tone_is_blank_and_scores_are_numbers(found: list[ExportEvent]) -> None:
    read = frame("gdelt2-events", found)
    assert read.AvgTone.isna().all()
    assert read.GoldsteinScale.min() == -9


# POLECAT


def test_polecat_has_the_sanctions_of_its_manual_as_material_conflict() -> None:
    assert ontology.QUADS[ontology.EVENT_TYPES["SANCTION"].quad or 0] == "material conflict"


def test_polecat_writes_a_de_facto_entity_as_its_nominal_sovereign(found: list[ExportEvent]) -> None:
    protest = row("polecat", found, **{"Event Type": "PROTEST"})
    assert (protest["Actor Country"], protest["Primary Actor Sector"], protest["Actor Sectors"], protest["Country"]) == ("GEO", "PRE", "PRE;CVL", "GEO")
    assert protest["Actor COW"] == 372


def test_polecat_says_how_an_event_is_put_in_its_mode() -> None:
    denied = row("polecat", list(events([report()])), **{"Event Mode": "heavy-weapons;negation"})
    assert denied["Event Type"] == "ASSAULT"


def test_polecat_marks_the_way_back(found: list[ExportEvent]) -> None:
    ids = [r["Event ID"] for r in iterate(TABLES["polecat"], found) if r["Event Type"] == "SUPPORT"]
    assert [i.endswith("_R") for i in ids] == [False, True]
    assert all(re.fullmatch(r"undated-\d-[0-9a-f]{15}_SUPPORT(_R)?", i) for i in ids)


def test_polecat_has_neither_a_headline_nor_trailing_tabs(found: list[ExportEvent]) -> None:
    header, *_ = text_of("polecat", found).splitlines()
    assert header.endswith("Language\tVersion")
    assert "Headline" not in header


# ICEWS


def test_icews_codes_keep_their_zeros_where_a_reader_is_told_they_are_text(found: list[ExportEvent]) -> None:
    assert "050" in set(frame("icews", found, dtype={"CAMEO Code": str})["CAMEO Code"])
    column = json.loads(described(TABLES["icews"]))["columns"][6]
    assert (column["name"], column["type"]) == ("CAMEO Code", "string")


def test_icews_writes_names_of_countries_and_sectors_in_words(found: list[ExportEvent]) -> None:
    shot = row("icews", found, **{"Target Name": "Malian soldiers"})
    assert (shot["Source Sectors"], shot["Target Country"], shot["Event Text"]) == ("Rebel", "Mali", "Fight with small arms and light weapons")
    assert (shot["Sentence Number"], shot["City"], shot["Province"]) == (1, "Timbuktu", "Tombouctou")


def test_every_code_that_the_ontology_gives_has_a_label() -> None:
    codes = {c for t in ontology.PLOVER for m in (None, *ontology.EVENT_TYPES[t].modes) if (c := ontology.cameo(t, m))}
    assert codes <= set(labels())


# ACLED


def test_acled_kinds(found: list[ExportEvent]) -> None:
    kinds = {r["location"]: (r["event_type"], r["sub_event_type"]) for r in iterate(TABLES["acled-like"], found)}
    assert kinds == {
        "Timbuktu": ("Battles", "Armed clash"),
        "Sukhumi": ("Protests", "Peaceful protest"),
        "Aleppo": ("Explosions/Remote violence", "Air/drone strike"),
    }


def test_acled_actors_are_kinds_in_words_and_foreign_forces_external(found: list[ExportEvent]) -> None:
    shot, marched, hit = (row("acled-like", found, location=x) for x in ("Timbuktu", "Sukhumi", "Aleppo"))
    assert (shot["inter1"], shot["inter2"], shot["interaction"]) == ("Rebel group", "State forces", "Rebel group-State forces")
    assert (shot["actor2"], shot["assoc_actor_2"]) == ("Malian soldiers", "5 civilians")
    assert (marched["actor1"], marched["assoc_actor_1"], marched["interaction"]) == ("Protesters (Georgia)", "crowd", "Protesters only")
    assert hit["inter1"] == "External/Other forces"


def test_acled_dates_and_their_precision(found: list[ExportEvent]) -> None:
    shot, marched = (row("acled-like", found, location=x) for x in ("Timbuktu", "Sukhumi"))
    assert (shot["event_date"], shot["time_precision"]) == ("2021-03-03", 1)
    assert (marched["event_date"], marched["time_precision"]) == ("2021-03-01", 2)


def test_acled_fatalities_are_blank_and_not_nought_where_none_are_told(found: list[ExportEvent]) -> None:
    assert row("acled-like", found, location="Timbuktu")["fatalities"] == 8
    assert row("acled-like", found, location="Sukhumi")["fatalities"] is None
    assert row("acled-like", found, location="Aleppo")["fatalities"] is None


def test_acled_notes_are_verbatim_and_tags_name_the_crowd(found: list[ExportEvent]) -> None:
    marched = row("acled-like", found, location="Sukhumi")
    assert marched["notes"] == "A crowd of 500 marched in Sukhumi"
    assert marched["tags"] == "crowd size=500; origins=1"


def test_acled_tags_say_how_an_event_is_put() -> None:
    denied = [r for r in iterate(TABLES["acled-like"], events([report()])) if "veridicality=denied" in r["tags"]]
    assert len(denied) == 1


def test_acled_countries_are_iso_numbers_without_zeros_in_front(found: list[ExportEvent]) -> None:
    assert frame("acled-like", found, dtype={"iso": "Int64"}).set_index("location").iso.to_dict() == {"Timbuktu": 466, "Sukhumi": 268, "Aleppo": 760}


# UCDP


def test_ucdp_sides_and_deaths(found: list[ExportEvent]) -> None:
    shot = row("ucdp-like", found, where_coordinates="Timbuktu")
    assert (shot["type_of_violence"], shot["side_a"], shot["side_b"]) == (1, "Government of Mali", "Raiders of Dawn")
    assert [shot[c] for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")] == [3, None, 5, None, 8, 8, 8]
    assert (shot["gwnoa"], shot["gwnob"], shot["country_id"], shot["region"]) == (432, None, 432, "Africa")


def test_ucdp_an_upper_limit_is_no_estimate(found: list[ExportEvent]) -> None:
    hit = row("ucdp-like", found, where_coordinates="Aleppo")
    assert [hit[c] for c in ("deaths_unknown", "best", "high", "low")] == [None, None, 9, None]
    assert (hit["type_of_violence"], hit["side_a"]) == (None, "Government of Russia")


def test_ucdp_precision_of_dates_and_places(found: list[ExportEvent]) -> None:
    shot = row("ucdp-like", found, where_coordinates="Timbuktu")
    assert (shot["date_prec"], shot["date_start"], shot["date_end"]) == (1, "2021-03-03 00:00:00.000", "2021-03-03 00:00:00.000")
    assert (shot["where_prec"], shot["event_clarity"], shot["adm_1"]) == (1, 1, "Tombouctou")
    assert pandas.to_datetime(frame("ucdp-like", found).date_start).dt.year.eq(2021).all()


def test_ucdp_cells_and_points(found: list[ExportEvent]) -> None:
    shot = row("ucdp-like", found, where_coordinates="Timbuktu")
    assert shot["geom_wkt"] == "POINT (-3.0074 16.7735)"
    assert shot["priogrid_gid"] == 213 * 720 + 353 + 1  # rows of half a degree from the south pole, columns from the antimeridian


def test_ucdp_names_whom_the_article_cites() -> None:
    denied = row("ucdp-like", list(events([report()])), source_original="Ado")
    assert denied["side_a"] == "Government of Mali"


def test_ucdp_lists_are_parted_by_semicolons_that_no_name_has(found: list[ExportEvent]) -> None:
    shot = row("ucdp-like", found, where_coordinates="Timbuktu")
    assert (shot["source_office"], shot["source_headline"], shot["number_of_sources"]) == ("Wire,Post", 'A "raid", and, more', 1)


def test_formats_say_what_else_than_asserted_they_can_tell() -> None:
    assert {n for n, t in TABLES.items() if "denied" in t.tells} == {"polecat", "acled-like"}


def test_an_own_type_has_its_own_codes() -> None:
    body = report().to_dict(with_text=True)
    body["events"] = [{**body["events"][0], "type": "PATROL", "mode": None, "cameo": None, "quad": 4}]
    some = list(events([Report.from_dict(body)]))
    assert [r["Event Type"] for r in iterate(TABLES["polecat"], some)] == ["PATROL", "PATROL"]
    assert not list(iterate(TABLES["gdelt2-events"], some))


def test_the_kinds_of_actors_are_documented() -> None:
    text = " ".join(DOCS.read_text(encoding="utf-8").split())
    for kind, name in (("state", "State forces"), ("rebel", "Rebel group"), ("militia", "Political militia"), ("civilian", "Civilians"), ("", "blank")):
        assert f"{name} {', '.join(s for s, r in sectors().items() if r['acled'] == kind)}" in text
    assert set(sectors()) == set(ontology.SECTORS)


def test_the_kinds_of_events_are_documented_and_known() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for kind in table_rows("acled_kinds"):
        cells = (kind["type"], kind["mode"] or "any", kind["target"] or "any", kind["disorder_type"], kind["event_type"], kind["sub_event_type"])
        assert f"| {' | '.join(c or '(blank)' for c in cells)} |" in text
        assert kind["mode"] in ("", *ontology.EVENT_TYPES[kind["type"]].modes)
