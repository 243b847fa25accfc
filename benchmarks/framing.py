"""Loaded terms against words that people marked as biased: ``python -m benchmarks.framing FILE.jsonl``.

A row of ``FILE.jsonl`` has a sentence (``text``), the words that experts marked in it (``words``, a Python list
as text, as the published table has it) and their verdict on the sentence (``biased``). Every finding of the
room counts, whosever voice it is; ``--own-voice`` leaves out what is somebody's whom the sentence names. Words
are compared one occurrence each: a marked word that stands in the sentence twice is its first occurrence. ``--only tables``
and ``--only head`` measure the tables without the head and the head without the tables.

The file is for measuring only, so ``--errors`` gives the errors by category and part of speech and never
the words: no list can be drawn from them.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.framing.finding import ENCODER
from onrecord.pipeline import Coder
from onrecord.records import Article, Framing

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Spans = list[tuple[int, int]]


def words_of(text: str) -> Spans:
    """The words of a sentence by offsets; the parts of a hyphenated word are words of their own."""
    return [m.span() for m in WORD.finditer(text)]


def marked(text: str, words: Spans, said: Iterable[str]) -> set[int]:
    """Which of the words are marked: each that is listed marks its first occurrence that is not marked yet."""
    out: set[int] = set()
    for wanted in (part.lower() for item in said for part in WORD.findall(item)):
        found = next((i for i, (start, end) in enumerate(words) if i not in out and text[start:end].lower() == wanted), None)
        if found is not None:
            out.add(found)
    return out


def score(right: int, found: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 of counts."""
    precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
    both = precision + recall
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(2 * precision * recall / both if both else 0.0, 4)}


def touched(words: Spans, findings: Iterable[Framing]) -> dict[int, Framing]:
    """The words in a finding, with the first of their findings."""
    out: dict[int, Framing] = {}
    for finding in findings:
        for i, (start, end) in enumerate(words):
            if finding.term.overlaps(start, end):
                out.setdefault(i, finding)
    return out


def coded(coder: Coder, rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], tuple[Framing, ...], dict[int, str]]]:
    """Each row with its findings and the part of speech of every character at which a token starts."""
    articles = [Article.make(row["text"], id=str(number)) for number, row in enumerate(rows)]
    for row, parsed in zip(rows, coder.parser.pipe(articles, batch_size=64), strict=True):
        yield row, coder.report(parsed).framing, {t.idx: t.pos_ for t in parsed.doc}


def part(coder: Coder, only: str) -> Coder:
    """The coder, left with its framing tables alone or with its framing head alone."""
    if only == "tables" and coder.heads is not None:
        coder.heads = dataclasses.replace(coder.heads, framing=None)
    if only == "head":
        lexicon = coder.lexicons.framing
        coder.lexicons = dataclasses.replace(coder.lexicons, framing=dataclasses.replace(lexicon, terms={}, keys=lexicon.keys[:0]))
    return coder


def measure(
    coder: Coder, rows: list[dict[str, Any]], *, least: float = 0.0, own_voice: bool = False, only: str | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The scores, and the errors by kind.

    Args:
        coder: what codes the sentences.
        rows: the sentences with their marks.
        least: the confidence below which a finding doesn't count.
        own_voice: whether only the text's own voice counts.
        only: ``tables`` or ``head`` to measure one without the other.
    """
    coder = coder if only is None else part(coder, only)
    words_right = words_found = words_wanted = 0
    sentences: Counter[tuple[bool, bool]] = Counter()
    by_category: dict[str, Counter[str]] = {}
    missed: Counter[str] = Counter()
    for row, findings, pos in coded(coder, rows):
        kept = [f for f in findings if f.confidence >= least and not (own_voice and f.attribution)]
        if only == "head":
            kept = [f for f in kept if f.reason.startswith(ENCODER)]
        words = words_of(row["text"])
        wanted = marked(row["text"], words, ast.literal_eval(row["words"]))
        found = touched(words, kept)
        words_right += len(wanted & found.keys())
        words_found += len(found)
        words_wanted += len(wanted)
        sentences[row["biased"] == "Biased", bool(kept)] += 1
        for i, finding in found.items():
            by_category.setdefault(finding.category, Counter())["right" if i in wanted else "wrong"] += 1
        missed.update(pos.get(words[i][0], "part of a token") for i in wanted - found.keys())
    scores = {
        "sentences": len(rows),
        "words": score(words_right, words_found, words_wanted),
        "sentence": score(sentences[True, True], sentences[True, True] + sentences[False, True], sentences[True, True] + sentences[True, False]),
    }
    errors = {
        "found_by_category": {c: {**n, "precision": round(n["right"] / n.total(), 3)} for c, n in sorted(by_category.items(), key=lambda x: -x[1].total())},
        "missed_by_part_of_speech": dict(missed.most_common()),
    }
    return scores, errors


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.framing", description="Loaded terms against marked words.")
    asked.add_argument("source", type=Path, metavar="FILE.jsonl")
    asked.add_argument("--model", default="small", help="as for Coder: small, none, or the folder of other weights")
    asked.add_argument("--errors", action="store_true", help="errors too, by category and part of speech")
    asked.add_argument("--min-confidence", type=float, default=0.0, metavar="X", help="leave out findings below X")
    asked.add_argument("--own-voice", action="store_true", help="leave out terms that are in somebody's mouth")
    asked.add_argument("--only", choices=("tables", "head"), help="measure one without the other")
    given = asked.parse_args(argv)
    rows = [json.loads(line) for line in given.source.read_text(encoding="utf-8").splitlines() if line.strip()]
    scores, errors = measure(Coder(model=given.model), rows, least=given.min_confidence, own_voice=given.own_voice, only=given.only)
    print(json.dumps(scores | errors if given.errors else scores, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
