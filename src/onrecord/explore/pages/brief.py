"""Briefs on events and questions, to be taken away: a Word document, a workbook, and a folder that opens from disk."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field, model_validator
from starlette.responses import Response

from onrecord.explore import asked, briefs
from onrecord.explore.answer import given
from onrecord.explore.briefs.gathering import Point
from onrecord.explore.depending import Opened
from onrecord.explore.longer import longer
from onrecord.explore.pages.stands import BODIES, LONGEST, LOOKED_THROUGH, written
from onrecord.explore.problems import NotThereError
from onrecord.store import QueryError, Record

router = APIRouter(tags=["brief"])
OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: dict[str, tuple[Callable[[briefs.Brief], bytes], str, str]] = {
    "docx": (briefs.docx, f"{OFFICE}.wordprocessingml.document", "as a Word document"),
    "xlsx": (briefs.xlsx, f"{OFFICE}.spreadsheetml.sheet", "as a workbook"),
    "zip": (briefs.zipped, "application/zip", "as a folder with a page that opens from disk"),
}


class Asked(asked.Asked):
    """What a brief is on: an event or a question."""

    event: str | None = Field(None, description="The event's id, or that of a mention of it.")
    issue: str | None = Field(None, description="A question, as TOML: docs/issues.md tells how to write one.", max_length=LONGEST)
    holder: list[str] = Field([], description="Whose statement is looked for: an actor's id or name, or a country's code.", max_length=200)
    body: list[str] = Field([], description="The members of a body, to look for a statement of each.")
    as_of: datetime.date | None = Field(None, description="The last day that counts; of an event, also of publishing an article.")
    point: Point = Field("strict", description="strict: the positions that are surest; broad: all that are found.")

    @model_validator(mode="after")
    def _of_one(self) -> Asked:
        if (self.event is None) == (self.issue is None):
            raise ValueError("a brief is on an event or on an issue: give one of them")
        return self

    @property
    def holders(self) -> list[str]:
        """Everybody of whom a statement is looked for."""
        return [*self.holder, *(m for b in BODIES if b.id in self.body for m in b.members)]


def gathered(record: Record, query: Asked) -> briefs.Brief:
    """What the brief says."""
    if query.issue is not None:
        return briefs.on_issue(record, written(query.issue), as_of=query.as_of, holders=query.holders, point=query.point, most=LOOKED_THROUGH)
    try:
        return briefs.on_event(record, query.event or "", as_of=query.as_of, holders=query.holders, point=query.point)
    except QueryError as error:
        by = f" or reports it by {query.as_of}" if query.as_of else ""
        raise NotThereError(f"The record has no event {query.event!r}, or no article reports it any more{by}.") from error


def _give(form: str) -> Callable[..., Response]:
    make, media_type, _ = FORMS[form]

    def give(request: Request, record: Opened, query: Annotated[Asked, Query()]) -> Response:
        made = gathered(record, query)
        name = "".join(c if c.isascii() and c.isalnum() else "-" for c in made.id)[:80]
        return given(request, make(made), media_type, **{"content-disposition": f'attachment; filename="brief-{name}.{form}"'})

    return give


for _form, (_, _media, _how) in FORMS.items():
    _described: dict[int | str, dict[str, Any]] = {200: {"description": "The brief", "content": {_media: {"schema": {"type": "string", "format": "binary"}}}}}
    router.add_api_route(
        f"/brief.{_form}", longer("file", _give(_form)), methods=["GET"], name=f"brief_{_form}", summary=f"A brief on an event or a question, {_how}",
        responses=_described, response_class=Response,
    )  # fmt: skip
