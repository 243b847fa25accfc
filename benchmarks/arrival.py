"""How far a record depends on the order in which articles come: ``python -m benchmarks.arrival ARTICLES.jsonl``.

The articles are coded once and added to as many records as there are orders, in batches. Printed for origins, stories and events
across articles, over each two orders: the share of the groups of several that either has which both have, and the pair F1.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.predict import article_of
from onrecord.cluster.linker import Linker
from onrecord.operating import OperatingPoint
from onrecord.pipeline import Coder
from onrecord.records import Article, Report
from onrecord.store import Record, open_record

Groups = set[frozenset[str]]
QUERIES = {
    "origins": "SELECT origin_id AS home, id AS item FROM articles WHERE current",
    "stories": "SELECT story_id AS home, id AS item FROM articles WHERE current",
    "events": "SELECT event_id AS home, mention_id AS item FROM event_members",
}
SEED = 5


class Coded:
    """Gives reports that were made before."""

    def __init__(self, coder: Coder, reports: Iterable[Report]) -> None:
        self.name: str = coder.name
        self.point: OperatingPoint = coder.point
        self._reports = {r.article.id: r for r in reports}

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:  # noqa: ARG002
        """The reports on articles."""
        for article in articles:
            yield self._reports[article.id]


def groups(record: Record) -> dict[str, Groups]:
    """The origins, stories and events of a record, as sets of ids."""
    out: dict[str, Groups] = {}
    for name, query in QUERIES.items():
        found: dict[str, set[str]] = defaultdict(set)
        for row in record.sql(query):
            found[row["home"]].add(row["item"])
        out[name] = {frozenset(some) for some in found.values()}
    return out


def agreement(one: Groups, two: Groups) -> dict[str, float]:
    """How far two groupings agree: ``groups``, of the groups of several in either the share that both have, and the F1 of ``pairs`` in one group."""
    several = [{g for g in some if len(g) > 1} for some in (one, two)]
    either = several[0] | several[1]
    pairs = [{pair for g in some for pair in itertools.combinations(sorted(g), 2)} for some in several]
    together = len(pairs[0]) + len(pairs[1])
    return {
        "groups": len(several[0] & several[1]) / len(either) if either else 1.0,
        "pairs": 2 * len(pairs[0] & pairs[1]) / together if together else 1.0,
    }


def orders(articles: Sequence[Article], count: int) -> Iterator[list[Article]]:
    """The articles in so many orders, the same ones on every run."""
    draw = random.Random(SEED)
    for _ in range(count):
        yield draw.sample(articles, len(articles))


def measured(articles: Sequence[Article], coder: Coder, *, count: int, batch: int) -> dict[str, dict[str, float]]:
    """The mean agreement of each two orders, by what is grouped; ``found`` is how many groups of several the first order has.

    Args:
        articles: no two with one id.
        coder: codes them, once.
        count: how many orders.
        batch: articles that are added at once.
    """
    coded = Coded(coder, coder.pipe(articles))
    found: list[Mapping[str, Groups]] = []
    for some in orders(articles, count):
        with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "record.db") as record:
            record.add(some, coded, linker=Linker(), batch=batch)
            found.append(groups(record))
    out: dict[str, dict[str, float]] = {}
    for name in QUERIES:
        each = [agreement(one[name], two[name]) for one, two in itertools.combinations(found, 2)]
        means = {figure: round(sum(e[figure] for e in each) / len(each), 4) for figure in each[0]}
        out[name] = {**means, "found": float(sum(len(g) > 1 for g in found[0][name]))}
    return out


def main(argv: Sequence[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.arrival", description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("articles", type=Path, nargs="+", metavar="ARTICLES.jsonl")
    asked.add_argument("--articles", type=int, dest="most", default=300, help="how many are read of all files together")
    asked.add_argument("--orders", type=int, default=3)
    asked.add_argument("--batch", type=int, default=30)
    given = asked.parse_args(argv)
    lines = ((f"{path.stem} {n}", line) for path in given.articles for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()))
    articles = {a.id: a for a in (article_of({"id": id, **json.loads(line)}) for id, line in itertools.islice(lines, given.most))}
    for name, figures in measured(list(articles.values()), Coder(), count=given.orders, batch=given.batch).items():
        print(name, *(f"{figure} {value:.4f}" for figure, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
