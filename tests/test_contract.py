"""The report's contract: what stands in every field of every finding, whatever the text.

``problems`` lists where a report breaks docs/report-format.md; it must find none in the bundled examples, in
odd texts, and in any text made of words of the news.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import ontology, records
from onrecord.export.why import MODELS
from onrecord.lexicons import all_rules
from onrecord.pipeline import Coder
from onrecord.records import Article, Report

Json = dict[str, Any]

SPAN = {"start", "end", "text"}
PARTICIPANT = SPAN | {"actor_id", "country", "sector"}
MADE = {"id", "confidence", "reason"}
FIELDS = {
    "report": {"article", "actors", "places", "times", "attributions", "events", "positions", "framing", "warnings", "coder"},
    "article": {"id", "title", "published", "published_reason", "publisher", "byline", "url", "language", "retrieved_at", "text_sha256"},
    "actors": {"id", "name", "country", "sector", "kind", "mentions", "reason", "role", "affiliation", "affiliation_id"},
    "places": SPAN | MADE | {"geonameid", "name", "country", "use", "as_written", "disputed", "lat", "lon", "admin1", "precision"},
    "times": SPAN | MADE | {"type", "value"},
    "attributions": MADE | {"kind", "source", "cue", "content", "speaker", "channel", "parent", "cue_class"},
    "events": MADE
    | {"type", "mode", "contexts", "quad", "cameo", "trigger", "evidence", "actors", "recipients", "date", "place", "magnitudes", "veridicality", "claimed_by"},
    "positions": MADE | {"holder", "act", "stance", "object", "evidence", "said", "status", "addressee", "act_event_id", "basis", "attribution"},
    "framing": MADE | {"about", "term", "category", "attribution"},
    "mention": SPAN | {"form", "reason"},
    "speaker": {"actor_id", "name", "role", "affiliation", "on_behalf_of", "anonymous"},
    "date": {"value", "end", "precision", "reason"},
    "said": {"value", "precision", "reason"},
    "magnitude": {"what", "low", "high", "unit", "span", "claimed_by"},
    "object": SPAN | {"kind", "event_id", "actor_id"},
}
ROOMS = ("actors", "places", "times", "attributions", "events", "positions", "framing")
PREFIXES = {"places": "pl", "times": "tx", "attributions": "at", "events": "ev", "positions": "po", "framing": "fr"}
RULES_OF = {"attributions": "attribution"}
FIGURES = {"killed", "injured", "missing", "displaced", "detained", "participants", "amount"}

WHY = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"[A-Z]{3}")
DATE = {
    "day": re.compile(r"(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"),
    "month": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"),
    "year": re.compile(r"\d{4}"),
}
TIMEX = {
    "DATE": re.compile(
        r"(?:(?:\d{4}|\d{3}|\d{2}|XXXX)(?:-(?:(?:\d{2}|XX)(?:-(?:\d{2}|XX))?|W(?:\d{2}|XX)(?:-(?:WE|\d))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?(?:T(?:MO|AF|EV|NI|MI))?"
        r"|--\d{2}-\d{2}|PRESENT_REF|PAST_REF|FUTURE_REF|BC\d+|FY\d{4})"
    ),
    "TIME": re.compile(
        r"(?:[\dX]{4}-[\dXW]{2,3}-?[\dX]{0,2}|--\d{2}-\d{2})?T(?:MO|MI|AF|EV|NI|DT|(?:\d{2}|XX)(?::\d{2}(?::\d{2})?)?)(?:Z|[+-]\d{2}(?::?\d{2})?)?"
    ),
    "DURATION": re.compile(r"P(?:T?(?:\d+(?:\.\d+)?|X)(?:Y|M|W|D|DE|CE|WE|Q|H|S|MO|AF|EV|NI|DT))+"),
    "SET": re.compile(r"XXXX|P.+|XXXX-.+|\d{4}-.+|--.+|T.+"),
}


@cache
def rule_ids() -> frozenset[str]:
    return frozenset(MODELS) | frozenset(rule["id"] for _, rule in all_rules())


def problems(report: Report) -> list[str]:
    """What in a report is against the contract, one line each."""
    body: Json = json.loads(report.to_json())
    found = list(_shape(body))
    if found:
        return found
    ids = {room: [f["id"] for f in body[room]] for room in ROOMS}
    return [
        *_identity(body, ids),
        *_reasons(body),
        *(p for a in body["actors"] for p in _actor(a)),
        *(p for x in body["places"] for p in _place(x)),
        *(p for x in body["times"] for p in _time(x)),
        *_attributions(body, ids),
        *(p for e in body["events"] for p in _event(e, body, ids)),
        *(p for x in body["positions"] for p in _position(x, body, ids)),
        *(p for x in body["framing"] for p in _framing(x, ids)),
    ]


def _shape(body: Json) -> Iterator[str]:
    """Every object has the fields of its kind and no other."""

    def same(kind: str, value: Json) -> Iterator[str]:
        if set(value) != FIELDS[kind]:
            yield f"{kind}: fields {sorted(set(value) ^ FIELDS[kind])} are missing or unknown"

    yield from same("report", body)
    yield from same("article", body["article"])
    for room in ROOMS:
        for finding in body[room]:
            yield from same(room, finding)
    for actor in body["actors"]:
        for mention in actor["mentions"]:
            yield from same("mention", mention)
    for attribution in body["attributions"]:
        yield from same("speaker", attribution["speaker"])
    for event in body["events"]:
        yield from (f"{event['id']}: participant has {sorted(p)}" for p in (*event["actors"], *event["recipients"]) if set(p) != PARTICIPANT)
        yield from (p for m in event["magnitudes"] for p in same("magnitude", m))
        if event["date"]:
            yield from same("date", event["date"])
    for position in body["positions"]:
        yield from (f"{position['id']}: participant has {sorted(p)}" for p in (position["holder"], position["addressee"]) if p and set(p) != PARTICIPANT)
        yield from same("object", position["object"])
        yield from same("said", position["said"])


def _identity(body: Json, ids: dict[str, list[str]]) -> Iterator[str]:
    every = [i for room in ROOMS for i in ids[room]]
    yield from (f"the id {i} stands for two findings" for i in sorted({i for i in every if every.count(i) > 1}))
    for room, prefix in PREFIXES.items():
        yield from (f"{room}: the id {i} is not {prefix}-…" for i in ids[room] if not re.fullmatch(rf"{prefix}-[0-9a-f]{{12}}", i))
        for finding in body[room]:
            if not 0 <= finding["confidence"] <= 1:
                yield f"{finding['id']}: confidence {finding['confidence']}"


def _reasons(body: Json) -> Iterator[str]:
    for room in ROOMS:
        given = [(f["id"], f["reason"]) for f in body[room]] + [(f["id"], m["reason"]) for f in body[room] for m in f.get("mentions", ())]
        for id, reason in given:
            rule, *why = reason.split("|")
            if rule not in rule_ids() or rule.split(".")[0] != RULES_OF.get(room, room):
                yield f"{room} {id}: the reason {reason!r} names no rule of the room"
            yield from (f"{room} {id}: {w!r} in the reason {reason!r} is no enum value" for w in why if not WHY.fullmatch(w))


def _codes(who: str, country: str | None, sector: str | None) -> Iterator[str]:
    if country is not None and not CODE.fullmatch(country):
        yield f"{who}: country {country!r}"
    if sector is not None and sector not in ontology.SECTORS:
        yield f"{who}: sector {sector!r}"


def _legal(who: str, field: str, value: str, kind: Any) -> Iterator[str]:
    if value not in get_args(kind):
        yield f"{who}: {field} {value!r}"


def _actor(actor: Json) -> Iterator[str]:
    who = actor["id"]
    yield from _codes(who, actor["country"], actor["sector"])
    yield from _legal(who, "kind", actor["kind"], records.ActorKind)
    for mention in actor["mentions"]:
        yield from _legal(who, "form", mention["form"], records.MentionForm)
    if not actor["mentions"] or not actor["name"].strip():
        yield f"{who}: without a mention or a name"
    if not re.fullmatch(r"[\w.'-]+", who):
        yield f"{who!r}: an actor id of other characters than words, dots and hyphens"
    if actor["affiliation_id"] == who:
        yield f"{who}: belongs to itself"


def _place(place: Json) -> Iterator[str]:
    who = f"{place['id']} {place['text']!r}"
    yield from _codes(who, place["country"], None)
    yield from _legal(who, "use", place["use"], records.PlaceUse)
    yield from _legal(who, "precision", place["precision"], records.PlacePrecision)
    if (place["lat"] is None) != (place["lon"] is None) or not -90 <= (place["lat"] or 0) <= 90 or not -180 <= (place["lon"] or 0) <= 180:
        yield f"{who}: lies at {place['lat']}, {place['lon']}"
    if place["geonameid"] is not None and place["geonameid"] <= 0:
        yield f"{who}: geonameid {place['geonameid']}"
    if place["admin1"] is not None and (set(place["admin1"]) != {"name", "code", "geonameid"} or not place["admin1"]["name"]):
        yield f"{who}: admin1 {place['admin1']}"


def _time(time: Json) -> Iterator[str]:
    who = f"{time['id']} {time['text']!r}"
    yield from _legal(who, "type", time["type"], records.TimexType)
    if not TIMEX[time["type"]].fullmatch(time["value"]):
        yield f"{who}: {time['type']} {time['value']!r}"


def _holds(attribution: Json, span: Json) -> bool:
    return any(c["start"] < span["end"] and span["start"] < c["end"] for c in attribution["content"])


def _attributions(body: Json, ids: dict[str, list[str]]) -> Iterator[str]:
    by_id = {a["id"]: a for a in body["attributions"]}
    for id, attribution in by_id.items():
        yield from _legal(id, "kind", attribution["kind"], records.AttributionKind)
        if not attribution["content"]:
            yield f"{id}: no content"
        for field in ("source", "cue", "content"):
            spans = attribution[field]
            if any(a["end"] > b["start"] for a, b in pairwise(spans)):
                yield f"{id}: parts of the {field} are out of order or overlap"
        speaker = attribution["speaker"]
        if speaker["actor_id"] is not None and speaker["actor_id"] not in ids["actors"]:
            yield f"{id}: the speaker {speaker['actor_id']!r} is no actor of the article"
        seen, parent = {id}, attribution["parent"]
        if parent is not None and parent not in by_id:
            yield f"{id}: its parent {parent} is not there"
        while parent in by_id:
            if parent in seen:
                yield f"{id}: lies in itself through {parent}"
                break
            seen.add(parent)
            parent = by_id[parent]["parent"]


def _participant(who: str, participant: Json, body: Json) -> Iterator[str]:
    if participant["actor_id"] is None:
        yield from _codes(who, participant["country"], participant["sector"])
        return
    actor = next((a for a in body["actors"] if a["id"] == participant["actor_id"]), None)
    if actor is None:
        yield f"{who}: {participant['actor_id']!r} is no actor of the article"
    elif (actor["country"], actor["sector"]) != (participant["country"], participant["sector"]):
        yield f"{who}: {participant['actor_id']!r} has other codes than its actor"


def _event(event: Json, body: Json, ids: dict[str, list[str]]) -> Iterator[str]:
    who, kind = f"{event['id']} {event['trigger']['text']!r}", ontology.EVENT_TYPES.get(event["type"])
    if kind is None:
        yield f"{who}: type {event['type']!r}"
        return
    if event["mode"] is not None and event["mode"] not in kind.modes:
        yield f"{who}: {event['type']} has no mode {event['mode']!r}"
    elif (event["quad"], event["cameo"]) != (ontology.quad(event["type"]), ontology.cameo(event["type"], event["mode"])):
        yield f"{who}: {event['type']} {event['mode']} is not quad {event['quad']}, CAMEO {event['cameo']}"
    if not set(event["contexts"]) <= set(ontology.CONTEXTS) or len(set(event["contexts"])) < len(event["contexts"]):
        yield f"{who}: contexts {event['contexts']}"
    yield from _legal(who, "veridicality", event["veridicality"], records.Veridicality)
    for participant in (*event["actors"], *event["recipients"]):
        yield from _participant(who, participant, body)
    if event["place"] is not None and event["place"] not in body["places"]:
        yield f"{who}: its place is no place of the article"
    if not (event["evidence"]["start"] <= event["trigger"]["start"] and event["trigger"]["end"] <= event["evidence"]["end"]):
        yield f"{who}: the trigger is outside the evidence"
    if event["date"] is not None:
        yield from _date(who, event["date"])
    for figure in event["magnitudes"]:
        yield from _figure(who, figure, ids)
    if event["claimed_by"] is not None:
        voice = next((a for a in body["attributions"] if a["id"] == event["claimed_by"]), None)
        if voice is None or not _holds(voice, event["trigger"]):
            yield f"{who}: lies in no content of {event['claimed_by']}, who is to claim it"


def _date(who: str, date: Json) -> Iterator[str]:
    if date["value"] is not None and not DATE[date["precision"]].fullmatch(date["value"]):
        yield f"{who}: {date['value']!r} is no date to the {date['precision']}"
    if not all(WHY.fullmatch(part) for part in date["reason"].split("|")):
        yield f"{who}: a date for the reason {date['reason']!r}"


def _figure(who: str, figure: Json, ids: dict[str, list[str]]) -> Iterator[str]:
    if figure["what"] not in FIGURES:
        yield f"{who}: a figure of {figure['what']!r}"
    low, high = figure["low"], figure["high"]
    if (low is not None and low < 0) or (low is not None and high is not None and low > high):
        yield f"{who}: from {low} to {high} {figure['what']}"
    if figure["claimed_by"] is not None and figure["claimed_by"] not in ids["attributions"]:
        yield f"{who}: its figure is claimed by {figure['claimed_by']}, which is not there"


def _position(position: Json, body: Json, ids: dict[str, list[str]]) -> Iterator[str]:
    who, about = f"{position['id']} {position['act']} {position['object']['text']!r}", position["object"]
    act = ontology.ACTS.get(position["act"])
    if act is None:
        yield f"{who}: no such act"
    elif act.stance is not None and position["stance"] not in (act.stance, "neutral"):
        yield f"{who}: {position['act']} taken for {position['stance']}"
    for field, value, kind in (
        ("stance", position["stance"], records.Stance),
        ("status", position["status"], records.Status),
        ("basis", position["basis"], records.Basis),
        ("object kind", about["kind"], records.ObjectKind),
    ):
        yield from _legal(who, field, value, kind)
    for participant in (position["holder"], position["addressee"]):
        yield from _participant(who, participant, body) if participant else ()
    if about["event_id"] is not None and (about["event_id"] not in ids["events"] or about["kind"] == "actor"):
        yield f"{who}: a {about['kind']} with the event {about['event_id']}"
    if about["actor_id"] is not None and about["actor_id"] not in ids["actors"]:
        yield f"{who}: {about['actor_id']!r} is no actor of the article"
    if about["actor_id"] is not None and about["actor_id"] == position["holder"]["actor_id"]:
        yield f"{who}: a stand on its own holder"
    if position["act_event_id"] is not None:
        if position["act_event_id"] not in ids["events"]:
            yield f"{who}: is the act of {position['act_event_id']}, which is not there"
        if position["act_event_id"] == about["event_id"]:
            yield f"{who}: is about the event that it is"
    if position["attribution"] is not None and position["attribution"] not in ids["attributions"]:
        yield f"{who}: is said by {position['attribution']}, which is not there"
    yield from _date(who, position["said"])


def _framing(framing: Json, ids: dict[str, list[str]]) -> Iterator[str]:
    who = f"{framing['id']} {framing['term']['text']!r}"
    if not framing["about"].strip():
        yield f"{who}: about nothing"
    if framing["about"].startswith("ev-") and framing["about"] not in ids["events"]:
        yield f"{who}: about {framing['about']}, which is not there"
    if framing["attribution"] is not None and framing["attribution"] not in ids["attributions"]:
        yield f"{who}: said by {framing['attribution']}, which is not there"


EXAMPLES = [json.loads(line) for line in (files("onrecord") / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]

ODD = {
    "empty": "",
    "white": " \n\t\n ",
    "one word": "Chad",
    "one mark": '"',
    "marks": '"' * 400 + "'" * 400,
    "capitals": "PERU AND GHANA CONDEMNED THE COUP IN NIGER ON SUNDAY, THE FOREIGN MINISTRY SAID.",
    "pictures": "🇵🇪 Peru 😡 condemned 🚀 the raid — “we reject it” 🙏, its envoy said.",
    "no stop": "Kenya said that Uganda said that Rwanda had said that Burundi denied that it had attacked Tanzania",
    "nested marks": "“He told us ‘they said “leave”’ and we left,” the farmer said. ‘“No,” she replied, “never.”’",
    "open mark": "The minister said: “We will not accept this.\n\nThe rebels attacked the town and killed 12 people on Monday.",
    "list": "Peru, Chile, Ghana, Kenya, the African Union and others rejected the vote, and Mali, Niger and Chad welcomed it.",
    "itself": "Peru condemned Peru. It criticised itself. The United Nations urged the United Nations to support the UN.",
    "figures": "Between 5 and 3 people, 10,000,000 people and $-3 million people were killed or wounded on 31/31/31, at 25:61, in 0 AD.",
    "other letters": "Перу осудила рейд. 秘鲁谴责了袭击。 Peru’s président a condamné l’attaque à N’Djaména.",
    "carriage returns": "Peru condemned the raid.\r\n\r\n\u2028By Ann Lee\u2029LIMA (Wire) -\r\nThe raid, on Sunday, killed three people\u00a0in Lima.\x00",
}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in EXAMPLES])
def test_reports_on_the_bundled_examples_keep_the_contract(learned: Coder, row: Json) -> None:
    report = learned.code_article(Article.make(**row))
    assert problems(report) == []
    assert report.actors
    assert report.events


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("published", [None, "2021-03-09"], ids=["undated", "dated"])
def test_reports_on_odd_texts_keep_the_contract(learned: Coder, text: str, published: str | None) -> None:
    assert problems(learned.code(text, published=published)) == []


def test_without_a_publication_date_no_event_gets_a_year(coder: Coder) -> None:
    report = coder.code("Peru condemned the raid on 31 March. Chile welcomed it on Sunday, and Ghana rejected it.")
    assert report.events
    assert not [e.date for e in report.events if e.date and e.date.value[:1].isdigit()]
    assert not [p.said for p in report.positions if p.said.value and p.said.value[:1].isdigit()]


def test_a_stand_is_dated_no_more_exactly_than_its_article(coder: Coder) -> None:
    assert problems(coder.code("He has condemned Peru.", published="2021")) == []


def test_nobody_is_twice_in_a_role_of_an_event(coder: Coder) -> None:
    report = coder.code("Chile and the Chilean government condemned the raid.", published="2021-03-09")
    named = [p.actor_id for e in report.events for p in e.actors]
    assert named == ["CHL.GOV"]


def test_a_broken_report_has_problems(coder: Coder) -> None:
    """The check itself: each of these breaks one promise and is told."""
    report = coder.code("Kenya said that Peru had condemned the attack on Chad.", published="2021-03-09")
    assert problems(report) == []
    assert problems(_with(report, "events", type="QUARREL"))
    assert problems(_with(report, "events", claimed_by="at-000000000000"))
    assert problems(_with(report, "events", confidence=1.5))
    assert problems(_with(report, "events", reason="because"))
    assert problems(_with(report, "attributions", parent=report.attributions[0].id))
    assert problems(_with(report, "positions", act_event_id="ev-000000000000"))
    assert problems(_with(report, "positions", stance="support"))
    assert problems(dataclasses.replace(report, actors=()))


def _with(report: Report, room: str, **changed: Any) -> Report:
    """The report with something else said in the first finding of a room."""
    first, *rest = getattr(report, room)
    return dataclasses.replace(report, **{room: (dataclasses.replace(first, **changed), *rest)})


PIECES = {
    "who": "Peru|Chad|Niger’s army|Kenyan rebels|Abkhazia|the African Union|NATO|Moscow|the court|it|he|they|who|which|Foreign Minister Maria Okafor|"
    "army spokesman Daniel Weiss|Okafor|protesters|three policemen|the two governments|Chile, Ghana and others|an official",
    "does": "said|says that|told reporters|, according to|has condemned|denied|rejected|did not recognise|urged|accused|welcomed|would not support|"
    "warned|threatened to attack|killed|was killed by|arrested|met|signed|resigned over|was elected|attacked|called for|drew criticism from|"
    "will hold talks with|refused to",
    "what": "the raid|the vote|the so-called election|sanctions on Niger|a ceasefire|the coup in Chad|12 people|1,500 soldiers|the terrorists|that regime|"
    "its troops|the talks|what it called an act of war|to release the prisoners|of killing dozens|the attack on Lima|the occupied north",
    "when": "on Sunday|yesterday|last week|on March 31|in 2019|in Moscow|near Lima|for three days|every Friday|at noon|if it wins|not|never",
    "marks": ".|. |.\n\n|,|, and|;|:| - |“|”|\"|'|(|)|?|\n|’",
}
PHRASES = st.one_of(st.sampled_from(pieces.split("|")) for pieces in PIECES.values())
CLAUSES = st.tuples(*(st.sampled_from(PIECES[k].split("|")) for k in ("who", "does", "what", "when", "marks")))


@given(st.lists(st.one_of(CLAUSES.map(" ".join), PHRASES), max_size=12), st.sampled_from([None, "2021-03-09", "2021-03-09T10:00:00Z"]))
@settings(max_examples=100, deadline=None)
def test_reports_on_any_words_of_the_news_keep_the_contract(learned: Coder, pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces)
    report = learned.code(text, published=published)
    assert problems(report) == []
    assert learned.code(text, published=published) == report
