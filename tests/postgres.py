"""A PostgreSQL server of the tests' own, in a temporary directory, where the programs for one are installed."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from glob import glob
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def missing() -> str | None:
    """Why there can be no server; None where there can."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    return None if _programs() else "PostgreSQL is not installed"


class Server:
    """A server that runs. A database that was used is emptied and lent again: to make one takes far longer, and each has hundreds of files.

    Args:
        home: the directory of its socket.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._made = 0
        self._free: list[str] = []

    @contextlib.contextmanager
    def lending(self) -> Iterator[Callable[[], str]]:
        """What is called for the address of an empty database; when the context ends they are taken back, whoever is still connected."""
        lent: list[str] = []

        def lend() -> str:
            lent.append(self._free.pop() if self._free else self._new())
            return f"postgresql://tests@/{lent[-1]}?host={self._home}"

        yield lend
        for name in lent:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            _sql(self._home, others, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public", "GRANT USAGE ON SCHEMA public TO PUBLIC", database=name)
            self._free.append(name)

    def _new(self) -> str:
        self._made += 1
        _sql(self._home, f"CREATE DATABASE record{self._made}")
        return f"record{self._made}"


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A server while the context lasts."""
    programs = _programs()
    assert programs is not None
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))  # not pytest's own directory: that is closed to other users
    who = _user()
    if who is not None:
        shutil.chown(home, who)
    subprocess.run(
        [programs / "initdb", "-D", home / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"], check=True, capture_output=True, user=who
    )
    options = ["-c", "listen_addresses=", *("-c", "fsync=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0"), "-k", str(home)]
    process = subprocess.Popen([programs / "postgres", "-D", home / "data", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=who)
    try:
        _wait(home, process)
        yield Server(home)
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing of it is to be kept
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


def _sql(home: Path, *statements: str, database: str = "postgres") -> None:
    psycopg = import_module("psycopg")
    with psycopg.connect(host=str(home), user="tests", dbname=database, autocommit=True) as connection:
        for statement in statements:
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
