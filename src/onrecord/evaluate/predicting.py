"""What a coder answers to the rows of each stage. Only a row's input side is read (its text and what is known of the article), never its answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from onrecord import actors
from onrecord.cluster import chains, stories
from onrecord.evaluate.given import read
from onrecord.export import both_ways, plover_codes
from onrecord.pipeline import Coder
from onrecord.read import published_date
from onrecord.records import WORDS_OF, Article, Report

Row = dict[str, Any]
MOST_WORDS = 4
LEANING = 0.15
"""The least chance of a leaning that is predicted; chosen on SEESAW's training articles, where 0.13 to 0.17 are alike."""
KNOWN = ("title", "publisher", "byline", "url", "language", "retrieved_at")


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


def reports(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """The article of each report coded anew."""
    articles = []
    for row in rows:
        known = {name: row["article"][name] for name in (*KNOWN, "published", "published_reason") if row["article"].get(name)}
        articles.append(Article(id=row["article"]["id"], text=row["article"]["text"], **known))
    yield from (report.to_dict() for report in coder.pipe(articles))


def attribution(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Attributions of words and attitudes that lie in no other: PolNeAR nests none."""
    for row, report in coded(coder, rows):
        found = []
        for a in report.attributions:
            if a.parent is None:
                spans = {role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")}
                found.append({**spans, "confidence": a.confidence, "reason": a.reason})
        yield {"id": row["id"], "attributions": found}


def relation(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """The type of the event between the marked two."""
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
    """Whom phrases mean, in PLOVER's codes; None for nobody."""
    for row in rows:
        found = actors.resolve(row["phrase"], context=row.get("context"), date=row.get("date"), lexicon=coder.lexicons.actors)
        if found is None:
            yield None
            continue
        country, sector = plover_codes(country=found.country, sector=found.sector, actor_id=found.actor_id)
        yield {"country": country, "sector": sector}


def places(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Places in all their uses."""
    for row, report in coded(coder, rows):
        names = ("start", "end", "lat", "lon", "geonameid", "confidence", "reason")
        yield {"id": row["id"], "places": [{name: getattr(p, name) for name in names} for p in report.places]}


def times(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Expressions of time."""
    for row, report in coded(coder, rows):
        names = ("start", "end", "type", "value", "confidence", "reason")
        yield {"id": row["id"], "timexes": [{name: getattr(t, name) for name in names} for t in report.times]}


def coref(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Given mentions, grouped across documents."""
    found = list(read(coder, rows))
    numbers = iter(chains([r.doc for r in found], [m for r in found for m in r.mentions]))
    for row in rows:
        yield {"id": row["id"], "chains": [f"c{next(numbers)}" for _ in row["mentions"]]}


def story(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """The story of each article."""
    articles = [article_of(r) for r in rows]
    numbers = stories(articles, [report.times for report in coder.pipe(articles)])
    yield from ({"id": row["id"], "story": f"s{n}"} for row, n in zip(rows, numbers, strict=True))


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
