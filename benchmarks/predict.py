"""Predictions for any benchmark file: ``python -m benchmarks.predict STAGE INPUT.jsonl OUTPUT.jsonl``.

One function a stage. Each reads only the input side of a row (its text and what is known of the
article), never its answers, and files without answers are fine. docs/measurements.md says what each stage
is and where its data comes from.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.given import read
from onrecord import actors
from onrecord.cluster import chains, stories
from onrecord.export import both_ways, plover_codes
from onrecord.pipeline import Coder
from onrecord.read import published_date
from onrecord.records import WORDS_OF, Article, Report

Row = dict[str, Any]
MOST_WORDS = 4


def article_of(row: Row, text: str | None = None) -> Article:
    """The article of a row, with its own id."""
    published = published_date(row.get("published") or row.get("date") or row.get("dct"))
    return Article.make(
        row["text"] if text is None else text,
        id=row["id"],
        title=row.get("title"),
        published=published,
        published_reason="given" if published else None,
        publisher=row.get("publisher") or row.get("outlet"),
        url=row.get("url"),
    )


def coded(coder: Coder, rows: list[Row]) -> Iterator[tuple[Row, Report]]:
    """Each row with the report on its article."""
    yield from zip(rows, coder.pipe(article_of(r) for r in rows), strict=True)


def attribution(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Attributions of words and attitudes that lie in no other: PolNeAR nests none."""
    for row, report in coded(coder, rows):
        outermost = [a for a in report.attributions if a.parent is None]
        found = [{role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")} for a in outermost]
        yield {"id": row["id"], "attributions": found}


def relation(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    for row, parsed in zip(rows, coder.parser.pipe(article_of(r) for r in rows), strict=True):
        yield {"id": row["id"], "type": coder.relation(parsed, row["source"], row["target"])}


def record(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Whole reports with the attributions of words alone: attitudes are positions there."""
    for _, report in coded(coder, rows):
        yield dataclasses.replace(report, attributions=tuple(a for a in report.attributions if a.confidence >= WORDS_OF)).to_dict()


def extraction(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Reports with what several do with one another in both directions, as the gold's dyads have it."""
    for _, report in coded(coder, rows):
        yield dataclasses.replace(report, events=tuple(each for e in report.events for each in both_ways(e))).to_dict()


def actor(coder: Coder, rows: list[Row]) -> Iterator[Row | None]:
    for row in rows:
        found = actors.resolve(row["phrase"], context=row.get("context"), date=row.get("date"), lexicon=coder.lexicons.actors)
        if found is None:
            yield None
            continue
        country, sector = plover_codes(country=found.country, sector=found.sector, actor_id=found.actor_id)
        yield {"country": country, "sector": sector}


def places(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    for row, report in coded(coder, rows):
        found = [{"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon, "geonameid": p.geonameid} for p in report.places]
        yield {"id": row["id"], "places": found}


def times(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    for row, report in coded(coder, rows):
        yield {"id": row["id"], "timexes": [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in report.times]}


def coref(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    found = list(read(coder, rows))
    numbers = iter(chains([r.doc for r in found], [m for r in found for m in r.mentions]))
    for row in rows:
        yield {"id": row["id"], "chains": [f"c{next(numbers)}" for _ in row["mentions"]]}


def story(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    articles = [article_of(r) for r in rows]
    numbers = stories(articles, [report.times for report in coder.pipe(articles)])
    yield from ({"id": row["id"], "story": f"s{n}"} for row, n in zip(rows, numbers, strict=True))


LEANING = 0.15
"""The least chance of a leaning that is predicted; chosen on SEESAW's training articles, where 0.13 to 0.17 are alike."""


def stance(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Who is for or against whom, by sentence: what each leans to, under the names that the article's actors have."""
    for row in rows:
        edges = [0]
        for sentence in row["sentences"]:
            edges.append(edges[-1] + len(sentence) + 1)
        triples = {}
        for found in coder.leanings(article_of(row, "\n".join(row["sentences"])), least=LEANING):
            number = max(i for i, edge in enumerate(edges[:-1]) if edge <= found.holder.start)
            holder, target = short_name(found.holder_name, found.holder.text), short_name(found.object_name, found.object.text)
            if holder and target:
                label = {"oppose": "NEG", "support": "POS"}[found.stance]
                triples[number, holder, label, target] = {"sentence": number, "holder": holder, "stance": label, "target": target}
        yield {"id": row["id"], "stances": list(triples.values())}


def short_name(*names: str) -> str | None:
    """The first of several names that has at most four words."""
    return next((n for n in names if len(n.split()) <= MOST_WORDS), None)


STAGES: dict[str, Callable[[Coder, list[Row]], Iterable[Row | None]]] = {
    "attribution": attribution,
    "relation": relation,
    "extraction": extraction,
    "actors": actor,
    "places": places,
    "times": times,
    "coref": coref,
    "stance": stance,
    "stories": story,
    "record": record,
}


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.predict", description="Predictions for a benchmark file.")
    asked.add_argument("stage", choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    asked.add_argument("source", type=Path, metavar="INPUT.jsonl")
    asked.add_argument("target", type=Path, metavar="OUTPUT.jsonl")
    asked.add_argument("--model", default="small", help="as for Coder: small, none, or the folder of other weights")
    given = asked.parse_args(argv)
    with given.source.open(encoding="utf-8") as lines:  # not str.splitlines, which also cuts at U+2028
        rows = [json.loads(line) for line in lines if line.strip()]
    with given.target.open("w", encoding="utf-8") as out:
        for prediction in STAGES[given.stage](Coder(model=given.model), rows):
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
