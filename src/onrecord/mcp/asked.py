"""What the tools are asked with."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

MOST = 50
"""Rows of an answer."""

Point = Annotated[
    Literal["strict", "broad"],
    Field(description="strict: the surest findings, to be relied on most; broad: all that were found, also doubtful ones."),
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="The most rows of this answer.")]
Cursor = Annotated[str | None, Field(description="`next` of the answer before, to go on behind it.")]
Day = Annotated[str | None, Field(description="2021-03-09, 2021-03 or 2021.")]
Names = Annotated[list[str] | None, Field(max_length=20, description="Ids (CHL.GOV) or names of actors; any of them.")]
Countries = Annotated[list[str] | None, Field(max_length=50, description="ISO 3166 alpha-3 codes; any of them.")]
Words = Annotated[str | None, Field(max_length=300, description='Words of the article: all of them, "in this order", -without, this OR that.')]
Publishers = Annotated[list[str] | None, Field(max_length=50, description="Outlets, as articles name them; any of them.")]
Kinds = Annotated[list[str] | None, Field(max_length=40, description="Types (about_record lists them); any of them.")]
Id = Annotated[str, Field(min_length=1, max_length=500)]


def given(**filters: Any) -> dict[str, Any]:
    """The filters that something was given for."""
    return {name: value for name, value in filters.items() if value not in (None, [], "")}


def day(value: str | None) -> datetime.date | None:
    """A whole date.

    Raises:
        ToolError: it is none.
    """
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ToolError(f"{value!r} is no date: write 2021-03-09") from error
