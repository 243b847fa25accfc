"""A sample of findings to judge by reading: ``python -m benchmarks.judged.draw BENCH_DIR FOLDER``.

Codes articles of the outlets of ``balanced/outlets.csv`` (those of which the development files have at least seven; even
over years, by a fixed seed), and draws events and positions from them so that regions, outlets and years come as evenly
as they can; at most two of each kind from an article. Articles that an earlier sample or the record's gold took are left out.

Writes ``FOLDER/*.csv`` with ids and empty verdicts, in ``found.csv`` how many findings each region has in the articles coded,
and ``FOLDER/*.txt`` with the passages to read; these hold text of the articles and stay out of the project.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.predict import article_of
from onrecord.pipeline import Coder
from onrecord.records import Article, Event, Position, Report, digest

HERE = Path(__file__).parent
BALANCED = HERE / "balanced"
SEED = "balanced-2"
MOST = 2
"""Findings of one kind from one article."""
EACH = 150
"""Findings of each kind."""
ARTICLES = 16
"""Articles to code for each share of an outlet."""
FILES = ("corpus/newswire.jsonl", "stories/news_cluster.jsonl", "stance/seesaw_dev.jsonl", "stance/seesaw_train.jsonl", "places/trnews.jsonl")
NONE = "none told"
EVENT_FIELDS = ("type", "actor", "recipient", "place", "date", "veridicality", "voice")
POSITION_FIELDS = ("holder", "act", "stance", "object", "status", "source")
STRATA = ("file", "article", "finding", "outlet", "year", "region", "confidence")

Row = dict[str, Any]


def order(*parts: str) -> str:
    """Where something comes in the draw."""
    return digest(SEED, *parts)


def regions() -> dict[str, str]:
    """The region of each country code."""
    with (BALANCED / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {code: row["region"] for row in csv.DictReader(lines) for code in row["countries"].split()}


def taken() -> set[str]:
    """Articles of earlier samples, by the ids they had there."""
    out: set[str] = set()
    for paths in HERE.glob("positions*.csv"), HERE.glob("events.csv"):
        for each in paths:
            with each.open(encoding="utf-8", newline="") as lines:
                out |= {row["article"] for row in csv.DictReader(lines)}
    return out


def rows_of(bench: Path, file: str) -> list[Row]:
    """The rows of a file with an id and a text each."""
    out: list[Row] = []
    stem = Path(file).stem
    for number, line in enumerate((bench / file).read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        row.setdefault("id", f"{stem}-{number}")
        row["text"] = row.get("text") or "\n".join(row["sentences"])
        out.append(row)
    return out


def outlets() -> dict[str, tuple[str, int]]:
    """The outlet of each name in the files, with its share of the sample."""
    with (BALANCED / "outlets.csv").open(encoding="utf-8", newline="") as lines:
        return {name: (row["outlet"], int(row["share"])) for row in csv.DictReader(lines) for name in row["names"].split("|")}


def spread(articles: Sequence[Article], most: int) -> list[Article]:
    """Some of an outlet's articles, as even over years as they go."""
    left, used = sorted(articles, key=lambda a: order(a.id)), Counter[str]()
    out: list[Article] = []
    while left and len(out) < most:
        best = min(left, key=lambda a: used[(a.published or "")[:4]])
        left.remove(best)
        used[(best.published or "")[:4]] += 1
        out.append(best)
    return out


def region_of(finding: Event | Position, known: dict[str, str]) -> str:
    """The region of where an event is, else of who takes part in it; of a position's holder."""
    if isinstance(finding, Position):
        codes = [finding.holder.country]
    else:
        codes = [finding.place.country if finding.place else None, *(p.country for p in (*finding.actors, *finding.recipients))]
    return next((known[c] for c in codes if c in known), NONE)


def balanced(found: Iterable[tuple[str, Article, Event | Position]], most: int) -> list[dict[str, str]]:
    """Findings with their strata, so that regions, outlets and years come as evenly as they can."""
    known, named = regions(), outlets()
    rows = []
    for file, article, finding in found:
        strata = {"outlet": named[article.publisher or ""][0], "year": (article.published or "")[:4], "region": region_of(finding, known)}
        rows.append({"file": file, "article": article.id, "finding": finding.id, **strata, "confidence": f"{finding.confidence:.2f}"})
    rows.sort(key=lambda r: order(r["article"], r["finding"]))
    shares = dict(named.values())
    used, from_article = {s: Counter[str]() for s in ("outlet", "year", "region")}, Counter[str]()
    out: list[dict[str, str]] = []

    def cost(row: dict[str, str]) -> float:
        return 2 * used["outlet"][row["outlet"]] / shares[row["outlet"]] + used["year"][row["year"]] + used["region"][row["region"]]

    while rows and len(out) < most:
        best = min(rows, key=cost)
        rows.remove(best)
        if from_article[best["article"]] < MOST:
            from_article[best["article"]] += 1
            for stratum, counter in used.items():
                counter[best[stratum]] += 1
            out.append(best)
    return out


def names(people: Iterable[Any]) -> str:
    return "; ".join(f"{p.text} [{p.country}.{p.sector}]" for p in people) or "-"


def passage(report: Report, finding: Event | Position, width: int = 420) -> str:
    """What to read: head of the article, the words around the evidence, and the evidence marked."""
    text, span = report.article.text, finding.evidence
    start, end = max(0, span.start - width), min(len(text), span.end + width // 2)
    marked = f"{text[start : span.start]}<<{span.text}>>{text[span.end : end]}".replace("\n", " / ")
    lead = "" if start == 0 else text[: min(start, 160)].replace("\n", " / ") + " ...\n"
    return f"{report.article.published} {report.article.publisher} | {report.article.title}\n{lead}{marked}"


def event_lines(report: Report, event: Event) -> str:
    """An event as it was coded."""
    voices = {a.id: a.speaker.name for a in report.attributions}
    date = f"{event.date.value} ({event.date.reason})" if event.date else "-"
    place = f"{event.place.text} = {event.place.name}, {event.place.country}" if event.place else "-"
    voice = voices.get(event.claimed_by or "", "article")
    return (
        f"{event.type} {event.mode or ''} [{event.trigger.text}] by {event.reason}\n"
        f"  A {names(event.actors)}\n  R {names(event.recipients)}\n  place {place}; date {date}; {event.veridicality}; voice {voice}"
    )


def position_lines(report: Report, position: Position) -> str:
    """A position as it was coded."""
    voices = {a.id: a.speaker.name for a in report.attributions}
    return (
        f"{position.act} {position.stance} {position.status} by {position.reason}\n"
        f"  H {names([position.holder])}\n  O {position.object.text} [{position.object.kind}]\n"
        f"  basis {position.basis}; said by {voices.get(position.attribution or '', 'article')}"
    )


def write(folder: Path, kind: str, chosen: list[dict[str, str]], reports: dict[str, Report], fields: Sequence[str]) -> None:
    """The sample's ids with room for verdicts, and what to read."""
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, (*STRATA, "real", *fields), lineterminator="\n")
        table.writeheader()
        table.writerows(chosen)
    texts = []
    for number, row in enumerate(chosen):
        report = reports[row["article"]]
        found: tuple[Event | Position, ...] = (*report.events, *report.positions)
        finding = next(f for f in found if f.id == row["finding"])
        coded = event_lines(report, finding) if isinstance(finding, Event) else position_lines(report, finding)
        texts.append(f"#{number} {passage(report, finding)}\n{coded}\n")
    (folder / f"{kind}.txt").write_text("\n".join(texts), encoding="utf-8")


def main(argv: list[str]) -> int:
    """The command line; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.judged.draw", description="Draws findings to judge by reading.")
    options.add_argument("bench", type=Path, metavar="BENCH_DIR")
    options.add_argument("folder", type=Path, metavar="FOLDER")
    given = options.parse_args(argv)
    given.folder.mkdir(parents=True, exist_ok=True)
    gold = {row["id"] for row in rows_of(given.bench, "record/dev.jsonl")}
    out_of_draw = gold | taken()
    named, where = outlets(), dict[str, str]()
    by_outlet: dict[tuple[str, int], list[Article]] = {}
    for file in FILES:
        for article in map(article_of, rows_of(given.bench, file)):
            if article.id not in out_of_draw and article.published and article.publisher in named:
                where[article.id] = file
                by_outlet.setdefault(named[article.publisher], []).append(article)
    chosen = [a for (_, share), articles in sorted(by_outlet.items()) for a in spread(articles, ARTICLES * share)]
    reports = {report.article.id: report for report in Coder().pipe(chosen)}
    known = regions()
    counts = Counter((kind, region_of(f, known)) for r in reports.values() for kind in ("events", "positions") for f in getattr(r, kind))
    rows = [f"{kind},{region},{count}" for (kind, region), count in sorted(counts.items())]
    (given.folder / "found.csv").write_text("\n".join(("kind,region,found", *rows)) + "\n", encoding="utf-8")
    write(given.folder, "events", balanced(((where[i], r.article, e) for i, r in reports.items() for e in r.events), EACH), reports, EVENT_FIELDS)
    write(given.folder, "positions", balanced(((where[i], r.article, p) for i, r in reports.items() for p in r.positions), EACH), reports, POSITION_FIELDS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
