"""What an output was begun with, so that nothing else is mixed into it."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import msgspec

from onrecord.operating import OperatingPoint
from onrecord.scale.errors import ScaleError
from onrecord.scale.storage import Folder
from onrecord.workers import Coder

SETTINGS = "_onrecord.json"
CODER = "_coder.json"
Partition = Literal["year", "shard"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an output was begun with.

    Attributes:
        version: of the way that an output is laid out.
        partition: what its folders are.
        with_text: whether it has the articles' texts.
        chunk: how many articles are coded as one.
        reading: how its documents were read.
    """

    version: int = 1
    partition: Partition = "year"
    with_text: bool = True
    chunk: int = 16
    reading: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Who made what is in an output."""

    coder: str
    operating_point: OperatingPoint


def begin(folder: Folder, settings: Settings) -> None:
    """Note what an output is begun with.

    Raises:
        ScaleError: it was begun with something else.
    """
    if not folder.has(SETTINGS):
        folder.write(SETTINGS, msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n")
        return
    before, now = (_flat(x) for x in (msgspec.json.decode(folder.read(SETTINGS)), msgspec.to_builtins(settings)))
    if other := [f"{name} was {before.get(name)}, now {now.get(name)}" for name in sorted({*before, *now}) if before.get(name) != now.get(name)]:
        raise ScaleError(f"{folder.address} was begun with other settings ({'; '.join(other)}): give those, or another folder")


def _flat(plain: dict[str, Any]) -> dict[str, Any]:
    return {**{name: value for name, value in plain.items() if name != "reading"}, **plain.get("reading", {})}


def agrees(folder: Folder, coder: Coder) -> str | None:
    """Why a coder may not write to an output; None where it may. The first that asks is noted as the one who does."""
    now = Made(coder=coder.name, operating_point=coder.point)
    if not folder.has(CODER):
        folder.write(CODER, msgspec.json.format(msgspec.json.encode(now), indent=1) + b"\n")
        return None
    before = made(folder)
    return None if before == now else f"{folder.address} holds what {_named(before)} made, and this is {_named(now)}: give another folder"


def made(folder: Folder) -> Made:
    """Who made what is in an output.

    Raises:
        ScaleError: nobody: it is no output, or nothing has been coded.
    """
    if not folder.has(CODER):
        raise ScaleError(f"{folder.address} holds nothing that onrecord scale made")
    return msgspec.json.decode(folder.read(CODER), type=Made)


def settings(folder: Folder) -> Settings:
    """What an output was begun with."""
    return msgspec.json.decode(folder.read(SETTINGS), type=Settings)


def _named(made: Made) -> str:
    least = {name: value for name, value in dataclasses.asdict(made.operating_point).items() if value}
    return f"{made.coder} at {least}" if least else made.coder
