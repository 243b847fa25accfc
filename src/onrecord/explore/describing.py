"""The description of the interface (OpenAPI): problems and the token are described once, and every operation says which it answers with."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from onrecord.explore.problems import PROBLEM

PROBLEMS = {
    "400": "What is asked for can't be asked so: a filter's value, a cursor or SQL can't be read",
    "401": "The token is needed, and is not given or is wrong",
    "403": "It is not done here: this explorer only reads, or the request comes from another site",
    "404": "It is not in the record",
    "405": "That address takes no such method",
    "413": "What is sent is more than is taken",
    "421": "The explorer is not called by that name",
    "422": "A parameter is missing, unknown or out of its range",
    "429": "As much is waiting as may",
    "500": "Something went wrong; the server's log says what",
    "503": "The record can't be reached, or as much is being made as may: ask again in a while",
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
    "required": ["type", "title", "status", "detail"],
}
READING = ("400", "401", "404", "422", "500", "503")
WRITING = ("400", "401", "403", "404", "413", "422", "500", "503")


def describe(app: FastAPI) -> None:
    """Have an application describe itself so, each time it is asked the same."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes))
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def described(spec: dict[str, Any]) -> dict[str, Any]:
    """A description with problems and the token.

    Args:
        spec: as the framework makes it; it is changed.
    """
    components = spec.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for own in ("HTTPValidationError", "ValidationError"):
        schemas.pop(own, None)
    schemas["Problem"] = PROBLEM_SCHEMA
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["responses"] = {code: {"description": said, "content": content} for code, said in PROBLEMS.items()}
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "The token that the explorer was started with."}}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return spec


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    own = operation["responses"]
    usual = READING if method == "get" else WRITING
    codes = {*usual, *(("403",) if path.startswith("/sql") else ()), *(code for code in own if code in PROBLEMS)}
    for code in sorted(codes):
        own[code] = {"$ref": f"#/components/responses/{code}"}
    if method == "get":
        own["304"] = {"description": "What was given before still holds (If-None-Match)"}
    operation["security"] = [{}, {"token": []}] if method == "get" else [{"token": []}]
