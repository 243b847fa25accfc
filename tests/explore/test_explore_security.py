"""Who may do what: reading here is open; writing, and reading from elsewhere, needs the token."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.explore import Settings, make_app
from onrecord.store import Record

TOKEN = "open sesame"


@pytest.fixture
def elsewhere(shown: Record) -> TestClient:
    """An explorer that other machines reach."""
    return TestClient(make_app(shown, Settings(open_reading=False, token=TOKEN, hosts=("news.example",))), base_url="http://news.example")


def test_a_browser_may_run_only_what_the_explorer_itself_serves(explorer: TestClient) -> None:
    policy = explorer.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_name_that_is_not_its_own_is_refused(explorer: TestClient) -> None:
    assert explorer.get("/", headers={"host": "attacker.example"}).status_code == 421
    assert explorer.get("/", headers={"host": "localhost:8765"}).status_code == 200


def test_reading_from_elsewhere_needs_the_token(elsewhere: TestClient) -> None:
    assert elsewhere.get("/events.json").status_code == 401
    assert elsewhere.get("/events.json", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert elsewhere.get("/events.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_person_signs_in_once(elsewhere: TestClient) -> None:
    asked = elsewhere.get("/events", headers={"accept": "text/html"}, follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in")
    assert elsewhere.post("/sign-in", data={"token": "wrong"}).status_code == 403
    taken = elsewhere.post("/sign-in", data={"token": TOKEN}, follow_redirects=False)
    assert "HttpOnly" in taken.headers["set-cookie"]
    assert "SameSite=strict" in taken.headers["set-cookie"]
    assert TOKEN not in taken.headers["set-cookie"]
    assert elsewhere.get("/events", headers={"accept": "text/html"}).status_code == 200


def test_an_explorer_that_reads_takes_nothing(explorer: TestClient) -> None:
    assert explorer.post("/events").status_code == 403


def test_writing_needs_the_token_and_a_page_of_its_own(writing: TestClient) -> None:
    assert writing.post("/events").status_code == 401
    signed = {"authorization": f"Bearer {TOKEN}"}
    assert writing.post("/events", headers={**signed, "origin": "http://attacker.example"}).status_code == 403
    assert writing.post("/events", headers={**signed, "origin": "http://localhost"}).status_code == 405


def test_settings_without_a_token_can_neither_write_nor_open_up() -> None:
    for wrong in ({"write": True}, {"open_reading": False}):
        with pytest.raises(ValueError, match="token"):
            Settings(**wrong)


def test_a_browser_says_of_the_explorer_s_own_forms_where_they_come_from(explorer: TestClient) -> None:
    assert explorer.get("/").headers["referrer-policy"] == "same-origin", "under no-referrer the origin of a form is null, and the form is refused"
