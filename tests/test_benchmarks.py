"""One entry to every stage, which reads no answers; floors only go up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks import archives, measure, predict

from onrecord.pipeline import Coder
from onrecord.records import Article

TEXT = "Ghana condemned the coup in Niger on Sunday. “It is illegal,” Foreign Minister Ama Boateng said in Accra."
ROWS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "attribution": ({"id": "a", "text": TEXT}, {"id", "attributions"}),
    "relation": ({"id": "a", "text": "Ghana condemned Niger.", "source": [[0, 5]], "target": [[16, 21]]}, {"id", "type"}),
    "actors": ({"phrase": "Ghanaian police", "context": None, "date": None}, {"country", "sector"}),
    "places": ({"id": "a", "published": "6:41 AM ET, Mon February 8, 2016", "text": TEXT}, {"id", "places"}),
    "times": ({"id": "a", "dct": "2021-03-09", "text": TEXT}, {"id", "timexes"}),
    "coref": ({"id": "a", "tokens": [[0, "Rebels"], [0, "attacked"], [0, "Gao"]], "mentions": [{"tokens": [1]}]}, {"id", "chains"}),
    "stance": ({"id": "a", "outlet": "Wire", "date": "2021-03-09", "sentences": ["", "Ghana condemned Niger."]}, {"id", "stances"}),
    "stories": ({"id": "a", "published": "2021-03-09", "title": "Coup", "text": TEXT}, {"id", "story"}),
}


@pytest.mark.parametrize("stage", list(ROWS))
def test_a_row_without_answers_is_enough(coder: Coder, stage: str) -> None:
    row, keys = ROWS[stage]
    (prediction,) = predict.STAGES[stage](coder, [row])
    assert prediction is not None
    assert set(prediction) == keys


@pytest.mark.parametrize("stage", ["record", "extraction"])
def test_whole_reports_keep_the_rows_id(coder: Coder, stage: str) -> None:
    (report,) = predict.STAGES[stage](coder, [{"id": "own", "text": TEXT}])
    assert report is not None
    assert report["article"]["id"] == "own"


def test_a_marked_pair_always_gets_a_type(coder: Coder) -> None:
    row = {"id": "a", "text": "Ghana and Niger.", "source": [[0, 5]], "target": [[10, 15]]}
    (prediction,) = predict.STAGES["relation"](coder, [row])
    assert prediction is not None
    assert prediction["type"]


def test_a_demonym_with_police_is_that_countrys_police(coder: Coder) -> None:
    assert list(predict.STAGES["actors"](coder, [ROWS["actors"][0]])) == [{"country": "GHA", "sector": "COP"}]


def test_stance_names_sentence_holder_and_target(coder: Coder) -> None:
    (prediction,) = predict.STAGES["stance"](coder, [ROWS["stance"][0]])
    assert prediction is not None
    assert {"sentence": 1, "holder": "Ghana", "stance": "NEG", "target": "Niger"} in prediction["stances"]


def test_the_command_line_writes_a_line_a_row(coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predict, "Coder", lambda **_: coder)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {**ROWS["times"][0], "text": f"{TEXT}\u2028It was Monday."}
    source.write_text(json.dumps(row, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert predict.main(["times", str(source), str(target)]) == 0
    assert len(target.read_text(encoding="utf-8").splitlines()) == 1


def test_an_unknown_stage_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        predict.main(["nonsense", str(tmp_path / "in"), str(tmp_path / "out")])


FLOORS = '[places]\nstage = "places"\nfile = "x"\ntolerance = 0.02\n[places.floors]\n"recall" = 0.8000\n"relation.f1" = 0.5000\n'


def test_floors_only_go_up() -> None:
    text = measure.raised(FLOORS, {"places": {"recall": 0.7, "relation.f1": 0.61}})
    assert '"recall" = 0.8000' in text
    assert '"relation.f1" = 0.6100' in text
    assert measure.raised(text, {"places": {"recall": 0.7, "relation.f1": 0.61}}) == text


def test_a_fall_beyond_the_tolerance_is_named() -> None:
    floors = {"places": {"tolerance": 0.02, "floors": {"recall": 0.8}}}
    assert measure.fallen(floors, {"places": {"recall": 0.79}}) == []
    (line,) = measure.fallen(floors, {"places": {"recall": 0.77}})
    assert "places recall" in line


def test_archives_are_articles_that_name_a_subject_and_scored_by_pairs_that_were_read() -> None:
    articles = [Article.make("Text.", id=str(n), title=title) for n, title in enumerate(("Greek vote", "A vote", "Greeks vote", "Greece votes", None))]
    numbers = archives.archive(articles, "Greece|Greek")
    assert numbers == [0, 3]
    assert archives.joined([7, 3, 5], [1, 1, 2]) == {(3, 7)}
    assert archives.score({(0, 3), (3, 7)}, {(0, 3): True, (3, 7): False, (3, 5): False}) == {"joined": 2, "right_joined": 1.0, "wrong_joined": 0.5}
    judged = archives.verdicts()
    assert set(judged.values()) == {True, False}
    assert all(one < other for one, other in judged)
