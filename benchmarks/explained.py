"""What each benchmark's figure says, on how much, how sure, and what others report: ``python -m benchmarks.explained [--write]``.

Scores come from the table that ``benchmarks.measure`` wrote into docs/measurements.md, intervals from the tolerances of
``floors.toml`` (two bootstrap standard deviations of the stage, so about 95 %), the rest from ``explained.toml``. Also
makes docs/model-card.md, which is models/CARD.md with the card's table of scores.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from benchmarks import page

HERE = Path(__file__).parent
CARD = HERE.parent / "models" / "CARD.md"
CARD_FIGURES = {
    "attribution": ("relation.f1", "recall_direct", "recall_mixed", "recall_indirect"),
    "relation": ("root_accuracy", "root_macro_f1", "penta_accuracy"),
    "record": ("attributions.f1", "speaker_accuracy", "events.f1", "events_with_dyad.f1", "positions.f1"),
    "stance": ("triples.f1",),
}
"""What of the benchmarks depends on the weights most."""
Score = dict[tuple[str, str], float]


def explained() -> dict[str, Any]:
    """What is said of each benchmark."""
    return tomllib.loads((HERE / "explained.toml").read_text(encoding="utf-8"))


def floors() -> dict[str, Any]:
    """The benchmarks with their floors."""
    return tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def scores() -> Score:
    """What was measured last, from the page that says so."""
    text = (page.DOCS / "measurements.md").read_text(encoding="utf-8")
    inside = text.partition("<!-- measured: begin -->")[2].partition("<!-- measured: end -->")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in inside.splitlines() if line.startswith("|")]
    return {(row[0], row[3]): float(row[4]) for row in rows[2:]}


def interval(value: float, tolerance: float) -> str:
    """The bounds of a score, within 0 and 1."""
    return f"{max(0.0, value - tolerance):.2f}–{min(1.0, value + tolerance):.2f}"


def figure_rows() -> list[tuple[str, ...]]:
    """Each figure with what it says, its value and interval."""
    told, known, found = explained(), floors(), scores()
    return [
        (name, f"`{metric}`", told[name]["figures"][metric], f"{found[name, metric]:.3f}", interval(found[name, metric], floor["tolerance"]))
        for name, floor in known.items()
        for metric in floor["floors"]
    ]


def gold_rows() -> list[tuple[str, ...]]:
    """Each benchmark with its gold, its size and how it is measured."""
    return [(name, told["size"], told["parts"], f"`--only {name}`") for name, told in explained().items()]


def other_rows() -> list[tuple[str, ...]]:
    """What others report beside ours."""
    found = scores()
    return [
        (name, f"`{o['figure']}`", o["system"], f"{o['value']:.3f}", o["on"], o["source"], f"{found[name, o['figure']]:.3f}")
        for name, told in explained().items()
        for o in told.get("others", ())
    ]


def card_rows() -> list[tuple[str, ...]]:
    """The scores of the model card."""
    return [row for row in figure_rows() if row[1].strip("`") in CARD_FIGURES.get(row[0], ())]


def tables() -> dict[str, list[str]]:
    """The tables of docs/measurements.md by the names of their places."""
    return {
        "figures": page.table(("benchmark", "figure", "what it says", "measured", "about 95 %"), figure_rows()),
        "golds": page.table(("benchmark", "size", "what part, and what ours has seen of it", "again"), gold_rows()),
        "others": page.table(("benchmark", "figure", "system", "reported", "on", "source", "ours, development"), other_rows()),
    }


def card() -> str:
    """The model card with its scores, as it stands in models/."""
    text = CARD.read_text(encoding="utf-8")
    lines = page.table(("benchmark", "figure", "what it says", "measured", "about 95 %"), card_rows())
    begin, end = "<!-- scores: begin -->\n", "<!-- scores: end -->"
    return text[: text.index(begin)] + begin + "".join(f"{line}\n" for line in lines) + text[text.index(end) :]


def card_page() -> str:
    """The card as a page of the docs: the same text with links that hold from there."""
    return re.sub(r"\]\(\.\./docs/", "](", card())


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.explained", description="What each figure says, on what, and what others report.")
    options.add_argument("--write", action="store_true", help="write the tables of docs/measurements.md, models/CARD.md and docs/model-card.md")
    given = options.parse_args(argv)
    for name, lines in tables().items():
        print("\n".join((name, "", *lines, "")))
        if given.write:
            page.write("measurements.md", name, lines)
    if given.write:
        CARD.write_text(card(), encoding="utf-8")
        (page.DOCS / "model-card.md").write_text(card_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
