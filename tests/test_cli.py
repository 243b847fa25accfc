"""The command line as a newcomer meets it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast

import polars
import pytest
from benchmarks import start
from typer.main import get_command
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli import coders
from onrecord.cli.app import NOT_FOUND, NOTHING_CODED
from onrecord.cli.coding import Kind
from onrecord.cli.loading import COMMANDS, Later
from onrecord.pipeline import Coder
from onrecord.records import Report

TEXT = "LIMA (Wire) - Peru condemned the coup in Niger on Sunday.\u2028 “The coup is illegal,” Foreign Minister Ana Torres said.\n"


@pytest.fixture(autouse=True)
def one_coder(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's coder for every call, so that the model is loaded once."""
    monkeypatch.setattr(coders, "Coder", lambda **_: coder)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "peru.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, list(words), input=stdin)


def test_code_prints_a_readable_table(article: Path) -> None:
    result = run("code", str(article), "--published", "2023-07-31")
    assert result.exit_code == 0
    assert "Who did what" in result.stdout
    assert "condemned" in result.stdout


def test_code_writes_a_report_a_line(article: Path) -> None:
    result = run("code", str(article), "--published", "2023-07-31", "--format", "jsonl", "--with-text")
    (line,) = result.stdout.splitlines()
    report = Report.from_dict(json.loads(line))
    assert report.article.text == TEXT
    assert "ACCUSE" in {e.type for e in report.events}


def test_findings_go_to_stdout_and_notes_to_stderr(article: Path) -> None:
    result = run("code", str(article), "--format", "jsonl")
    assert "--published" in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("what", list(Kind))
def test_code_writes_a_row_per_finding(article: Path, what: Kind) -> None:
    result = run("code", str(article), "--published", "2023-07-31", "--what", what.value, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert all(r["published"] == "2023-07-31" for r in rows)


def test_parquet_goes_to_a_file(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    assert run("code", str(article), "--format", "parquet", "-o", str(out)).exit_code == 0
    assert "type" in polars.read_parquet(out).columns


def test_standard_input_is_read(article: Path) -> None:
    assert "condemned" in run("code", "-", "--published", "2023-07-31", stdin=TEXT).stdout


def test_a_jsonl_article_keeps_its_own_id(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps({"id": f"own-{n}", "text": TEXT}) + "\n" for n in (1, 2)))
    lines = run("code", str(path), "--format", "jsonl").stdout.splitlines()
    assert [json.loads(x)["article"]["id"] for x in lines] == ["own-1", "own-2"]


def test_what_is_not_asked_for_is_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": TEXT, "url": f"https://{host}/x"}) for n, host in enumerate(("a.org", "b.org", "a.org"))))
    result = run("code", str(path), "--format", "jsonl", "--where", "host = b.org", "--where", "language = en")
    assert [json.loads(x)["article"]["id"] for x in result.stdout.splitlines()] == ["1"]
    assert "2 document(s) left out by --where" in result.stderr
    assert "skipped" not in result.stderr


def test_a_condition_that_cant_be_understood_is_said_with_its_place(article: Path) -> None:
    result = run("code", str(article), "--where", "date >= soon")
    assert result.exit_code == 2
    assert "character 9" in result.stderr


def test_of_many_skips_of_one_reason_the_first_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{bad\n" * 50 + json.dumps({"text": TEXT}))
    result = run("code", str(path))
    assert result.stderr.count("[bad_row]") == 20
    assert "30 more of the kind bad_row" in result.stderr
    assert "50 document(s) skipped" in result.stderr


def test_a_bad_document_is_reported_and_the_batch_goes_on(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run("code", str(tmp_path), "--format", "jsonl")
    assert result.exit_code == 0
    assert "empty.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_nothing_to_code_is_exit_3(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run("code", str(tmp_path / "empty.txt")).exit_code == NOTHING_CODED


def test_html_is_one_page_that_asks_for_nothing_else(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    run("code", str(article), "--published", "2023-07-31", "--format", "html", "-o", str(out))
    page = out.read_text(encoding="utf-8")
    assert all(word not in page for word in ("<script src", "<link", "<img", "@import", "url("))
    assert 'tabindex="0"' in page
    assert "rule events." in page


def test_why_tells_the_rule_and_the_words(article: Path, tmp_path: Path) -> None:
    saved = tmp_path / "report.jsonl"
    run("code", str(article), "--published", "2023-07-31", "--format", "jsonl", "-o", str(saved))
    event = next(e for e in json.loads(saved.read_text())["events"] if e["type"] == "ACCUSE")
    result = run("why", event["id"], str(saved))
    assert result.exit_code == 0
    assert "made by rule: events." in result.stdout
    assert "'condemned'" in result.stdout
    assert "the rule stands in lexicons/en/events" in result.stdout


def test_why_on_an_unknown_id_is_exit_4(article: Path, tmp_path: Path) -> None:
    saved = tmp_path / "report.jsonl"
    run("code", str(article), "--format", "jsonl", "-o", str(saved))
    assert run("why", "ev-nowhere", str(saved)).exit_code == NOT_FOUND


def test_why_on_something_else_names_the_line(tmp_path: Path) -> None:
    saved = tmp_path / "not.jsonl"
    saved.write_text("{}\n")
    result = run("why", "ev-1", str(saved))
    assert result.exit_code == 2
    assert "line 1 is not a report" in result.stderr


def test_demo_shows_who_stands_where_on_each_event_and_writes_the_page(tmp_path: Path) -> None:
    out, db = tmp_path / "demo.html", tmp_path / "demo.db"
    result = run("demo", "-o", str(out), "--db", str(db))
    assert result.exit_code == 0
    assert "12 articles" in result.stdout
    assert out.read_text(encoding="utf-8").count("<article") == 12
    votes = [line for line in result.stdout.splitlines() if line.startswith("election · ")]
    assert len({line.split(" · ")[1][:4] for line in votes}) > 1  # two elections in one place, years apart
    assert run("events", "--db", str(db), "--type", "ELECTION", "--format", "jsonl").stdout.count("\n") >= 2
    assert run("demo", "-o", str(out), "--db", str(db)).exit_code == 2  # a record is never overwritten


def test_the_version_is_printed() -> None:
    assert run("--version").stdout.startswith("onrecord ")


def loaded(name: str) -> Any:
    """A command with its options."""
    return cast(Later, get_command(cli.app)).load(name)


def test_the_list_of_commands_says_what_each_does() -> None:
    for name, (_, line) in COMMANDS.items():
        assert loaded(name).help.partition("\n")[0] == line
    assert set(cast(Later, get_command(cli.app)).commands) == set(COMMANDS)  # all that the modules register
    shown = run("--help").stdout
    assert all(name in shown for name in COMMANDS)


def test_a_command_that_is_not_there_is_said() -> None:
    assert run("evnts").exit_code == 2


@pytest.mark.parametrize("given", [["--help"], ["events", "--help"], ["positions", "--db", "none.db"]])
def test_asking_loads_no_parser_and_no_network(given: list[str], tmp_path: Path) -> None:
    asked = f"import sys; sys.argv = ['onrecord', *{given!r}]\nfrom onrecord.cli import main\n"
    code = asked + "try: main()\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, capture_output=True, text=True)
    assert not {"spacy", "onnxruntime", "tokenizers", "trafilatura", "alembic", "fastapi", "pandas"} & set(done.stderr.split())


def test_coding_a_text_loads_only_what_its_result_needs(article: Path) -> None:
    code = f"import sys; sys.argv = ['onrecord', 'code', {str(article)!r}]\nfrom onrecord.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "onrecord.pipeline" in done.stderr.split()
    assert not {"polars", "sqlalchemy", "trafilatura", "fastwarc", "fastapi", "pandas", "pyarrow", "onrecord.store"} & set(done.stderr.split())


def test_the_first_result_takes_little_more_than_twice_what_spacy_alone_takes_to_start() -> None:
    first, bare = start.measured(2)
    assert first / bare <= start.MOST


def test_every_command_and_option_is_documented() -> None:
    text = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        command = loaded(name)
        assert f"## `onrecord {name}" in text
        options = [o for p in command.params if p.param_type_name == "option" for o in (*p.opts, *p.secondary_opts)]
        assert all(f"`{o}`" in text for o in options if o != "--help")


def test_several_processes_code_as_one(article: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(coders, "workers", lambda jobs, *_: asked.append(jobs) or nullcontext(coder))
    assert run("code", str(article), "--format", "jsonl", "--jobs", "3").stdout == run("code", str(article), "--format", "jsonl").stdout
    assert asked == [3, 1]
