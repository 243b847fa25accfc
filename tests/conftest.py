"""What the tests share: one parser and two coders a session.

Rooms are tested by rules alone, so that no test of theirs hangs on trained weights; the weights have
their own tests, and the benchmarks' floors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from tests import postgres

from onrecord.parse import Parser
from onrecord.pipeline import Coder

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")  # how busy a machine is breaks no law


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
def new_database() -> Iterator[Callable[[], str]]:
    """Makes an empty PostgreSQL database and gives its address; a test that needs one is skipped where there is no server to start."""
    if (why := postgres.missing()) is not None:
        pytest.skip(why)
    with postgres.server() as make:
        yield make
