"""Office-holders as the Wikidata Query Service gives them, brought into the shape of a table of actors.

The service answers in JSON (``results.bindings``) or CSV; docs/actors.md has a query to start from. The
columns that are read: ``person`` (the item), ``personLabel``, ``personAltLabel``, ``positionLabel``,
``iso3`` or ``countryLabel``, ``start``, ``end``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

UNLABELLED = re.compile(r"Q\d+")
UNTITLED = re.compile(r"\d{4}(-\d\d){0,2}")
MARKS = ("personLabel", "positionLabel")
NOT_ISO = {"Kosovo": "XKX"}
"""Countries that Wikidata gives no alpha-3 code of ISO 3166 for."""


def bindings(body: Any) -> Iterator[dict[str, Any]]:
    """The results in the service's JSON, each a value by variable; a plain list of objects is taken as it is.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(body, list) and all(isinstance(row, dict) for row in body):
        yield from body
        return
    try:
        for result in body["results"]["bindings"]:
            yield {variable: cell["value"] for variable, cell in result.items()}
    except (KeyError, TypeError) as error:
        raise ValueError("it is neither a list of objects nor an answer of the Wikidata Query Service (results.bindings)") from error


def looks_like(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether the rows are results of the service and no table of the user's own making."""
    return any(mark in row for row in rows for mark in MARKS)


def rows(found: Iterable[tuple[str, dict[str, Any]]], notes: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The results as rows of a table of actors, each with where it stands.

    Args:
        found: where each result stands, and its values.
        notes: gets a line for each result that names nobody (an item without a label) or has no date that can be read.
    """
    for where, cells in found:
        name = str(cells.get("personLabel", ""))
        if not name or UNLABELLED.fullmatch(name):
            notes.append(f"{where}: the person has no name in this language")
            continue
        country = str(cells.get("iso3", "")) or NOT_ISO.get(str(cells.get("countryLabel", "")), "")
        row: dict[str, Any] = {
            "name": name,
            "names": tuple(filter(None, (x.strip() for x in str(cells.get("personAltLabel", "")).split(",")))),
            "role": str(cells.get("positionLabel", "")),
            "country": country,
            "since": _day(cells.get("start")),
            "until": _day(cells.get("end")),
            "source": str(cells.get("person", "")) or "Wikidata",
        }
        if not row["role"]:
            notes.append(f"{where}: {name} has no position")
            continue
        yield where, {column: value for column, value in row.items() if value}


def _day(value: Any) -> str:
    """The day of a Wikidata time; the first of January stands for a year alone there, so only the year is kept of it."""
    match = UNTITLED.match(str(value or "").lstrip("+"))
    day = match.group() if match else ""
    return day[:4] if day.endswith("-01-01") else day
