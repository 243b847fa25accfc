"""The R script of the documentation runs on a record, with Debian's R."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord.store import open_record

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "examples" / "r" / "record.R"


def r_missing() -> str | None:
    """Why R can't be used here; None where it can."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return "there is no Rscript: apt-get install r-base-core r-cran-rsqlite r-cran-dbi"
    known = subprocess.run([rscript, "-e", "library(DBI); library(RSQLite)"], capture_output=True, text=True, check=False)
    return None if known.returncode == 0 else f"R has no DBI or RSQLite: {known.stderr[:200]}"


@pytest.fixture(scope="module")
def rscript() -> str:
    if (why := r_missing()) is not None:
        pytest.skip(why)
    return "Rscript"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "r.db"
    with open_record(path) as record:
        record.add([an_article(n) for n in range(12)], SampleCoder("0"))
        record.add([an_article(n) for n in range(12)], SampleCoder())  # what is superseded is not counted
        record.review(record.positions(article="a3")[0]["id"], "rejected", by="A. Reader", article="a3")
    return path


def ran(arguments: Sequence[str]) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_script_reads_a_record(rscript: str, db: Path, tmp_path: Path) -> None:
    table, figure = tmp_path / "events.tsv", tmp_path / "figure.pdf"
    ran([sys.executable, "-m", "onrecord.cli", "export", "icews", "--db", str(db), "-o", str(table)])
    said = ran([rscript, str(SCRIPT), str(db), str(table), str(figure)])
    held = said.partition("is for and against something")[2].partition("Conflict and cooperation")[0]
    against = [int(line.split()[-1]) for line in held.splitlines() if line.strip() and line.split()[-1].isdigit()]
    assert sum(against) == 11  # one of the twelve positions was rejected
    assert "the strike" in said.partition("is for and against")[0]
    assert "The dyads with most events" in said
    assert figure.read_bytes().startswith(b"%PDF")


def test_the_script_adds_up_like_the_record(rscript: str, db: Path) -> None:
    said = ran([rscript, str(SCRIPT), str(db)])
    rows = [line.split() for line in said.partition("balance: -1")[2].splitlines() if line.strip()[:2] == "20"]
    with open_record(db) as record:
        months = record.counts("event-month", split="none")
    expected = {row["period"]: row["count"] for row in months}
    assert {r[0]: int(r[2]) + int(r[3]) for r in rows if int(r[2]) + int(r[3])} == expected


def test_the_script_says_what_it_needs(rscript: str) -> None:
    done = subprocess.run([rscript, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "say which record" in done.stderr


def blocks(language: str) -> list[str]:
    """The code of docs/r.md in a language."""
    page = (ROOT / "docs" / "r.md").read_text(encoding="utf-8")
    return [code for kind, code in re.findall(r"^```(\w*)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE) if kind == language]


def test_the_page_on_r_says_what_r_says(rscript: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("docs", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    for line in "".join(blocks("bash")).splitlines():
        name, *arguments = line.split()
        ran([rscript, *arguments] if name == "Rscript" else [sys.executable, "-m", "onrecord.cli", *arguments])
    code = "".join(blocks("r"))
    promised = [line.removeprefix("#>").split() for line in code.splitlines() if line.startswith("#>")]
    assert promised
    Path("page.R").write_text(code, encoding="utf-8")
    assert [line.split() for line in ran([rscript, "page.R"]).splitlines()] == promised
