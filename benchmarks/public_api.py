"""Writes ``docs/public-api.md``: every public name with its signature and its first sentence: ``python -m benchmarks.public_api``.

A test compares the page with the code, so that a public name changes only by will, and stands in the difference of that page.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, is_typeddict

from benchmarks.page import DOCS

PAGE = DOCS / "public-api.md"
MODULES: dict[str, tuple[str, ...]] = {
    "onrecord": (),
    "onrecord.records": (),
    "onrecord.schemas": (),
    "onrecord.read": (),
    "onrecord.pipeline": (),
    "onrecord.spacy_component": (),
    "onrecord.operating": (),
    "onrecord.ontology": (),
    "onrecord.issues": (),
    "onrecord.store": (),
    "onrecord.cluster.linker": ("Linker",),
    "onrecord.export": (),
    "onrecord.annotate": (),
    "onrecord.evaluate": (),
    "onrecord.explore": (),
    "onrecord.mcp": (),
    "onrecord.notebook": (),
    "onrecord.watch": (),
    "onrecord.scale": (),
}
"""The public modules; of one that has no ``__all__`` the public names."""
HEAD = """\
# The Python surface

Made from the code by `python -m benchmarks.public_api`. These names are public: [what that promises](stability.md). A test fails where code and page differ,
so that a change of a public name is always a change of this page. The report's JSON has [a schema](report-format.md), the command line
[its own page](command-line.md), the explorer's interface [another](api.md).

The rooms (`onrecord.actors`, `places`, `times`, `attribution`, `events`, `positions`, `framing`), `onrecord.parse`, `onrecord.encoder`, `onrecord.cluster`
and `onrecord.lexicons` can be used alone; what they take and give may change in a minor version, and the changelog then says so.
"""
OF_PYTHON = ("builtins", "typing", "enum", "abc", "collections", "dataclasses", "msgspec")


def page() -> str:
    """The page as it is to be."""
    return "\n".join([HEAD, *(line for name in MODULES for line in _module(import_module(name)))])


def _names(module: str) -> list[str]:
    """The public names of a module."""
    return sorted(MODULES[module] or import_module(module).__all__)


def _module(module: ModuleType) -> Iterator[str]:
    yield f"## `{module.__name__}`\n"
    yield f"{_sentence(module.__doc__)}\n"
    for name in _names(module.__name__):
        yield from _name(module.__name__, name, getattr(module, name))
    yield ""


def _name(module: str, name: str, value: Any) -> Iterator[str]:
    """A public name, with what it is and takes; one that is shown with another module is only named."""
    home = getattr(value, "__module__", None) or ""
    others = (m for m in MODULES if m != "onrecord" and getattr(import_module(m), name, None) is value and name in _names(m))
    shown = next(others, module)
    if shown != module and home.startswith("onrecord"):
        yield f"- `{name}`: see [`{shown}`](#{re.sub('[^a-z0-9-]', '', shown)})"
    elif inspect.isclass(value):
        yield from _class(name, value)
    elif inspect.isroutine(value):
        yield f"- `{name}{signature(value)}`: {_sentence(value.__doc__)}"
    elif isinstance(value, str | int | float):
        yield f"- `{name}`: a {type(value).__name__}"
    else:
        yield f"- `{name}`: {_kind(value)}"


def _kind(value: Any) -> str:
    """What a name stands for that is neither a class nor a function."""
    made = type(value)
    return f"`{value}`".replace("typing.", "") if made.__module__ == "typing" else f"a {made.__name__}"


def _class(name: str, kind: type) -> Iterator[str]:
    bases = ", ".join(b.__name__ for b in kind.__bases__ if (b is not object and b.__module__ not in OF_PYTHON) or b in (Exception, ValueError))
    yield f"- class `{name}{f'({bases})' if bases else ''}`: {_sentence(kind.__doc__)}"
    if is_typeddict(kind):
        yield f"    - keys {', '.join(f'`{key}`' for key in kind.__annotations__)}"
        return
    if issubclass(kind, BaseException):
        return
    if dataclasses.is_dataclass(kind) or hasattr(kind, "__struct_fields__") or "__init__" in vars(kind):
        yield f"    - `{name}{signature(kind)}`"
    for member in sorted(dir(kind)):
        found = next((vars(k)[member] for k in kind.__mro__ if member in vars(k) and k.__module__.startswith("onrecord")), None)
        if member.startswith("_") or found is None:
            continue
        if isinstance(found, property):
            yield f"    - `.{member}`: {_sentence(found.__doc__)}"
        elif isinstance(found, classmethod | staticmethod) or inspect.isfunction(found):
            yield f"    - `.{member}{signature(getattr(kind, member))}`: {_sentence(getattr(kind, member).__doc__)}"


def signature(of: Any) -> str:
    """A signature, the same in every version of Python."""
    try:
        found = inspect.signature(of)
    except ValueError:
        return "(…)"
    kept = [p.replace(default=_Shown(p.default)) if p.default is not p.empty else p for p in found.parameters.values() if p.name != "self"]
    text = str(found.replace(parameters=kept))
    return re.sub(r"'([^']*)'(?=[,)=:]| =|$)", r"\1", text)


class _Shown:
    """A default as it is written down."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __repr__(self) -> str:
        plain = self._value is None or isinstance(self._value, str | int | float | bool | tuple)
        return f'"{self._value}"' if isinstance(self._value, str) else repr(self._value) if plain else "…"


def _sentence(doc: str | None) -> str:
    """The first sentence of a docstring, in one line."""
    first = inspect.cleandoc(doc or "").split("\n\n")[0].replace("\n", " ")
    return re.sub(r":\w+:`~?([^`]*)`", r"`\1`", first).replace("``", "`")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
