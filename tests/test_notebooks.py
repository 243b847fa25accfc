"""The notebooks of the documentation run, and what is kept of them was made by running."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from scripts.notebooks import FOLDER, run

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert [p.stem for p in NOTEBOOKS] == ["audit-the-coder", "event-data", "who-condemned-what"]


@pytest.mark.filterwarnings("ignore::RuntimeWarning:zmq.*", "ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "data", tmp_path / "data")
    copy = shutil.copy(path, tmp_path)
    done, kept = run(Path(copy)), nbformat.read(path, as_version=4)
    assert [kinds(c) for c in done.cells] == [kinds(c) for c in kept.cells]  # `python -m scripts.notebooks` writes the outputs anew


def kinds(cell: nbformat.NotebookNode) -> tuple[str, list[list[str]]]:
    """What a cell is, and what media types its outputs are of."""
    return cell.cell_type, [sorted(o.get("data", {o.output_type: ""})) for o in cell.get("outputs", [])]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_what_is_kept_of_a_notebook_names_no_machine(path: Path) -> None:
    body = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(body, as_version=4)
    nbformat.validate(notebook)
    assert "/tmp/" not in body
    assert str(Path.home()) not in body
    assert all(c.execution_count == n for n, c in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1))
    assert not any(o.output_type == "error" or o.get("name") == "stderr" for c in notebook.cells for o in c.get("outputs", []))
