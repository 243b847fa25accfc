"""Writes the JSON Schema of reports from :mod:`onrecord.records`: ``python -m benchmarks.report_schema``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from onrecord.records import Report
from onrecord.schemas import REPORT_SCHEMA_VERSION

FIELDS = Path(__file__).with_name("report_fields.toml")
FILE = Path(__file__).parent.parent / "src" / "onrecord" / "schemas" / f"report-{REPORT_SCHEMA_VERSION}.json"
WITHOUT: dict[str, str] = {"Mention": "head"}
"""What the records have and the JSON does not."""
OPTIONAL = {"Article": ("text",)}
"""What is not always there. A field that a minor version adds is named here too, so that reports of the version before stay valid."""
BOUNDS: dict[str, dict[str, Any]] = {
    "start": {"minimum": 0},
    "end": {"minimum": 1},
    "confidence": {"minimum": 0, "maximum": 1},
    "text_sha256": {"pattern": "^[0-9a-f]{64}$"},
    "quad": {"minimum": 1, "maximum": 4},
    "lat": {"minimum": -90, "maximum": 90},
    "lon": {"minimum": -180, "maximum": 180},
}


def schema() -> dict[str, Any]:
    """The schema as it is to be.

    Raises:
        KeyError: a field is not described.
    """
    told = tomllib.loads(FIELDS.read_text(encoding="utf-8"))
    _, made = msgspec.json.schema_components((Report,), ref_template="#/$defs/{name}")
    shapes = {name: _shape(name, shape, told) for name, shape in made.items()}
    root = shapes.pop("Report")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:onrecord:schema:report:{REPORT_SCHEMA_VERSION}",
        "title": "onrecord report",
        "description": f"What is on record in one article: version {REPORT_SCHEMA_VERSION} of the shape. "
        "Fields that are not named here may be added by a later minor version: pass over them.",
        **root,
        "$defs": dict(sorted(shapes.items())),
    }


def _shape(name: str, shape: dict[str, Any], told: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A record's class as the JSON has it."""
    fields = {f: value for f, value in shape["properties"].items() if f != WITHOUT.get(name)}
    if name == "Article":
        fields["text_sha256"] = {"type": "string"}
    described = {f: {"description": told[name].get(f) or told["*"][f], **_plain(value, BOUNDS.get(f, {}))} for f, value in fields.items()}
    return {"type": "object", "properties": described, "required": [f for f in fields if f not in OPTIONAL.get(name, ())]}


def _plain(value: dict[str, Any], bounds: dict[str, Any]) -> dict[str, Any]:
    """A field without its default, which is always written out, and with its bounds."""
    kept = {k: v for k, v in value.items() if k != "default"}
    kinds = [option.get("type") for option in kept.get("anyOf", ())]
    if kinds and all(kinds):
        kept = {"type": sorted(kinds)}
    if kept.get("enum"):
        kept = {"type": "string", **kept}
    return {**kept, **bounds}


def text() -> str:
    """The file as it is to be."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
