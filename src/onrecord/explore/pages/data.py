"""The data itself: lists and exports to take away, SQL, and what programs may ask."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field, field_validator
from starlette.exceptions import HTTPException
from starlette.responses import Response

from onrecord.explore import asked, downloading, reference
from onrecord.explore.answer import Answer, given, serve
from onrecord.explore.depending import Opened
from onrecord.explore.longer import longer
from onrecord.explore.templating import rendered
from onrecord.export.formats import TABLES
from onrecord.export.selecting import ASSERTED, Selection
from onrecord.store import QueryError, Table

router = APIRouter(tags=["data"])
SECONDS, ROWS, SIZE = 5.0, 1_000, 2_000_000
"""How long SQL may run, and the most rows and bytes that are given of it."""
AT_ONCE = 2
LISTS: dict[str, type[asked.Paged]] = {
    "events": asked.Events, "positions": asked.Positions, "quotes": asked.Quotes, "actors": asked.Actors, "articles": asked.Articles,
}  # fmt: skip
CONFIDENT = {"events": "events", "positions": "positions", "quotes": "attributions"}
FORMED = {
    "csv": "CSV, a column for each value", "jsonl": "JSON, a row a line", "json": "JSON, one array", "parquet": "Parquet, with structures and lists",
}  # fmt: skip
OF_OTHERS = {
    "gdelt2-events": "GDELT 2.0 events", "polecat": "POLECAT", "icews": "ICEWS", "acled-like": "as ACLED", "ucdp-like": "as UCDP GED", "geojson": "GeoJSON",
    "web-annotation": "W3C Web Annotation", "parquet": "Parquet, a folder for each kind of finding", "brat": "brat",
}  # fmt: skip
EXAMPLES = (
    ("Acts and how often", "SELECT act, stance, count(*) AS n FROM positions WHERE current GROUP BY act, stance ORDER BY n DESC"),
    ("Outlets", "SELECT publisher, count(*) AS articles FROM articles WHERE current GROUP BY publisher ORDER BY articles DESC"),
    ("Who is against", "SELECT holder, object, said FROM positions WHERE current AND stance = 'oppose' ORDER BY said_from DESC LIMIT 50"),
)
_asking = threading.BoundedSemaphore(AT_ONCE)


class Statement(asked.Asked):
    """SQL."""

    statement: str | None = Field(None, max_length=20_000, description="One SQL statement that reads; docs/record.md tells the tables.")


class Exported(asked.Asked):
    """Which events are exported."""

    actor: list[str] = Field([], description="An actor's id (CHL.GOV) or name.")
    country: list[str] = Field([], description="The actor's country (CHL).")
    sector: list[str] = Field([], description="The actor's PLOVER sector (GOV).")
    type: list[str] = Field([], description="The event's type (ASSAULT).")
    place: list[str] = Field([], description="The event's place, by name, country code or GeoNames id.")
    publisher: list[str] = Field([], description="Who published an article that reports it.")
    article: list[str] = Field([], description="An article that reports it, by id.")
    since: str | None = Field(None, description="The first day: 2021-03-09, 2021-03 or 2021.")
    until: str | None = Field(None, description="The last day.")
    min_confidence: float = Field(0.0, ge=0, le=1, description="The least confidence.")
    include: list[str] = Field([], description="Events that are denied, planned, hypothetical or demanded, too, where the format can say so.")

    @field_validator("include")
    @classmethod
    def _put(cls, value: list[str]) -> list[str]:
        if set(value) - {"denied", "planned", "hypothetical", "demanded"}:
            raise ValueError("choose from denied, planned, hypothetical, demanded")
        return value


def data() -> Answer:
    """What can be taken away."""
    lists = [{"name": name, "forms": list(downloading.FORMS)} for name in downloading.LISTS]
    exports = [{"name": name, "what": OF_OTHERS[name]} for name in downloading.EXPORTS]
    shown = {"formed": FORMED, "examples": EXAMPLES, "statement": "", **LIMITS}
    return Answer(title="Data", data={"lists": lists, "exports": exports}, shown=shown)


def sql(request: Request, record: Opened, query: Annotated[Statement, Query()]) -> Answer:
    """The rows of a statement of the reader's own."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise HTTPException(HTTPStatus.FORBIDDEN, "the question comes from another site")
    table = Table([], {}) if query.statement is None else _asked(record, query.statement)
    rows = [{name: _plain(cell) for name, cell in row.items()} for row in table]
    found = {"columns": table.columns, "rows": rows, "next": None, "notes": table.notes}
    shown = {"statement": query.statement or "", "examples": EXAMPLES, "asked_for": query.statement is not None, **LIMITS}
    return Answer(title="SQL", data=found, table=table, shown=shown)


LIMITS = {"seconds": SECONDS, "most": ROWS}


def _asked(record: Opened, statement: str) -> Table:
    if not _asking.acquire(timeout=SECONDS):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "other questions are being answered: ask again in a while", headers={"retry-after": "5"})
    try:
        return record.sql(statement, seconds=SECONDS, rows=ROWS, size=SIZE)
    finally:
        _asking.release()


def _plain(cell: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(cell, bytes):
        return cell.hex()
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)


def api(request: Request) -> Response:
    """What programs may ask, to be read."""
    spec = request.app.openapi()
    page = rendered(request, "api.html.jinja", title="For programs", operations=reference.operations(spec), spec=spec)
    return given(request, page.encode("utf-8", "replace"), "text/html; charset=utf-8")


def _list(what: str, form: str, model: type[asked.Paged]) -> Callable[..., Response]:
    def give(request: Request, record: Opened, query: Annotated[Any, Query()]) -> Response:
        more = {"min_confidence": query.least(CONFIDENT[what])} if what in CONFIDENT else {}
        return downloading.whole_list(request, record, what, form, query.wanted(downloading.ROWS, **more))

    give.__annotations__["query"] = Annotated[model, Query()]
    return give


def _export(format: str) -> Callable[..., Response]:
    def give(request: Request, record: Opened, query: Annotated[Exported, Query()]) -> Response:
        return downloading.export(request, record, format, _selection(format, query))

    def give_whole(request: Request, record: Opened, _: Annotated[asked.Asked, Query()]) -> Response:
        return downloading.export(request, record, format, Selection())

    return give_whole if format in downloading.WHOLE else give


def _selection(format: str, query: Exported) -> Selection:
    """What is to be exported.

    Raises:
        QueryError: the format can't be asked so, or a day can't be read.
    """
    chosen = query.model_dump(exclude_defaults=True)
    put = ASSERTED | set(query.include)
    if format in TABLES and (untold := put - ASSERTED - TABLES[format].tells):
        raise QueryError(f"{format} has no place to say that an event is {' or '.join(sorted(untold))}")
    filters: dict[str, Any] = {name: value if isinstance(value, str | float) else frozenset(value) for name, value in chosen.items() if name != "include"}
    try:
        return Selection(put=put, **filters)
    except ValueError as error:
        raise QueryError(str(error)) from error


def _routes() -> None:
    for what, model in LISTS.items():
        for form, media_type in downloading.FORMS.items():
            _file(f"/data/{what}.{form}", _list(what, form, model), f"All {what}, as {FORMED[form]}", media_type)
    for name, (_, media_type) in downloading.EXPORTS.items():
        _file(f"/data/export/{name}", _export(name), f"Events or findings for others' tools: {OF_OTHERS[name]}", media_type)


def _file(path: str, give: Callable[..., Response], summary: str, media_type: str) -> None:
    schema = {"type": "string", **({} if media_type.startswith(("text/", "application/x-ndjson")) else {"format": "binary"})}
    kind = media_type.partition(";")[0]
    content: dict[str, Any] = {kind: {"schema": {} if kind.endswith("json") and "nd" not in kind else schema}}
    described: dict[int | str, dict[str, Any]] = {200: {"description": "The file", "content": content}}
    name = path.strip("/").replace("/", "_").replace(".", "_").replace("-", "_")
    router.add_api_route(path, longer("file", give), methods=["GET"], name=name, summary=summary, responses=described, response_class=Response)


serve(router, "/data", data, template="data.html.jinja", describe="What can be taken away")
serve(router, "/sql", longer("sql", sql), template="sql.html.jinja", describe="The rows of an SQL statement that reads", table={})
router.add_api_route("/api", api, methods=["GET"], include_in_schema=False, name="api", response_class=Response)
_routes()
