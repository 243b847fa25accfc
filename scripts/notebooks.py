"""Run the notebooks of the documentation anew, so that what they show is what the code gives: ``python -m scripts.notebooks [NAME …]``."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"
SECONDS = 120
"""In which each cell must be done, on a busy machine too."""


def run(path: Path) -> nbformat.NotebookNode:
    """A notebook with the outputs of its cells, run beside its data.

    Args:
        path: the notebook, whose cells must not ask for anything that is not in its folder.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    beside = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=beside, record_timing=False).execute()
    return tidied(notebook)


def tidied(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Without what is another on each machine, with ids of cells that stay, and of charts with the picture alone, which every reader of a notebook can show."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            for kind in [k for k in output.get("data", ()) if k.startswith("application/vnd.vegalite")]:
                del output["data"][kind]
    return notebook


def main(names: list[str]) -> None:
    """Run those notebooks, or all."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        if not names or path.stem in names:
            nbformat.write(run(path), path)
            print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main(sys.argv[1:])
