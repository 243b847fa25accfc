"""Who stands where, and who has not been found to say anything."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from onrecord.explore.pages.stands import written
from onrecord.store import QueryError

ISSUE = 'question = "Was the strike right?"\nterms = ["strike"]\n'
AGAINST = 'question = "Was it wrong?"\n[[about]]\nterms = ["strike"]\nside = "against"\n'


def test_each_holder_s_latest_on_an_event_with_its_sentence(joint: TestClient) -> None:
    found = joint.get("/stands.json", params={"event": "event-a", "point": "broad"}).json()
    assert [(r["holder"], r["which"], r["stance"], r["said"]) for r in found["rows"]] == [
        ("Westrum", "latest", "oppose", "2021-03-10"),
        ("Ostia", "latest", "oppose", "2021-03-09"),
        ("Ostia", "earlier", "oppose", "2021-03-08"),
    ]
    page = joint.get("/stands", params={"event": "event-a", "point": "broad"}).text
    assert all(f'/article?id={r["article"]}#{r["position"]}"' in page for r in found["rows"])


def test_who_has_not_reacted_is_found_by_asking_for_them(joint: TestClient) -> None:
    asked = {"event": "event-a", "holder": ["Westrum", "Sudmark", "FRA", "Nobody at all"], "point": "broad"}
    found = joint.get("/stands.json", params=asked).json()
    assert [w["asked"] for w in found["without"]] == ["Sudmark", "FRA", "Nobody at all"]
    page = joint.get("/stands", params=asked).text
    assert "No statement found" in page
    assert "in 4 articles of 3 outlets from 7 March 2021 up to 9 April 2021" in page
    assert "France" in page
    rows = list(csv.DictReader(io.StringIO(joint.get("/stands.csv", params=asked).text)))
    assert [r["holder"] for r in rows if r["which"] == "none found"] == ["Sudmark", "France", "Nobody at all"]


def test_the_members_of_a_body_can_be_asked_for_at_once(joint: TestClient) -> None:
    found = joint.get("/stands.json?event=event-a&body=G7").json()
    assert {w["asked"] for w in found["without"]} == {"CAN", "FRA", "DEU", "ITA", "JPN", "GBR", "USA"}


def test_three_letters_are_a_country_or_else_a_name(joint: TestClient) -> None:
    found = joint.get("/stands.json", params={"event": "event-a", "holder": ["sud", "ZZZ", "WES.GOV", "norland"]}).json()
    assert [(w["asked"], w["known"]) for w in found["without"]] == [("sud", ["SUD.GOV"]), ("ZZZ", []), ("norland", ["NOR.GOV"])]


def test_the_first_and_the_last_day_there_are_can_be_asked_for(joint: TestClient) -> None:
    for issue in ("since = 0001-01-01", "until = 9999-12-31", "since = 9999-12-31"):
        assert joint.get("/stands.json", params={"issue": f"{ISSUE}{issue}"}).status_code == 200
    assert joint.get("/issues.json?since=0001-01-01&until=9999-12-31").status_code == 200


def test_what_is_less_sure_is_not_silence(joint: TestClient) -> None:
    found = joint.get("/stands.json", params={"event": "event-a", "holder": "Westrum"}).json()
    assert (found["rows"], found["without"]) == ([], [])
    assert {r["holder"] for r in found["less_sure"]} == {"Westrum", "Ostia"}


def test_as_of_a_day(joint: TestClient) -> None:
    found = joint.get("/stands.json?event=event-a&point=broad&as_of=2021-03-08").json()
    assert [(r["holder"], r["said"]) for r in found["rows"]] == [("Ostia", "2021-03-08")]


@pytest.mark.parametrize(("issue", "stance"), [(ISSUE, "oppose"), (AGAINST, "support")])
def test_a_question_of_one_s_own(joint: TestClient, issue: str, stance: str) -> None:
    found = joint.get("/stands.json", params={"issue": issue, "point": "broad"}).json()
    assert {(r["holder"], r["stance"]) for r in found["rows"] if r["which"] == "latest"} >= {("Westrum", stance), ("Ostia", stance)}


def test_the_record_s_questions_lead_to_who_stands_where(explorer: TestClient) -> None:
    page = explorer.get("/issues").text
    rows = explorer.get("/issues.json").json()["rows"]
    assert rows
    for row in rows[:3]:
        assert row["question"] in page
        found = explorer.get("/stands.json", params={"issue": row["issue"], "point": "broad"}).json()
        assert found["question"] == row["question"]
        assert len({r["holder"] for r in found["rows"]}) >= row["holders"]


def test_without_a_question_there_is_a_form_for_one(joint: TestClient) -> None:
    assert '<textarea id="f-issue" name="issue"' in joint.get("/stands").text
    assert joint.get("/stands.json").json()["rows"] == []


@pytest.mark.parametrize("text", ["no toml", 'question = ""', 'question = "x"', 'question = "x"\nterms = ["a*b*c*d"]', "x = " + "[" * 9_000])
def test_what_is_no_question_is_told(text: str) -> None:
    with pytest.raises(QueryError, match="issue"):
        written(text)


@pytest.mark.parametrize(("asked", "status"), [("event=event-none", 404), ("issue=what", 400), ("colour=red", 422), ("event=event-a&as_of=someday", 422)])
def test_what_can_t_be_asked_is_a_problem(joint: TestClient, asked: str, status: int) -> None:
    assert joint.get(f"/stands.json?{asked}").status_code == status
