"""The codebook's pages: every value and field has an entry with an example, and the coder codes the example so."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from onrecord import ontology, records
from onrecord.actors import resolve
from onrecord.pipeline import Coder
from onrecord.records import Report

DOCS = Path(__file__).parents[1] / "docs"


def tables(page: str) -> Iterator[dict[str, str]]:
    """Every row of every table of a page, by its headings; the first heading's cell without its backticks."""
    heads: list[str] = []
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            heads = []
            continue
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not heads:
            heads = cells
        elif not set(line) <= set("|- "):
            yield dict(zip(heads, cells, strict=True))


@functools.cache
def entries(page: str, heading: str) -> dict[str, dict[str, str]]:
    """The rows of the page's tables that begin with a heading, by what stands in backticks there."""
    return {m[1]: row for row in tables(page) if heading in row and (m := re.fullmatch(r"`([^`]+)`", row[heading]))}


def example(row: dict[str, str]) -> str:
    """The sentence of a row; none where the cell is empty or says in brackets why there is none."""
    text = row["Example"].replace("*", "")
    return "" if text.startswith("(") else text


def values(report: Report, heading: str) -> set[str]:
    """What a report has of the values that a table of that heading defines."""
    events, positions = report.events, report.positions
    of: dict[str, set[str]] = {
        "Type": {e.type for e in events},
        "Mode": {f"{e.type} {e.mode}" for e in events},
        "Context": {c for e in events for c in e.contexts},
        "Standing": {e.veridicality for e in events},
        "Magnitude": {m.what for e in events for m in e.magnitudes},
        "Act": {p.act for p in positions},
        "Stance": {p.stance for p in positions},
        "Object kind": {p.object.kind for p in positions},
        "Status": {p.status for p in positions},
        "Basis": {p.basis for p in positions},
        "Kind of attribution": {a.kind for a in report.attributions},
    }
    return of[heading]


EVENTS, POSITIONS, FIELDS = "codebook-events.md", "codebook-positions.md", "codebook-fields.md"
MODES = {f"{t.name} {mode}" for t in ontology.EVENT_TYPES.values() for mode in t.modes}
DEFINED = [
    (EVENTS, "Type", set(ontology.EVENT_TYPES)),
    (EVENTS, "Mode", MODES),
    (EVENTS, "Context", set(ontology.CONTEXTS)),
    (EVENTS, "Standing", set(get_args(records.Veridicality))),
    (POSITIONS, "Act", set(ontology.ACTS)),
    (POSITIONS, "Stance", set(get_args(records.Stance))),
    (POSITIONS, "Object kind", set(get_args(records.ObjectKind))),
    (POSITIONS, "Status", set(get_args(records.Status))),
    (POSITIONS, "Basis", set(get_args(records.Basis))),
    (FIELDS, "Sector", set(ontology.SECTORS)),
    (FIELDS, "Kind of actor", set(get_args(records.ActorKind))),
    (FIELDS, "Form of mention", set(get_args(records.MentionForm))),
    (FIELDS, "Use of a place", set(get_args(records.PlaceUse))),
    (FIELDS, "Precision of a place", set(get_args(records.PlacePrecision))),
    (FIELDS, "Type of time", set(get_args(records.TimexType))),
    (FIELDS, "Kind of attribution", set(get_args(records.AttributionKind))),
    (FIELDS, "Precision of a date", set(get_args(records.DatePrecision))),
]
FIELDS_OF = {
    "article": records.Article,
    "span": records.Span,
    "actor": records.Actor,
    "mention": records.Mention,
    "participant": records.Participant,
    "place": records.Place,
    "division": records.Division,
    "time": records.Time,
    "attribution": records.Attribution,
    "speaker": records.Speaker,
    "event": records.Event,
    "date": records.EventDate,
    "magnitude": records.Magnitude,
    "position": records.Position,
    "object": records.PositionObject,
    "said": records.Said,
    "framing": records.Framing,
    "report": Report,
}
CODED = [(page, heading) for page, heading, _ in DEFINED if page != FIELDS]
NEVER_CODED = {"OTHER", "CONSULT multilateral", "THREATEN restrict", "THREATEN arrest", "THREATEN expel", "THREATEN territory", "SANCTION convict"}
"""What no rule codes; the page says so and gives no example. A rule that comes to code one makes this list wrong."""


@pytest.mark.parametrize(("page", "heading", "known"), DEFINED, ids=[heading for _, heading, _ in DEFINED])
def test_every_value_has_an_entry_and_every_entry_is_a_value(page: str, heading: str, known: set[str]) -> None:
    assert set(entries(page, heading)) == known


@pytest.mark.parametrize("name", FIELDS_OF)
def test_every_field_has_an_entry_and_every_entry_is_a_field(name: str) -> None:
    assert set(entries(FIELDS, f"Field of `{name}`")) == {field.name for field in dataclasses.fields(FIELDS_OF[name])}


def test_no_record_is_left_out() -> None:
    named = {getattr(records, name) for name in records.__all__}
    assert {kind for kind in named if dataclasses.is_dataclass(kind)} == set(FIELDS_OF.values())


@pytest.mark.parametrize(("page", "heading", "known"), DEFINED, ids=[heading for _, heading, _ in DEFINED])
def test_every_entry_says_what_it_is(page: str, heading: str, known: set[str]) -> None:
    said = {name: row.get("What it is") or row.get("Holder") for name, row in entries(page, heading).items()}
    assert {name for name in known if not said[name]} == set()


def test_every_entry_has_edge_cases() -> None:
    tabled = [*((page, heading) for page, heading, _ in DEFINED), *((FIELDS, f"Field of `{name}`") for name in FIELDS_OF), (FIELDS, "Magnitude")]
    assert [(heading, name) for page, heading in tabled for name, row in entries(page, heading).items() if not row["Edge cases"]] == []


def test_every_entry_has_an_example_except_what_is_never_coded() -> None:
    without = {name for page, heading, _ in DEFINED for name, row in entries(page, heading).items() if not example(row)}
    assert without == NEVER_CODED | {"PRE"}
    assert [name for record in FIELDS_OF for name, row in entries(FIELDS, f"Field of `{record}`").items() if not row["Example"]] == []


@pytest.mark.parametrize(("page", "heading"), [*CODED, (FIELDS, "Magnitude"), (FIELDS, "Kind of attribution")], ids=lambda x: x)
def test_the_coder_codes_the_examples_so(learned: Coder, page: str, heading: str) -> None:
    wrong = {}
    for name, row in entries(page, heading).items():
        if sentence := example(row):
            found = values(learned.code(sentence, published="2026-03-11"), heading)
            if name not in found:
                wrong[name] = (sentence, sorted(found))
    assert wrong == {}


def test_the_stances_of_acts_are_the_ontologys(learned: Coder) -> None:
    for name, row in entries(POSITIONS, "Act").items():
        stance = ontology.ACTS[name].stance
        found = {p.stance for p in learned.code(example(row), published="2026-03-11").positions if p.act == name}
        assert stance is None or found == {stance}, name


def test_the_sectors_are_those_of_the_phrases(coder: Coder) -> None:
    wrong = {}
    for name, row in entries(FIELDS, "Sector").items():
        if phrase := example(row):
            found = resolve(phrase, date="2026-03-11", lexicon=coder.lexicons.actors)
            if found is None or found.sector != name:
                wrong[name] = (phrase, found and found.sector)
    assert wrong == {}


@functools.cache
def field_values(report: Report) -> dict[str, dict[str, list[str]]]:
    """Every plain value in a report, by record and field, as JSON writes it; a tuple's items one by one."""
    out: dict[str, dict[str, list[str]]] = {name: {} for name in FIELDS_OF}

    def visit(record: object) -> None:
        names = [name for name, kind in FIELDS_OF.items() if type(record) is kind or (name == "span" and isinstance(record, records.Span))]
        for field in dataclasses.fields(record):  # type: ignore[arg-type]
            value = getattr(record, field.name)
            for each in value if isinstance(value, tuple) else (value,):
                if dataclasses.is_dataclass(each):
                    visit(each)
                else:
                    for name in names:
                        out[name].setdefault(field.name, []).append(str(each).lower() if isinstance(each, bool) else str(each))

    visit(report)
    return out


@pytest.fixture(scope="module")
def shown(learned: Coder) -> Report:
    """The page's own article, coded with the metadata that its table of the article gives."""
    lines = [line[2:] for line in (DOCS / FIELDS).read_text(encoding="utf-8").splitlines() if line.startswith("> ")]
    given = {name: row["Example"].strip("`") for name, row in entries(FIELDS, "Field of `article`").items() if name not in ("text", "language")}
    return learned.code_article(records.Article.make(" ".join(lines), **given))


@pytest.mark.parametrize("name", FIELDS_OF)
def test_the_fields_page_shows_what_the_coder_gives(shown: Report, name: str) -> None:
    wrong = {}
    found = field_values(shown)[name]
    for field, row in entries(FIELDS, f"Field of `{name}`").items():
        promised = re.match(r"`([^`]+)`", row["Example"])
        if promised is None:
            continue
        begin, dots, _ = promised[1].replace("\\|", "|").partition("…")
        if not any(value.startswith(begin) if dots else value == begin for value in [*found.get(field, ()), *((shown.coder,) if field == "coder" else ())]):
            wrong[field] = (promised[1], sorted(set(found.get(field, ())))[:8])
    assert wrong == {}


@pytest.mark.parametrize("name", FIELDS_OF)
def test_words_that_the_fields_page_quotes_are_in_its_article(shown: Report, name: str) -> None:
    quoted = {words for row in entries(FIELDS, f"Field of `{name}`").values() for words in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", row["Example"])}
    assert {words for words in quoted if words not in shown.article.text} == set()
