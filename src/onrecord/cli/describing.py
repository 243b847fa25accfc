"""``onrecord schema``: the shape of a report, for programs that read reports."""

from __future__ import annotations

import json

import typer

from onrecord.cli.app import app
from onrecord.schemas import report_schema


@app.command()
def schema() -> None:
    """Print the JSON Schema of a report, with its version."""
    typer.echo(json.dumps(report_schema(), indent=1, ensure_ascii=False))
