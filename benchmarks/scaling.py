"""How much faster several workers are than one: ``python -m benchmarks.scaling CORPUS.jsonl --articles 2000``.

Codes the same articles with each number of workers, into a folder that is removed. A rate is articles a second from the moment that the first
article is begun to the end of the last shard; the whole time with the start of Ray and of the coders stands beside it.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from onrecord.cli.coders import coder
from onrecord.export.write import NOTES, frames
from onrecord.read import read
from onrecord.scale import Tables, scale


def measured(source: Path, workers: int) -> tuple[int, float, float]:
    """How many articles were coded, in how many seconds, and in how many with the start."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="scaling-") as output:
        tally = scale([str(source)], output, partial(coder), read=read, tables=Tables(frames=frames, notes=NOTES), workers=workers)
    return tally.articles, tally.seconds, time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--least", type=float, help="fail where the last number of workers is less than so many times as fast as the first")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scaling-") as folder:
        source = Path(folder) / "articles.jsonl"
        with given.corpus.open(encoding="utf-8") as lines:
            source.write_text("".join(itertools.islice(lines, given.articles)), encoding="utf-8")
        words = sum(len(article.text.split()) for article in read([str(source)]) if hasattr(article, "text"))
        rates: list[float] = []
        for workers in given.workers:
            articles, seconds, whole = measured(source, workers)
            rates.append(articles / seconds)
            print(
                f"{workers} worker(s): {articles} articles in {seconds:.1f} s ({whole:.1f} s with the start), {rates[-1]:.2f} articles/s, "
                f"{words / seconds:,.0f} words/s, {rates[-1] / rates[0]:.2f} × the first",
                flush=True,
            )
    if given.least is not None and rates[-1] < given.least * rates[0]:
        sys.exit(f"{rates[-1] / rates[0]:.2f} is less than {given.least}")


if __name__ == "__main__":
    main()
