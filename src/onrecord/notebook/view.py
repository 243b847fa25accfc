"""A view: a piece of HTML that notebooks show, and that can be saved as a page."""

from __future__ import annotations

import functools
from collections.abc import Container
from pathlib import Path
from typing import Any

import jinja2

from onrecord.export.page import templates
from onrecord.records.showing import chosen


class View:
    """What :func:`onrecord.show` gives.

    Args:
        html: what to show; whatever of it comes from an article has been escaped.
        plain: what a terminal shows in its place.
    """

    def __init__(self, html: str, plain: str) -> None:
        self.html = html
        self.plain = plain

    def __repr__(self) -> str:
        return self.plain

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, include: Container[str] | None = None, exclude: Container[str] | None = None) -> dict[str, Any]:
        return chosen(self.bundle(), include, exclude)

    def bundle(self) -> dict[str, Any]:
        """By media type what a notebook can show of it."""
        return {"text/plain": self.plain, "text/html": self.html}

    def save(self, path: str | Path, *, title: str = "On record") -> None:
        """Write it as a page that needs nothing else.

        Args:
            path: the file, which is made anew.
            title: the page's.
        """
        Path(path).write_text(drawn("saved.html.jinja", title=title, view=self), encoding="utf-8")


def drawn(template: str, **given: Any) -> str:
    """A template of the notebook's, filled; it escapes whatever it is given."""
    return _templates().get_template(template).render(**given)


@functools.cache
def _templates() -> jinja2.Environment:
    return templates(jinja2.PackageLoader("onrecord.notebook", "templates"))
