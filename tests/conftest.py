"""What the tests share: one parser and two coders a session.

Rooms are tested by rules alone, so that no test of theirs hangs on trained weights; the weights have
their own tests, and the benchmarks' floors.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

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
