"""The annotation loop: what is exported comes back as it was, what annotators change comes back changed, and what can't be read is named."""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export_samples import TEXT, report
from typer.testing import CliRunner

from onrecord.annotate import AnnotationError, Gold, agreement, brat, label_studio, majority
from onrecord.annotate.fields import told
from onrecord.annotate.marks import joined, lines, normal, pieces_of
from onrecord.cli import app
from onrecord.pipeline import Coder
from onrecord.records import (
    Actor,
    Article,
    Attribution,
    Event,
    Framing,
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
from onrecord.store import open_record

Row = dict[str, Any]
KINDS = ("state", "de_facto", "body", "group", "organisation", "person", "unresolved")


def plain(report: Report) -> Row:
    body: Row = json.loads(report.to_json(with_text=True))
    return body


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports whose findings nest, overlap, cross lines and stand in pieces, on texts with all kinds of characters."""
    text = draw(st.text(alphabet="ab é“”𝔸🚒\u200d\t\n\r\u2028.", min_size=12, max_size=40).filter(lambda t: len(t.split()) > 1 and t.strip()))
    article = Article.make(text, id="any")

    def span() -> Span:
        places = [(a, b) for a in range(len(text)) for b in range(a + 1, min(len(text), a + 12) + 1) if text[a:b].strip()]
        return article.span(*draw(st.sampled_from(places)))

    def spans(least: int = 0) -> tuple[Span, ...]:
        found = sorted((span() for _ in range(draw(st.integers(least, 3)))), key=lambda s: s.start)
        return tuple(s for n, s in enumerate(found) if n == 0 or s.start > max(x.end for x in found[:n]))

    def at(s: Span) -> Row:
        return {"start": s.start, "end": s.end, "text": s.text}

    def some(make: Callable[[int], Any]) -> tuple[Any, ...]:
        return tuple(make(n) for n in range(draw(st.integers(0, 3))))

    def mention() -> Mention:
        s = span()
        return Mention(**at(s), head=s.start, form="name", reason="hand")

    def actor(n: int) -> Actor:
        mentions = {(m.start, m.end): m for m in (mention() for _ in range(draw(st.integers(1, 3))))}
        kind: Any = draw(st.sampled_from(KINDS))
        return Actor(id=f"XAA.GOV.{n}", name=f"name {n}", country="XAA", sector="GOV", kind=kind, mentions=tuple(mentions.values()), reason="hand")

    actors = some(actor)
    parties = [Participant(**at(m), actor_id=a.id, country="XAA", sector="GOV") for a in actors for m in a.mentions]

    def party() -> Participant:
        return draw(st.sampled_from(parties)) if parties and draw(st.booleans()) else Participant(**at(span()))

    def sides() -> tuple[Participant, ...]:
        found = {(p.start, p.end): p for p in (party() for _ in range(draw(st.integers(0, 2))))}
        return tuple(found.values())

    def place(n: int) -> Place:
        return Place(
            **at(span()), id=f"pl-{n}", geonameid=n, name="x", country=None, use=draw(st.sampled_from(["place", "demonym"])), confidence=0.5, reason="hand"
        )

    places = some(place)
    said = some(
        lambda n: Attribution(id=f"at-{n}", kind="mixed", source=spans(), cue=spans(), content=spans(1), speaker=Speaker(name="x"), confidence=0.9, reason="h")
    )
    types = st.sampled_from([("ACCUSE", "disapprove"), ("ASSAULT", "aerial"), ("ELECTION", None)])

    def event(n: int) -> Event:
        type, mode = draw(types)
        put: Any = draw(st.sampled_from(["asserted", "denied", "planned"]))
        where = draw(st.sampled_from([None, *places]))
        voice = draw(st.sampled_from([None, *(a.id for a in said)]))
        return Event(
            id=f"ev-{n}",
            type=type,
            mode=mode,
            trigger=span(),
            evidence=span(),
            actors=sides(),
            recipients=sides(),
            place=where,
            veridicality=put,
            claimed_by=voice,
            confidence=0.5,
            reason="hand",
        )

    def position(n: int) -> Position:
        act = draw(st.sampled_from(["condemn", "support", "urge"]))
        thing = PositionObject(**at(span()), kind="state_of_affairs")
        stance: Any = {"condemn": "oppose"}.get(act, "support")
        date = Said(value=None, reason="hand")
        return Position(id=f"po-{n}", holder=party(), act=act, stance=stance, object=thing, evidence=span(), said=date, confidence=0.5, reason="hand")

    return Report(
        article=article,
        actors=actors,
        places=places,
        times=some(lambda n: Time(**at(span()), id=f"ti-{n}", type="DATE", value="2031", confidence=0.5, reason="hand")),
        attributions=said,
        events=some(event),
        positions=some(position),
        framing=some(lambda n: Framing(id=f"fr-{n}", about="", term=span(), category="doubt", confidence=0.5, reason="hand")),
        coder="hand",
    )


def by_brat(found: Report, *, alone: bool = False) -> Gold:
    """What brat's files of a report give back; alone, without the reports beside them."""
    with tempfile.TemporaryDirectory() as name:
        brat.write([found], Path(name))
        if alone:
            (Path(name) / brat.REPORTS).unlink()
        (gold,) = brat.read(Path(name))
        return gold


def exported(found: Report, *, alone: bool = False, change: Callable[[list[Row]], None] = lambda _: None, **of: Any) -> list[Row]:
    """A task as Label Studio exports it once the prediction was submitted; regions have new ids then, as its editor gives them."""
    (task,) = label_studio.tasks([found])
    result = json.loads(json.dumps(task.pop("predictions")[0]["result"]))
    for row in result:
        row.update({key: f"{row[key]}x" for key in ("id", "from_id", "to_id") if key in row})
    if alone:
        del task["data"]["report"]
        for row in result:
            row.pop("meta", None)
    change(result)
    return [{"id": 7, **task, "annotations": [{"id": 1, "completed_by": {"email": "ana@desk.example"}, "result": result, **of}]}]


def by_label_studio(found: Report, **more: Any) -> Gold:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "export.json"
        path.write_text(json.dumps(exported(found, **more)), encoding="utf-8")
        (gold,) = label_studio.read(path)
        return gold


@given(reports())
def test_brat_gives_a_report_back_as_it_was(found: Report) -> None:
    gold = by_brat(found)
    assert plain(gold.report) == plain(found)
    assert {c.what for c in gold.changes} <= {"kept"}


@given(reports())
def test_label_studio_gives_a_report_back_as_it_was(found: Report) -> None:
    gold = by_label_studio(found)
    assert plain(gold.report) == plain(found)
    assert {c.what for c in gold.changes} <= {"kept"}
    assert gold.annotator == "ana@desk.example"


def shape(found: Report) -> Row:
    """What marks alone can say of a report: spans, types and what they tie."""
    text = found.article.text

    def at(*spans: Span) -> tuple[tuple[int, int], ...]:
        return normal(text, pieces_of(spans))

    return {
        "places": sorted({at(p) for p in found.places if p.use == "place"} | {at(e.place) for e in found.events if e.place}),
        "times": sorted({at(t) for t in found.times}),
        "attributions": sorted((at(*a.source), at(*a.cue), at(*a.content)) for a in found.attributions if a.cue or a.source),
        "events": sorted(
            (e.type, e.mode or "", e.veridicality, at(e.trigger), sorted({at(p) for p in e.actors}), sorted({at(p) for p in e.recipients}))
            for e in found.events
        ),
        "positions": sorted((p.act, at(p.holder), at(p.object)) for p in found.positions),
        "framing": sorted({at(f.term) for f in found.framing}),
    }


@given(reports())
def test_marks_alone_give_spans_types_and_ties_back(found: Report) -> None:
    for gold in (by_brat(found, alone=True), by_label_studio(found, alone=True)):
        assert shape(gold.report) == shape(found)
        assert {c.what for c in gold.changes} <= {"added"}


@given(reports())
def test_label_studio_may_count_in_units_of_utf16(found: Report) -> None:
    def widened(result: list[Row]) -> None:
        text = found.article.text
        for row in result:
            if "value" in row:
                for end in ("start", "end"):
                    row["value"][end] = len(text[: row["value"][end]].encode("utf-16-le")) // 2

    assert plain(by_label_studio(found, change=widened).report) == plain(found)


def test_words_that_the_editor_writes_otherwise_are_the_same() -> None:
    def escaped(result: list[Row]) -> None:
        for row in result:
            if "text" in row.get("value", {}):
                row["value"]["text"] = row["value"]["text"].replace("\n", "\\n")

    assert plain(by_label_studio(report(), change=escaped).report) == plain(report())


def test_the_sample_comes_back_from_both(tmp_path: Path) -> None:
    assert plain(by_brat(report()).report) == plain(report())
    assert plain(by_label_studio(report()).report) == plain(report())


def test_lines_are_cut_and_joined_again() -> None:
    text = "on the\n 3rd of May"
    assert lines(text, [(3, 18)]) == ((3, 6), (8, 18))
    assert joined(text, [(3, 6), (8, 18)]) == ((3, 18),)
    assert joined(text, [(3, 6), (12, 18)]) == ((3, 6), (12, 18))


# what annotators change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    brat.write([report()], tmp_path)
    return tmp_path


def edit(folder: Path, change: Callable[[str], str]) -> Gold:
    (path,) = folder.glob("*.ann")
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    (gold,) = brat.read(folder)
    return gold


def line_of(body: str, words: str) -> str:
    return next(line for line in body.splitlines() if words in line)


def changes(gold: Gold, what: str) -> list[tuple[str, str]]:
    return [(c.room, c.note) for c in gold.changes if c.what == what]


def test_a_moved_trigger_comes_back(folder: Path) -> None:
    start = TEXT.index("shot")
    gold = edit(folder, lambda b: b.replace(line_of(b, "ASSAULT ").split("\t", 1)[1], f"ASSAULT {start} {start + 6}\tshot 3"))
    assert gold.report.events[0].trigger.text == "shot 3"
    assert changes(gold, "moved") == [("events", "")]
    assert gold.report.events[0].reason == "annotator|corrected"
    assert gold.report.events[0].magnitudes == report().events[0].magnitudes


def test_another_type_and_standing_come_back_as_corrections(folder: Path) -> None:
    def change(body: str) -> str:
        trigger = line_of(body, "marched").split("\t")[0]
        event = line_of(body, f"PROTEST:{trigger}").split("\t")[0]
        body = body.replace(f"{trigger}\tPROTEST", f"{trigger}\tMOBILIZE").replace(f"PROTEST:{trigger}", f"MOBILIZE:{trigger}")
        lines = [x for x in body.splitlines() if f"Mode {event} " not in x]
        return "\n".join(x.replace(f"Veridicality {event} asserted", f"Veridicality {event} planned") for x in lines) + "\n"

    gold = edit(folder, change)
    (corrected,) = [c for c in gold.changes if c.what == "corrected"]
    assert corrected.fields["type"] == "MOBILIZE"
    assert corrected.fields["veridicality"] == "planned"
    (event,) = [e for e in gold.report.events if e.id == corrected.after]
    assert (event.type, event.mode, event.quad, event.veridicality) == ("MOBILIZE", None, 4, "planned")
    assert event.date == next(e for e in report().events if e.type == "PROTEST").date


def test_another_act_comes_back_with_its_stance(folder: Path) -> None:
    gold = edit(folder, lambda b: b.replace("\treject Arg1", "\tsupport Arg1"))
    assert [(p.act, p.stance) for p in gold.report.positions] == [("support", "support")]
    assert [c.fields for c in gold.changes if c.what == "corrected"] == [{"act": "support", "stance": "support"}]


def test_what_is_deleted_is_gone_and_no_longer_named(folder: Path) -> None:
    def change(body: str) -> str:
        event = line_of(body, "\tAttribution:").split("\t")[0]
        return "".join(f"{x}\n" for x in body.splitlines() if not x.startswith(f"{event}\t") and f"Coded {event}\t" not in x)

    gold = edit(folder, change)
    assert changes(gold, "removed") == [("attributions", "")]
    assert [e.claimed_by for e in gold.report.events] == [None] * 7


def test_what_is_added_comes_back_with_its_note(folder: Path) -> None:
    day, jets = TEXT.index("April"), TEXT.index("Jets")
    more = f"T90\tTime {day} {day + 5}\tApril\n#90\tAnnotatorNotes T90\tvalue=2021-04 month only\nT91\tSANCTION {jets} {jets + 4}\tJets\n"
    gold = edit(folder, lambda b: b + more)
    (time,) = [t for t in gold.report.times if t.text == "April"]
    assert (time.value, time.reason, time.confidence) == ("2021-04", "annotator|added", 1.0)
    assert changes(gold, "added") == [("times", "month only"), ("events", "")]
    assert [(e.trigger.text, e.veridicality) for e in gold.report.events if e.type == "SANCTION"] == [("Jets", "asserted")]


def test_a_new_participant_and_a_new_figure_come_back(folder: Path) -> None:
    def change(body: str) -> str:
        hit = line_of(body, "\thit")
        event = line_of(body, f"ASSAULT:{hit.split(chr(9))[0]} ")
        where = TEXT.index("Aleppo")
        more = f"T95\tBody {where} {where + 6}\tAleppo\n#95\tAnnotatorNotes T95\tIGO.UN\n"
        more += f"T96\tFigure {where} {where + 6}\tAleppo\n#96\tAnnotatorNotes T96\tinjured=3-4\n"
        return body.replace(event, f"{event} Recipient:T95 Figure9:T96") + more

    gold = edit(folder, change)
    event = gold.report.events[-1]
    assert [(p.text, p.actor_id) for p in event.recipients] == [("Aleppo", "IGO.UN")]
    assert [(m.what, m.low, m.high) for m in event.magnitudes] == [("killed", None, 9), ("injured", 3, 4)]
    assert ("events", "") in changes(gold, "moved")


def test_another_kind_of_actor_is_a_correction(folder: Path) -> None:
    gold = edit(folder, lambda b: b.replace(line_of(b, "\tRaiders"), line_of(b, "\tRaiders").replace("\tGroup ", "\tOrganisation ")))
    assert [a.kind for a in gold.report.actors if a.id == "MLI.REB.dawn"] == ["organisation"]
    assert [(c.what, c.fields) for c in gold.changes if c.before == "MLI.REB.dawn"] == [("corrected", {"kind": "organisation"})]


def test_a_note_corrects_fields(folder: Path) -> None:
    gold = edit(folder, lambda b: b + "#99\tAnnotatorNotes E1\tdate=2021-03-02 the day before\n#98\tAnnotatorNotes R1\tstatus=conditional\n")
    assert gold.report.events[0].date is not None
    assert (gold.report.events[0].date.value, gold.report.events[0].date.reason) == ("2021-03-02", "review")
    assert gold.report.positions[0].status == "conditional"
    assert sorted(changes(gold, "corrected")) == [("events", "the day before"), ("positions", "")]


def test_words_of_a_note_that_name_no_field_stay_words() -> None:
    assert told('act=criticise x=1 "date=no" because', frozenset({"act", "date"})) == ({"act": "criticise"}, 'x=1 "date=no" because')


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("T70\tState 0 9999\tx", r"\.ann:\d+: 0 9999 is not in the text"),
        ("T70\tState 0 7\tRaiderz", r"\.ann:\d+: says 'Raiderz', and the text has 'Raiders' there"),
        ("T70\tState zero 7\tx", r"\.ann:\d+: no offsets"),
        ("E70\tASSAULT:T99", r"\.ann:\d+: an event needs a trigger that is there"),
        ("R70\treject Arg1:T1 Arg2:T99", r"\.ann:\d+: a relation needs two marks"),
        ("R70\thates Arg1:T1 Arg2:T2", r"\.ann:\d+: there is no act 'hates'"),
        ("nonsense", r"\.ann:\d+: not an annotation"),
        ("#70\tAnnotatorNotes E1\tveridicality=maybe", r"\.ann:\d+: a finding of events can't be corrected so"),
    ],
)
def test_what_brat_cannot_mean_is_named_with_its_line(folder: Path, line: str, why: str) -> None:
    with pytest.raises(AnnotationError, match=why):
        edit(folder, lambda b: f"{b}{line}\n")


def test_a_text_that_was_changed_is_refused(folder: Path) -> None:
    (path,) = folder.glob("*.txt")
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(AnnotationError, match="not the text that was coded"):
        list(brat.read(folder))


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=r"no \.ann files"):
        list(brat.read(tmp_path))


def own(folder: Path, text: bytes, marks: bytes) -> Gold:
    """A folder of brat that never was exported."""
    folder.mkdir()
    (folder / "d.txt").write_bytes(text)
    (folder / "d.ann").write_bytes(marks)
    (gold,) = brat.read(folder)
    return gold


MALI = b"Chad condemned Mali on Monday."
STATES = b"T1\tState 0 4\tChad\nT2\tState 15 19\tMali\n"
ACCUSED = STATES + b"T3\tACCUSE 5 14\tcondemned\n"
MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("text", "marks", "at"),
    [
        (MALI, MARK + STATES, 15),
        (MARK + MALI, STATES, 15),
        (MARK + MALI, b"T1\tState 1 5\tChad\nT2\tState 16 20\tMali\n", 16),
        (MALI, STATES.replace(b"\n", b"\r\n"), 15),
        (b"One.\r\n" + MALI, b"T1\tState 6 10\tChad\r\nT2\tState 21 25\tMali\r\n", 21),
    ],
)
def test_byte_order_marks_and_line_ends_of_windows_are_read(tmp_path: Path, text: bytes, marks: bytes, at: int) -> None:
    gold = own(tmp_path / "own", text, marks)
    assert [(a.mentions[0].text, a.mentions[0].start) for a in gold.report.actors][1] == ("Mali", at)
    assert not gold.problems


def test_what_findings_have_no_place_for_is_told(tmp_path: Path) -> None:
    more = b"E1\tACCUSE:T3 Actor:T1 Weapon:T2 Recipient:E2\nT5\tOrg 0 4\tChad\nT6\tOrg 15 19\tMali\nT7\tACCUSE 5 14\tcondemned\nE2\tACCUSE:T7\n"
    gold = own(tmp_path / "own", MALI, ACCUSED + more + b"A1\tNegation E1\nA2\tVeridicality E1 denied\n*\tEquiv T1 T2\n")
    told = "\n".join(gold.problems)
    assert all(part in told for part in ("Weapon:T2", "Recipient:E2", "'Org': 2 left out", "Negation E1", "Equiv T1 T2"))
    assert len(gold.problems) == 5
    assert [e.veridicality for e in gold.report.events] == ["denied", "asserted"]


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        (STATES + STATES, ":3: T1 is there twice"),
        (ACCUSED + b"E1\t\n", ":4: an event needs a trigger"),
        (ACCUSED + b"E1\tACCUSE:E1 Actor:T1\n", ":4: an event needs a trigger"),
        (ACCUSED + b"E1\tACCUSE:T3 Actor:E9\n", ":4: E9 is not there"),
        (b"\x80", "d.ann: can't be read"),
    ],
)
def test_files_that_brat_never_wrote_are_refused(tmp_path: Path, marks: bytes, why: str) -> None:
    with pytest.raises(AnnotationError, match=re.escape(why)):
        own(tmp_path / "own", MALI, marks)


def test_an_export_of_another_shape_is_refused(tmp_path: Path) -> None:
    data = {"text": MALI.decode()}
    for wrong in ([5], {"a": 1}, [{"id": 1, "result": [5]}], [{"id": 1, "result": [{"type": "labels", "value": [1]}]}]):
        assert "not a list of objects" in refused(tmp_path / "export.json", [{"id": 1, "data": data, "annotations": wrong}])
    (tmp_path / "export.json").write_bytes(MARK + json.dumps([{"id": 1, "data": data, "annotations": [{"id": 1, "result": []}]}]).encode())
    assert len(list(label_studio.read(tmp_path / "export.json"))) == 1


def refused(path: Path, body: Any) -> str:
    path.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(AnnotationError) as error:
        list(label_studio.read(path))
    return str(error.value)


def test_what_label_studio_cannot_mean_is_named_with_task_and_region(tmp_path: Path) -> None:
    path = tmp_path / "e.json"

    def broken(change: Callable[[list[Row]], None]) -> str:
        return refused(path, exported(report(), change=change))

    assert "e.json: task 7, annotation 1, region T1x: 0 to 9999" in broken(lambda r: r[0]["value"].update(end=9999))
    assert "region T1x: says 'Riders'" in broken(lambda r: r[0]["value"].update(text="Riders"))
    assert "region T1x: 2 labels" in broken(lambda r: r[0]["value"].update(labels=["State", "Person"]))
    assert "there is no relation 'loves'" in broken(lambda r: r[-1].update(labels=["loves"]))
    assert "ties a region that is not there" in broken(lambda r: r[-1].update(to_id="gone"))
    assert "not a JSON export" in refused(path, {"a": 1})


def test_cancelled_annotations_and_other_annotators_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps(exported(report(), was_cancelled=True)), encoding="utf-8")
    assert list(label_studio.read(path)) == []
    path.write_text(json.dumps(exported(report())), encoding="utf-8")
    assert list(label_studio.read(path, annotator="bo@desk.example")) == []
    assert len(list(label_studio.read(path, annotator="ana@desk.example"))) == 1


def test_a_region_that_was_relabelled_comes_back(tmp_path: Path) -> None:
    def change(result: list[Row]) -> None:
        region = next(r for r in result if r["type"] == "labels" and r["value"]["text"] == "marched")
        region["value"]["labels"] = ["MOBILIZE"]
        result[:] = [r for r in result if not (r["type"] == "choices" and r["from_name"] == "mode" and r["id"] == region["id"])]
        result.append({"id": region["id"], "from_name": "note", "to_name": "text", "type": "textarea", "value": {"text": ["a march of soldiers"]}})

    gold = by_label_studio(report(), change=change)
    assert changes(gold, "corrected") == [("events", "a march of soldiers")]
    assert "MOBILIZE" in {e.type for e in gold.report.events}


def test_the_interface_has_every_label_and_tie() -> None:
    root = ElementTree.fromstring(label_studio.interface([report()]))
    labels = {x.get("value") for x in root.iter("Label")}
    relations = {x.get("value") for x in root.iter("Relation")}
    choices = {c.get("value") for c in root.iter("Choice")}
    (task,) = label_studio.tasks([report()])
    for row in task["predictions"][0]["result"]:
        if row["type"] == "relation":
            assert set(row["labels"]) <= relations
        else:
            assert set(row["value"].get("labels", ())) <= labels
            assert set(row["value"].get("choices", ())) <= choices
            assert root.find(f".//*[@name='{row['from_name']}']") is not None
    assert len(labels) == len(list(root.iter("Label")))


# several annotators


def several() -> list[Gold]:
    ana = Gold(report=report(), annotator="ana")
    bo = dataclasses.replace(ana, annotator="bo", report=dataclasses.replace(report(), events=report().events[:4]))
    return [ana, bo, dataclasses.replace(bo, annotator="cy")]


def test_agreement_is_f1_over_all_pairs() -> None:
    found = {row.what: row for row in agreement(several()[:2])}
    assert (found["events"].articles, found["events"].pairs) == (1, 1)
    assert found["events"].f1 == pytest.approx(8 / 11)
    assert found["positions"].f1 == 1.0
    assert agreement(several()[:1])[0].pairs == 0


def test_the_majority_has_what_more_than_half_have() -> None:
    (gold,) = majority(several())
    assert gold.report.events == report().events[:4]
    assert gold.report.actors == report().actors
    assert gold.annotator == "most of ana, bo, cy"
    (alone,) = majority(several()[:1])
    assert alone.annotator == "ana"


# the commands


def run(*given: object) -> Any:
    return CliRunner().invoke(app, [str(x) for x in given])


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_text(report().to_json(with_text=True) + "\n", encoding="utf-8")
    return path


def test_the_loop_by_commands(saved: Path, tmp_path: Path) -> None:
    assert run("export", "brat", saved, "-o", tmp_path / "brat").exit_code == 0
    gold = tmp_path / "gold.jsonl"
    result = run("import", "brat", tmp_path / "brat", "-o", gold, "--annotator", "ana")
    assert result.exit_code == 0, result.output
    assert "1 rows of gold" in result.stderr
    row = json.loads(gold.read_text(encoding="utf-8"))
    assert row["annotation"] == {"annotator": "ana", "tool": "brat", "changes": []}
    assert Report.from_dict(row) == Report.from_dict(plain(report()))
    for source in (gold, tmp_path / "brat"):
        measured = run("evaluate", source, "--predictions", saved, "--format", "jsonl", "--samples", 0)
        assert measured.exit_code == 0, measured.output
        assert "; 0 errors" in measured.stderr


def test_label_studio_by_commands(saved: Path, tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.json"
    assert run("export", "label-studio", saved).exit_code == 2
    assert run("export", "label-studio", saved, "-o", tasks).exit_code == 0
    assert tasks.with_suffix(".xml").exists()
    body = json.loads(tasks.read_text(encoding="utf-8"))
    for task in body:
        task["annotations"] = [{"id": n, "completed_by": n, "result": task["predictions"][0]["result"]} for n in (1, 2)]
    tasks.write_text(json.dumps(body), encoding="utf-8")
    each = run("import", "label-studio", tasks)
    assert len(each.stdout.splitlines()) == 2
    assert "agreement" in each.stderr
    assert len(run("import", "label-studio", tasks, "--several", "majority").stdout.splitlines()) == 1
    assert "comes 2 times" in run("evaluate", tasks, "--predictions", saved).stderr
    assert run("evaluate", tasks, "--predictions", saved, "--annotator", "2").exit_code == 0


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    result = run("import", "brat", tmp_path)
    assert result.exit_code == 2
    assert "no .ann files" in result.stderr


@pytest.fixture
def kept(coder: Coder, tmp_path: Path) -> tuple[Path, Path]:
    """A record of two sentences, and its export for brat."""
    path = tmp_path / "record.db"
    with open_record(str(path), create=True) as record:
        record.add([Article.make("Ghana condemned the coup in Niger. Peru praised the vote in Chad.", id="one", published="2031-03-09")], coder)
    assert run("export", "brat", "--db", path, "-o", tmp_path / "brat").exit_code == 0
    return path, tmp_path / "brat"


def test_what_annotators_say_becomes_reviews(kept: tuple[Path, Path]) -> None:
    path, folder = kept
    ann = folder / "one.ann"
    body = ann.read_text(encoding="utf-8")
    body = body.replace("\tcondemn Arg1", "\tcriticise Arg1")
    gone = line_of(body, "\tpraise Arg1").split("\t")[0]
    body = "".join(f"{x}\n" for x in body.splitlines() if not x.startswith(f"{gone}\t") and f"Coded {gone}\t" not in x)
    ann.write_text(body, encoding="utf-8")
    assert run("import", "brat", folder, "--db", path).exit_code == 2
    result = run("import", "brat", folder, "--db", path, "--by", "Ana", "-o", folder / "gold.jsonl")
    assert result.exit_code == 0, result.output
    assert "1 corrected" in result.stderr
    assert "1 rejected" in result.stderr
    with open_record(str(path)) as record:
        assert [row["act"] for row in record.positions()] == ["criticise"]
        assert {row["reviewer"] for row in record.reviews()} == {"Ana"}
        assert {"confirmed", "corrected", "rejected"} == {row["verdict"] for row in record.reviews()}
