"""What the tests share: one parser and two coders a session.

Rooms are tested by rules alone, so that no test of theirs hangs on trained weights; the weights have
their own tests, and the benchmarks' floors.

With ``-n auto`` the whole suite runs in two processes, and a part of it in one.
A file's tests stay in one process, and so do those that need the same server, of which there is only ever one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests import postgres

from onrecord.parse import Parser
from onrecord.pipeline import Coder

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")  # how busy a machine is breaks no law


HERE = Path(__file__).parent
FIRST = ("test_scale", "postgresql", "browser")
"""The groups that take longest, or wait longest."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the whole suite, none beside this one for a part of it."""
    option = config.option
    whole = not (option.keyword or option.markexpr) and all(Path(a).resolve() in (HERE, HERE.parent) for a in config.args)
    return 2 if whole else 0


def pytest_configure(config: pytest.Config) -> None:
    """Where several processes share the suite, groups of tests stay together, in the order given below."""
    if getattr(config.option, "dist", None) == "load":
        config.option.dist = "loadgroup"
        config.option.loadscopereorder = False


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests belong together, and have those that take longest begin."""
    groups = {item: _group(item) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: FIRST.index(groups[item]) if groups[item] in FIRST else len(FIRST))


def _group(item: pytest.Item) -> str:
    """The server that a test needs, or the file that it stands in."""
    assert isinstance(item, pytest.Function)
    backends = item.callspec.params.values() if hasattr(item, "callspec") else ()
    if "postgresql" in backends or "postgresql" in item.fixturenames:
        return "postgresql"
    return "browser" if "browser" in item.fixturenames else item.path.stem


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def coder(parser: Parser) -> Coder:
    """A coder by rules alone."""
    return Coder(parser=parser, model="none")


@pytest.fixture(scope="session")
def learned(parser: Parser) -> Coder:
    """A coder with the packaged encoder, as users have it."""
    return Coder(parser=parser)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A PostgreSQL server; a test that needs it is skipped where there is none to start."""
    if (why := postgres.missing()) is not None:
        pytest.skip(why)
    with postgres.server() as server:
        yield server


@pytest.fixture
def new_database(postgresql: postgres.Server) -> Iterator[Callable[[], str]]:
    """Gives the address of an empty PostgreSQL database, each time it is called another; they are a test's until it ends."""
    with postgresql.lending() as lent:
        yield lent


@pytest.fixture(scope="module")
def module_database(postgresql: postgres.Server) -> Iterator[Callable[[], str]]:
    """As ``new_database``, until the tests of a file end."""
    with postgresql.lending() as lent:
        yield lent
