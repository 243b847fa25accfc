"""Replication packages: no words of the articles in them, and the words put back from the articles."""

from __future__ import annotations

import json
from pathlib import Path

import polars
import pytest
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli.app import NOT_FOUND, USED_WRONGLY
from onrecord.cluster.linker import Linker
from onrecord.export.freezing import PackageError, check, freeze, hydrate
from onrecord.pipeline import Coder
from onrecord.records import Article
from onrecord.store import open_record

TEXT = "Norwegian minister Ola Berg condemned the shelling of Gjovik on 7 March 2021. “It was a crime,” he said. At least 12 people were killed."
SOME = (
    Article.make(TEXT, id="a", published="2021-03-09", publisher="Fjord Wire", title="Shelling condemned", url="http://wire.example/a"),
    Article.make("Talks between Chad and Niger went on.", id="b", published="2021-03-09", publisher="Fjord Wire"),
)


@pytest.fixture(scope="module")
def db(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("freezing") / "record.db"
    with open_record(path) as record:
        record.add(SOME, coder, linker=Linker())
    return path


@pytest.fixture(scope="module")
def package(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    with open_record(db) as record:
        freeze(record, folder)
    return folder


def test_a_package_has_tables_codebook_denominators_and_a_manifest(package: Path) -> None:
    manifest = check(package)
    assert manifest["files"]["articles.parquet"]["rows"] == 2
    assert manifest["runs"][0]["coder"].startswith("onrecord ")
    assert "| ACCUSE |" in (package / "codebook.md").read_text(encoding="utf-8")
    assert polars.read_csv(package / "outlet_days.csv").rows() == [("Fjord Wire", "2021-03-09", 2, 2)]


def test_no_words_of_an_article_are_in_a_package(package: Path) -> None:
    for path in package.glob("*.parquet"):
        for row in polars.read_parquet(path).iter_rows(named=True):
            cells = {c: v for c, v in row.items() if isinstance(v, str)}
            assert not [c for c, v in cells.items() if v in TEXT and " " in v and c not in ("name", "speaker_name")], path.name
            assert "condemned" not in cells.values()


def test_addresses_and_hashes_lead_back(package: Path) -> None:
    frame = polars.read_parquet(package / "articles.parquet")
    assert frame.filter(polars.col("id") == "a").select("url", "text_sha256").rows() == [("http://wire.example/a", SOME[0].text_sha256)]


def test_words_are_put_back_where_the_article_is_the_one_that_was_coded(package: Path, tmp_path: Path) -> None:
    other = Article.make(SOME[1].text + " Or not.", id="b")
    assert hydrate(package, [SOME[0], other], tmp_path / "out") == (1, 2)
    events = polars.read_parquet(tmp_path / "out" / "event_mentions.parquet")
    assert "condemned" in events["trigger"].to_list()
    assert all(text is None for text in events.filter(polars.col("article") == "b")["evidence"])
    who = polars.read_parquet(tmp_path / "out" / "participants.parquet")["text"].to_list()
    assert "Norwegian minister Ola Berg" in who


def test_a_package_that_was_changed_is_told(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in package.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (copy / "outlet_days.csv").write_text("nothing", encoding="utf-8")
    with pytest.raises(PackageError, match=r"outlet_days\.csv is not what it was"):
        check(copy)
    (copy / "outlet_days.csv").unlink()
    with pytest.raises(PackageError, match="missing"):
        check(copy)
    with pytest.raises(PackageError, match="no replication package"):
        check(tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def test_on_the_command_line(db: Path, tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps({"id": a.id, "text": a.text, "published": a.published}) for a in SOME), encoding="utf-8")
    folder, out = str(tmp_path / "package"), str(tmp_path / "out")
    made = run("freeze", folder, "--db", str(db))
    assert "2 articles" in made.stderr
    assert run("freeze", folder, "--db", str(db)).exit_code == USED_WRONGLY  # it is not empty
    assert "2 of 2 articles" in run("hydrate", folder, str(source), "-o", out).stderr
    source.write_text(json.dumps({"text": "Another text."}), encoding="utf-8")
    assert run("hydrate", folder, str(source), "-o", out).exit_code == NOT_FOUND
    assert run("hydrate", str(tmp_path / "none"), str(source), "-o", out).exit_code == USED_WRONGLY
