"""Stories in archives of one subject: ``python -m benchmarks.archives CORPUS.jsonl``.

The articles of the newswire whose titles name one subject make an archive, in which every article has the subject's words. ``judged/stories.csv``
holds pairs of them (numbers of their lines, from 0) that were read: whether both tell of one event, or one of what led up to it or followed from it
within days. They are random pairs of those that one version or another had put into one story, so what they say of a version is how
many of the right and of the wrong ones it joins, not how many it should join.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.predict import article_of
from onrecord.cluster import stories
from onrecord.records import Article

JUDGED = Path(__file__).parent / "judged" / "stories.csv"
SUBJECTS = ("yuan", "Iran", "inflation", "Google", "Greece|Greek", "Russia")

Pair = tuple[int, int]


def verdicts(path: Path = JUDGED) -> dict[Pair, bool]:
    """The pairs that were read, the smaller number first, and whether they are of one event."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(int(row["one"]), int(row["other"])): row["one_event"] == "y" for row in csv.DictReader(lines)}


def archive(articles: Sequence[Article], subject: str) -> list[int]:
    """The numbers of the articles whose titles name a subject, a pattern of whole words."""
    named = re.compile(rf"\b(?:{subject})\b")
    return [n for n, article in enumerate(articles) if named.search(article.title or "")]


def joined(numbers: Sequence[int], found: Sequence[int]) -> set[Pair]:
    """The pairs of articles that are in one story."""
    story = dict(zip(numbers, found, strict=True))
    return {(a, b) for a, b in itertools.combinations(sorted(numbers), 2) if story[a] == story[b]}


def score(pairs: Iterable[Pair], judged: Mapping[Pair, bool]) -> dict[str, float]:
    """How many pairs are joined, and of those that were read how many of the right ones and of the wrong ones are."""
    together = set(pairs)
    right, wrong = ({p for p, same in judged.items() if same is verdict} for verdict in (True, False))
    return {"joined": len(together), "right_joined": round(len(right & together) / len(right), 4), "wrong_joined": round(len(wrong & together) / len(wrong), 4)}


def main(argv: Sequence[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.archives", description="Stories in archives of one subject.")
    asked.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    given = asked.parse_args(argv)
    with given.corpus.open(encoding="utf-8") as lines:
        articles = [article_of({**row, "id": str(n)}) for n, row in enumerate(json.loads(line) for line in lines if line.strip())]
    together: set[Pair] = set()
    for subject in SUBJECTS:
        numbers = archive(articles, subject)
        pairs = joined(numbers, found := stories([articles[n] for n in numbers]))
        print(json.dumps({"subject": subject, "articles": len(numbers), "stories": len(set(found)), "joined": len(pairs)}))
        together |= pairs
    print(json.dumps(score(together, verdicts())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
