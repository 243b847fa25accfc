"""The command line that challenges scored by row share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from onrecord.pipeline import Coder

R = TypeVar("R")


def run(
    name: str, rows: list[R], score: Callable[[Coder, list[R]], dict[str, float]], errors: Callable[[Coder, list[R]], Iterator[str]], argv: Sequence[str]
) -> int:
    """Print a challenge's figures and, if asked, the rows that come out wrong; returns the exit status."""
    asked = argparse.ArgumentParser(prog=f"python -m benchmarks.challenge.{name}", description=f"Figures on the {name} challenge.")
    asked.add_argument("--model", default="none", help="as for Coder: small, none, or the folder of other weights")
    asked.add_argument("--errors", action="store_true", help="print the wrong rows")
    given = asked.parse_args(argv)
    coder = Coder(model=given.model)
    if given.errors:
        print(*errors(coder, rows), sep="\n\n")
    for figure, value in score(coder, rows).items():
        print(f"{figure:32} {value:.4f}")
    return 0
