"""Every challenge's figures, with and without the encoder, into docs/measurements.md: ``python -m benchmarks.challenge [--write]``."""

from __future__ import annotations

import argparse
import sys

from benchmarks import page
from benchmarks.challenge import across, coreference, holders, positions, veridicality
from onrecord.pipeline import Coder


def figures(coder: Coder) -> dict[tuple[str, str], float]:
    """The figures of a coder by challenge and name, those of single kinds left out."""
    found = {
        "veridicality": veridicality.score(coder, veridicality.read()),
        "positions": positions.score(coder, positions.rows(positions.ROWS)),
        "events across articles": across.figures(coder, across.read("held")),
        "holders": holders.score(coder, positions.rows(holders.ROWS)),
    }
    found |= {f"coreference, {part}": some for part, some in coreference.score(coder, coreference.read()).items()}
    return {(name, figure): value for name, some in found.items() for figure, value in some.items() if "." not in figure and figure != "rows"}


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.challenge", description="Figures on our own challenge sets.")
    asked.add_argument("--write", action="store_true", help="write the table in docs/measurements.md")
    given = asked.parse_args(argv)
    learned, ruled = figures(Coder()), figures(Coder(model="none"))
    found = [(*key, f"{value:.3f}", f"{ruled[key]:.3f}") for key, value in learned.items()]
    lines = page.table(("challenge", "figure", "as shipped", "rules alone"), found)
    print("\n".join(lines))
    if given.write:
        page.write("measurements.md", "challenges", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
