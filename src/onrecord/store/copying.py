"""A copy of a record as it is at one moment, made while it may be written to, and looked through before it takes its name."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from onrecord.store import faults
from onrecord.store.errors import DamagedRecordError, NoRecordError, RecordError
from onrecord.store.opening import BUSY, address, shown

PART = ".part"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A back-up that was made.

    Attributes:
        path: the file.
        size: its bytes.
        articles: how many articles are current in it.
        last: the time of the last batch in it, ISO 8601 in UTC; None where the record is empty.
    """

    path: Path
    size: int
    articles: int
    last: str | None


def back_up(where: str | Path, out: Path) -> Copied:
    """Copy a record into a new file: all batches that were committed when copying began, and nothing of any other.

    Writers go on meanwhile. The copy is written beside its name and takes it only when SQLite finds all of its pages and indexes sound.

    Args:
        where: the record.
        out: the file to make; it must not be there.

    Raises:
        NoRecordError: there is no record.
        DamagedRecordError: it is damaged; no back-up is made, since it would take the place of a sound one.
        RecordError: ``out`` is there or can't be written, or the record is in PostgreSQL.
    """
    url = address(where)
    if url.get_backend_name() != "sqlite":
        raise RecordError(f"{shown(url)} is in PostgreSQL: back it up with pg_dump, see docs/operations.md")
    path = Path(url.database or "")
    if not path.is_file():
        raise NoRecordError(f"there is no record {path}")
    if out.exists():
        raise RecordError(f"{out} is there already: a back-up overwrites nothing, give another name")
    part = out.with_name(out.name + PART)
    try:
        part.unlink(missing_ok=True)  # of a back-up that was stopped
        _copy(path, part)
        if wrong := faults.look(str(part), thorough=True):
            raise DamagedRecordError(f"{path} is damaged ({wrong[0]}): no back-up was made, so that none takes the place of a sound one; see docs/faults.md")
        found = _found(part, out)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(part, out)  # unlike renaming, never over another
    except sqlite3.Error as error:
        raise faults.of(error, str(path)) or RecordError(f"{path} can't be copied: {error}") from error
    except OSError as error:
        raise RecordError(f"{out} can't be written: {error.strerror}") from error
    finally:
        for left in (part, Path(f"{part}-journal"), Path(f"{part}-wal"), Path(f"{part}-shm")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    return found


def _copy(path: Path, to: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY / 1000)) as source,
        contextlib.closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)  # in one step: it reads one state, and keeps no writer from writing
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole by itself


def _found(part: Path, out: Path) -> Copied:
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(part))}?mode=ro", uri=True)) as copy:
        try:
            (count,) = copy.execute("SELECT count(*) FROM articles WHERE current").fetchone()
            (last,) = copy.execute("SELECT max(coded_at) FROM codings").fetchone()
        except sqlite3.OperationalError as error:
            raise RecordError(f"it is no record: {error}") from error
    return Copied(path=out, size=part.stat().st_size, articles=count, last=last)
