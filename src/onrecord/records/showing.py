"""How a record is shown where a picture of it can be: a notebook asks it for HTML.

What makes the HTML lies far above the records, which import nothing; it is handed in once, by the package's own ``__init__``.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, Protocol


class Picture(Protocol):
    """What a notebook shows of something, by media type."""

    def bundle(self) -> dict[str, Any]:
        """By media type (``text/html``) what is shown; a notebook takes the richest that it can show."""


_makers: list[Callable[[Any], Picture]] = []


class Shown:
    """A mixin: notebooks show what inherits it richly (``_repr_html_``, ``_repr_mimebundle_``)."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        return _bundle(self).get("text/html")

    def _repr_mimebundle_(self, include: Container[str] | None = None, exclude: Container[str] | None = None) -> dict[str, Any]:
        return chosen(_bundle(self), include, exclude)


def show_by(make: Callable[[Any], Picture]) -> None:
    """Hand in what makes pictures; it takes the place of what was handed in before."""
    _makers[:] = [make]


def chosen(bundle: dict[str, Any], include: Container[str] | None, exclude: Container[str] | None) -> dict[str, Any]:
    """Of a bundle the media types that a notebook asks for."""
    return {kind: body for kind, body in bundle.items() if (not include or kind in include) and (not exclude or kind not in exclude)}


def _bundle(thing: Any) -> dict[str, Any]:
    return _makers[0](thing).bundle() if _makers else {}
