"""The report's published shape: what is written keeps to it, what earlier versions wrote is still read, and it does not change unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from benchmarks.report_schema import FILE, text
from typer.testing import CliRunner

import onrecord
from onrecord import cli, read
from onrecord.pipeline import Coder
from onrecord.records import Report
from onrecord.schemas import REPORT_SCHEMA_VERSION, report_schema

REPORTS = Path(__file__).parent / "reports"
"""A folder for each version of the shape, with reports on made-up texts as that version wrote them. They are never written anew."""
FROZEN = {"1.0": "4169628278d42f22a81253f0d7dd81151bd2fa6517f4d0f28dc809c72984abd1"}
"""Of each version the SHA-256 of its shape without descriptions. What changes the shape changes the version (docs/stability.md)."""
SAVED = sorted(REPORTS.glob("*/*.json"))


def closed(schema: Any) -> Any:
    """The schema with no room for fields that it does not name."""
    if isinstance(schema, dict):
        made = {k: closed(v) for k, v in schema.items()}
        return {**made, "additionalProperties": False} if "properties" in made and made.get("type") == "object" else made
    return [closed(v) for v in schema] if isinstance(schema, list) else schema


def shape(schema: Any) -> Any:
    """The schema without what is only said about it."""
    if isinstance(schema, dict):
        return {k: shape(v) for k, v in schema.items() if not (k in ("description", "title") and isinstance(v, str))}
    return [shape(v) for v in schema] if isinstance(schema, list) else schema


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def test_the_file_is_made_from_the_records() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "python -m benchmarks.report_schema writes it"
    jsonschema.Draft202012Validator.check_schema(report_schema())


def test_a_change_of_shape_is_a_change_of_version() -> None:
    digest = hashlib.sha256(json.dumps(shape(report_schema()), sort_keys=True).encode()).hexdigest()
    assert FROZEN[REPORT_SCHEMA_VERSION] == digest, "give the shape a new version, freeze it here, and save reports of it in tests/reports"


def test_every_version_has_saved_reports() -> None:
    assert {p.parent.name for p in SAVED} == set(FROZEN)
    assert {p.name for p in files("onrecord.schemas").iterdir() if p.name.endswith(".json")} == {f"report-{v}.json" for v in FROZEN}


def test_what_the_coder_writes_is_of_this_shape_and_has_no_other_field(learned: Coder) -> None:
    validator = jsonschema.Draft202012Validator(closed(report_schema()))
    with as_file(files("onrecord") / "examples" / "articles.jsonl") as bundled:
        reports = list(learned.pipe(a for a in read([bundled]) if isinstance(a, onrecord.Article)))
    assert len(reports) == 12
    for report in reports:
        for with_text in (False, True):
            validator.validate(json.loads(report.to_json(with_text=with_text)))


@pytest.mark.parametrize("path", SAVED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_reports_of_every_version_are_read_and_are_of_their_shape(path: Path) -> None:
    body = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads(files("onrecord.schemas").joinpath(f"report-{path.parent.name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(body, schema)
    report = Report.from_dict(body)
    assert report.events
    jsonschema.validate(json.loads(report.to_json()), report_schema())
    if path.parent.name == REPORT_SCHEMA_VERSION:
        assert json.loads(report.to_json(with_text=True)) == body


def test_saved_reports_show_every_kind_of_object() -> None:
    shown = {name for path in SAVED for o in objects(json.loads(path.read_text(encoding="utf-8"))) for name in o}
    every = {name for o in objects(report_schema()) for name in o.get("properties", ())}
    assert every <= shown | {"properties"}


@pytest.mark.parametrize("path", SAVED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_fields_of_a_later_version_are_passed_over(path: Path) -> None:
    body = json.loads(path.read_text(encoding="utf-8"))
    report = Report.from_dict(body)
    for o in list(objects(body)):
        o["of_a_later_version"] = {"start": "anything"}
    assert Report.from_dict(body) == report
    jsonschema.validate(body, report_schema())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda b: b["events"][0].update(veridicality="true"), "veridicality"),
        (lambda b: b["events"][0].update(confidence="high"), "confidence"),
        (lambda b: b["events"][0]["trigger"].update(start=-1), "start"),
        (lambda b: b["article"].pop("id"), "id"),
        (lambda b: b["actors"][0].update(kind="villain"), "kind"),
    ],
)
def test_what_is_no_report_is_refused_by_the_schema_and_the_reader(change: Any, message: str) -> None:
    body = json.loads(SAVED[0].read_text(encoding="utf-8"))
    change(body)
    assert list(jsonschema.Draft202012Validator(report_schema()).iter_errors(body))
    with pytest.raises(ValueError, match=message):
        Report.from_dict(body)


def test_the_schema_is_printed_and_had_from_the_package() -> None:
    done = CliRunner().invoke(cli.app, ["schema"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == onrecord.report_schema() == report_schema()
