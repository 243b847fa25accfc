"""A PostgreSQL server of the tests' own, in a temporary directory, where the programs for one are installed."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from glob import glob
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

NUMBERS = itertools.count(1)


def missing() -> str | None:
    """Why there can be no server; None where there can."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    return None if _programs() else "PostgreSQL is not installed"


@contextlib.contextmanager
def server() -> Iterator[Callable[[], str]]:
    """A server while the context lasts; what it gives makes an empty database and returns its address."""
    programs = _programs()
    assert programs is not None
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))  # not pytest's own directory: that is closed to other users
    who = _user()
    if who is not None:
        shutil.chown(home, who)
    subprocess.run(
        [programs / "initdb", "-D", home / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"], check=True, capture_output=True, user=who
    )
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(home)]
    process = subprocess.Popen([programs / "postgres", "-D", home / "data", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=who)
    try:
        _wait(home, process)

        def database() -> str:
            name = f"record{next(NUMBERS)}"
            _sql(home, f"CREATE DATABASE {name}")
            return f"postgresql://tests@/{name}?host={home}"

        yield database
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb") + glob("/opt/homebrew/opt/postgresql*/bin/initdb"))
    beside = shutil.which("initdb")
    return Path(beside).resolve().parent if beside else Path(found[-1]).parent if found else None


def _user() -> str | None:
    """Whose server it is: nobody else's unless the tests run as root, as whom no server starts."""
    if os.geteuid() != 0:
        return None
    names = {p.pw_name for p in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _sql(home: Path, statement: str) -> None:
    psycopg = import_module("psycopg")
    with psycopg.connect(host=str(home), user="tests", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


def _wait(home: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            _sql(home, "SELECT 1")
        except Exception:
            assert process.poll() is None, "the server stopped at once"
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")
