"""The examples in README and the docs run and print what they say, links lead somewhere, and the site can be built."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from tests.doc_examples import READ, RUN, Page, examples, furnish, laid_out, loading_once
from tests.loops import beside
from typer.main import get_command

from onrecord import cli
from onrecord.cli.loading import COMMANDS, Later

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("furnished")
    with loading_once():
        furnish(folder)
        yield folder


@pytest.mark.xdist_group("examples")
@pytest.mark.parametrize("page", [p for p in PAGES if any(e.language in RUN and not e.why_not for e in examples(p))], ids=name)
def test_examples_print_what_the_page_says(page: Path, furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(laid_out(furnished, tmp_path / "here", page))
    run = Page(page, {"__name__": "__main__"})

    def run_all() -> None:
        for example in examples(page):
            if not example.why_not:
                written = run.run(example)
                assert written is None, f"{name(page)}:{example.line} prints something else (python -m tests.doc_examples {name(page)} writes it):\n{written}"

    if any("anyio.run(" in example.text for example in examples(page)):  # has a loop of its own; signals and processes want the main thread
        beside(run_all)
    else:
        run_all()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_blocks_say_what_they_are(page: Path) -> None:
    for example in examples(page):
        assert example.language.startswith("{") or example.language in {*RUN, *READ}, f"{name(page)}:{example.line} has no language that is known"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


FETCHED = re.compile(r"<(?:script|img|iframe)[^>]+src=.(?:https?:)?//|<link[^>]+rel=.(?:stylesheet|preload|preconnect)[^>]+href=.(?:https?:)?//")


def test_the_site_is_built_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(tmp_path / "doctrees"), str(ROOT / "docs"), str(tmp_path / "site")]
    built = subprocess.run(command, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    pages = {p: p.read_text(encoding="utf-8") for p in (tmp_path / "site").rglob("*.html")}
    assert len(pages) > len(PAGES) // 2
    assert not [page for page, text in pages.items() if FETCHED.search(text)]


LATER = cast(Later, get_command(cli.app))
COMMAND = re.compile(r"^(?:\$ )?onrecord ([a-z]+)(.*)$")
INLINE = re.compile(r"`([^`\n]+)`")


def options(command: Any) -> set[str]:
    """What a command, or any command within it, can be given."""
    own = {o for p in command.params if p.param_type_name == "option" for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    return own.union(*(options(c) for c in getattr(command, "commands", {}).values()))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_and_options_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for said in [*INLINE.findall(text), *(line for e in examples(page) for line in e.text.replace("\\\n", " ").splitlines())]:
        if found := COMMAND.match(said):
            assert found[1] in COMMANDS, said
            plain = re.sub(r"'[^']*'|\"[^\"]*\"", "", found[2]).partition(" | ")[0].partition("#")[0]
            given = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", plain))
            assert given <= options(LATER.load(found[1])), said


def test_the_command_line_has_no_option_that_is_gone() -> None:
    known = set().union(*(options(LATER.load(command)) for command in COMMANDS)) | {"--version"}
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert {o for code in INLINE.findall(page) for o in re.findall(r"(?<!\S)--[a-z][a-z-]*", code)} <= known
