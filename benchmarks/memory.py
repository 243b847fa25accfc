"""Whether memory stays flat: ``python -m benchmarks.memory ARTICLES.jsonl --articles 100000``.

Short articles are made of sentences of a corpus in which names, numbers and some other words are replaced by made-up ones, so that words which
were never seen keep coming, and are coded in one process. Printed after each ``--every`` articles: how many, the seconds since the start, words, the memory
that the process holds (RSS), the highest so far, the strings in spaCy's store, and how often the parser's pipeline was loaded anew. Fails where the memory
at the end is more than ``--most`` times what it was after the first tenth of the articles.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

from onrecord.pipeline import Coder  # noqa: E402  (the thread limits must be set before numpy is loaded)
from onrecord.records import Article  # noqa: E402

SEED = 11
WORDS = 60
"""The least words of an article."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
WORD = re.compile(r"\d+|[^\W\d_]+")
ONSETS = ("b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kh", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
ENDS = ("", "n", "r", "l", "k", "sh", "v")
NAMES, OTHERS = 0.4, 0.05
"""How many words with a capital, and how many others, are replaced."""


def made_up(chance: random.Random) -> str:
    """A word that no list has."""
    return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 3))) + chance.choice(ENDS)


def varied(text: str, chance: random.Random) -> str:
    """A text with other numbers, and other words in some places."""

    def other(found: re.Match[str]) -> str:
        word = found[0]
        if word.isdigit():
            return str(chance.randint(10 ** (len(word) - 1), 10 ** len(word) - 1))
        if chance.random() >= (NAMES if word[0].isupper() else OTHERS):
            return word
        return made_up(chance).title() if word[0].isupper() else made_up(chance)

    return WORD.sub(other, text)


def articles(texts: Sequence[Sequence[str]], count: int) -> Iterator[Article]:
    """That many short articles.

    Args:
        texts: the sentences of each text of the corpus.
        count: how many.
    """
    chance = random.Random(SEED)
    for number in range(count):
        sentences = chance.choice(texts)
        first = end = chance.randrange(len(sentences))
        length = 0
        while length < WORDS and end < len(sentences):
            length += len(sentences[end].split())
            end += 1
        published = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield Article.make(varied(" ".join(sentences[first:end]), chance), id=f"made-{number}", published=published)


def held() -> float:
    """The memory that this process holds, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20


def main() -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles_file", type=Path, metavar="ARTICLES.jsonl")
    options.add_argument("--articles", type=int, default=100_000, help="how many articles (default 100,000)")
    options.add_argument("--every", type=int, default=1000, help="after how many articles a line is printed (default 1,000)")
    options.add_argument("--most", type=float, default=1.15, help="fail where memory grows by more than this factor after the first tenth (default 1.15)")
    options.add_argument("--model", default="small", help="as for Coder")
    given = options.parse_args()

    with given.articles_file.open(encoding="utf-8") as lines:
        texts = [SENTENCE.split(" ".join(json.loads(line)["text"].split())) for line in lines if line.strip()]
    coder, begun = Coder(model=given.model), time.monotonic()
    words, renewed, early, pipeline = 0, 0, 0.0, coder.parser.nlp
    print("articles\tseconds\twords\tRSS MB\thighest MB\tstrings\tloaded anew", flush=True)
    for number, report in enumerate(coder.pipe(articles(texts, given.articles)), 1):
        words += len(report.article.text.split())
        if coder.parser.nlp is not pipeline:
            pipeline, renewed = coder.parser.nlp, renewed + 1
        early = early or (held() if number >= given.articles / 10 else 0.0)
        if number % given.every == 0 or number == given.articles:
            highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            told = (number, f"{time.monotonic() - begun:.0f}", words, f"{held():.0f}", f"{highest:.0f}", len(pipeline.vocab.strings), renewed)
            print(*told, sep="\t", flush=True)
    grown = held() / early
    print(f"after the last article {grown:.3f} times the memory after the first tenth")
    return 0 if grown <= given.most else 1


if __name__ == "__main__":
    sys.exit(main())
