"""Briefs: everything in them has its source, the three forms say the same, and nothing hostile gets out of a quotation."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.explore.conftest import HOSTILE, Joining
from tests.store_samples import SampleCoder, an_article
from typer.testing import CliRunner

from onrecord import cli
from onrecord.cli.app import NOT_FOUND
from onrecord.explore import briefs, make_app
from onrecord.issues import Issue
from onrecord.store import QueryError, Record, open_record

DANGEROUS = ('=HYPERLINK("http://attacker.example","x")', "+1+1", "-2", "@SUM(A1)", "\x00\x0b\x1f]]>\uffff", "<script>alert(1)</script>", HOSTILE)


@pytest.fixture(scope="module")
def brief(joined: Record) -> briefs.Brief:
    return briefs.on_event(joined, "event-a", point="broad")


@pytest.fixture(scope="module")
def hostile(brief: briefs.Brief) -> briefs.Brief:
    """The same with dangerous words everywhere."""
    first, source = brief.positions[0], brief.sources[0]
    positions = [dataclasses.replace(first, id=f"p{n}", quotation=words, holder=words, on=words, speaker=words) for n, words in enumerate(DANGEROUS)]
    sources = (dataclasses.replace(source, headline=DANGEROUS[0], outlet=HOSTILE, url="javascript:alert(1)"), *brief.sources[1:])
    return dataclasses.replace(brief, title=f"{HOSTILE} {DANGEROUS[4]}", positions=tuple(positions), sources=sources)


def paragraphs(content: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_every_statement_has_its_source_with_address_and_hash(joined: Record, brief: briefs.Brief) -> None:
    known = {r["id"]: r for r in joined.articles()}
    assert {s.article for s in brief.sources} == {"a0", "a4", "a1"}
    assert [s.number for s in brief.sources] == [1, 2, 3]
    for s in brief.sources:
        assert s.text_sha256 == known[s.article]["text_sha256"]
        assert s.coder == "sample 1 model m1 codebook own.toml@1a2b"
    numbers = {s.number for s in brief.sources}
    statements: list[Any] = [*brief.tellings, *brief.positions]
    assert statements
    assert {s.source for s in statements} <= numbers
    texts = {a: (joined.report(a) or pytest.fail("no report")).article.text for a in known}
    article = {s.number: s.article for s in brief.sources}
    assert all(s.quotation in " ".join(texts[article[s.source]].split()) for s in statements)


def test_a_brief_and_the_page_of_the_event_agree(joint: TestClient, brief: briefs.Brief) -> None:
    page = joint.get("/event.json?id=event-a&point=broad").json()
    assert {p.id for p in brief.positions} == {p["id"] for p in page["positions"]}
    assert {t.id for t in brief.tellings} == {m["id"] for m in page["rows"]}
    assert [d.what for d in brief.differences] == ["how many were killed"]
    assert [(v.value, v.sources) for v in brief.differences[0].versions] == [("2", (1,)), ("at least 6", (2,))]


def test_a_brief_as_of_a_day_has_what_was_published_by_then(joined: Record, joint: TestClient) -> None:
    made = briefs.on_event(joined, "event-a", as_of=datetime.date(2021, 3, 8), point="broad")
    assert [s.article for s in made.sources] == ["a0"]
    assert [t.source for t in made.tellings] == [1]
    assert made.differences == ()
    assert made.facts[0] == ("As of", "8 March 2021")
    assert dict(made.facts)["Reported"] == "told by 1 origin up to that day; 1 article of 1 outlet: Fjord Wire"
    assert any("published up to 8 March 2021" in sentence for sentence in made.method)
    with pytest.raises(QueryError, match="published by 2021-03-07"):
        briefs.on_event(joined, "event-a", as_of=datetime.date(2021, 3, 7))
    assert joint.get("/brief.docx?event=event-a&as_of=2021-03-08&point=broad").content == briefs.docx(made)


def test_what_is_not_found_is_said_with_what_was_looked_through(brief: briefs.Brief) -> None:
    assert brief.denials == ()
    text = "\n".join(paragraphs(briefs.docx(brief)))
    assert "None found in these 3 articles." in text
    assert "Looked through for who stands where: " in text


def test_a_source_says_when_it_was_retrieved_or_only_when_it_was_added(tmp_path: Path) -> None:
    known = dataclasses.replace(an_article(0, day="2021-03-08"), retrieved_at="2021-03-09T06:00:00Z")
    with open_record(tmp_path / "r.db") as record:
        record.add([known, *(an_article(n, day=f"2021-03-{10 + n}") for n in (1, 2, 4))], SampleCoder(), linker=Joining())
        assert [r["retrieved_at"] for r in record.articles()] == [None, None, None, "2021-03-09T06:00:00Z"]
        made = briefs.on_event(record, "event-a", point="broad")
        assert [s.retrieved for s in made.sources] == ["2021-03-09", "", ""]
        said = "\n".join(paragraphs(briefs.docx(made)))
        assert "Retrieved 2021-03-09." in said
        assert f"Added to the record {made.sources[1].added}." in said
        client = TestClient(make_app(record), base_url="http://localhost", headers={"accept": "text/html"})
        assert "retrieved 2021-03-09" in client.get("/article?id=a0&point=broad").text


def test_less_sure_positions_are_left_out_and_counted(joined: Record) -> None:
    strict = briefs.on_event(joined, "event-a")
    assert strict.positions == ()
    assert any("3 positions are left out" in sentence for sentence in strict.method)


def test_the_document_has_every_statement_and_source(brief: briefs.Brief) -> None:
    text = "\n".join(paragraphs(briefs.docx(brief)))
    for p in brief.positions:
        assert p.quotation in text
        assert p.holder in text
    for t in brief.tellings:
        assert t.quotation in text
    for s in brief.sources:
        assert s.text_sha256 in text
        assert f"[{s.number}] {s.outlet}" in text
    assert all(sentence in text for sentence in brief.method)


def test_the_workbook_has_every_statement_with_its_source_beside_it(brief: briefs.Brief) -> None:
    read = sheets(briefs.xlsx(brief))
    head, *rows = read["Positions"]
    sources = {s.number: s for s in brief.sources}
    assert len(rows) == len(brief.positions)
    for row, p in zip(rows, brief.positions, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert (cells["holder"], cells["quotation"], cells["side"]) == (p.holder, p.quotation, p.side)
        assert cells["text_sha256"] == sources[p.source].text_sha256
    assert len(read["Sources"]) == len(brief.sources) + 1
    assert read["Denials"][1][0] == "none found in these 3 articles"


def test_the_page_has_every_statement_and_loads_nothing(brief: briefs.Brief) -> None:
    page = html.fromstring(briefs.html(brief))
    said = page.text_content()
    assert all(p.quotation in said and p.holder in said for p in brief.positions)
    assert {f"source-{s.number}" for s in brief.sources} == set(page.xpath("//li/@id"))
    assert not page.xpath("//script | //img | //link | //iframe | //@onclick | //@style")
    local = [a for a in page.xpath("//a/@href") if not a.startswith(("http://", "https://"))]
    assert set(local) <= {"brief.docx", "brief.xlsx", "brief.json", *(f"#source-{s.number}" for s in brief.sources)}


def test_nothing_in_a_cell_is_a_formula(hostile: briefs.Brief) -> None:
    book = openpyxl.load_workbook(io.BytesIO(briefs.xlsx(hostile)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert not any(c.hyperlink for c in cells)
    assert set(DANGEROUS[:4]) <= {c.value for c in cells}


def test_what_no_xml_holds_is_replaced_and_markup_is_text(hostile: briefs.Brief) -> None:
    assert "\ufffd\ufffd\ufffd]]>\ufffd" in paragraphs(briefs.docx(hostile))
    assert DANGEROUS[5] in paragraphs(briefs.docx(hostile))
    raw = briefs.html(hostile)
    assert "<script" not in raw
    page = html.fromstring(raw)
    assert DANGEROUS[5] in page.text_content()
    assert not [a for a in page.xpath("//a/@href") if a.startswith("javascript")]


def test_the_same_record_gives_the_same_bytes(joined: Record, brief: briefs.Brief) -> None:
    again = briefs.on_event(joined, "event-a", point="broad")
    assert {name: make(again) for name, make in briefs.FORMS.items()} == {name: make(brief) for name, make in briefs.FORMS.items()}
    for content in (briefs.docx(brief), briefs.xlsx(brief), briefs.zipped(brief)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {i.date_time[0] for i in archive.infolist()} == {1980}


def test_an_issue_has_its_holders_and_who_was_looked_for(joined: Record) -> None:
    issue = Issue(question="Was the strike right?", id="is-1", terms=("strike",))
    made = briefs.on_issue(joined, issue, holders=("CHL",), point="broad")
    assert sorted((p.holder, p.side) for p in made.positions if not p.earlier) == [("Norland", "against"), ("Ostia", "against"), ("Westrum", "against")]
    assert {p.holder for p in made.positions if p.earlier} == {"Ostia", "Westrum"}
    assert made.without == ("Chile",)
    assert "Of Chile no statement was found in it." in paragraphs(briefs.docx(made))
    assert sheets(briefs.xlsx(made))["Not found"][1][0] == "Chile"


def test_the_explorer_gives_briefs_on_questions_and_who_was_looked_for(joined: Record, joint: TestClient) -> None:
    asked = {"issue": 'question = "Was the strike right?"\nterms = ["strike"]', "body": "G7", "holder": "Westrum", "as_of": "2021-03-09", "point": "broad"}
    answer = joint.get("/brief.xlsx", params=asked)
    read = sheets(answer.content)
    assert {row[0] for row in read["Positions"][1:]} == {"Ostia"}
    assert {"France", "Westrum"} <= {row[0] for row in read["Not found"][1:]}
    on_event = joint.get("/brief.xlsx?event=event-a&holder=Sudmark&point=broad")
    assert [row[0] for row in sheets(on_event.content)["Not found"][1:]] == ["Sudmark"]
    assert "/brief.docx?" in joint.get("/stands", params=asked).text


@pytest.mark.parametrize("asked", ["", "?event=event-a&issue=x", "?event=event-a&as_of=lately", "?event=event-a&colour=red"])
def test_what_a_brief_can_not_be_on_is_told(joint: TestClient, asked: str) -> None:
    assert joint.get(f"/brief.docx{asked}").status_code == 422


def test_an_event_that_is_not_there_is_said_so(joined: Record, joint: TestClient) -> None:
    with pytest.raises(QueryError):
        briefs.on_event(joined, "nothing")
    assert joint.get("/brief.docx?event=nothing").status_code == 404


@pytest.mark.parametrize("form", ["docx", "xlsx", "zip"])
def test_the_explorer_gives_each_form(joint: TestClient, brief: briefs.Brief, form: str) -> None:
    answer = joint.get(f"/brief.{form}?event=event-a&point=broad")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="brief-event-a.{form}"'
    assert answer.content == briefs.FORMS[f".{form}"](brief)


def test_the_command_line_writes_a_file_or_a_folder(joined: Record, tmp_path: Path, brief: briefs.Brief) -> None:
    def run(*words: object) -> int:
        return CliRunner().invoke(cli.app, ["brief", *map(str, words), "--db", joined.address]).exit_code

    assert run("event-a", "-o", tmp_path / "b.docx", "--operating-point", "broad") == 0
    assert (tmp_path / "b.docx").read_bytes() == briefs.docx(brief)
    assert run("event-a", "-o", tmp_path / "folder", "--operating-point", "broad") == 0
    assert {p.name for p in (tmp_path / "folder").iterdir()} == {"index.html", "brief.docx", "brief.xlsx", "brief.json"}
    assert json.loads((tmp_path / "folder" / "brief.json").read_text())["id"] == "event-a"
    (tmp_path / "i.toml").write_text('question = "Was the strike right?"\nterms = ["strike"]\n')
    assert run(tmp_path / "i.toml", "-o", tmp_path / "i.xlsx", "--as-of", "2021-03-09") == 0
    assert run("event-a", "-o", tmp_path / "e.html", "--as-of", "2021-03-08") == 0
    assert "Only articles published up to 8 March 2021 count" in (tmp_path / "e.html").read_text()
    assert run("nothing", "-o", tmp_path / "n.docx") == NOT_FOUND
    assert run("event-a", "-o", tmp_path / "n.odt") != 0
