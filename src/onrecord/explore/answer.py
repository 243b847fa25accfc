"""What a page is made of, and the three forms in which it is given: a page, JSON and CSV."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from io import StringIO
from typing import Any

import msgspec
import polars
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from onrecord.explore.templating import rendered
from onrecord.export.answers import write_flat
from onrecord.store import Table

FOREVER = "private, no-cache"
"""A browser keeps what it was given and asks each time whether it still holds."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is found for a page.

    Attributes:
        title: of the page.
        data: what its JSON holds; the template sees each of its names.
        table: the rows of its CSV, where it has them.
        shown: what only the template needs.
    """

    title: str
    data: Mapping[str, Any]
    table: Table | None = None
    shown: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def serve(router: APIRouter, path: str, find: Callable[..., Answer | Awaitable[Answer]], *, template: str, describe: str, table: Any = None) -> None:
    """Give what a dependency finds as a page at an address, as JSON at the same with ``.json``, and as CSV with ``.csv``.

    Args:
        router: takes the three routes.
        path: the address.
        find: finds the answer; its parameters are those of the address.
        template: the page.
        describe: what is found, for the description of the interface.
        table: the schema of the table that it finds; None where it has no CSV.
    """

    found = Depends(find)

    def as_page(request: Request, answer: Answer = found) -> Response:
        page = rendered(request, template, title=answer.title, csv=table is not None, **answer.data, **answer.shown)
        return given(request, page.encode("utf-8", "replace"), "text/html; charset=utf-8")

    def as_json(request: Request, answer: Answer = found) -> Response:
        return given(request, msgspec.json.encode(answer.data), "application/json")

    def as_csv(request: Request, answer: Answer = found) -> Response:
        text = StringIO()
        if answer.table is not None:
            write_flat([answer.table], text)
        return given(request, text.getvalue().encode("utf-8", "replace"), "text/csv; charset=utf-8")

    name = path.strip("/").replace("/", "_") or "overview"
    router.add_api_route(path, as_page, methods=["GET"], include_in_schema=False, name=name)
    own = "/overview" if path == "/" else path
    router.add_api_route(
        f"{own}.json", as_json, methods=["GET"], name=f"{name}_json", summary=describe, responses=json_described(table), response_class=Response
    )
    if table is not None:
        csv: dict[int | str, dict[str, Any]] = {200: {"description": "Rows", "content": {"text/csv": {"schema": {"type": "string"}}}}}
        router.add_api_route(f"{own}.csv", as_csv, methods=["GET"], name=f"{name}_csv", summary=f"{describe}, as CSV", responses=csv, response_class=Response)


def given(request: Request, body: bytes, media_type: str, **headers: str) -> Response:
    """A response that a browser which has it already need not be sent again."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    own = {"etag": tag, "cache-control": FOREVER, **headers}
    asked = request.headers.get("if-none-match", "")
    if tag in (x.strip().removeprefix("W/") for x in asked.split(",")):
        return Response(status_code=304, headers=own)
    return Response(body, media_type=media_type, headers=own)


def given_json(request: Request, data: Any) -> Response:
    """A response for what has no page of its own: the data of a chart."""
    return given(request, msgspec.json.encode(data), "application/json")


def json_described(table: Any) -> dict[int | str, dict[str, Any]]:
    """How the description of the interface tells what a JSON answer holds."""
    schema: dict[str, Any] = {"type": "object"}
    if table is not None:
        row = {"type": "object", "properties": {name: kind_of(kind) for name, kind in table.items()}, "required": list(table)}
        schema |= {"properties": {"rows": {"type": "array", "items": row}, "next": {"type": ["string", "null"]}}, "required": ["rows", "next"]}
    return {200: {"description": "What is found", "content": {"application/json": {"schema": schema}}}}


def kind_of(kind: Any) -> dict[str, Any]:
    """The JSON schema of a column's values."""
    if isinstance(kind, polars.List):
        return {"type": ["array", "null"], "items": kind_of(kind.inner)}
    if isinstance(kind, polars.Struct):
        return {"type": ["object", "null"], "properties": {f.name: kind_of(f.dtype) for f in kind.fields}}
    if kind == polars.String:
        return {"type": ["string", "null"]}
    if kind == polars.Boolean:
        return {"type": ["boolean", "null"]}
    return {"type": ["number", "null"]}
