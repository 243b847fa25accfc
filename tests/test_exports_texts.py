"""Annotations, brat, GeoJSON and Parquet, read back by what their users read them with."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas
import pandas
import polars
import pytest
import rdflib
from hypothesis import given, strategies
from rdflib.namespace import RDF
from tests.export_samples import TEXT, report

from onrecord.annotate import brat
from onrecord.export.formats import geojson, parquet, webannotation
from onrecord.export.from_report import events
from onrecord.export.rows import COLUMNS
from onrecord.records import Article, Report, Span, Time

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own reader of JSON-LD

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
CONTEXT: dict[str, Any] = {
    "oa": str(OA),
    "rdf": str(RDF),
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector")},
    **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix", "describing", "identifying", "tagging")},
    "AnnotationPage": "as:OrderedCollectionPage",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
}
"""What http://www.w3.org/ns/anno.jsonld says of the words that are used here; tests ask no network."""


# Web Annotation


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    out = io.StringIO()
    number = webannotation.write([report(), Report(article=Article.make("Nothing here."))], out)
    body: dict[str, Any] = json.loads(out.getvalue())
    assert number == len(body["items"])
    return body


@pytest.fixture(scope="module")
def graph(page: dict[str, Any]) -> rdflib.Graph:
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    return rdflib.Graph().parse(data=json.dumps({**page, "@context": [CONTEXT, *page["@context"][1:]]}), format="json-ld")


def test_annotations_are_rdf_with_bodies_and_targets(graph: rdflib.Graph, page: dict[str, Any]) -> None:
    found = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(found) == len(page["items"])
    assert all((a, OA.hasBody, None) in graph and (a, OA.hasTarget, None) in graph and (a, OA.motivatedBy, None) in graph for a in found)
    assert not [x for x in graph.predicates() if "json" in str(x)]


def test_both_selectors_find_the_same_characters(graph: rdflib.Graph) -> None:
    targets = set(graph.objects(None, OA.hasTarget))
    assert targets
    for target in targets:
        assert str(graph.value(target, OA.hasSource)) == "https://news.example/1?a=1&b=2"
        selectors = list(graph.objects(target, OA.hasSelector))
        position = next(s for s in selectors if (s, RDF.type, OA.TextPositionSelector) in graph)
        quote = next(s for s in selectors if (s, RDF.type, OA.TextQuoteSelector) in graph)
        start, end = (int(graph.value(position, p).toPython()) for p in (OA.start, OA.end))  # type: ignore[union-attr]
        exact, prefix, suffix = (str(graph.value(quote, p)) for p in (OA.exact, OA.prefix, OA.suffix))
        assert TEXT[start:end] == exact
        assert TEXT.count(prefix + exact + suffix) == 1
        assert TEXT.index(prefix + exact + suffix) + len(prefix) == start


def test_a_quotation_in_two_pieces_has_two_targets(page: dict[str, Any]) -> None:
    (said,) = [a for a in page["items"] if a["body"][0].get("onrecord:kind") == "attribution"]
    assert [t["onrecord:role"] for t in said["target"]] == ["source", "cue", "content", "content"]


def test_how_an_event_is_put_stays_with_it(page: dict[str, Any]) -> None:
    put = {a["body"][0]["value"]: a["body"][0]["onrecord:veridicality"] for a in page["items"] if a["body"][0].get("onrecord:kind") == "event"}
    assert put["ASSAULT heavy-weapons"] == "denied"
    assert put["ELECTION"] == "planned"


# brat: a reader of the stand-off format of its own, after brat's description of it


class Standoff:
    """A text file and its annotations, refused where they are not as brat's description has them."""

    def __init__(self, folder: Path, name: str) -> None:
        self.text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
        self.bound: dict[str, tuple[str, list[tuple[int, int]], str]] = {}
        self.events: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
        self.relations: list[tuple[str, str, str]] = []
        self.attributes: dict[str, dict[str, str]] = defaultdict(dict)
        self.notes: dict[str, str] = {}
        ids: set[str] = set()
        for line in (folder / f"{name}.ann").read_bytes().decode("utf-8").split("\n")[:-1]:
            id, body, *rest = line.split("\t")
            assert id not in ids
            ids.add(id)
            self._take(id, body, rest)

    def _take(self, id: str, body: str, rest: list[str]) -> None:
        words = body.split(" ")
        match id[0]:
            case "T":
                assert re.fullmatch(r"T\d+", id)
                pieces = [(int(a), int(b)) for a, b in (p.split(" ") for p in body.partition(" ")[2].split(";"))]
                assert all(0 <= a < b <= len(self.text) for a, b in pieces)
                assert pieces == sorted(pieces)
                assert rest == [" ".join(re.sub(r"[\t\r\n\u2028]", " ", self.text[a:b]) for a, b in pieces)]
                self.bound[id] = (words[0], pieces, rest[0])
            case "E":
                (type, trigger), *roles = [w.split(":") for w in words]
                assert self.bound[trigger][0] == type
                assert len({r for r, _ in roles}) == len(roles)
                self.events[id] = (type, trigger, [(r, t) for r, t in roles])
            case "R":
                assert [w.partition(":")[0] for w in words[1:]] == ["Arg1", "Arg2"]
                self.relations.append((words[0], words[1][5:], words[2][5:]))
            case "A":
                name, of, value = words
                assert of in self.events
                self.attributes[of][name] = value
            case "#":
                assert words[0] == "Coded"
                self.notes[words[1]] = rest[0]
            case _:
                raise AssertionError(id)


def configuration(folder: Path) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    section = ""
    for line in (folder / "annotation.conf").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            out[section] = {}
        elif line:
            name, _, arguments = line.partition("\t")
            out[section][name] = arguments
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("brat") / "made"
    assert brat.write([report()], out) == 1
    return out


@pytest.fixture(scope="module")
def standoff(folder: Path) -> Standoff:
    return Standoff(folder, brat.file_name("north/1"))


def test_brat_reads_the_text_as_it_was(standoff: Standoff) -> None:
    assert standoff.text == TEXT


def test_brat_events_have_their_roles_numbered(standoff: Standoff) -> None:
    roles = {standoff.bound[t][2]: [(r, standoff.bound[x][2]) for r, x in found] for _, t, found in standoff.events.values()}
    assert roles["shot"] == [
        ("Actor", "Raiders"),
        ("Recipient", "3 soldiers"),
        ("Recipient2", "5 civilians"),
        ("Place", "Timbuktu"),
        ("Figure", "3 soldiers"),
        ("Figure2", "5 civilians"),
    ]
    assert roles["said"] == [("Source", "General Ado"), ("Content", "Our army never shelled the market.")]


def test_brat_says_how_an_event_is_put(standoff: Standoff) -> None:
    (shelled,) = [id for id, (_, t, _) in standoff.events.items() if standoff.bound[t][2] == "shelled"]
    assert standoff.attributes[shelled] == {"Veridicality": "denied", "Mode": "heavy-weapons"}


def test_brat_positions_are_relations(standoff: Standoff) -> None:
    assert [(r, standoff.bound[a][2], standoff.bound[b][2]) for r, a, b in standoff.relations] == [("reject", "The so-called council", "talks")]


def test_brat_spans_in_pieces_and_over_lines_are_in_pieces(standoff: Standoff, tmp_path: Path) -> None:
    assert [len(p) for type, p, _ in standoff.bound.values() if type == "Content"] == [2]
    text = "On the 3rd\r\n of\tMay it rained."
    over = Span(start=3, end=19, text=text[3:19])
    time = Time(start=over.start, end=over.end, text=over.text, id="ti", type="DATE", value="--05-03", confidence=1.0, reason="hand")
    brat.write([Report(article=Article.make(text, id="rain"), times=(time,))], tmp_path)
    (found,) = Standoff(tmp_path, "rain").bound.values()
    assert found == ("Time", [(3, 10), (13, 15), (16, 19)], "the 3rd of May")


@given(data=strategies.data())
def test_brat_gives_back_the_words_of_any_span(data: strategies.DataObject) -> None:
    text = data.draw(strategies.text(alphabet="ab \t\n\r\u2028é“𝔸.", min_size=1, max_size=30))
    start = data.draw(strategies.integers(0, len(text) - 1))
    end = data.draw(strategies.integers(start + 1, len(text)))
    time = Time(start=start, end=end, text=text[start:end], id="ti", type="DATE", value="2021", confidence=1.0, reason="hand")
    with tempfile.TemporaryDirectory() as name:
        brat.write([Report(article=Article.make(text, id="any"), times=(time,))], Path(name))
        found = list(Standoff(Path(name), "any").bound.values())
    assert "".join("".join(text[a:b].split()) for _, pieces, _ in found for a, b in pieces) == "".join(text[start:end].split())


def test_brat_is_configured_for_all_that_is_written(folder: Path, standoff: Standoff) -> None:
    known = configuration(folder)
    assert {t for t, _, _ in standoff.bound.values()} <= set(known["entities"]) | set(known["events"])
    assert {r for r, _, _ in standoff.relations} <= set(known["relations"])
    for id, (type, _, roles) in standoff.events.items():
        allowed = dict(a.split(":", 1) for a in known["events"][type].split(", "))
        for role, target in roles:
            may = allowed[f"{role.rstrip('0123456789')}{'?' if role == 'Place' else '*'}"]
            assert may == "<ENTITY>" or standoff.bound[target][0] in may.split("|"), (id, role)
        for name, value in standoff.attributes[id].items():
            assert value in known["attributes"][name].partition("Value:")[2].split("|")


def test_brat_files_are_called_by_ids_that_can_be_names() -> None:
    assert brat.file_name("a-1_b.2") == "a-1_b.2"
    assert re.fullmatch(r"etc-passwd-[0-9a-f]{8}", brat.file_name("../etc/passwd"))
    assert brat.file_name("ü") != brat.file_name("ö")
    assert len(brat.file_name("x" * 500)) < 100


# GeoJSON


def test_geopandas_reads_points_and_properties(tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    with path.open("w", encoding="utf-8") as out:
        done = geojson.write(events([report()]), out)
    frame = geopandas.read_file(path)
    assert done.rows == len(frame) == 3
    assert done.left_out == {"SUPPORT": 1, "ASSAULT": 1, "REJECT": 1, "ELECTION": 1}
    assert frame.crs.to_epsg() == 4326
    first = frame.set_index("place").loc["Timbuktu"]
    assert (round(first.geometry.x, 4), round(first.geometry.y, 4)) == (-3.0074, 16.7735)
    assert (first.quad, first.quad_class, first.penta_class) == (4, 4, 4)
    assert (frame.set_index("place").loc["Sukhumi"][["quad", "quad_class", "penta_class"]] == [4, 3, 4]).all()
    assert (first.cameo, first.killed, first.recipients, first.recipient_countries) == ("193", 8, "Malian soldiers; 5 civilians", "MLI; MLI")
    assert frame.geometry.is_valid.all()
    assert set(frame.country) == {"MLI", "XAB", "SYR"}


def test_geojson_gives_geonames_credit() -> None:
    out = io.StringIO()
    geojson.write([], out)
    body = json.loads(out.getvalue())
    assert body["features"] == []
    assert "GeoNames" in body["attribution"]


# Parquet


def test_parquet_folders_are_read_as_one_table_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "PORTION", 2)
    some = [report(), Report(article=Article.make("Nothing here.", id="n")), Report(article=Article.make("Nor here.", id="o"))]
    counts = parquet.write(some, tmp_path)
    assert counts == {"articles": 3, "events": 7, "attributions": 1, "positions": 1, "actors": 9, "places": 3, "times": 1, "framing": 1}
    for table, count in counts.items():
        assert polars.read_parquet(tmp_path / table / "*.parquet").height == count
        assert len(pandas.read_parquet(tmp_path / table)) == count
    found = polars.read_parquet(tmp_path / "events" / "*.parquet")
    assert tuple(found.columns) == COLUMNS["events"]
    assert found.schema["cameo"] == polars.String
    assert polars.read_parquet(tmp_path / "articles" / "*.parquet")["text"][0] == TEXT


def test_parquet_without_reports_has_every_table(tmp_path: Path) -> None:
    parquet.write([], tmp_path, linked=[])
    assert polars.read_parquet(tmp_path / "events" / "*.parquet").schema["lat" if "lat" in COLUMNS["events"] else "place_lat"] == polars.Float64
    assert polars.read_parquet(tmp_path / "linked_events" / "*.parquet").is_empty()
