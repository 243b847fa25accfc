"""Words as data: TOML rules and CSV tables, read through one loader with a schema.

Each room declares the shape of its own rows as a :class:`Rule` or a :class:`msgspec.Struct` and calls
:func:`rules` or :func:`table`. In come the name of a file below ``lexicons/<language>/`` and that shape; out comes a tuple of such rows.
An unknown key, a missing one or a value of the wrong type is an error
that names the file and the row.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import msgspec

__all__ = ["LexiconError", "Rule", "all_rules", "rules", "table"]


class LexiconError(ValueError):
    """A lexicon file does not fit its schema."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every rule has: an id that findings name, sentences it must fire on and sentences it must not."""

    id: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


R = TypeVar("R", bound=Rule)
Row = TypeVar("Row", bound=msgspec.Struct)


def rules(name: str, shape: type[R], *, language: str = "en") -> tuple[R, ...]:
    """The ``[[rule]]`` tables of ``lexicons/<language>/<name>.toml``, in file order.

    Raises:
        LexiconError: the file is missing, is not TOML, or a rule does not fit ``shape`` or repeats an id.
    """
    path = _file(f"{name}.toml", language)
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: {error}") from error
    out: list[R] = []
    seen: set[str] = set()
    for number, raw in enumerate(body.get("rule", ()), 1):
        rule = _convert(raw, shape, f"{path}, rule {number} ({raw.get('id', 'no id')})")
        if rule.id in seen:
            raise LexiconError(f"{path}: two rules have the id {rule.id}")
        seen.add(rule.id)
        out.append(rule)
    return tuple(out)


def table(name: str, shape: type[Row], *, language: str = "en") -> tuple[Row, ...]:
    """The rows of ``lexicons/<language>/<name>.csv``; an empty cell takes the field's default.

    A cell of a field whose type is a tuple is split at ``|``.

    Raises:
        LexiconError: the file is missing, a column is unknown or a cell does not fit ``shape``.
    """
    path = _file(f"{name}.csv", language)
    lists = {f.encode_name for f in msgspec.structs.fields(shape) if getattr(f.type, "__origin__", None) is tuple}
    known = {f.encode_name for f in msgspec.structs.fields(shape)}
    with path.open("r", encoding="utf-8") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        if unknown := set(header) - known:
            raise LexiconError(f"{path}: unknown column {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
        rows, numbers = [], []
        for cells in reader:
            if len(cells) > len(header):
                raise LexiconError(f"{path}, line {reader.line_num}: more cells than columns")
            if cells:
                rows.append({k: [x.strip() for x in v.split("|")] if k in lists else v for k, v in zip(header, cells, strict=False) if v})
                numbers.append(reader.line_num)
    try:
        return msgspec.convert(rows, tuple[shape, ...], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError:  # once more, a row at a time, to say in which line
        return tuple(_convert(row, shape, f"{path}, line {number}", strict=False) for row, number in zip(rows, numbers, strict=True))


def all_rules(*, language: str = "en") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every rule of every room as it stands in its file, with the file's name (``events/accuse``)."""
    top = files("onrecord.lexicons").joinpath(language)
    for room in sorted(top.iterdir(), key=lambda x: x.name):
        if not room.is_dir():
            continue
        for file in sorted(room.iterdir(), key=lambda x: x.name):
            if file.name.endswith(".toml"):
                for rule in tomllib.loads(file.read_text(encoding="utf-8")).get("rule", ()):
                    yield f"{room.name}/{file.name.removesuffix('.toml')}", rule


def _file(name: str, language: str) -> Traversable:
    path = files("onrecord.lexicons").joinpath(language, *name.split("/"))
    if not path.is_file():
        raise LexiconError(f"there is no lexicon {language}/{name}")
    return path


S = TypeVar("S", bound=msgspec.Struct)


def _convert(raw: object, shape: type[S], where: str, *, strict: bool = True) -> S:
    try:
        return msgspec.convert(raw, shape, strict=strict)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{where}: {error}") from error
