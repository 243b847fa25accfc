"""What notebooks show: words of articles are escaped, nothing is fetched, and what is left out is said."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import polars
import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord import show
from onrecord.cluster.linker import Linker
from onrecord.issues import Issue
from onrecord.notebook import Drawing, charts, over_time, standings, timeline
from onrecord.notebook.view import View, drawn
from onrecord.records import Article, Report
from onrecord.store import Record, open_record
from onrecord.store.query import Table

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>"
RICH = ("text/html", "text/plain")


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the words of one with a class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Eight articles; one comes from somebody who would run something in the reader's page."""
    evil = dataclasses.replace(an_article(3, words=f"{EVIL} ", publisher=EVIL), title=EVIL, url="javascript:alert(1)")
    good = [dataclasses.replace(an_article(n), url=f"https://example.org/{n}") for n in (0, 1, 2, 4, 5, 6)]
    with open_record(tmp_path_factory.mktemp("record") / "r.db") as opened:
        opened.add([*good, evil, an_article(7, day="2022-05-17", publisher="Daily Ledger")], SampleCoder(), linker=Linker())
        yield opened


@pytest.fixture(scope="module")
def shown(record: Record) -> dict[str, View]:
    """Everything that can be shown."""
    mention = record.events(article="a3")[0]["mentions"][0]
    things = {
        "report": record.report("a3"),
        "reports": [record.report("a3"), record.report("a1")],
        "kept": record.article("a3"),
        "events": record.events(),
        "positions": record.positions(),
        "quotes": record.quotes(),
        "statements": record.statements(),
        "actors": record.actors(),
        "articles": record.articles(),
        "counts": record.counts("dyad-year", fill=True),
        "outlets": record.outlets(),
        "sql": record.sql('SELECT publisher, title AS "<b>title</b>", NULL AS empty_one FROM articles'),
        "search": record.search(text="alert"),
        "event": record.event(mention),
        "stands": record.stands(mention, holders=["CHL.GOV"]),
        "question": record.stands(Issue(question=EVIL, terms=("strike",))),
        "matrix": record.matrix(),
    }
    return {name: show(thing) for name, thing in things.items()}


def test_no_word_of_an_article_becomes_an_element(shown: dict[str, View]) -> None:
    for name, view in shown.items():
        elements = Elements(view.html).found
        assert "<Report" not in view.html, name
        assert not {tag for tag, _ in elements} & {"script", "img", "b title", "iframe", "object", "link"}, name
        assert not any(key.startswith("on") for _, attributes in elements for key in attributes), name
        assert not any("javascript" in (a.get("href") or "") for _, a in elements), name


def test_nothing_is_fetched(shown: dict[str, View]) -> None:
    for name, view in shown.items():
        assert not re.search(r"url\(|@import|\bsrc=(?!x onerror)", view.html), name
        assert not any("src" in attributes for _, attributes in Elements(view.html).found), name


def test_an_article_is_shown_as_it_was_written(record: Record) -> None:
    report = record.report("a3")
    assert report is not None
    (text,) = lxml.html.fromstring(report._repr_html_() or "").xpath('//div[@class="or-text"]')
    for tip in text.xpath('.//span[@class="or-tip"]'):
        tip.drop_tree()
    assert text.text_content() == report.article.text
    assert report._repr_mimebundle_() == {"text/plain": "<Report on a3: 1 event, 1 position, 1 attribution>", "text/html": report._repr_html_()}


def test_what_notebooks_ask_for_is_what_they_are_given(record: Record) -> None:
    table = record.positions()
    assert set(table._repr_mimebundle_()) == set(RICH)
    assert set(table._repr_mimebundle_(include={"text/html"})) == {"text/html"}
    assert set(table._repr_mimebundle_(exclude={"text/html"})) == {"text/plain"}
    assert record.matrix()._repr_html_() == show(record.matrix()).html


def test_stands_are_told_without_their_colour(shown: dict[str, View]) -> None:
    assert "− condemn" in shown["positions"].html
    assert "− condemn" in shown["matrix"].html
    assert '<td class="or-against">against</td>' in shown["stands"].html


def test_only_web_addresses_are_links(shown: dict[str, View]) -> None:
    hrefs = {a["href"] for tag, a in Elements(shown["articles"].html).found if tag == "a"}
    assert hrefs == {f"https://example.org/{n}" for n in (0, 1, 2, 4, 5, 6)}


def test_what_is_not_shown_is_said(record: Record, shown: dict[str, View]) -> None:
    assert "The first 2 of 8 rows" in show(record.positions(), rows=2).html
    assert "The record has more" in show(record.positions(limit=2)).html
    assert "not shown: empty_one" in shown["sql"].html
    assert "no statement found in" in shown["stands"].html
    assert "0.50" in show(polars.DataFrame({"share": [0.5]})).html
    assert "No rows" in show(Table([], {"a": polars.String})).html
    assert "Positions: none" in show(record.positions(actor="CHL.GOV")).html


def test_columns_can_be_chosen(record: Record) -> None:
    html = show(record.positions(), columns=["holder", "object_kind"]).html
    assert re.findall(r"<th [^>]*>(.*?)</th>", html) == ["holder", "object kind"]
    with pytest.raises(ValueError, match=r"no column 'colour': choose from id, holder"):
        show(record.positions(), columns=["colour"])


def test_what_can_not_be_shown_is_refused() -> None:
    with pytest.raises(TypeError, match="how to show a int"):
        show(7)
    with pytest.raises(TypeError, match="how to show a list"):
        show([])


def test_a_view_is_saved_as_a_page_of_its_own(shown: dict[str, View], tmp_path: Path) -> None:
    shown["report"].save(tmp_path / "page.html", title="<i>one</i>")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>&lt;i&gt;one&lt;/i&gt;</title>" in page
    assert shown["report"].html in page
    assert "GeoNames" in page


def test_an_article_without_findings_is_shown_too() -> None:
    view = show(Report(article=Article.make("Nothing here.", id="n"), warnings=("too <short>",)))
    assert repr(view) == "<Report on n: 0 events, 0 positions, 0 attributions>"
    assert "too &lt;short&gt;" in view.html


# Charts


def test_charts_are_drawn_without_a_network(record: Record) -> None:
    for drawing in (timeline(record.events()), over_time(record.counts("event-year", fill=True)), standings(record.matrix())):
        bundle = drawing.bundle()
        assert set(bundle) == {"text/plain", "text/html", charts.MIME}
        ((tag, attributes),) = Elements(bundle["text/html"]).found
        assert tag == "img"
        assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")
        assert attributes["alt"] == drawing.told()
        assert drawing.svg().startswith("<svg")
        spec = drawing.spec()
        assert spec["background"] == "#ffffff"
        assert not re.search(r"https?://(?!vega\.github\.io/schema/)", str({k: v for k, v in spec.items() if k != "data"}))


def test_a_timeline_says_what_it_leaves_out(record: Record) -> None:
    events = record.events()
    undated = Table([*events.rows[:3], {**events[0], "date": None}, {**events[1], "date": {**events[1]["date"], "value": "--05-01"}}], events.schema)
    spec = timeline(undated, by="place", title="Strikes").spec()
    assert spec["title"] == {"text": "Strikes", "subtitle": "2 without a day are left out"}
    assert len(spec["data"]["values"]) == 3
    assert {v["class"] for v in spec["data"]["values"]} == {"material conflict"}
    with pytest.raises(ValueError, match=r"Record\.events"):
        timeline(record.positions())


def test_counts_are_added_up_over_what_tells_no_lines_apart(record: Record) -> None:
    counts = record.counts("dyad-year", split="type")
    spec = over_time(counts, series=[], measure="share").spec()
    values = {v["period"]: v for v in spec["data"]["values"]}
    for period, one in values.items():
        rows = [r for r in counts if r["period"] == period]
        assert one["count"] == sum(r["count"] for r in rows)
        assert one["share"] == pytest.approx(one["count"] / rows[0]["articles"])
        assert one["score"] == pytest.approx(sum(r["score"] * r["count"] for r in rows) / one["count"])
    few = over_time(counts, most=1).spec()
    assert len({v["series"] for v in few["data"]["values"]}) == 1
    assert "with fewer are left out" in few["title"]["subtitle"]
    with pytest.raises(ValueError, match="no column 'who'"):
        over_time(counts, series=["who"])


def test_squares_of_one_name_do_not_hide_one_another(record: Record) -> None:
    matrix = record.matrix()
    (holder, matter), cell = next(iter(matrix.cells.items()))
    row = next(h for h in matrix.rows if h.id == holder)
    column = next(m for m in matrix.columns if m.id == matter)
    others = [dataclasses.replace(column, id=f"{n}", title=column.title + " again" * n * 20) for n in range(3)]  # the same when shortened
    columns, cells = [dataclasses.replace(m, title="A strike " * 10) for m in (column, *others)], {(holder, m.id): cell for m in (column, *others)}
    drawn_of = standings(dataclasses.replace(matrix, rows=[row], columns=columns, cells=cells)).chart.to_dict()
    (values,) = [d["values"] for d in find_all(drawn_of, "data")]
    assert len({(v["holder"], v["matter"]) for v in values}) == len(cells)


def find_all(spec: object, name: str) -> Iterator[dict[str, list[dict[str, object]]]]:
    """What stands under a name, anywhere in a chart."""
    if isinstance(spec, dict):
        if name in spec:
            yield spec[name]
        for inner in spec.values():
            yield from find_all(inner, name)


def test_any_chart_can_be_drawn(record: Record, tmp_path: Path) -> None:
    import altair

    drawing = Drawing(altair.Chart(record.counts("event-year").to_polars(), title=f"By {EVIL}").mark_bar().encode(x="period:O", y="count:Q"))
    assert drawing.told() == f"By {EVIL}"
    assert [tag for tag, _ in Elements(drawing.bundle()["text/html"]).found] == ["img"]
    drawing.save(tmp_path / "chart.svg")
    drawing.save(tmp_path / "chart.json")
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8") == drawing.svg()
    assert '"$schema"' in (tmp_path / "chart.json").read_text(encoding="utf-8")


def test_without_what_draws_there_is_still_a_chart(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_drawer", lambda: None)
    drawing = timeline(record.events())
    assert set(drawing.bundle()) == {"text/plain", charts.MIME}
    with pytest.raises(ImportError, match=r"onrecord\[notebook\]"):
        drawing.svg()


# Colours


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 has it."""

    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["light", "dark"])
def test_words_can_be_read_on_their_paper(paper: str) -> None:
    html = drawn("table.html.jinja", table={"rows": [], "count": 0})
    own, dark = re.findall(r"\.onrecord \{\s*(--ink.*?)\}", html, re.DOTALL)[:2]
    colours = dict(re.findall(r"--(\w+): (#\w+);", own if paper == "light" else dark))
    for words in ("ink", "soft", "for", "against", "speech"):
        assert contrast(colours[words], colours["paper"]) >= 4.5, words
        assert contrast(colours[words], colours["card"]) >= 4.5, words
    for wash in ("speechwash", "positionwash"):
        assert contrast(colours["ink"], colours[wash]) >= 4.5, wash


def test_marks_of_charts_can_be_told_from_white() -> None:
    for colour in (*charts.COLOURS.values(), *charts.SERIES):
        assert contrast(colour, "#ffffff") >= 3, colour
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in charts.SIDES.values())  # white words stand on these
    assert len(charts.SHAPES) == len(charts.COLOURS)


# Loading


@pytest.mark.parametrize(
    "line",
    [
        "import onrecord; assert 'onrecord.notebook' not in sys.modules and 'altair' not in sys.modules",
        "from onrecord import show; assert 'altair' not in sys.modules and 'spacy' not in sys.modules",
        "from onrecord.notebook import timeline; assert 'altair' in sys.modules and 'vl_convert' not in sys.modules",
        "from onrecord.records import Article, Report; assert 'Chad' in Report(article=Article.make('Chad left.', id='a'))._repr_html_()",
        "import onrecord.notebook\ntry: onrecord.notebook.nothing\nexcept AttributeError: pass\nelse: raise SystemExit(1)",
    ],
)
def test_what_shows_is_loaded_when_it_is_asked_for(line: str) -> None:
    subprocess.run([sys.executable, "-c", f"import sys\n{line}"], check=True)
