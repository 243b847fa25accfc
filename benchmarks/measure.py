"""Scores on every development file against their floors: ``python -m benchmarks.measure BENCH_DIR``.

``BENCH_DIR`` holds the development files and ``score.py`` (docs/measurements.md says what each is and where
it comes from). Fails where a score has fallen below its floor by more than the tolerance of its stage: two
bootstrap standard deviations. ``--write`` raises floors to what was measured (never lowers one) and writes
the table in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import functools
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import page, predict
from onrecord.pipeline import Coder

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
OWN_SCORE = {
    "origins": ("benchmarks.origins",),
    "coreference": ("benchmarks.challenge.coreference",),
    "across": ("benchmarks.challenge.across", "--json"),
}
"""Stages that score themselves: on a set made from a file without answers, or on articles of our own, which are in the project."""
HEADINGS = ("benchmark", "stage", "file", "figure", "measured", "floor")


_coder = functools.cache(Coder)
"""One for each process that measures: to load it takes as long as some stages do."""


def scores(bench: Path, stage: str, file: str) -> dict[str, Any]:
    """The scorer's answer for one stage and development file."""
    if stage in OWN_SCORE:
        module, *options = OWN_SCORE[stage]
        given = options or [str(HERE.parent / file if (HERE.parent / file).exists() else bench / file)]
        command = [sys.executable, "-m", module, *given]
        own: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent).stdout)
        return own
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "predictions.jsonl"
        predict.write(stage, bench / file, output, _coder())
        answer = subprocess.run([sys.executable, str(bench / "score.py"), stage, str(bench / file), str(output)], check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def value_of(result: dict[str, Any], metric: str) -> float:
    """A figure of the scorer's answer by its dotted name: ``relation.f1``."""
    value: Any = result
    for key in metric.split("."):
        value = value[key]
    return float(value)


def measure(bench: Path, floors: dict[str, Any]) -> dict[str, dict[str, float]]:
    """The value of each floor's metric, by benchmark name."""
    largest_first = sorted(floors.items(), key=lambda f: -_size(bench / f[1]["file"]))  # so that no process has to wait for the other at the end
    with ProcessPoolExecutor(2) as pool:
        jobs = {name: pool.submit(scores, bench, floor["stage"], floor["file"]) for name, floor in largest_first}
        results = {name: job.result() for name, job in jobs.items()}
    return {name: {metric: value_of(results[name], metric) for metric in floor["floors"]} for name, floor in floors.items()}


def fallen(floors: dict[str, Any], measured: dict[str, dict[str, float]]) -> list[str]:
    """A line for each score that lies below its floor by more than its tolerance."""
    out = []
    for name, floor in floors.items():
        for metric, least in floor["floors"].items():
            got, slack = measured[name][metric], floor["tolerance"]
            if got < least - slack:
                out.append(f"{name} {metric}: {got:.4f} is below its floor {least:.4f} by more than {slack}")
    return out


def raised(text: str, measured: dict[str, dict[str, float]]) -> str:
    """The floors file with every floor at the higher of itself and what was measured."""
    out, name = [], ""
    for line in text.splitlines():
        if header := re.fullmatch(r"\[(\w+)(?:\.floors)?\]", line):
            name = header[1]
        elif floor := re.fullmatch(r'"([\w.]+)" = ([\d.]+)', line):
            line = f'"{floor[1]}" = {max(float(floor[2]), measured[name][floor[1]]):.4f}'
        out.append(line)
    return "\n".join(out) + "\n"


def rows(floors: dict[str, Any], measured: dict[str, dict[str, float]]) -> list[tuple[str, ...]]:
    """The rows of the table in docs/measurements.md."""
    out: list[tuple[str, ...]] = []
    for name, floor in floors.items():
        for metric, least in floor["floors"].items():
            got = measured[name][metric]
            out.append((name, floor["stage"], f"`{floor['file']}`", metric, f"{got:.3f}", f"{max(least, got):.3f}"))
    return out


def main() -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("bench", type=Path, metavar="BENCH_DIR")
    options.add_argument("--only", nargs="*", help="only these benchmarks")
    options.add_argument("--write", action="store_true", help="raise floors and write the docs' table")
    given = options.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    chosen = {k: v for k, v in floors.items() if not given.only or k in given.only}
    measured = measure(given.bench.resolve(), chosen)
    for name, figures in measured.items():
        for metric, value in figures.items():
            print(f"{name:14} {metric:36} {value:.4f}  floor {chosen[name]['floors'][metric]:.4f}")
    if given.write and not given.only:
        FLOORS.write_text(raised(FLOORS.read_text(encoding="utf-8"), measured), encoding="utf-8")
        page.write("measurements.md", "measured", page.table(HEADINGS, rows(floors, measured)))
    problems = fallen(chosen, measured)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
