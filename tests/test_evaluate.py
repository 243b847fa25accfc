"""Evaluating: each figure by hand on a few made-up rows, intervals, calibration, errors, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.evaluate import EvaluationError, evaluate, stage_of
from onrecord.evaluate.calibration import calibration, calibration_error
from onrecord.evaluate.figures import f1, figures, share
from onrecord.evaluate.spans import kilometres
from onrecord.evaluate.tokens import Words, kind_of, likeness
from onrecord.pipeline import Coder

Row = dict[str, Any]
SAID = "Peru said it would wait. Chad doubted that."
TEXT = "Ghana condemned the coup in Niger. “It is illegal,” Ama Boateng said in Accra on 7 March."


def spans(text: str, *words: str) -> list[list[int]]:
    return [[text.index(w), text.index(w) + len(w)] for w in words]


def said(text: str, source: str, cue: str, content: str) -> Row:
    return {"source": spans(text, source), "cue": spans(text, cue), "content": spans(text, content)}


ATTRIBUTED = {"id": "a", "text": SAID, "attributions": [said(SAID, "Peru", "said", "it would wait"), said(SAID, "Chad", "doubted", "that")]}


def test_a_relation_is_right_where_half_of_the_content_is_shared_and_the_sources_touch() -> None:
    close = {"id": "a", "attributions": [said(SAID, "Peru", "said", "it would"), said(SAID, "Peru", "said", "that")]}
    found = evaluate([ATTRIBUTED], [close])
    relation = found.figure("relation")
    assert (relation.right, relation.gold, relation.predicted, relation.value) == (1, 2, 2, 0.5)
    assert found.figure("relation_exact_content").value == 0.0
    assert found.figure("tokens_content").recall == 0.75
    assert [(e.what, e.quotation) for e in found.errors] == [("missed", "that"), ("spurious", "that")]


def test_what_is_said_without_a_source_counts_as_words_only() -> None:
    row = {**ATTRIBUTED, "attributions": [{**ATTRIBUTED["attributions"][0], "source": []}]}
    found = evaluate([row], [{"id": "a", "attributions": []}])
    assert found.figure("relation").gold == 0
    assert found.figure("tokens_cue").gold == 1


@pytest.mark.parametrize(("words", "kind"), [("It is illegal", "direct"), ("“It is illegal,” Ama Boateng said", "mixed"), ("Ghana condemned", "indirect")])
def test_how_words_are_told_is_by_their_share_in_marks(words: str, kind: str) -> None:
    assert kind_of(TEXT, spans(TEXT, words)) == kind


def test_words_are_touched_by_any_of_their_characters() -> None:
    assert Words("So it is.").touched([(4, 7)]) == {1, 2}
    assert Words("So it is.").touched([(2, 3)]) == set()
    assert likeness({1, 2}, {2, 3}) == pytest.approx(1 / 3)


def test_relation_counts_yielding_as_one_type() -> None:
    gold = [{"id": n, "text": "A B", "source": [[0, 1]], "target": [[2, 3]], "type": t} for n, t in (("1", "YIELD"), ("2", "ACCUSE"), ("3", "AID"))]
    found = evaluate(gold, [{"id": "1", "type": "RETREAT"}, {"id": "2", "type": "REJECT"}, {"id": "3", "type": "AID"}])
    assert found.figure("root_accuracy").value == 0.6667
    assert found.figure("penta_accuracy").value == 1.0
    assert found.figure("root_macro_f1").value == 0.6667
    assert found.figure("root_f1", "ACCUSE").recall == 0.0
    assert [(e.gold, e.found) for e in found.errors] == [("ACCUSE", "REJECT")]


def test_extraction_wants_the_type_between_the_marked_two() -> None:
    row = {"id": "1", "text": "Peru blamed Chad.", "source": [[0, 4]], "target": [[12, 16]], "type": "ACCUSE"}
    event = {"type": "ACCUSE", "actors": [{"start": 0, "end": 4}], "recipients": [{"start": 12, "end": 16}], "confidence": 0.9}
    found = evaluate([row], [{"article": {"id": "1"}, "events": [event]}], stage="extraction")
    assert [found.figure(n).value for n in ("recall_type", "recall_dyad", "recall_type_and_dyad", "events_per_sentence")] == [1, 1, 1, 1]
    wide = {**event, "actors": [{"start": 0, "end": 17}]}
    found = evaluate([row], [{"article": {"id": "1"}, "events": [wide]}], stage="extraction")
    assert found.figure("recall_dyad").value == 0.0
    assert found.errors[0].field == "events.participants"


def test_who_phrases_mean_is_right_by_country_and_sector() -> None:
    gold = [{"phrase": "Peru's police", "expect": {"country": "PER", "sector": "COP"}}, {"phrase": "rain", "expect": None}]
    found = evaluate(gold, [{"country": "PER", "sector": "MIL"}, None])
    assert [found.figure(n).value for n in ("country", "sector", "all", "none")] == [1, 0, 0, 1]
    assert found.errors[0].quotation == "Peru's police"


def test_places_are_right_within_161_km_or_by_their_number() -> None:
    toponyms = [{"start": 19, "end": 23, "geonameid": "1", "lat": 0.0, "lon": 0.0}, {"start": 28, "end": 33, "geonameid": "2", "lat": 10.0, "lon": 0.0}]
    answers = [{"start": 19, "end": 23, "geonameid": 9, "lat": 0.5, "lon": 0.5}, {"start": 28, "end": 33, "geonameid": 2, "lat": 50.0, "lon": 0.0}]
    more = {"start": 0, "end": 5, "geonameid": 3, "lat": 0.0, "lon": 0.0, "confidence": 0.4}
    found = evaluate([{"id": "a", "text": TEXT, "toponyms": toponyms}], [{"id": "a", "places": [*answers, more]}])
    assert found.figure("acc161_of_found").value == 1.0
    assert found.figure("toponym_precision").value == 0.6667
    assert found.figure("median_error_km").value == pytest.approx(kilometres((0, 0), (0.5, 0.5)), abs=0.01)
    assert [(e.what, e.quotation) for e in found.errors] == [("spurious", "Ghana")]


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert kilometres((0, 10), (1, 10)) == pytest.approx(111.2, abs=0.1)


def test_times_are_strict_relaxed_and_by_value() -> None:
    gold = {"id": "a", "text": TEXT, "timexes": [{"start": 81, "end": 88, "type": "DATE", "value": "2031-03-07"}]}
    answer = {"start": 83, "end": 88, "type": "DATE", "value": "2031-03-07"}
    found = evaluate([gold], [{"id": "a", "timexes": [answer]}])
    assert [found.figure(n).value for n in ("strict", "relaxed", "value")] == [0, 1, 1]
    assert found.figure("value", "DATE").value == 1.0


MALI = {"id": "m", "text": "Chad condemned Mali."}
WROTE = {"article": {"id": "m", "text": MALI["text"]}}


@pytest.mark.parametrize(
    ("row", "stage", "why"),
    [
        ({**WROTE, "places": [{"start": 0, "end": 4, "text": "Mali"}]}, None, "says 'Mali' at 0, and its text has 'Chad' there"),
        ({**WROTE, "places": [{"start": 15, "end": 99}]}, None, "15 to 99 is not in its text, which has 20 characters"),
        ({**MALI, "source": [[0, 4]], "target": [[15, 99]], "type": "ACCUSE"}, None, "15 to 99 is not in its text"),
        ({**MALI, "attributions": [{"source": "Chad", "cue": "said", "content": "it left"}]}, None, "has not the shape of attribution"),
        ({**WROTE, "events": ["ACCUSE"]}, None, "has not the shape of reports"),
        ({"article": {"id": "m", "text": 5}}, None, "has a text that is none: '5'"),
        (MALI, "actors", "row 1 of the gold has not the shape of actors: expect, phrase is missing"),
        (MALI, "reports", "row 1 of the gold has not the shape of reports: article is missing"),
        ({"article": "m"}, None, "its article is no object"),
        (None, None, "no object"),
    ],
)
def test_gold_of_another_shape_or_text_is_refused(row: Any, stage: str | None, why: str) -> None:
    with pytest.raises(EvaluationError, match=re.escape(why)):
        evaluate([row], [{"id": "m", "article": {"id": "m"}, "attributions": []}], stage=stage)


def test_mentions_of_tokens_that_are_not_there_are_refused() -> None:
    with pytest.raises(EvaluationError, match="document m: a mention names tokens"):
        evaluate([{"id": "m", "tokens": [[0, "Chad"]], "mentions": [{"tokens": [5], "chain": "a"}]}], coder=Coder(model="none"))


def test_predictions_of_another_text_are_refused() -> None:
    report = json.loads(Coder(model="none").code("Mali condemned Chad.", id="m").to_json())
    for answer in (report, {"article": {"id": "m", "text": "Mali condemned Chad."}}):
        with pytest.raises(EvaluationError, match="the prediction for m was made from another text"):
            evaluate([WROTE], [answer])
    with pytest.raises(EvaluationError, match="two predictions for m"):
        evaluate([WROTE], [WROTE, WROTE])


def test_chains_are_scored_across_documents() -> None:
    gold = [{"id": d, "tokens": [], "mentions": [{"chain": "x"}, {"chain": d}]} for d in ("a", "b")]
    found = evaluate(gold, [{"id": "a", "chains": [1, 2]}, {"id": "b", "chains": [1, 3]}])
    assert [found.figure(n).value for n in ("b_cubed", "muc", "ceaf_e", "conll")] == [1, 1, 1, 1]
    found = evaluate(gold, [{"id": "a", "chains": [1, 2]}, {"id": "b", "chains": [3, 4]}])
    assert found.figure("b_cubed").precision == 1.0
    assert found.figure("b_cubed").recall == 0.75
    assert found.figure("muc").value == 0.0


def test_stories_are_scored_by_articles() -> None:
    gold = [{"id": str(n), "text": "x", "event_id": e} for n, e in enumerate("aab")]
    found = evaluate(gold, [{"id": str(n), "story": "s"} for n in range(3)])
    assert found.figure("b_cubed").recall == 1.0
    assert found.figure("b_cubed").precision == 0.5556
    assert found.figure("b_cubed").low is not None


def test_stances_leave_out_whom_nobody_names() -> None:
    gold = {
        "id": "a",
        "sentences": ["Ana Ruiz praised the Senate."],
        "stances": [
            {"sentence": 0, "holder": "Senator Ana Ruiz", "stance": "POS", "target": "Senate"},
            {"sentence": 0, "holder": "None", "stance": "NEG", "target": "House"},
        ],
    }
    answers = [
        {"sentence": 0, "holder": "Ruiz", "stance": "POS", "target": "the Senate"},
        {"sentence": 0, "holder": "Bo Lin", "stance": "NEG", "target": "the House"},
        {"sentence": 0, "holder": "Ruiz", "stance": "NEG", "target": "the Senate"},
    ]
    triples = evaluate([gold], [{"id": "a", "stances": answers}]).figure("triples")
    assert (triples.right, triples.gold, triples.predicted) == (1, 1, 2)


def labelled() -> Row:
    return {
        "id": "a",
        "text": TEXT,
        "attributions": [{"source": "Ama Boateng", "speaker": "Ama Boateng", "content": "It is illegal"}],
        "events": [
            {
                "type": "ACCUSE",
                "trigger": "condemned",
                "sentence_quote": "Ghana condemned the coup in Niger",
                "date": None,
                "actors": [{"text": "Ghana", "code": "GHA.GOV"}],
                "recipients": [],
                "veridicality": "asserted",
                "claimed_by": None,
            }
        ],
        "positions": [
            {
                "holder": "Ghana",
                "holder_code": "GHA.GOV",
                "act": "condemn",
                "stance": "oppose",
                "object": "the coup in Niger",
                "evidence_quote": "Ghana condemned the coup in Niger",
            }
        ],
    }


def reported(coder: Coder, **more: Any) -> Row:
    body = json.loads(coder.code(TEXT, id="a", published="2031-03-09").to_json(with_text=True))
    return {**body, **more}


def test_a_record_is_compared_by_its_quotations(coder: Coder) -> None:
    found = evaluate([labelled()], [reported(coder)])
    assert [found.figure(n).recall for n in ("attributions", "events", "events_with_dyad", "positions_with_act_and_object")] == [1, 1, 1, 1]
    assert found.figure("speaker_accuracy").value == 1.0
    assert found.figure("events", "ACCUSE").recall == 1.0


def test_what_a_record_has_and_nobody_found_is_missed(coder: Coder) -> None:
    found = evaluate([labelled()], [reported(coder, attributions=[], events=[], positions=[])])
    assert found.figure("events").value == 0.0
    assert {(e.what, e.field) for e in found.errors} == {("missed", "attributions"), ("missed", "events"), ("missed", "positions")}


def test_a_wrong_field_is_an_error_with_its_reason(coder: Coder) -> None:
    body = reported(coder)
    body["events"][0]["veridicality"] = "denied"
    errors = [e for e in evaluate([labelled()], [body]).errors if e.field == "events.veridicality"]
    assert [(e.gold, e.found, e.quotation) for e in errors] == [("asserted", "denied", "condemned")]
    assert errors[0].reason == body["events"][0]["reason"]


def test_a_report_is_right_about_itself(coder: Coder) -> None:
    body = reported(coder)
    found = evaluate([body], [body])
    assert found.stage == "reports"
    assert found.errors == ()
    assert {f.stage for f in found.figures} >= {"record", "attribution", "actors", "places", "times", "framing"}
    assert found.figure("mentions").value == 1.0
    assert found.figure("relation").value == 1.0


def test_corrected_reports_are_coded_anew_without_predictions(coder: Coder) -> None:
    body = reported(coder)
    del body["places"][0]
    found = evaluate([body], coder=coder)
    assert [(e.what, e.field) for e in found.errors] == [("spurious", "places")]
    assert found.figure("events").value == 1.0


def test_findings_are_judged_by_their_confidence(coder: Coder) -> None:
    body = reported(coder)
    found = evaluate([{**body, "events": []}], [body])
    sure = [e["confidence"] for e in body["events"]]
    assert found.figure("calibration_error", "events").value == pytest.approx(sum(sure) / len(sure), abs=1e-3)
    assert any(row["kind"] == "events" and row["right"] == 0.0 for row in found.reliability())


@pytest.mark.parametrize(
    ("gold", "predictions", "why"),
    [
        ([], [], "no gold"),
        ([{"id": "a"}], [], "shape of no gold"),
        ([ATTRIBUTED, ATTRIBUTED], [], "comes 2 times"),
        ([ATTRIBUTED], [], "no prediction for a"),
        ([ATTRIBUTED], [{"attributions": []}], "prediction 1 has no id"),
        ([ATTRIBUTED], [{"id": "a"}], "has not the shape of attribution"),
        ([{"article": {"id": "a"}}], [], "has no text"),
        ([ATTRIBUTED, {"phrase": "x", "expect": None}], [], "several shapes"),
    ],
)
def test_what_cannot_be_compared_is_refused(gold: list[Row], predictions: list[Row], why: str) -> None:
    with pytest.raises(EvaluationError, match=why):
        evaluate(gold, predictions)


def test_a_stage_that_is_none_is_refused() -> None:
    with pytest.raises(EvaluationError, match="no stage 'x'"):
        evaluate([ATTRIBUTED], [], stage="x")
    with pytest.raises(KeyError, match="no figure x of all"):
        evaluate([ATTRIBUTED], [{**ATTRIBUTED}]).figure("x")


def test_rows_tell_their_stage() -> None:
    assert stage_of(ATTRIBUTED) == "attribution"
    assert stage_of({"article": {}, "events": []}) == "reports"
    assert stage_of(labelled()) == "record"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12), st.integers(0, 9))
def test_a_figure_lies_in_its_possible_range_and_drawing_is_repeatable(counts: list[tuple[int, int]], seed: int) -> None:
    rows = [{"right": min(a, b), "found": a, "gold": b} for a, b in counts]
    measures = [f1("x", "right", "found", "gold"), share("y", "right", "gold")]
    found = figures(rows, measures, samples=50, seed=seed)
    assert found == figures(rows, measures, samples=50, seed=seed)
    for each in found:
        assert each.value is None or 0 <= each.value <= 1
        assert each.low is None or each.high is None or 0 <= each.low <= each.high <= 1


def test_an_interval_is_about_as_wide_as_theory_has_it() -> None:
    rows = [{"right": float(n % 2), "of": 1.0} for n in range(400)]
    (half,) = figures(rows, [share("x", "right", "of")], samples=2000)
    assert half.low is not None
    assert half.high is not None
    assert half.high - half.low == pytest.approx(2 * 1.96 * 0.5 / 20, rel=0.15)


def test_bins_hold_equally_many() -> None:
    table = calibration("events", [(n / 100, n >= 50) for n in range(100)])
    assert [b.count for b in table.bins] == [10] * 10
    assert table.error == pytest.approx(calibration_error(np.arange(100) / 100, np.repeat([0.0, 1.0], 50)), abs=1e-4)


def written(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def test_the_command_writes_figures_and_errors(tmp_path: Path) -> None:
    gold, answers = written(tmp_path / "g.jsonl", [ATTRIBUTED]), written(tmp_path / "p.jsonl", [{"id": "a", "attributions": []}])
    errors, bins = tmp_path / "e.csv", tmp_path / "r.jsonl"
    given = ["evaluate", str(gold), "--predictions", str(answers), "--errors", str(errors), "--reliability", str(bins)]
    result = CliRunner().invoke(app, [*given, "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    first = json.loads(result.stdout.splitlines()[0])
    assert (first["stage"], first["name"], first["value"]) == ("attribution", "relation", 0.0)
    with errors.open(encoding="utf-8") as file:
        assert [row["quotation"] for row in csv.DictReader(file)] == ["it would wait", "that"]
    assert bins.read_text(encoding="utf-8") == ""
    shown = CliRunner().invoke(app, given)
    assert "0.000" in shown.stdout
    assert "2 errors in" in shown.stderr


@pytest.mark.parametrize(("line", "why"), [("{", "g.jsonl:2: not JSON"), ("[]", "g.jsonl:2: not an object")])
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(f"{json.dumps(ATTRIBUTED)}\n{line}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(path), "--predictions", str(path)])
    assert result.exit_code == 2
    assert why in result.stderr.replace("\n", "")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path / "no.jsonl")])
    assert result.exit_code == 2
    assert "can't read" in result.stderr


def test_the_pages_examples_print_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "annotation.md").read_text(encoding="utf-8")
    for part in page.split("```python\n")[1:]:
        code = part.split("```")[0]
        exec(code, {})
        assert capsys.readouterr().out.splitlines() == [line[2:] for line in code.splitlines() if line.startswith("# ")]
