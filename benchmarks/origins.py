"""Copies of one text found among many: ``python -m benchmarks.origins CORPUS.jsonl``.

Nobody has marked the copies in a corpus, so this makes them, seeded and the same on every run, from articles
``{title, published, publisher, text}`` that share little with each other: 400 originals, each with one to four copies
as other mastheads print them. A copy is trimmed to its leading 30 to 90 %, gets another headline, dateline and agency
credit, curly or straight quotation marks, British or American spelling, the outlet's boilerplate, a passage cut, or
up to as many sentences of the outlet's own between as it keeps; a corrected version changes its figures. Three in ten
originals of several copies are not in the set themselves. Distractors: of a follow-up 20 to 50 % are the last
sentences of another story; stories end with one long notice; and 600 articles of the corpus, on the same few topics
and from the same agency, stand beside them as they are.

Scores are over pairs of articles: of those put in one origin, how many are copies (precision), and the reverse (recall).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.cluster import origins
from onrecord.read import published_date
from onrecord.records import Article

SEED = 20210309
FAMILIES = 400
ALONE = 600
FEWEST_WORDS, FEWEST_SENTENCES = 150, 8
SHARED = 0.2
RUN = 8

SENTENCE = re.compile(r"(?<=[.!?][\s\"”])(?=[A-Z\"“])|\n+")
DATELINE = re.compile(r"^[^\n]{0,60}?\(Reuters\)\s*-\s*")
FIGURE = re.compile(r"\b\d+(?:\.\d+)?\b")
SPELLING = re.compile(
    r"\b\w*?(?:iz(?=e|ing|ation)|yz(?=e|ing)|(?:lab|fav|neighb|hon|behavi|col)or|center|defense|program|percent|traveled|canceled|labeled)", re.IGNORECASE
)
BRITISH = (
    ("iz", "is"),
    ("yz", "ys"),
    ("or", "our"),
    ("center", "centre"),
    ("defense", "defence"),
    ("program", "programme"),
    ("percent", "per cent"),
    ("eled", "elled"),
)
DATELINES = ("{} (AP) — ", "{}, (AFP) - ", "By our correspondent in {}\n", "{} — ", "{} (Xinhua) -- ", "", "FROM WIRE SERVICES, {}: ")
TOWNS = ("LONDON", "GENEVA", "NEW DELHI", "CAPE TOWN", "OTTAWA", "SYDNEY")
NOTICES = (
    "Copyright 2021 the Morning Lantern. All rights reserved; ask before you print any of it.",
    "Sign up for our newsletter to get the day's most important stories in your inbox every morning.",
    "Follow us on social media for more.\nShare this article",
    "The Morning Post has reported from the capital since 1911 and is owned by its readers. Letters to the editor are welcome at our office in Bridge Street.",
)
LONG_NOTICE = (
    "The Courier is published on six days of the week by a trust that belongs to its staff. Its reporters follow a code which anybody can ask for at "
    "the front desk. Complaints go to the readers' editor, who answers within ten days and prints what she finds. The paper has printed in this town "
    "since the railway came, and its archive is open to schools on Thursdays between noon and five in the afternoon, by arrangement with the "
    "librarian."
)

Row = dict[str, Any]
Marked = tuple[Article, str]


def sentences(text: str) -> list[str]:
    return [s.strip() for s in SENTENCE.split(text) if s.strip()]


def unlike(rows: Iterable[Row]) -> list[Row]:
    """Long enough rows of which no two share a fifth of the shorter one's runs of eight words: what the corpus itself prints twice is not marked."""
    runs: dict[str, list[int]] = defaultdict(list)
    kept: list[tuple[Row, int]] = []
    for row in rows:
        words = re.findall(r"\w+", row["text"].lower())
        if len(words) < FEWEST_WORDS or len(sentences(row["text"])) < FEWEST_SENTENCES:
            continue
        own = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
        common: dict[int, int] = defaultdict(int)
        for run in own:
            for other in runs[run]:
                common[other] += 1
        if any(n >= SHARED * min(len(own), kept[other][1]) for other, n in common.items()):
            continue
        for run in own:
            runs[run].append(len(kept))
        kept.append((row, len(own)))
    return [row for row, _ in kept]


def british(found: re.Match[str]) -> str:
    word = found[0]
    return next((word[: -len(a)] + b for a, b in BRITISH if word.lower().endswith(a)), word)


def trimmed(parts: list[str], _own: list[str], rng: random.Random) -> list[str]:
    return parts[: max(3, round(len(parts) * rng.uniform(0.3, 0.9)))]


def cut(parts: list[str], _own: list[str], rng: random.Random) -> list[str]:
    start = rng.randrange(1, len(parts) - 2)
    return parts[:start] + parts[start + rng.choice((1, 2)) :]


def interleaved(parts: list[str], own: list[str], rng: random.Random) -> list[str]:
    """Sentences of the outlet's own between, some before the first: at most as many as are kept, in words."""
    room = rng.uniform(0.1, 1.0) * sum(map(len, parts))
    out = list(parts)
    for sentence in own:
        room -= len(sentence)
        if room < 0:
            break
        out.insert(rng.randrange(0, len(out) + 1), sentence)
    return out


def corrected(parts: list[str], _own: list[str], rng: random.Random) -> list[str]:
    return [FIGURE.sub(lambda m: str(int(float(m[0])) + 1), s) if rng.random() < 0.5 else s for s in parts]


def requoted(parts: list[str], _own: list[str], _rng: random.Random) -> list[str]:
    curly = re.sub(r'"([^"]*)"', r"“\1”", "\n".join(parts)).replace("'", "’")
    return curly.split("\n")


def respelt(parts: list[str], _own: list[str], _rng: random.Random) -> list[str]:
    return [SPELLING.sub(british, s) for s in parts]


EDITS = (trimmed, cut, interleaved, corrected, requoted, respelt)


def copy_of(row: Row, other: Row, name: str, family: str, rng: random.Random) -> Marked:
    """One to four edits of an article, always under another headline and dateline."""
    parts = sentences(DATELINE.sub("", row["text"]))
    own = sentences(DATELINE.sub("", other["text"]))[2:]
    for edit in rng.sample(EDITS, rng.randint(1, 4)):
        parts = edit(parts, own, rng) if len(parts) > 3 else parts
    text = rng.choice(DATELINES).format(rng.choice(TOWNS)) + rng.choice((" ", "\n\n")).join(parts)
    if rng.random() < 0.5:
        text += "\n" + rng.choice(NOTICES)
    return article(text, name, published=row["published"], title=f"In brief: {other['title']}"), family


def follow_up(row: Row, other: Row, name: str, rng: random.Random) -> Marked:
    """Another story's news, and behind or within it the background of this one: its last sentences, 20 to 50 % of the whole."""
    news = sentences(other["text"])
    news = news[: max(3, len(news) // 2)]
    share = rng.uniform(0.2, 0.5)
    room = sum(map(len, news)) * share / (1 - share)
    background: list[str] = []
    for sentence in reversed(sentences(row["text"])[3:]):
        room -= len(sentence)
        if room < 0:
            break
        background.insert(0, sentence)
    place = rng.choice((len(news), max(2, len(news) // 2)))
    return article(" ".join(news[:place] + background + news[place:]), name, published=row["published"], title=row["title"]), name


def article(text: str, name: str, *, published: str, title: str) -> Article:
    return Article.make(text, id=name, published=published_date(published), title=title)


def marked(rows: list[Row], *, seed: int = SEED) -> Iterator[Marked]:
    """The articles of the set, each with the name of its origin."""
    rng = random.Random(seed)
    pool = unlike(rows)
    rng.shuffle(pool)
    families, alone = pool[:FAMILIES], pool[FAMILIES : FAMILIES + ALONE]
    others = iter(pool[FAMILIES + ALONE :])  # each lends its sentences once: an outlet's own stand in no other's
    for number, row in enumerate(families):
        family, count = f"f{number}", rng.randint(1, 4)
        if count == 1 or rng.random() < 0.7:
            yield article(row["text"], f"{family}-0", published=row["published"], title=row["title"]), family
        for n in range(count):
            yield copy_of(row, next(others), f"{family}-{n + 1}", family, rng)
    for number, row in enumerate(rng.sample(families, len(families) // 2)):
        yield follow_up(row, next(others), f"u{number}", rng)
    for number, row in enumerate(alone):
        text = row["text"] + ("\n" + LONG_NOTICE if number % 4 == 0 else "")
        yield article(text, f"a{number}", published=row["published"], title=row["title"]), f"a{number}"


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def wrong_pairs(rows: list[Row], *, seed: int = SEED) -> tuple[dict[str, Any], set[tuple[str, str]], set[tuple[str, str]], dict[str, Article]]:
    """The scores, the pairs wrongly joined, the pairs missed, and the articles."""
    articles = list(marked(rows, seed=seed))
    by_origin: dict[str, list[str]] = defaultdict(list)
    for made, origin in articles:
        by_origin[origin].append(made.id)
    start = time.perf_counter()
    found = origins(a for a, _ in articles)
    seconds = time.perf_counter() - start
    wanted, got = pairs(by_origin.values()), pairs(o.articles for o in found)
    right = len(wanted & got)
    precision, recall = right / len(got) if got else 0.0, right / len(wanted) if wanted else 0.0
    scores = {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "articles": len(articles),
        "pairs": len(wanted),
        "origins": len(by_origin),
        "found": len(found),
        "seconds": round(seconds, 2),
    }
    return scores, got - wanted, wanted - got, {a.id: a for a, _ in articles}


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.origins", description="Copies of one text found among many.")
    asked.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    asked.add_argument("--seed", type=int, default=SEED, help="makes another set")
    asked.add_argument("--errors", action="store_true", help="the pairs wrongly joined and missed on stderr, by the ids of the set")
    given = asked.parse_args(argv)
    with given.corpus.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    scores, joined, missed, _ = wrong_pairs(rows, seed=given.seed)
    print(json.dumps(scores))
    if given.errors:
        for label, these in (("joined", joined), ("missed", missed)):
            for a, b in sorted(these):
                print(label, a, b, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
