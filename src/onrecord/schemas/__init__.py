"""The report's shape as JSON Schema (2020-12), for programs in any language that read reports.

The files beside this are made from :mod:`onrecord.records` by ``python -m benchmarks.report_schema``; docs/stability.md says when the version changes.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

REPORT_SCHEMA_VERSION = "1.0"
"""The version of the report's shape that this version of onrecord writes."""

__all__ = ["REPORT_SCHEMA_VERSION", "report_schema"]


def report_schema() -> dict[str, Any]:
    """The JSON Schema of a report, as ``onrecord code --format jsonl`` writes one on each line.

    >>> report_schema()["$schema"], report_schema()["$id"]
    ('https://json-schema.org/draft/2020-12/schema', 'urn:onrecord:schema:report:1.0')
    """
    schema: dict[str, Any] = json.loads(files(__package__).joinpath(f"report-{REPORT_SCHEMA_VERSION}.json").read_text(encoding="utf-8"))
    return schema
