"""The ontology's tables as typed, immutable mappings."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import msgspec


class EventType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PLOVER event type or an occurrence.

    ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict;
    ``score`` PLOVER's conflict-cooperation score from -10 to 10; ``cameo`` the CAMEO code where the mode
    is not known. All three are None for an occurrence.
    """

    name: str
    kind: Literal["plover", "occurrence"]
    quad: int | None = None
    score: float | None = None
    requires_recipient: bool = False
    cameo: str | None = None
    definition: str
    modes: tuple[str, ...] = ()


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody does in taking a position.

    ``stance`` is None where what is asked decides (demand, urge). ``event_type`` is the PLOVER type of the
    event that performs the act, where there is one.
    """

    name: str
    stance: Literal["oppose", "support", "neutral"] | None = None
    event_type: str | None = None


class _Mode(msgspec.Struct, frozen=True):
    type: str
    mode: str
    cameo: str


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a table; an empty cell is left out."""
    with files("onrecord.ontology").joinpath(f"{name}.csv").open("r", encoding="utf-8") as lines:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(lines)]


def _types(modes: list[_Mode]) -> Mapping[str, EventType]:
    out: dict[str, EventType] = {}
    for row in _rows("types"):
        cells = {**row, "requires_recipient": row["requires_recipient"] == "yes", "modes": tuple(m.mode for m in modes if m.type == row["name"])}
        out[row["name"]] = msgspec.convert(cells, EventType, strict=False)
    return MappingProxyType(out)


_MODES = [msgspec.convert(row, _Mode) for row in _rows("modes")]
_CODES = {(m.type, m.mode): m.cameo for m in _MODES}
_PREFIXES = {row["prefix"]: row["type"] for row in _rows("cameo")}

EVENT_TYPES: Mapping[str, EventType] = _types(_MODES)
PLOVER: frozenset[str] = frozenset(t.name for t in EVENT_TYPES.values() if t.kind == "plover")
OCCURRENCES: frozenset[str] = frozenset(EVENT_TYPES) - PLOVER
QUADS: Mapping[int, str] = MappingProxyType({1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"})
CONTEXTS: Mapping[str, str] = MappingProxyType({row["name"]: row["definition"] for row in _rows("contexts")})
SECTORS: Mapping[str, str] = MappingProxyType({row["code"]: row["definition"] for row in _rows("sectors")})
ACTS: Mapping[str, Act] = MappingProxyType({row["name"]: msgspec.convert(row, Act) for row in _rows("acts")})
AUXILIARY_MODES: tuple[str, ...] = ("historical", "future", "hypothetical", "negation")


def quad(type: str) -> int | None:
    """The quad class of an event type; None for an occurrence.

    >>> quad("SANCTION")
    4
    """
    return EVENT_TYPES[type].quad


def cameo(type: str, mode: str | None = None) -> str | None:
    """The CAMEO code nearest to a type and mode; None for an occurrence.

    Crowd control is CAMEO's 175 (violent repression), which PLOVER's own crosswalk sends to COERCE.

    >>> cameo("ACCUSE", "allege")
    '112'

    Raises:
        KeyError: there is no such type.
    """
    return _CODES.get((type, mode or ""), EVENT_TYPES[type].cameo)


def from_cameo(code: str) -> str | None:
    """The PLOVER type of a CAMEO code, by its longest known prefix; None for the roots PLOVER drops (01, 02).

    >>> from_cameo("0841")
    'RETREAT'
    """
    for length in range(len(code), 1, -1):
        if code[:length] in _PREFIXES:
            return _PREFIXES[code[:length]]
    return None
