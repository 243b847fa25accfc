"""The record gives back what it took, whatever that was."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    Span,
    Speaker,
    Time,
)
from onrecord.store import Record, open_record
from onrecord.store.days import bounds

NUMBERS = itertools.count()
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
SOME = WORDS.filter(bool)
MAYBE = st.none() | WORDS
CHANCE = st.floats(0, 1)
FIGURE = st.none() | st.floats(allow_nan=False, allow_infinity=False)
DATES = st.sampled_from(["2021-03-09", "2021-03", "2021", "--03-31", "XXXX", "2021-W10", "2021-Q3", "198X", "2021-02-30", "PAST_REF", "P3D", "0000", "9999-WI"])


class Given:
    """A coder that has one report for each article."""

    name = "given"
    point = OperatingPoint()

    def __init__(self, report: Report) -> None:
        self._report = report

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        yield self._report


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40))
    article = Article(id=f"given-{next(NUMBERS)}-{draw(WORDS)}", text=text, title=draw(MAYBE), published=draw(st.none() | DATES), url=draw(MAYBE))

    def span(kind: type[Span] = Span, /, **more: Any) -> Any:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return kind(start=start, end=end, text=text[start:end], **more)

    def few(make: Any) -> tuple[Any, ...]:
        return tuple(make() for _ in range(draw(st.integers(0, 2))))

    def who() -> Participant:
        return span(Participant, actor_id=draw(MAYBE), country=draw(MAYBE), sector=draw(MAYBE))

    def mention() -> Mention:
        made: Mention = span(Mention, head=0, form="name", reason=draw(WORDS))
        return dataclasses.replace(made, head=made.start)

    def place() -> Place:
        known = {
            "name": draw(WORDS),
            "country": draw(MAYBE),
            "geonameid": draw(st.none() | st.integers(0, 2**31 - 1)),
            "lat": draw(FIGURE),
            "lon": draw(FIGURE),
        }
        return span(Place, id=draw(SOME), **known, use="place", disputed=draw(st.booleans()), confidence=draw(CHANCE), reason=draw(WORDS))

    def event() -> Event:
        figure = few(lambda: Magnitude(what=draw(WORDS), low=draw(FIGURE), high=draw(FIGURE), span=span(), claimed_by=draw(MAYBE)))
        date = draw(st.none() | st.builds(EventDate, value=DATES, end=st.none() | DATES, reason=WORDS))
        parts = {"actors": few(who), "recipients": few(who), "magnitudes": figure, "contexts": tuple(draw(st.lists(WORDS, max_size=2)))}
        sure = {"confidence": draw(CHANCE), "reason": draw(WORDS)}
        return Event(id=draw(SOME), type=draw(WORDS), trigger=span(), evidence=span(), date=date, place=draw(st.none() | st.builds(place)), **parts, **sure)

    def position() -> Position:
        said = Said(value=draw(st.none() | DATES), reason=draw(WORDS))
        thing = span(PositionObject, kind="event", event_id=draw(MAYBE), actor_id=draw(MAYBE))
        more = {"confidence": draw(CHANCE), "reason": draw(WORDS), "addressee": draw(st.none() | st.builds(who))}
        return Position(id=draw(SOME), holder=who(), act=draw(WORDS), stance="oppose", object=thing, evidence=span(), said=said, **more)

    def attribution() -> Attribution:
        spans = {"source": few(span), "cue": few(span), "content": few(span)}
        speaker = draw(st.builds(Speaker, actor_id=MAYBE, name=MAYBE, anonymous=st.booleans()))
        return Attribution(id=draw(SOME), kind="direct", **spans, speaker=speaker, parent=draw(MAYBE), confidence=draw(CHANCE), reason=draw(WORDS))

    def actor() -> Actor:
        return Actor(id=draw(SOME), name=draw(WORDS), country=draw(MAYBE), sector=draw(MAYBE), kind="person", mentions=few(mention), reason=draw(WORDS))

    return Report(
        article=article,
        actors=few(actor),
        places=few(place),
        times=few(lambda: span(Time, id=draw(SOME), type="DATE", value=draw(DATES), confidence=draw(CHANCE), reason=draw(WORDS))),
        attributions=few(attribution),
        events=few(event),
        positions=few(position),
        framing=few(lambda: Framing(id=draw(SOME), about=draw(WORDS), term=span(), category=draw(WORDS), confidence=draw(CHANCE), reason=draw(WORDS))),
        warnings=tuple(draw(st.lists(WORDS, max_size=2))),
        coder="given",
    )


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    where = str(tmp_path_factory.mktemp("laws") / "r.db") if request.param == "sqlite" else request.getfixturevalue("module_database")()
    with open_record(where) as opened:
        yield opened


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(report=reports())
def test_a_report_is_had_back_and_can_be_asked_for(record: Record, report: Report) -> None:
    assert record.add([report.article], Given(report)).added == 1
    assert record.report(report.article.id) == report
    events = list(record.events(article=report.article.id))
    assert sorted(row["id"] for row in events) == sorted(e.id for e in report.events)
    assert len(record.positions(article=report.article.id)) == len(report.positions)
    assert record.forget([report.article.id]) == [report.article.id]
    assert record.report(report.article.id) is None
    assert len(record.actors()) == 0


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-03-09", "2021-03-09", "2021-03-09"),
        ("2021-03-09T14:00", "2021-03-09", "2021-03-09"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-W10", "2021-03-08", "2021-03-14"),
        ("2021-W10-WE", "2021-03-13", "2021-03-14"),
        ("2021-Q4", "2021-10-01", "2021-12-31"),
        ("2021-H1", "2021-01-01", "2021-06-30"),
        ("2021-WI", "2021-12-01", "2022-02-28"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("2021-03-09/2021-03-11", "2021-03-09", "2021-03-11"),
    ],
)
def test_the_days_a_date_can_mean(value: str, first: str, last: str) -> None:
    assert tuple(map(str, bounds(value))) == (first, last)


@pytest.mark.parametrize("value", [None, "", "--03-31", "XXXX", "PAST_REF", "P3D", "2021-13", "2021-02-30", "2021-W60", "0000", "noon"])
def test_what_names_no_year_means_no_days(value: str | None) -> None:
    assert bounds(value) == (None, None)


def test_a_date_that_lasted() -> None:
    assert tuple(map(str, bounds("2021-03-09", "2021-04"))) == ("2021-03-09", "2021-04-30")
    assert tuple(map(str, bounds("2021-03-09", "2021-03-01"))) == ("2021-03-09", "2021-03-09")  # an end before the beginning is none
