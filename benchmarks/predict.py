"""Predictions for any benchmark file: ``python -m benchmarks.predict STAGE INPUT.jsonl OUTPUT.jsonl``.

One function a stage. Each reads only the input side of a row (its text and what is known of the
article), never its answers, and files without answers are fine. docs/measurements.md says what each stage
is and where its data comes from.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from onrecord import actors
from onrecord.cluster import EventMention, chains, stories
from onrecord.export import both_ways, plover_codes
from onrecord.pipeline import Coder
from onrecord.read import published_date
from onrecord.records import WORDS_OF, Article, Position, Report

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
    nlp = coder.parser.nlp
    documents: list[list[str]] = []
    mentions: list[EventMention] = []
    for number, row in enumerate(rows):
        tokens = row["tokens"]
        starts = [i == 0 or tokens[i - 1][0] != sentence for i, (sentence, _) in enumerate(tokens)]
        doc = Doc(nlp.vocab, words=[word for _, word in tokens], sent_starts=starts)
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        documents.append([t.lemma_.lower() for t in doc if t.is_alpha and not t.is_stop])
        for mention in row["mentions"]:
            inside = set(mention["tokens"])
            head = next((i for i in mention["tokens"] if doc[i].head.i not in inside or doc[i].head.i == i), mention["tokens"][0])
            mentions.append(EventMention(document=number, lemma=doc[head].lemma_.lower()))
    numbers = iter(chains(documents, mentions))
    for row in rows:
        yield {"id": row["id"], "chains": [f"c{next(numbers)}" for _ in row["mentions"]]}


def story(_: Coder, rows: list[Row]) -> Iterator[Row]:
    numbers = stories([article_of(r) for r in rows])
    yield from ({"id": row["id"], "story": f"s{n}"} for row, n in zip(rows, numbers, strict=True))


AGAINST = {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT"}
FOR = {"SUPPORT", "AID", "AGREE", "COOPERATE", "CONCEDE"}


def stance(coder: Coder, rows: list[Row]) -> Iterator[Row]:
    """Who is for or against whom, by sentence: from positions, and from what actors do to each other."""
    articles = [article_of(r, "\n".join(r["sentences"])) for r in rows]
    for row, report in zip(rows, coder.pipe(articles), strict=True):
        edges = [0]
        for sentence in row["sentences"]:
            edges.append(edges[-1] + len(sentence) + 1)
        triples = {}
        for offset, holder, label, target in (*position_triples(report), *event_triples(report)):
            number = max(i for i, edge in enumerate(edges[:-1]) if edge <= offset)
            triples[number, holder, label, target] = {"sentence": number, "holder": holder, "stance": label, "target": target}
        yield {"id": row["id"], "stances": list(triples.values())}


def position_triples(report: Report) -> Iterator[tuple[int, str, str, str]]:
    """Holder, stance and the actor that the object is, or whose doing it is."""
    speakers = {a.id: a.speaker.name for a in report.attributions}
    for position in report.positions:
        label = {"oppose": "NEG", "support": "POS"}.get(position.stance)
        person = speakers.get(position.attribution or "") if position.basis == "authorised_speaker" else None
        holder = person or short_name(report, position.holder.actor_id, position.holder.text)
        if label and holder:
            for target in targets(report, position):
                yield position.evidence.start, holder, label, target


def event_triples(report: Report) -> Iterator[tuple[int, str, str, str]]:
    """Actor and recipient of an event that is done for or against somebody."""
    for event in report.events:
        label = "NEG" if event.type in AGAINST else "POS" if event.type in FOR else None
        if label and event.veridicality == "asserted":
            for actor_, recipient in itertools.product(event.actors, event.recipients):
                holder, target = (short_name(report, x.actor_id, x.text) for x in (actor_, recipient))
                if holder and target:
                    yield event.trigger.start, holder, label, target


TO_SOMEBODY = {"accuse", "criticise", "praise", "congratulate", "warn", "threaten"}


def targets(report: Report, position: Position) -> list[str]:
    """Who a position is for or against: whom the act is done to, the object itself, who did it, whoever it names."""
    thing, to = position.object, position.addressee
    if to and position.act in TO_SOMEBODY:
        named = [short_name(report, to.actor_id, to.text)]
    elif thing.actor_id:
        named = [short_name(report, thing.actor_id, thing.text)]
    else:
        event = next((e for e in report.events if e.id == thing.event_id), None)
        inside = [(m.start, a.name) for a in report.actors for m in a.mentions if thing.covers(m.start, m.end)]
        named = [short_name(report, p.actor_id, p.text) for p in (event.actors if event else ())] or [name for _, name in sorted(inside)[:1]]
    return [n for n in named if n] or ([thing.text] if len(thing.text.split()) <= MOST_WORDS else [])


def short_name(report: Report, actor_id: str | None, text: str) -> str | None:
    """The actor's name, or the words used, in at most four words."""
    name = next((a.name for a in report.actors if a.id == actor_id), text)
    return next((n for n in (name, text) if len(n.split()) <= MOST_WORDS), None)


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
