"""The page on precision is what the verdicts give, and the verdicts are whole."""

from __future__ import annotations

import pytest
from benchmarks import page
from benchmarks.judged import draw, precision

from onrecord.records import Article, Event, Participant, Position, PositionObject, Said

TEXT = "Chad attacked Sudan."
ARTICLE = Article.make(TEXT, publisher="Reuters", published="2010-05-01")


def event(**given: object) -> Event:
    span = ARTICLE.span(5, 13)
    fields = {"id": "ev-1", "type": "ASSAULT", "trigger": span, "evidence": span, "confidence": 0.7, "reason": "x", **given}
    return Event(**fields)  # type: ignore[arg-type]


def participant(start: int, end: int, country: str | None) -> Participant:
    return Participant(start=start, end=end, text=TEXT[start:end], country=country)


@pytest.mark.parametrize("name", precision.parts())
def test_the_page_has_the_tables_that_the_verdicts_give(name: str) -> None:
    text = (page.DOCS / "precision.md").read_text(encoding="utf-8")
    inside = text.partition(f"<!-- {name}: begin -->\n")[2].partition(f"<!-- {name}: end -->")[0]
    assert inside.splitlines() == precision.parts()[name]


@pytest.mark.parametrize("kind", precision.FIELDS)
def test_every_verdict_is_given_and_what_is_not_real_is_not_judged_further(kind: str) -> None:
    rows = precision.read(kind)
    assert len({row["finding"] for row in rows}) == len(rows) >= 150
    for row in rows:
        given = [row[field] for field in precision.FIELDS[kind]]
        assert set(given) <= {"y", "n", "-"}
        assert row["real"] == "y" or given == ["n", *["-"] * (len(given) - 1)]


def test_every_finding_has_its_confidence() -> None:
    assert all(0 < float(row["confidence"]) <= 1 for kind in precision.FIELDS for row in precision.read(kind))


def test_the_bands_of_confidence_take_every_finding_once() -> None:
    for kind in precision.FIELDS:
        assert sum(int(line.split("|")[2]) for line in precision.confidence_table(kind)[2:]) == len(precision.read(kind))


def test_no_article_gives_more_than_its_share() -> None:
    for kind in precision.FIELDS:
        articles = [row["article"] for row in precision.read(kind)]
        assert max(map(articles.count, articles)) <= draw.MOST


def test_an_interval_lies_around_its_share_and_is_wide_where_little_was_judged() -> None:
    low, high = precision.wilson(30, 40)
    assert low < 0.75 < high
    assert precision.wilson(0, 0) == (0.0, 1.0)
    assert precision.told(3, 4) == "0.75 [0.30, 0.95]°"
    assert precision.told(0, 0) == "–"


def test_weights_give_regions_the_share_that_they_have_in_the_articles() -> None:
    for kind in precision.FIELDS:
        each, rows = precision.weights(kind), precision.read(kind)
        assert each["North America"] == max(each.values())
        assert round(sum(each[row["region"]] for row in rows)) >= len(rows)


def test_a_finding_with_one_wrong_field_is_not_whole() -> None:
    rows = [{"real": "y", "type": "y", "actor": "-"}, {"real": "y", "type": "n", "actor": "y"}]
    assert precision.whole(rows, ("real", "type", "actor")) == (1, 2)
    assert precision.of_field(rows, "actor") == (1, 1)


def test_an_event_belongs_to_where_it_is_or_else_to_who_takes_part() -> None:
    known = draw.regions()
    assert draw.region_of(event(actors=(participant(0, 4, None),), recipients=(participant(14, 19, "SDN"),)), known) == "Sub-Saharan Africa"
    assert draw.region_of(event(), known) == draw.NONE


def test_a_position_belongs_to_its_holder() -> None:
    span = ARTICLE.span(14, 19)
    thing = PositionObject(start=14, end=19, text="Sudan", kind="actor")
    fields = {"act": "condemn", "stance": "oppose", "object": thing, "evidence": span, "said": Said(value=None, reason="no_date")}
    position = Position(id="po-1", holder=participant(0, 4, "TCD"), confidence=0.7, reason="x", **fields)  # type: ignore[arg-type]
    assert draw.region_of(position, draw.regions()) == "Sub-Saharan Africa"


def test_a_country_is_in_one_region() -> None:
    lines = (draw.BALANCED / "regions.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes = [code for line in lines for code in line.split(",")[1].split()]
    assert len(set(codes)) == len(codes)


def test_the_draw_is_even_over_outlets_and_takes_few_of_an_article() -> None:
    many = [Article.make(f"{n}", publisher=name, published="2010-05-01") for n, name in enumerate(["BBC News", "www.cbc.ca"] * 5)]
    found = [("f", a, event(id=f"ev-{a.id}-{n}")) for a in many for n in range(4)]
    drawn = draw.balanced(found, 12)
    assert [row["outlet"] for row in drawn].count("BBC") == 6
    assert max([row["article"] for row in drawn].count(row["article"]) for row in drawn) <= draw.MOST
    assert drawn == draw.balanced(reversed(found), 12)
