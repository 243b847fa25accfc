"""Articles and a coder for the tests of the record: the coder is quick, needs no model, and finds something of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.operating import OperatingPoint
from onrecord.records import (
    Actor,
    Article,
    Attribution,
    Event,
    EventDate,
    Framing,
    Magnitude,
    Mention,
    Participant,
    Place,
    Position,
    PositionObject,
    Report,
    Said,
    Speaker,
    Time,
    finding_id,
)

STATES = {"Norland": "NOR", "Sudmark": "SUD", "Ostia": "OST", "Westrum": "WES"}
CITIES = ("Harbin Bay", "Lower Vale", "Old Mill", "Pike Hill")


def an_article(number: int, *, day: str | None = None, words: str = "", publisher: str = "The Gazette") -> Article:
    """An article with a strike in it, somebody who condemns it and somebody who is quoted."""
    states = list(STATES)
    first, second, third = (states[(number + k) % 4] for k in range(3))
    city = CITIES[number % 4]
    text = (
        f"{first} struck {second} near {city} on Monday, killing {number % 7 + 2}. "
        f"{third} condemned the strike. “This so-called operation must end,” {third} said. {words}Item {number}."
    )
    day = day or f"20{20 + number % 3}-0{number % 9 + 1}-1{number % 10}"
    return Article.make(text, id=f"a{number}", title=f"Strike near {city}", published=day, published_reason="given", publisher=publisher)


class SampleCoder:
    """Reads the sentences of :func:`an_article`, by expressions.

    Args:
        version: changes the name, and one finding.
        fails_on: an article with this word in it can't be coded.
    """

    def __init__(self, version: str = "1", *, fails_on: str | None = None) -> None:
        self.version = version
        self.point = OperatingPoint()
        self.coded: list[str] = []
        self._fails_on = fails_on

    @property
    def name(self) -> str:
        return f"sample {self.version} model m1 codebook own.toml@1a2b"

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        for article in articles:
            if self._fails_on and self._fails_on in article.text:
                raise RuntimeError("can't be read")
            self.coded.append(article.id)
            yield self.report(article)

    def report(self, article: Article) -> Report:
        """What is on record in one article."""
        m = re.match(r"(\w+) struck (\w+) near ([\w ]+) on (Monday), killing (\d+)\. (\w+) condemned (the strike)\. (“(.*?),”) \w+ (said)\.", article.text)
        if m is None:
            return Report(article=article, warnings=("nothing to find",), coder=self.name)

        def who(group: int) -> Participant:
            code = STATES[m[group]]
            return Participant(start=m.start(group), end=m.end(group), text=m[group], actor_id=f"{code}.GOV", country=code, sector="GOV")

        place = Place(
            **_at(m, 3),
            id=_id("pl", article, m, 3),
            geonameid=7,
            name=m[3],
            country="NOR",
            use="place",
            lat=1.25,
            lon=-2.5,
            confidence=0.9,
            reason="sample.place",
        )
        day = (article.published or "--05-01")[:10]
        time = Time(**_at(m, 4), id=_id("ti", article, m, 4), type="DATE", value=day, confidence=0.75, reason="sample.time")
        said = Attribution(
            id=_id("at", article, m, 8),
            kind="direct",
            source=(article.span(m.end(8) + 1, m.end(8) + 1 + len(m[6])),),
            cue=(article.span(m.start(10), m.end(10)),),
            content=(article.span(m.start(8), m.end(8)),),
            speaker=Speaker(actor_id=f"{STATES[m[6]]}.GOV", name=m[6]),
            cue_class="say",
            confidence=0.9,
            reason="sample.said",
        )
        evidence = article.span(0, m.start(6) - 1)
        date = EventDate(value=time.value, reason="in_sentence")
        dead = Magnitude(what="killed", low=float(m[5]), high=float(m[5]), span=article.span(m.start(5), m.end(5)))
        struck = article.span(m.end(1) + 1, m.start(2) - 1)
        strike = Event(
            id=finding_id("ev", article.id, "ASSAULT", [struck]),
            type="ASSAULT",
            mode="aerial",
            contexts=("military",),
            quad=4,
            cameo="195",
            trigger=struck,
            evidence=evidence,
            actors=(who(1),),
            recipients=(who(2),),
            date=date,
            place=place,
            magnitudes=(dead,),
            confidence=0.85,
            reason=f"sample.strike|v{self.version}",
        )
        thing = PositionObject(start=m.start(7), end=m.end(7), text=m[7], kind="event", event_id=strike.id, actor_id=None)
        stand = Position(
            id=finding_id("po", article.id, "condemn", [thing]),
            holder=who(6),
            act="condemn",
            stance="oppose",
            object=thing,
            evidence=article.span(m.start(6), m.end(7) + 1),
            said=Said(value=time.value, reason="publication"),
            confidence=0.8,
            reason="sample.stand",
        )
        term = article.span(article.text.index("so-called"), article.text.index("so-called") + 9)
        loaded = Framing(id=_id("fr", article, m, 8), about=strike.id, term=term, category="doubt", attribution=said.id, confidence=0.6, reason="sample.term")
        actors = tuple(_actor(m, group) for group in (1, 2, 6))
        return Report(
            article=article,
            actors=actors,
            places=(place,),
            times=(time,),
            attributions=(said,),
            events=(strike,),
            positions=(stand,),
            framing=(loaded,),
            coder=self.name,
        )


def _at(m: re.Match[str], group: int) -> dict[str, int | str]:
    return {"start": m.start(group), "end": m.end(group), "text": m[group]}


def _id(prefix: str, article: Article, m: re.Match[str], group: int) -> str:
    return finding_id(prefix, article.id, "", [article.span(m.start(group), m.end(group))])


def _actor(m: re.Match[str], group: int) -> Actor:
    mention = Mention(**_at(m, group), head=m.start(group), form="name", reason="sample.name")
    code = STATES[m[group]]
    return Actor(id=f"{code}.GOV", name=m[group], country=code, sector="GOV", kind="state", mentions=(mention,), reason="sample.name")
