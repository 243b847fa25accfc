"""Reviews: who holds which reading to be right, right once corrected, or wrong; and which articles were corrected or retracted."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.cluster.linker import Linker
from onrecord.explore.answer import Answer, given, serve
from onrecord.explore.asked import Asked, Paged
from onrecord.explore.correcting import changed, fields
from onrecord.explore.depending import Opened, Set
from onrecord.explore.problems import NotThereError
from onrecord.explore.templating import REVIEWER, rendered, to
from onrecord.store import Record, RecordError
from onrecord.store.query import SCHEMAS

router = APIRouter(tags=["reviews"])
Verdict = Literal["confirmed", "corrected", "rejected"]
Kind = Literal["correction", "retraction", "lifted"]
LONGEST = 2_000
A_YEAR = 365 * 24 * 3600
WRITTEN: dict[int | str, dict[str, Any]] = {
    201: {"description": "As it is kept"},
    401: {"description": "The token is missing"},
    403: {"description": "This explorer only reads"},
    404: {"description": "There is no such finding or article"},
    422: {"description": "It can't be reviewed so"},
}


class Wanted(Paged):
    """Which reviews."""

    verdict: Verdict | None = Field(None, description="confirmed, corrected or rejected.")
    room: Literal["actors", "places", "times", "attributions", "events", "positions", "framing"] | None = Field(None, description="Of findings of which kind.")
    reviewer: str | None = Field(None, description="By whom.")
    article: str | None = Field(None, description="Of findings in this article, by id.")
    finding: str | None = Field(None, description="Of this finding, by id.")
    earlier: bool = Field(False, description="Also those that later ones have replaced.")


class WantedNotes(Paged):
    """Which notes on articles."""

    article: str | None = Field(None, description="On this article, by id.")


class OneFinding(Asked):
    """Which finding."""

    id: str = Field(description="The finding's id.", min_length=1, max_length=LONGEST)
    article: str | None = Field(None, description="The article that it is in.", max_length=LONGEST)
    back: str = Field("", description="Where to go afterwards.", max_length=LONGEST)


class Review(BaseModel):
    """What somebody says of a finding."""

    model_config = ConfigDict(extra="forbid")

    finding: str = Field(description="Its id.", min_length=1, max_length=LONGEST)
    verdict: Verdict
    by: str = Field(description="Who says so.", min_length=1, max_length=LONGEST)
    note: str | None = Field(None, description="Why.", max_length=LONGEST)
    fields: dict[str, Any] = Field({}, description='What is corrected: {"act": "criticise"}; docs/record.md has the names.')
    article: str | None = Field(None, description="The article it is in, where several have a finding of that id.", max_length=LONGEST)


class Note(BaseModel):
    """What a publisher did to an article."""

    model_config = ConfigDict(extra="forbid")

    article: str = Field(description="Its id.", min_length=1, max_length=LONGEST)
    kind: Kind
    by: str = Field(description="Who notes it.", min_length=1, max_length=LONGEST)
    note: str | None = Field(None, description="What the publisher says.", max_length=LONGEST)


def reviews(record: Opened, settings: Set, query: Annotated[Wanted, Query()]) -> Answer:
    """The reviews, the last first."""
    asked = query.model_dump(exclude_none=True)
    table = record.reviews(**{"limit": settings.rows, **asked})
    data: dict[str, Any] = {"rows": table.rows, "next": table.next, "notes": table.notes}
    return Answer(title="Reviews", data=data, table=table, shown={"asked": query, "loads": json.loads})


def notes(record: Opened, settings: Set, query: Annotated[WantedNotes, Query()]) -> Answer:
    """What is noted of articles, the last first."""
    table = record.corrections(**{"limit": settings.rows, **query.model_dump(exclude_none=True)})
    data: dict[str, Any] = {"rows": table.rows, "next": table.next, "notes": table.notes}
    return Answer(title="Corrections and retractions", data=data, table=table, shown={"asked": query})


@router.get("/review", include_in_schema=False)
def review_page(request: Request, record: Opened, query: Annotated[OneFinding, Query()]) -> Response:
    """The form with which a finding is corrected, and what was said of it so far."""
    return _page(request, record, query)


@router.post("/reviews", summary="Review a finding", status_code=HTTPStatus.CREATED, responses=WRITTEN, response_class=Response)
def add_review(record: Opened, review: Review) -> Response:
    """Confirm, correct or reject a finding; it counts until somebody says something else of it."""
    try:
        row = _reviewed(record, review)
    except RecordError as error:
        raise _refused(error) from error
    return Response(msgspec.json.encode(row), HTTPStatus.CREATED, media_type="application/json")


@router.post("/corrections", summary="Note a correction or retraction", status_code=HTTPStatus.CREATED, responses=WRITTEN, response_class=Response)
def add_note(record: Opened, note: Note) -> Response:
    """Note that an article was corrected or retracted, which marks every finding in it."""
    try:
        row = record.correct_article(note.article, note.kind, by=note.by, note=note.note)
    except RecordError as error:
        raise _refused(error) from error
    return Response(msgspec.json.encode(row), HTTPStatus.CREATED, media_type="application/json")


@router.post("/review", include_in_schema=False)
async def review(request: Request, record: Opened) -> Response:
    """Take a form that reviews a finding."""
    form = {name: str(value)[:LONGEST] for name, value in (await request.form()).items()}
    asked = OneFinding(id=form.get("finding") or "-", article=form.get("article") or None, back=form.get("back", ""))
    name, verdict = form.get("by", "").strip(), form.get("verdict", "")

    def answered() -> Response:
        corrections: dict[str, Any] = {}
        if verdict == "corrected":
            _, room, coded = _found(record, asked.id)
            corrections = changed(room, coded, {n.removeprefix("set-"): v for n, v in form.items() if n.startswith("set-")})
        if not name:
            return _page(request, record, asked, form=form, problem="say who you are")
        if verdict == "corrected" and not corrections:
            return _page(request, record, asked, form=form, problem="nothing is corrected: change a field, or say that it is right as it is")
        try:
            said = Review.model_construct(
                finding=asked.id, verdict=verdict, by=name, note=form.get("note", "").strip() or None, fields=corrections, article=asked.article
            )
            _reviewed(record, said)
        except RecordError as error:
            return _page(request, record, asked, form=form, problem=str(error))
        return _led_back(asked.back or to("/finding", id=asked.id), name)

    return await run_in_threadpool(answered)


@router.post("/correction", include_in_schema=False)
async def correction(request: Request, record: Opened) -> Response:
    """Take a form that says what a publisher did to an article."""
    form = {name: str(value)[:LONGEST] for name, value in (await request.form()).items()}
    article, name = form.get("article", ""), form.get("by", "").strip()
    if not name:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "say who you are")
    try:
        await run_in_threadpool(_noted(record, article, form.get("kind", ""), name, form.get("note", "").strip() or None))
    except RecordError as error:
        raise _refused(error) from error
    return _led_back(to("/article", id=article), name)


def _noted(record: Record, article: str, kind: str, by: str, note: str | None) -> Callable[[], object]:
    return lambda: record.correct_article(article, kind, by=by, note=note)


def _reviewed(record: Record, said: Review) -> dict[str, Any]:
    """Keep a review; events are put together anew where it changes one."""
    row = record.review(said.finding, said.verdict, by=said.by, note=said.note, fields=said.fields, article=said.article)
    if row["room"] == "events":
        record.link(Linker())
    return row


def _found(record: Record, id: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """A finding as it was coded, its room, and its report."""
    hit = record.finding(id)
    if hit is None or hit[2]["id"] != id:
        raise NotThereError(f"the record has no finding {id!r}")
    return hit


def _page(request: Request, record: Record, asked: OneFinding, *, form: dict[str, str] | None = None, problem: str = "") -> Response:
    body, room, coded = _found(record, asked.id)
    past = record.reviews(finding=asked.id, earlier=True).rows
    held = next((r for r in past if r["current"] and r["verdict"] == "corrected"), None)
    asked_fields = fields(room, coded, json.loads(held["fields"]) if held else {})
    quoted = _words(room, coded)
    page = rendered(
        request, "review.html.jinja", title="Review a finding", finding=coded, room=room, article=body["article"], past=past, fields=asked_fields,
        quoted=quoted, form=form or {}, problem=problem, back=_local(asked.back),
        actors=[(a["id"], a["name"]) for a in body["actors"]], of=asked.article or body["article"]["id"],
    )  # fmt: skip
    answer = given(request, page.encode("utf-8", "replace"), "text/html; charset=utf-8")
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if problem else answer.status_code
    return answer


def _words(room: str, coded: dict[str, Any]) -> str:
    """The characters that say what a finding says."""
    match room:
        case "events" | "positions":
            return str(coded["evidence"]["text"])
        case "attributions":
            return " … ".join(s["text"] for s in (*coded["source"], *coded["cue"], *coded["content"]))
        case "actors":
            return str(coded["mentions"][0]["text"])
        case "framing":
            return str(coded["term"]["text"])
        case _:
            return str(coded["text"])


def _local(where: str) -> str:
    """An address of this explorer; any other leads nowhere."""
    return where if where.startswith("/") and not where.startswith(("//", "/\\")) and "\n" not in where and "\r" not in where else ""


def _led_back(where: str, name: str) -> Response:
    """The way back, with the name remembered."""
    answer = RedirectResponse(_local(where) or "/reviews", HTTPStatus.SEE_OTHER)
    answer.set_cookie(REVIEWER, quote(name), max_age=A_YEAR, httponly=True, samesite="strict")
    return answer


def _refused(error: RecordError) -> HTTPException:
    missing = str(error).startswith("the record has no")
    return HTTPException(HTTPStatus.NOT_FOUND if missing else HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


serve(router, "/reviews", reviews, template="reviews.html.jinja", describe="Reviews of findings", table=SCHEMAS["reviews"])
serve(router, "/corrections", notes, template="corrections.html.jinja", describe="Corrections and retractions of articles", table=SCHEMAS["corrections"])
