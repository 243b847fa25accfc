"""From the start of the program to its first result: ``python -m benchmarks.start``.

Codes one sentence with ``onrecord code`` and, in turns, loads spaCy and its packaged pipeline alone, each in a process of its own. Prints the least CPU seconds
of each and last ``ratio X``: the program over spaCy alone, which depends little on how quick or busy the machine is. Fails where it is above ``--most``.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from onrecord.parse.parser import MODEL

MOST = 2.2
SENTENCE = "Norland condemned the attack on the port of Vessel Bay on Monday.\n"


def seconds(command: Sequence[str]) -> float:
    """The CPU seconds that a command takes, in the program and in the system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(rounds: int) -> tuple[float, float]:
    """The least CPU seconds of the first result and of spaCy alone."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "one.txt"
        text.write_text(SENTENCE, encoding="utf-8")
        ours = [sys.executable, "-m", "onrecord.cli", "code", str(text), "--published", "2021-03-09"]
        bare = [sys.executable, "-c", f"import spacy; spacy.load({MODEL!r}, exclude=['ner'])"]
        runs = [(seconds(ours), seconds(bare)) for _ in range(rounds)]
    return min(one for one, _ in runs), min(other for _, other in runs)


def main() -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    options.add_argument("--most", type=float, default=MOST, help=f"fail where the ratio is higher (default {MOST})")
    given = options.parse_args()
    first, bare = measured(given.rounds)
    print(f"first result: {first:.2f} CPU seconds")
    print(f"spaCy alone: {bare:.2f} CPU seconds")
    print(f"ratio {first / bare:.2f}")
    return 0 if first / bare <= given.most else 1


if __name__ == "__main__":
    sys.exit(main())
