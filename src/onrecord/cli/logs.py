"""Logs as lines: of JSON for machines, or of text; no words of articles stand in them.

An exception is told by its kind and where it was raised; its message only where it is of a kind that quotes no article (of a record, of the system).
"""

from __future__ import annotations

import enum
import io
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import IO, Annotated, Any, cast

import msgspec
import typer

from onrecord.cli.app import notes

FRAMES = 12
BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class Form(enum.StrEnum):
    """How lines of a log are written."""

    TEXT = "text"
    JSON = "json"


Log = Annotated[Form | None, typer.Option("--log", envvar="ONRECORD_LOG", help="Log requests, batches and skips on standard error, a line each.")]


class Lines(logging.Formatter):
    """A line of JSON, or of text with ``name=value`` behind, for each thing that is logged."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= _fault(record.exc_info[1])
        if self._form is Form.JSON:
            return _json(line)
        head = " ".join(_json(line.pop(name)).strip('"') for name in ("time", "level", "event"))
        return " ".join([head, *(f"{name}={_json(value)}" for name, value in line.items())])


class Noted(io.TextIOBase):
    """Takes what commands say to people, and logs each line of it."""

    def __init__(self) -> None:
        self._rest = ""

    def write(self, text: str) -> int:
        """Take some text."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in filter(None, (line.strip() for line in lines)):
            logging.getLogger("onrecord.cli").info("note", extra={"fields": {"message": line}})
        return len(text)


def set_up(form: Form | None) -> None:
    """Log what onrecord does at level INFO, and what goes wrong elsewhere; None changes nothing.

    Args:
        form: how; in JSON also what commands say to people becomes lines, so that standard error holds nothing else.
    """
    if form is None:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.ERROR)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("onrecord").setLevel(logging.INFO)
    if form is Form.JSON:
        notes.file = cast("IO[str]", Noted())


def kept() -> bool:
    """Whether a log is kept."""
    return any(isinstance(handler.formatter, Lines) for handler in logging.getLogger().handlers)


def _fault(error: BaseException) -> dict[str, Any]:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  # most commands never get here, and few load the record

    from onrecord.store import RecordError  # noqa: PLC0415

    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    told = {"error": type(error).__name__, "at": [f"{f.filename.rpartition('site-packages/')[2]}:{f.lineno} {f.name}" for f in frames]}
    return {**told, "message": str(error)} if isinstance(error, RecordError | OSError | DBAPIError) else told


def _json(value: Any) -> str:
    return msgspec.json.encode(value, enc_hook=str).decode().translate(BREAKS)
