"""Briefs on events, to be taken away: a Word document, a workbook, and a folder that opens from disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from onrecord.explore import briefs
from onrecord.explore.answer import given
from onrecord.explore.briefs.gathering import Point
from onrecord.explore.depending import Opened
from onrecord.explore.problems import NotThereError
from onrecord.store import QueryError

router = APIRouter(tags=["brief"])
OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: dict[str, tuple[Callable[[briefs.Brief], bytes], str, str]] = {
    "docx": (briefs.docx, f"{OFFICE}.wordprocessingml.document", "as a Word document"),
    "xlsx": (briefs.xlsx, f"{OFFICE}.spreadsheetml.sheet", "as a workbook"),
    "zip": (briefs.zipped, "application/zip", "as a folder with a page that opens from disk"),
}


class Asked(BaseModel):
    """What a brief is on."""

    model_config = ConfigDict(extra="forbid")

    event: str = Field(description="The event's id, or that of a mention of it.", min_length=1)
    point: Point = Field("strict", description="strict: the positions that are surest; broad: all that are found.")


def gathered(record: Opened, query: Annotated[Asked, Query()]) -> briefs.Brief:
    """What the brief says."""
    try:
        return briefs.on_event(record, query.event, point=query.point)
    except QueryError as error:
        raise NotThereError(f"The record has no event {query.event!r}, or no article reports it any more.") from error


def _give(form: str) -> Callable[..., Response]:
    make, media_type, _ = FORMS[form]

    def give(request: Request, record: Opened, query: Annotated[Asked, Query()]) -> Response:
        name = "".join(c if c.isalnum() or c == "-" else "-" for c in query.event)[:80]
        return given(request, make(gathered(record, query)), media_type, **{"content-disposition": f'attachment; filename="brief-{name}.{form}"'})

    return give


for _form, (_, _media, _how) in FORMS.items():
    _described: dict[int | str, dict[str, Any]] = {200: {"description": "The brief", "content": {_media: {"schema": {"type": "string", "format": "binary"}}}}}
    router.add_api_route(
        f"/brief.{_form}", _give(_form), methods=["GET"], name=f"brief_{_form}", summary=f"A brief on an event, {_how}",
        responses=_described, response_class=Response,
    )  # fmt: skip
