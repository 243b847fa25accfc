"""The component for spaCy beside the coder: ``python -m benchmarks.spacy_component ARTICLES.jsonl --articles N``.

Both go over the same articles in the same process on one thread. For the pipeline with and without ``onrecord_layout`` it prints how many
reports are the same, of each kind of finding the F1 of the component's against the coder's (by their ids), and words per second of CPU time.
"""

from __future__ import annotations

import argparse
import functools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import spacy  # noqa: E402  (the thread limits must be set before numpy is loaded)
from spacy.language import Language  # noqa: E402

from benchmarks.speed import BATCH, sample, timed  # noqa: E402
from onrecord.parse.parser import MODEL  # noqa: E402
from onrecord.pipeline import Coder  # noqa: E402
from onrecord.read.dates import published_date  # noqa: E402
from onrecord.records import Article, Report  # noqa: E402

KINDS = ("places", "times", "attributions", "events", "positions", "framing")
OPENING = re.compile(r'(?<!\S)"')


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("articles_file", type=Path, metavar="ARTICLES.jsonl")
    asked.add_argument("--articles", type=int, default=100, help="how many articles (default 100)")
    asked.add_argument("--typographic", action="store_true", help="write “ ” and ’ for straight marks first")
    asked.add_argument("--rounds", type=int, default=1, help="how often each runs; the quickest counts (default 1)")
    given = asked.parse_args()
    articles = [_article(a, typographic=given.typographic) for a in sample(given.articles_file, given.articles)]
    words = sum(len(a.text.split()) for a in articles)
    coder = Coder()
    coder.code("Chad left.")
    wanted, seconds = _best(lambda: list(coder.pipe(articles, batch_size=BATCH)), given.rounds)
    print(f"coder               {words / seconds:6.0f} words/s")
    for layout in (True, False):
        found, seconds = _best(functools.partial(_reports, _pipeline(layout=layout), articles), given.rounds)
        same = sum(a == b for a, b in zip(wanted, found, strict=True))
        print(f"{'with' if layout else 'without'} layout{'' if layout else ' '}{'':5}{words / seconds:6.0f} words/s, {same} of {len(wanted)} reports the same")
        print("   " + ", ".join(f"{kind} {_agreement(wanted, found, kind):.3f}" for kind in KINDS))


def _article(article: Article, *, typographic: bool) -> Article:
    text = OPENING.sub("“", article.text).replace('"', "”").replace("'", "’") if typographic else article.text
    return Article.make(text, title=article.title, published=published_date(article.published), publisher=article.publisher)


def _pipeline(*, layout: bool) -> Language:
    nlp = spacy.load(MODEL, exclude=["ner"])
    if layout:
        nlp.add_pipe("onrecord_layout", first=True)
    nlp.add_pipe("onrecord")
    nlp("Chad left.")
    return nlp


def _reports(nlp: Language, articles: list[Article]) -> list[Report]:
    made = ((a.text, {"title": a.title, "published": a.published, "publisher": a.publisher}) for a in articles)
    return [doc._.onrecord for doc, _ in nlp.pipe(made, as_tuples=True, batch_size=BATCH)]


def _best(work: Callable[[], list[Report]], rounds: int) -> tuple[list[Report], float]:
    kept: list[Any] = []
    seconds = min(timed(lambda: kept.append(work())) for _ in range(rounds))
    return kept[0], seconds


def _agreement(wanted: list[Report], found: list[Report], kind: str) -> float:
    """The F1 of one kind of finding, by ids."""
    a, b = ({(n, f.id) for n, report in enumerate(reports) for f in getattr(report, kind)} for reports in (wanted, found))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


if __name__ == "__main__":
    main()
