"""How fast a large record answers: ``python -m benchmarks.record large.db --articles 100000``.

Makes a record of synthetic articles, ten positions each, on events that some fifty articles report, and times queries on it. A record
that is there already is not made again, so that queries can be timed after a change.
"""

from __future__ import annotations

import argparse
import datetime
import random
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from onrecord.operating import OperatingPoint
from onrecord.records import Actor, Article, Attribution, Event, EventDate, Mention, Participant, Place, Position, PositionObject, Report, Said, Span, Speaker
from onrecord.store import EventRow, Links, Member, Record, open_record

HOLDERS = 10
REPORTS = 50
"""Articles on one event."""
COUNTRIES = [a + b + c for a in "ABCDEFGH" for b in "KLMNO" for c in "RSTUV"]
TYPES = ("ASSAULT", "ELECTION", "PROTEST", "RULING", "SANCTION")
SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "lo", "mi", "na", "or", "pe", "ra", "su", "ti", "vo", "we")
BEGIN = datetime.date(2010, 1, 1)


def vocabulary(count: int) -> list[str]:
    """Made-up words."""
    draw = random.Random(1)
    return sorted({"".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(count)})


class Synthetic:
    """Makes articles and the reports on them."""

    name = "synthetic 1"
    point = OperatingPoint()

    def __init__(self) -> None:
        self._words = vocabulary(60_000)
        self._weights = [1 / (n + 10) for n in range(len(self._words))]

    def articles(self, count: int) -> Iterator[Article]:
        """Articles, each with as many lines that condemn as there are holders, and words for text search."""
        for n in range(count):
            draw = random.Random(n)
            event = n // REPORTS
            day = BEGIN + datetime.timedelta(days=event % 5_000)
            place = f"Town{event % 700}"
            lines = [f"Envoy{draw.randrange(3_000)} condemned the raid." for _ in range(HOLDERS)]
            filler = " ".join(random.Random(-n).choices(self._words, weights=self._weights, k=300))
            text = f"Force{event % 90} raided {place}. {' '.join(lines)} {filler}"
            yield Article.make(text, id=f"s{n}", title=f"Raid on {place}", published=day.isoformat(), publisher=f"Outlet {n % 40}")

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:  # noqa: ARG002
        """Reports, by where the words stand."""
        for article in articles:
            yield self._report(article)

    def _report(self, article: Article) -> Report:
        """A raid on a town, and who condemned it."""
        number = int(article.id[1:])
        text = article.text
        raided = text.index(" raided ") + 1
        force, town = article.span(0, raided - 1), article.span(raided + 7, text.index("."))
        where = {"geonameid": number // REPORTS % 700, "name": town.text, "country": _country(town.text)}
        place = Place(start=town.start, end=town.end, text=town.text, id=f"pl-{number}", **where, use="place", confidence=0.9, reason="x")  # type: ignore[arg-type]
        event = Event(
            id=f"ev-{number:012x}",
            type=TYPES[number // REPORTS % len(TYPES)],
            trigger=article.span(raided, raided + 6),
            evidence=article.span(0, town.end + 1),
            actors=(_who(force, f"{force.text}.MIL", "MIL"),),
            date=EventDate(value=article.published or "", reason="x"),
            place=place,
            confidence=0.8,
            reason="x",
        )
        positions, actors = [], {}
        at = town.end + 2
        for n in range(HOLDERS):
            end = text.index(".", at) + 1
            name = article.span(at, text.index(" ", at))
            holder = _who(name, f"{_country(name.text)}.GOV.{name.text.casefold()}", "GOV")
            actors[name.text] = _actor(holder)
            positions.append(_position(article, f"po-{number:09x}{n:03x}", holder, event, at, end))
            at = end + 1
        said = Attribution(
            id=f"at-{number}",
            kind="indirect",
            source=(force,),
            cue=(),
            content=(event.evidence,),
            speaker=Speaker(name=force.text),
            confidence=0.9,
            reason="x",
        )
        parts = {"places": (place,), "attributions": (said,), "events": (event,), "positions": tuple(positions)}
        return Report(article=article, actors=tuple(actors.values()), **parts, coder=self.name)  # type: ignore[arg-type]

    def link(self, links: Links) -> None:
        """Make the mentions of each event its members."""
        waiting = links.unlinked(1_000)
        groups: dict[int, list[Report]] = {}
        for unlinked in waiting:
            groups.setdefault(int(unlinked.article.id[1:]) // REPORTS, []).append(unlinked.report)
        for number, reports in groups.items():
            event = reports[0].events[0]
            day = datetime.date.fromisoformat(event.date.value) if event.date else None
            row = EventRow(id=f"event-{number}", type=event.type, title=f"Event {number}", date_from=day, date_to=day, date=str(day), date_precision="day")
            links.save([row])
            links.assign(row.id, [Member(mention_id=e.id) for r in reports for e in r.events])
        links.done([u.article.id for u in waiting])


def _who(span: Span, id: str, sector: str) -> Participant:
    return Participant(start=span.start, end=span.end, text=span.text, actor_id=id, country=_country(span.text), sector=sector)


def _actor(who: Participant) -> Actor:
    mention = Mention(start=who.start, end=who.end, text=who.text, head=who.start, form="name", reason="x")
    return Actor(id=who.actor_id or "", name=who.text, country=who.country, sector=who.sector, kind="person", mentions=(mention,), reason="x")


def _position(article: Article, id: str, holder: Participant, event: Event, start: int, end: int) -> Position:
    return Position(
        id=id,
        holder=holder,
        act="condemn",
        stance="oppose",
        object=PositionObject(start=end - 9, end=end - 1, text=article.text[end - 9 : end - 1], kind="event", event_id=event.id),
        evidence=article.span(start, end),
        said=Said(value=article.published, reason="publication"),
        confidence=0.8,
        reason="x",
    )


def _country(name: str) -> str:
    return COUNTRIES[sum(map(ord, name)) % len(COUNTRIES)]


def questions(record: Record, articles: int, words: list[str]) -> dict[str, Callable[[random.Random], object]]:
    """What is asked, each time of something else."""
    events = articles // REPORTS
    return {
        "positions on an event": lambda r: record.positions(event=f"event-{r.randrange(events)}"),
        "positions on an event, first 50": lambda r: record.positions(event=f"event-{r.randrange(events)}", limit=50),
        "positions of a country since": lambda r: record.positions(country=r.choice(COUNTRIES), since=f"20{r.randint(10, 22)}", limit=50),
        "positions of an actor": lambda r: record.positions(actor=f"Envoy{r.randrange(3_000)}", limit=50),
        "latest positions": lambda _: record.positions(limit=50),
        "events of a type between days": lambda r: record.events(type=r.choice(TYPES), since="2015-03", until="2015-06", limit=50),
        "events with an actor": lambda r: record.events(actor=f"Force{r.randrange(90)}.MIL", limit=50),
        "events at a place": lambda r: record.events(place=f"Town{r.randrange(700)}", limit=50),
        "text: a frequent word": lambda r: record.articles(text=words[r.randrange(20)], limit=50),
        "text: a rare word": lambda r: record.articles(text=words[r.randrange(2_000, len(words))], limit=50),
        "text: two words": lambda r: record.articles(text=f"{words[r.randrange(50)]} {words[r.randrange(50, 3_000)]}", limit=50),
        "positions by text": lambda r: record.positions(text=words[r.randrange(2_000, len(words))], limit=50),
        "actors of a country": lambda r: record.actors(country=r.choice(COUNTRIES), limit=50),
        "quotes, latest": lambda _: record.quotes(limit=50),
        "one finding": lambda r: record.finding(f"po-{r.randrange(articles):09x}003"),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("record", type=Path)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=20)
    given = arguments.parse_args()
    synthetic = Synthetic()
    with open_record(given.record) as record:
        held = record.sql("SELECT count(*) AS n FROM articles")[0]["n"]
        if held < given.articles:
            begin = time.perf_counter()
            record.add(synthetic.articles(given.articles), synthetic, batch=200)
            record.link(synthetic)
            print(f"made in {time.perf_counter() - begin:.0f} s")
        positions = record.sql("SELECT count(*) AS n FROM positions")[0]["n"]
        print(f"{given.articles} articles, {positions} positions, {given.record.stat().st_size / 2**20:.0f} MB")
        for name, ask in questions(record, given.articles, vocabulary(60_000)).items():
            draw = random.Random(3)
            took = []
            for _ in range(given.rounds):
                begin = time.perf_counter()
                ask(draw)
                took.append(time.perf_counter() - begin)
            took.sort()
            print(f"{name:32} median {took[len(took) // 2] * 1000:7.1f} ms   slowest {took[-1] * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
