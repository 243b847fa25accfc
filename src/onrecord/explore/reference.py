"""What programs may ask, out of its description, for people to read: a page and a page of the docs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Spec = Mapping[str, Any]
INTRODUCTION = """# The HTTP interface

What programs may ask of the [explorer](explorer.md), and what it answers.

Made from the explorer's own description, `/openapi.json`, by `python -m benchmarks.api`; the page `/api` shows the same.

- **Filters** are those of the [command line](command-line.md); a filter that may be repeated (`country=CHL&country=PER`) takes any of its values,
  several filters hold together.
- **Many rows** come in pages: `limit` says how many, and `next` of an answer is what to give as `after` for those that follow; where `next` is
  null there are no more. The files under `/data` have all rows at once.
- **ETags**: an answer has one; give it back as `If-None-Match`, and what has not changed is answered with 304 and nothing else.
- **Errors** are problem details ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)), `application/problem+json` with `type`, `title`, `status` and `detail`.
- **The token**, where one is needed, is given as `Authorization: Bearer TOKEN`.
"""


def operations(spec: Spec) -> list[dict[str, Any]]:
    """What may be asked, in the order of the paths.

    Args:
        spec: an OpenAPI description.

    Returns:
        Of each: ``path``, ``method``, ``tag``, ``summary``, ``description``, ``parameters`` (``name``, ``kind``, ``needed``, ``many``, ``said``),
        ``body`` (likewise) and ``answers`` (``status``, ``said``, ``types``).
    """
    return [_operation(spec, path, method, told) for path, methods in sorted(spec["paths"].items()) for method, told in sorted(methods.items())]


def _operation(spec: Spec, path: str, method: str, told: Spec) -> dict[str, Any]:
    parameters = [_parameter(p["name"], p["schema"], needed=p.get("required", False), said=p.get("description", "")) for p in told.get("parameters", ())]
    return {
        "path": path, "method": method.upper(), "tag": (told.get("tags") or ["other"])[0], "summary": told.get("summary", ""), "parameters": parameters,
        "body": list(_body(spec, told)), "answers": [_answer(spec, status, answer) for status, answer in sorted(told.get("responses", {}).items())],
    }  # fmt: skip


def _body(spec: Spec, told: Spec) -> Iterator[dict[str, Any]]:
    for content in told.get("requestBody", {}).get("content", {}).values():
        schema = _looked_up(spec, content.get("schema", {}))
        for name, of in schema.get("properties", {}).items():
            yield _parameter(name, of, needed=name in schema.get("required", ()), said=of.get("description", ""))


def _parameter(name: str, schema: Spec, *, needed: bool, said: str) -> dict[str, Any]:
    kinds = [s for s in schema.get("anyOf", (schema,)) if s.get("type") != "null"]
    many = any(s.get("type") == "array" for s in kinds)
    return {"name": name, "kind": " or ".join(dict.fromkeys(_kind(s) for s in kinds)), "needed": needed, "many": many, "said": said}


def _kind(schema: Spec) -> str:
    if "enum" in schema or "const" in schema:
        return " or ".join(str(v) for v in schema.get("enum", [schema.get("const")]))
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return _kind(schema.get("items", {}))
    low, high = schema.get("minimum"), schema.get("maximum")
    between = f" from {low:g} to {high:g}" if low is not None and high is not None else ""
    return ("file" if "contentMediaType" in schema or schema.get("format") == "binary" else kind) + between


def _answer(spec: Spec, status: str, answer: Spec) -> dict[str, Any]:
    found = _looked_up(spec, answer)
    return {"status": status, "said": found.get("description", ""), "types": list(found.get("content", {}))}


def _looked_up(spec: Spec, what: Spec) -> Spec:
    if "$ref" not in what:
        return what
    found: Any = spec
    for part in what["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found  # type: ignore[no-any-return]


def markdown(spec: Spec) -> str:
    """The page of the docs.

    Args:
        spec: an OpenAPI description.
    """
    lines = [INTRODUCTION]
    every = operations(spec)
    for tag in sorted({o["tag"] for o in every}):
        lines.append(f"## {tag.capitalize()}\n")
        alike: dict[str, list[dict[str, Any]]] = {}
        for operation in (o for o in every if o["tag"] == tag):
            asked = [operation["parameters"], operation["body"]]
            alike.setdefault(repr([operation["method"], asked if any(asked) else operation["path"]]), []).append(operation)
        for some in alike.values():
            lines += _section(some)
    problems = [(name, told) for name, told in spec["components"]["responses"].items()]
    lines += ["## Problems\n", "| | |", "|---|---|", *(f"| {name} | {told['description']} |" for name, told in problems)]
    return "\n".join(lines) + "\n"


def _section(alike: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """What is asked in the same way."""
    first = alike[0]
    lines = []
    for o in alike:
        types = dict.fromkeys(t for a in o["answers"] if a["status"] < "3" for t in a["types"])
        lines.append(f"### `{o['method']} {o['path']}`\n\n{o['summary']}: {', '.join(f'`{t}`' for t in types) or o['answers'][0]['said']}.\n")
    rows = [*first["parameters"], *first["body"]]
    if rows:
        lines += ["| | | |", "|---|---|---|"]
        for p in rows:
            marks = ", ".join(filter(None, (p["kind"], "needed" if p["needed"] else "", "may be repeated" if p["many"] else "")))
            lines.append(f"| `{p['name']}` | {marks} | {p['said']} |")
        lines.append("")
    return [*lines, f"Problems: {', '.join(a['status'] for a in first['answers'] if a['status'] >= '4')}.\n"]
