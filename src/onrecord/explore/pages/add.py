"""Adding articles from a page: a pasted text, files or an address; and how far that is."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.explore.adding import Adding, FullError, Given, Job
from onrecord.explore.answer import Answer, given, serve
from onrecord.explore.problems import NotThereError, wants_page
from onrecord.explore.templating import rendered, to
from onrecord.read import published_date

router = APIRouter(tags=["adding"])
LONGEST = 1_000_000
LINE = 2_000
TAKEN: dict[int | str, dict[str, Any]] = {
    202: {"description": "It waits to be added; the header location says where to ask how far it is"},
    303: {"description": "The same, for a browser"},
    403: {"description": "This explorer only reads, or codes nothing"},
    422: {"description": "Something that was given can't be read"},
    429: {"description": "As much is waiting as may"},
}


def _adding(request: Request) -> Adding:
    adding: Adding | None = request.app.state.adding
    if adding is None:
        raise HTTPException(HTTPStatus.FORBIDDEN, "nothing can be added here: start the explorer with --write")
    return adding


Queue = Annotated[Adding, Depends(_adding)]


class Known(BaseModel):
    """What is known of what is given, where a document does not say it itself."""

    model_config = ConfigDict(extra="forbid")

    publisher: str | None = Field(None, max_length=LINE, description="Who published it.")
    published: str | None = Field(None, max_length=LINE, description="When: 2021-03-09.")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        return {k: v for k, v in given.items() if not (isinstance(v, str) and not v.strip())} if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _dated(self) -> Known:
        if self.published is not None and published_date(self.published) is None:
            raise ValueError("the day can't be read: write it as 2021-03-09")
        return self


class PastedText(Known):
    """A text."""

    text: str = Field(max_length=LONGEST, description="The text of an article.")
    title: str | None = Field(None, max_length=LINE, description="Its headline.")
    url: str | None = Field(None, max_length=LINE, description="Its address.")


class AtAddress(Known):
    """An address."""

    address: str = Field(max_length=LINE, description="https://…; the page or file there is fetched.")


@router.get("/add", include_in_schema=False)
def add_page(request: Request) -> Response:
    """The forms."""
    adding: Adding | None = request.app.state.adding
    mine = request.state.signed_in and adding is not None
    jobs = [_described(job) for job in adding.jobs()] if adding is not None and mine else []
    if adding is not None and mine:
        adding.prepare()
    page = rendered(request, "add.html.jinja", title="Add articles", jobs=jobs, can=adding is not None)
    return given(request, page.encode("utf-8", "replace"), "text/html; charset=utf-8")


@router.post("/add/text", summary="Add a text", status_code=HTTPStatus.ACCEPTED, responses=TAKEN, response_class=Response)
def add_text(request: Request, adding: Queue, form: Annotated[PastedText, Form()]) -> Response:
    """Add a pasted text."""
    return _taken(request, adding, Given(text=form.text, title=form.title, publisher=form.publisher, published=form.published, url=form.url))


@router.post("/add/address", summary="Fetch a document and add it", status_code=HTTPStatus.ACCEPTED, responses=TAKEN, response_class=Response)
def add_address(request: Request, adding: Queue, form: Annotated[AtAddress, Form()]) -> Response:
    """Fetch a document from the public web, and add it."""
    return _taken(request, adding, Given(address=form.address.strip(), publisher=form.publisher, published=form.published))


@router.post("/add/files", summary="Add files", status_code=HTTPStatus.ACCEPTED, responses=TAKEN, response_class=Response)
def add_files(
    request: Request,
    adding: Queue,
    files: Annotated[list[UploadFile], File(description="Files of any format that `onrecord code` reads.")],
    publisher: Annotated[str, Form(max_length=LINE)] = "",
    published: Annotated[str, Form(max_length=LINE)] = "",
) -> Response:
    """Add uploaded files."""
    kept = [f for f in files if f.filename]
    day = published.strip() or None
    if not kept:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "choose a file first")
    if day is not None and published_date(day) is None:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "published: the day can't be read: write it as 2021-03-09")
    return _taken(request, adding, Given(publisher=publisher.strip() or None, published=day), [(f.filename, f.file) for f in kept])


@router.post("/adding/stop", include_in_schema=False)
def stop(adding: Queue, id: Annotated[str, Query(max_length=LINE)]) -> Response:
    """End an adding after the batch that is being written."""
    adding.stop(id)
    return RedirectResponse(to("/adding", id=id), HTTPStatus.SEE_OTHER)


def progress(request: Request, id: Annotated[str, Query(max_length=LINE, description="What the header location of the answer to adding said.")]) -> Answer:
    """How far an adding is."""
    adding: Adding | None = request.app.state.adding
    job = adding.job(id) if adding is not None else None
    if job is None:
        raise NotThereError("nothing was added under that id since the explorer was started")
    return Answer(title=f"Adding: {job.what}", data=_described(job))


def _described(job: Job) -> dict[str, Any]:
    so_far = job.progress
    return {"id": job.id, "what": job.what, "at": job.at, "ended": so_far.ended, **msgspec.to_builtins(so_far)}


def _taken(request: Request, adding: Adding, what: Given, files: Any = ()) -> Response:
    try:
        job = adding.add(what, files)
    except FullError as error:
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, str(error)) from error
    where = to("/adding", id=job.id)
    if wants_page(request):
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)
    body = msgspec.json.encode({"id": job.id, "progress": to("/adding.json", id=job.id)})
    return Response(body, HTTPStatus.ACCEPTED, media_type="application/json", headers={"location": where})


serve(router, "/adding", progress, template="adding.html.jinja", describe="How far an adding is")
