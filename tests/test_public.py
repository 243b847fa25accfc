"""The names that users import, in a fresh interpreter, in whatever order."""

from __future__ import annotations

import inspect
import runpy
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from benchmarks import public_api


@pytest.mark.parametrize(
    "line",
    [
        "from onrecord import read; assert not isinstance(read, type(__builtins__)); assert list(read([])) == []",
        "from onrecord import Coder, read; assert list(read([])) == []",
        "import onrecord.read.reader; from onrecord import Skip, read; assert list(read([])) == []",
        "import sys, onrecord.actors; import onrecord; assert onrecord.Article; onrecord.read",
    ],
)
def test_public_names_are_what_they_say(line: str) -> None:
    subprocess.run([sys.executable, "-c", line], check=True)


def test_reading_does_not_load_the_parser() -> None:
    subprocess.run([sys.executable, "-c", "import sys; from onrecord import read, Report; assert 'spacy' not in sys.modules"], check=True)


def test_public_names_and_signatures_change_only_by_will() -> None:
    made, kept = public_api.page().splitlines(), public_api.PAGE.read_text(encoding="utf-8").splitlines()
    assert made == kept, "a public name changed: see docs/stability.md; `python -m benchmarks.public_api` writes the page"


@pytest.mark.parametrize("module", public_api.MODULES)
def test_public_names_are_there_and_said_what_for(module: str) -> None:
    found = import_module(module)
    for name in public_api.MODULES[module] or found.__all__:
        value = getattr(found, name)
        assert value.__doc__ or not (inspect.isclass(value) or inspect.isroutine(value)), name


def test_a_signature_reads_the_same_in_every_python() -> None:
    def of(text: str, *, when: str | None = None, how: Path = Path("x"), name: str = "a") -> dict[str, int]:
        raise NotImplementedError

    assert public_api.signature(of) == '(text: str, *, when: str | None = None, how: Path = …, name: str = "a") -> dict[str, int]'


def test_a_users_typed_program_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["program"])
    runpy.run_path(str(Path(__file__).parent / "typing" / "program.py"), run_name="__main__")  # mypy checks it with the code: pyproject.toml
