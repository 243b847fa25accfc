"""Templates, and what they say things with."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import unquote, urlencode

import jinja2
from starlette.requests import Request

from onrecord.explore import words
from onrecord.explore.visible import visible


@cache
def environment() -> jinja2.Environment:
    """The templates; whatever is put into one is escaped."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.explore", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    made.filters.update(words.FILTERS, visible=visible)
    made.globals.update(to=to, pages=PAGES, acts=words.ACTS, stances=words.STANCES, types=words.TYPES, sectors=words.SECTORS, put=words.PUT)
    return made


PAGES = (
    *(("/", "Overview"), ("/events", "Events"), ("/positions", "Positions"), ("/quotes", "Quotes"), ("/actors", "Actors"), ("/articles", "Articles")),
    *(("/matrix", "Matrix"), ("/framing", "Framing"), ("/map", "Map"), ("/sources", "Sources"), ("/data", "Data")),
)
"""What the navigation leads to."""
REVIEWER = "onrecord_reviewer"
"""The cookie with the name under which somebody reviewed last."""


def to(path: str, **query: Any) -> str:
    """The address of a page; ids stand in the query, since an id may hold any character.

    >>> to("/event", id="a/b")
    '/event?id=a%2Fb'
    """
    given = {name: value for name, value in query.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def rendered(request: Request, template: str, **values: Any) -> str:
    """A page."""
    page = environment().get_template(template)
    known = {
        "path": request.url.path,
        "query": request.url.query,
        "settings": request.app.state.settings,
        "signed_in": getattr(request.state, "signed_in", False),
        "reviewer": unquote(request.cookies.get(REVIEWER, "")),
    }
    return page.render(**known, **values)
