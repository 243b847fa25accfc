"""A report made by hand for the tests of exports: what formats trip over is in it, and no coder is needed."""

from __future__ import annotations

import dataclasses
from typing import Any

from onrecord.ontology import cameo, quad
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
    Span,
    Speaker,
    Time,
    Veridicality,
    finding_id,
)

TEXT = (
    'Raiders\tcalled "the Dawn" shot 3 soldiers and 5 civilians\nin Timbuktu on 3 March 2021.\n\n'
    "Bucharest and Taipei signed a pact. A crowd of 500 marched in Sukhumi. "
    "“Our army,” General Ado said, “never shelled the market.” The so-called council refused talks. It will vote in April. Jets hit Aleppo, killing up to 9."
)
PARTIES = {
    "Raiders": ("MLI.REB.dawn", "Raiders of Dawn", "MLI", "REB", "group"),
    "3 soldiers": ("MLI.MIL", "Malian soldiers", "MLI", "MIL", "state"),
    "5 civilians": ("MLI.CVL.civilians", "5 civilians", "MLI", "CVL", "group"),
    "Bucharest": ("ROU.GOV", "Romania", "ROU", "GOV", "state"),
    "Taipei": ("TWN.GOV", "Taiwan", "TWN", "GOV", "state"),
    "A crowd of 500": ("XAB.CVL", "crowd", "XAB", "CVL", "group"),
    "General Ado": ("MLI.MIL.ado", "Ado", "MLI", "MIL", "person"),
    "Our army": ("MLI.MIL", "Malian soldiers", "MLI", "MIL", "state"),
    "The so-called council": ("_.council", "The so-called council", None, None, "unresolved"),
    "Jets": ("RUS.MIL", "Russian air force", "RUS", "MIL", "state"),
}
PLACES: dict[str, dict[str, Any]] = {
    "Timbuktu": {"geonameid": 2449066, "country": "MLI", "lat": 16.7735, "lon": -3.0074},
    "Sukhumi": {"geonameid": None, "country": "XAB", "lat": 43.0, "lon": 41.02},
    "Aleppo": {"geonameid": 170063, "country": "SYR", "lat": 36.2, "lon": 37.16},
}


def article(**fields: Any) -> Article:
    """The article."""
    known = {"title": 'A "raid"; and, more', "published": "2021-03-04", "publisher": "Wire;Post", "url": "https://news.example/1?a=1&b=2"}
    return Article.make(TEXT, id="north/1", **{**known, **fields})


def report(**fields: Any) -> Report:
    """What is on record in it; ``fields`` are of the article."""
    of = article(**fields)
    make = Maker(of)
    said = Attribution(
        id=finding_id("at", of.id, "", [make.span("said")]),
        kind="mixed",
        source=(make.span("General Ado"),),
        cue=(make.span("said"),),
        content=(make.span("Our army"), make.span("never shelled the market.")),
        speaker=Speaker(actor_id="MLI.MIL.ado", name="Ado"),
        confidence=0.9,
        reason="hand.said",
    )
    killed = (make.figure("killed", "3 soldiers", 3, 3), make.figure("killed", "5 civilians", 5, 5))
    day = EventDate(value="2021-03-03", reason="hand")
    events = (
        make.event("shot", "ASSAULT", "firearms", ["Raiders"], ["3 soldiers", "5 civilians"], date=day, place=make.place("Timbuktu"), magnitudes=killed),
        make.event("signed", "SUPPORT", None, ["Bucharest", "Taipei"], [], date=EventDate(value="2021-03", precision="month", reason="hand")),
        make.event(
            "marched",
            "PROTEST",
            "demo",
            ["A crowd of 500"],
            [],
            date=EventDate(value="2021-03-01", end="2021-03-04", reason="hand"),
            place=make.place("Sukhumi"),
            magnitudes=(make.figure("participants", "500", 500, 500),),
        ),
        make.event("shelled", "ASSAULT", "heavy-weapons", ["Our army"], [], put="denied", claimed_by=said.id, date=day),
        make.event("refused", "REJECT", "meet", ["The so-called council"], [], date=EventDate(value="--03-31", reason="hand")),
        make.event("vote", "ELECTION", None, ["The so-called council"], [], put="planned", date=EventDate(value="2021-04", precision="month", reason="hand")),
        make.event("hit", "ASSAULT", "aerial", ["Jets"], [], date=day, place=make.place("Aleppo"), magnitudes=(make.figure("killed", "up to 9", None, 9),)),
    )
    stand = Position(
        id="po-1",
        holder=make.party("The so-called council"),
        act="reject",
        stance="oppose",
        object=PositionObject(**make.at("talks"), kind="proposal"),
        evidence=make.span("The so-called council refused talks."),
        said=Said(value=None, reason="hand"),
        confidence=0.7,
        reason="hand.stand",
    )
    term = Framing(id="fr-1", about="_.council", term=make.span("so-called"), category="doubt", confidence=0.6, reason="hand.term")
    time = Time(**make.at("3 March 2021"), id="ti-1", type="DATE", value="2021-03-03", confidence=0.9, reason="hand.time")
    return Report(
        article=of,
        actors=tuple(make.actors()),
        places=tuple(make.place(name) for name in PLACES),
        times=(time,),
        attributions=(said,),
        events=events,
        positions=(stand,),
        framing=(term,),
        coder="hand 1",
    )


class Maker:
    """Makes findings on an article of that text, by their words."""

    def __init__(self, of: Article) -> None:
        self.article = of

    def at(self, words: str) -> dict[str, Any]:
        start = self.article.text.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    def span(self, words: str) -> Span:
        return Span(**self.at(words))

    def party(self, words: str) -> Participant:
        id, _, country, sector, _ = PARTIES[words]
        return Participant(**self.at(words), actor_id=id, country=country, sector=sector)

    def place(self, words: str) -> Place:
        return Place(**self.at(words), id=f"pl-{words}", name=words, use="place", confidence=0.9, reason="hand.place", **PLACES[words])

    def figure(self, what: str, words: str, low: float | None, high: float | None) -> Magnitude:
        return Magnitude(what=what, low=low, high=high, span=self.span(words))

    def event(self, words: str, type: str, mode: str | None, actors: list[str], recipients: list[str], put: Veridicality = "asserted", **fields: Any) -> Event:
        trigger = self.span(words)
        return Event(
            id=finding_id("ev", self.article.id, type, [trigger]),
            type=type,
            mode=mode,
            quad=quad(type),
            cameo=cameo(type, mode),
            trigger=trigger if words != "signed" else self.span("signed a pact"),
            evidence=self._sentence(trigger),
            actors=tuple(self.party(a) for a in actors),
            recipients=tuple(self.party(r) for r in recipients),
            veridicality=put,
            confidence=0.8,
            reason="hand.event",
            **fields,
        )

    def actors(self) -> list[Actor]:
        out: dict[str, Actor] = {}
        for words, (id, name, country, sector, kind) in PARTIES.items():
            at = self.at(words)
            mention = Mention(**at, head=at["start"], form="nominal", reason="hand.name")
            if id in out:
                out[id] = dataclasses.replace(out[id], mentions=(*out[id].mentions, mention))
                continue
            role = "General" if name == "Ado" else None
            out[id] = Actor(id=id, name=name, country=country, sector=sector, kind=kind, mentions=(mention,), reason="hand.name", role=role)  # type: ignore[arg-type]
        return list(out.values())

    def _sentence(self, trigger: Span) -> Span:
        text = self.article.text
        start = max(text.rfind(". ", 0, trigger.start) + 2, text.rfind("\n\n", 0, trigger.start) + 2, 0) if trigger.start > 60 else 0
        return self.article.span(start, text.index(".", trigger.end))
