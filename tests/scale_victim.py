"""Codes archives at scale with a coder that is quick and leaves marks: one run and done, or one Ray for a run for each line it reads.

A line is an input, an output, where marks are left, and how many seconds an article takes; the answer is what the run came to, as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from tests.store_samples import SampleCoder

from onrecord.export.write import NOTES, frames
from onrecord.read import read
from onrecord.records import Article, Report
from onrecord.scale import ScaleError, Settings, Tables, scale
from onrecord.scale.starting import prepare

CHUNK = 4


class Marking(SampleCoder):
    """Leaves the number of its process, takes its time, is killed by one article and fails at another."""

    def __init__(self, marks: str, seconds: float) -> None:
        super().__init__()
        self._marks, self._seconds = Path(marks), seconds

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        for article in articles:
            (self._marks / str(os.getpid())).touch()
            time.sleep(self._seconds)
            if "deadly" in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "unreadable" in article.text:
                raise ValueError("no sense in it")
            yield self.report(article)


def run(line: str) -> None:
    source, output, marks, seconds = shlex.split(line)
    told: list[str] = []
    try:
        tally = scale(
            [source],
            output,
            partial(Marking, marks, float(seconds)),
            read=read,
            tables=Tables(frames=frames, notes=NOTES),
            begun_with=Settings(chunk=CHUNK),
            workers=2,
            on_told=told.append,
        )
    except ScaleError as error:
        print(json.dumps({"error": str(error)}), flush=True)
    else:
        print(json.dumps({**dataclasses.asdict(tally), "told": told}), flush=True)


def main() -> None:
    if len(sys.argv) > 1:
        run(shlex.join(sys.argv[1:]))
        return
    prepare(here=True)
    from onrecord.scale.cluster import started  # it loads Ray

    with started(None, 2):
        for line in sys.stdin:
            run(line)


if __name__ == "__main__":
    main()
