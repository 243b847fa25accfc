"""The ontology's tables as typed, immutable mappings."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import msgspec


class EventType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PLOVER event type, an occurrence, or a type of a user's own.

    ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict;
    ``score`` PLOVER's conflict-cooperation score from -10 to 10; ``cameo`` the CAMEO code where the mode
    is not known. All three are None for an occurrence, score and perhaps code for a type of a user's own.
    ``things`` says whether it can be done to a thing or to people that are no known actor.
    """

    name: str
    kind: Literal["plover", "occurrence", "own"]
    quad: int | None = None
    score: float | None = None
    requires_recipient: bool = False
    cameo: str | None = None
    things: bool = False
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


class Mode(msgspec.Struct, frozen=True):
    """A mode of an event type, with its CAMEO code; without one it has the type's."""

    type: str
    mode: str
    cameo: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Ontology:
    """Event types and the codes of their modes: the packaged ones, or those with a user's own beside them."""

    types: Mapping[str, EventType]
    codes: Mapping[tuple[str, str], str]

    def quad(self, type: str) -> int | None:
        """The quad class of an event type; None for an occurrence."""
        return self.types[type].quad

    def cameo(self, type: str, mode: str | None = None) -> str | None:
        """The CAMEO code nearest to a type and mode; None where it has none."""
        return self.codes.get((type, mode or ""), self.types[type].cameo)

    def extended(self, types: Iterable[EventType], modes: Iterable[Mode]) -> Ontology:
        """This ontology with more types, and with more modes of these or the known ones."""
        all_types = {**self.types, **{t.name: t for t in types}}
        codes = dict(self.codes)
        for mode in modes:
            known = all_types[mode.type]
            all_types[mode.type] = msgspec.structs.replace(known, modes=(*known.modes, mode.mode))
            if mode.cameo:
                codes[mode.type, mode.mode] = mode.cameo
        return Ontology(MappingProxyType(all_types), MappingProxyType(codes))


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a table; an empty cell is left out."""
    with files("onrecord.ontology").joinpath(f"{name}.csv").open("r", encoding="utf-8") as lines:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(lines)]


def _types(modes: list[Mode]) -> Mapping[str, EventType]:
    out: dict[str, EventType] = {}
    for row in _rows("types"):
        answers = {column: row.get(column) == "yes" for column in ("requires_recipient", "things")}
        cells = {**row, **answers, "modes": tuple(m.mode for m in modes if m.type == row["name"])}
        out[row["name"]] = msgspec.convert(cells, EventType, strict=False)
    return MappingProxyType(out)


_MODES = [msgspec.convert(row, Mode) for row in _rows("modes")]
_PREFIXES = {row["prefix"]: row["type"] for row in _rows("cameo")}

EVENT_TYPES: Mapping[str, EventType] = _types(_MODES)
PACKAGED = Ontology(EVENT_TYPES, MappingProxyType({(m.type, m.mode): m.cameo for m in _MODES if m.cameo}))
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
    return PACKAGED.quad(type)


def cameo(type: str, mode: str | None = None) -> str | None:
    """The CAMEO code nearest to a type and mode; None for an occurrence.

    Crowd control is CAMEO's 175 (violent repression), which PLOVER's own crosswalk sends to COERCE.

    >>> cameo("ACCUSE", "allege")
    '112'

    Raises:
        KeyError: there is no such type.
    """
    return PACKAGED.cameo(type, mode)


def from_cameo(code: str) -> str | None:
    """The PLOVER type of a CAMEO code, by its longest known prefix; None for the roots PLOVER drops (01, 02).

    >>> from_cameo("0841")
    'RETREAT'
    """
    for length in range(len(code), 1, -1):
        if code[:length] in _PREFIXES:
            return _PREFIXES[code[:length]]
    return None
