"""What programs may ask is described, and answered as it is described."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from benchmarks.api import PAGE, reference, specified
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import Settings, make_app
from onrecord.store import Record, open_record

TOKEN = "open sesame"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("api") / "r.db") as record:
        record.add([an_article(n) for n in range(12)], SampleCoder(), linker=Linker())
        yield record


@pytest.fixture(scope="module")
def described(attacked: Record) -> schemathesis.schemas.BaseSchema:
    app = make_app(attacked, Settings(write=True, token=TOKEN, hosts=("*",)))
    return schemathesis.openapi.from_asgi("/openapi.json", app)


OPERATIONS = [(method.upper(), path) for path, methods in specified()["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda x: x)
def test_what_is_answered_is_what_is_described(described: schemathesis.schemas.BaseSchema, method: str, path: str) -> None:
    """Whatever is asked; but that a day, a cursor or SQL can be read is more than a schema says."""

    @given(case=described[path][method].as_strategy())
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"authorization": f"Bearer {TOKEN}"}, excluded_checks=[positive_data_acceptance])

    ask()


def test_every_operation_is_told_with_its_parameters_and_problems(explorer: TestClient) -> None:
    spec = explorer.get("/openapi.json").json()
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert all(p.get("description") for p in operation.get("parameters", ())), path
            assert {"400", "401", "422", "500"} <= set(operation["responses"]), path
            assert operation["security"], (path, method)
    assert spec["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_the_reference_is_that_of_this_version() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "write it again: python -m benchmarks.api"


def test_what_programs_may_ask_can_be_read(explorer: TestClient) -> None:
    page = explorer.get("/api").text
    assert "/positions.json" in page
    assert "The cursor that came with the rows before." in page


@pytest.mark.parametrize("path", ["/", "/events.json", "/events.csv", "/data/events.jsonl", "/data/export/polecat", "/static/explorer.css"])
def test_head_says_what_get_would_without_sending_it(explorer: TestClient, path: str) -> None:
    head, get = explorer.head(path), explorer.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_a_method_that_nothing_takes_is_a_problem(writing: TestClient, method: str) -> None:
    answer = writing.request(method, "/events.json", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
