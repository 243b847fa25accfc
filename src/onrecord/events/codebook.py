"""A user's codebook: event types, modes, word classes and phrases of their own, read from one TOML file.

docs/codebooks.md tells how to write one.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import msgspec

from onrecord.events.codebook_tables import MISSING, OwnClass, OwnMode, OwnType, class_problems, mode_problems, rule_problems, type_problems
from onrecord.events.lexicon import TriggerRule
from onrecord.lexicons import LexiconError

PLAIN: Mapping[str, str] = MappingProxyType(
    {"array": "a list in brackets", "object": "a table", "bool": "true or false", "str": "text in quotes", "int": "a whole number", "float": "a number"}
)
"""What a schema calls the kinds of values, in words."""


class CodebookError(LexiconError):
    """A codebook can't be used. Each of its ``problems`` names file, line and table, and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


Shape = TypeVar("Shape", OwnType, OwnMode, OwnClass, TriggerRule)


@dataclasses.dataclass(frozen=True, slots=True)
class Table(Generic[Shape]):
    """A table of a codebook: what it says, and where it stands.

    Attributes:
        value: its content.
        path: the file, as it was given.
        line: the line of its heading; None where it can't be told (tables written in one line).
        name: what messages call it (``[[rule]] labour.strike``).
        raw: its keys and values as they are written.
    """

    value: Shape
    path: str
    line: int | None
    name: str
    raw: Mapping[str, Any]

    @property
    def where(self) -> str:
        """File, line and name, as messages begin."""
        return place(self.path, self.line, self.name)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """What one file adds. ``digest`` is the start of the SHA-256 of the file, by which a report names the codebook it was made with."""

    path: str
    digest: str
    types: tuple[Table[OwnType], ...]
    modes: tuple[Table[OwnMode], ...]
    classes: tuple[Table[OwnClass], ...]
    rules: tuple[Table[TriggerRule], ...]

    @classmethod
    def read(cls, path: str | Path) -> Codebook:
        """The codebook in a file, each table checked by itself.

        Raises:
            CodebookError: the file can't be read, is not TOML, or tables have unknown, missing or wrong keys.
        """
        try:
            data = Path(path).read_bytes()
            body = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
        except OSError as error:
            raise CodebookError([f"{path}: can't be read ({error.strerror}): give the path of a TOML file"]) from error
        except UnicodeDecodeError as error:
            raise CodebookError([f"{path}: is not UTF-8: save it as UTF-8"]) from error
        except tomllib.TOMLDecodeError as error:
            raise CodebookError([f"{path}: is not TOML: {error}"]) from error
        reader = _Reader(str(path), data.decode("utf-8-sig"), body)
        book = cls(
            path=str(path),
            digest=hashlib.sha256(data).hexdigest()[:8],
            types=tuple(reader.tables("type", OwnType, type_problems)),
            modes=tuple(reader.tables("mode", OwnMode, mode_problems)),
            classes=tuple(reader.tables("class", OwnClass, class_problems)),
            rules=tuple(reader.tables("rule", TriggerRule, rule_problems)),
        )
        if reader.problems:
            raise CodebookError(reader.problems)
        return book

    def tables(self) -> Iterator[Table[OwnType] | Table[OwnMode] | Table[OwnClass] | Table[TriggerRule]]:
        """All its tables."""
        yield from self.types
        yield from self.modes
        yield from self.classes
        yield from self.rules

    def __str__(self) -> str:
        return f"{Path(self.path).name}#{self.digest}"


class _Reader:
    """The tables of a file, with what is wrong with them."""

    KEYS = ("type", "mode", "class", "rule")

    def __init__(self, path: str, text: str, body: Mapping[str, Any]) -> None:
        self.path, self.body = path, body
        self.lines = text.split("\n")
        self.problems: list[str] = []
        for key in body:
            if key not in self.KEYS:
                self.problems.append(
                    f"{place(path, self._line_of(0, key), key)}: a codebook has no {key}: it has [[type]], [[mode]], [[class]] and [[rule]] tables"
                )
            elif not isinstance(body[key], list) or not all(isinstance(x, dict) for x in body[key]):
                self.problems.append(f"{path}: write [[{key}]] with two brackets, for there can be several")
        if not self.problems and not any(body.values()):
            self.problems.append(f"{path}: is empty: a codebook has [[type]], [[mode]], [[class]] or [[rule]] tables")

    def tables(self, key: str, shape: type[Shape], check: Callable[[Shape], Iterable[str]]) -> Iterator[Table[Shape]]:
        """The tables of a kind that fit their shape; the others become problems."""
        raws = self.body.get(key, ())
        if not isinstance(raws, list) or not all(isinstance(x, dict) for x in raws):
            return
        heading = re.compile(rf"\s*\[\[\s*[\"']?{key}[\"']?\s*\]\]")
        starts = [n for n, line in enumerate(self.lines, 1) if heading.match(line)]
        for number, raw in enumerate(raws):
            line = starts[number] if len(starts) == len(raws) else None
            name = f"[[{key}]] {raw.get('id') or raw.get('name') or f'number {number + 1}'}"
            try:
                value = msgspec.convert(raw, shape, strict=True)
            except msgspec.ValidationError as error:
                self.problems.extend(f"{place(self.path, self._line_of(line, k) if k else line, name)}: {p}" for k, p in _misfits(raw, shape, key, error))
                continue
            found = list(check(value))
            self.problems.extend(f"{place(self.path, line, name)}: {p}" for p in found)
            if not found:
                yield Table(value, self.path, line, name, MappingProxyType(raw))

    def _line_of(self, start: int | None, key: str) -> int | None:
        """The line of a key at or behind the line ``start``; that line where it can't be told."""
        if start is None:
            return None
        at = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
        return next((n for n, line in enumerate(self.lines[start:], start + 1) if at.match(line)), start or None)


def _misfits(raw: Mapping[str, Any], shape: type[msgspec.Struct], key: str, error: msgspec.ValidationError) -> Iterator[tuple[str, str]]:
    """What keeps a table from its shape: each time the key, where there is one, and the problem."""
    fields = {f.name: f for f in msgspec.structs.fields(shape)}
    any_found = False
    for name in raw:
        if name not in fields:
            any_found = True
            yield name, f"there is no key {name}{meant(name, fields)}; a [[{key}]] can have {', '.join(sorted(fields))}"
    for name, field in fields.items():
        if field.required and name not in raw:
            any_found = True
            yield "", f"{name} is missing: {MISSING.get(name, 'give it')}"
    if not any_found:
        where = re.search(r" - at `\$\.(\w+)", str(error))
        name = where[1] if where else ""
        what = str(error).partition(" - at ")[0].replace("`", "")
        for technical, plain in PLAIN.items():
            what = re.sub(rf"\b{technical}\b", plain, what)
        yield name, f"{name}: {what[:1].lower()}{what[1:]}" if name else what


def place(path: str, line: int | None, name: str = "") -> str:
    """Where something stands, as messages begin."""
    return ", ".join(x for x in (path, f"line {line}" if line else "", name) if x)


def meant(name: str, known: Iterable[str]) -> str:
    """What a name that there is not may be a slip for, in brackets; nothing where nothing is close."""
    close = difflib.get_close_matches(name, list(known), 1)
    return f" (did you mean {close[0]}?)" if close else ""
