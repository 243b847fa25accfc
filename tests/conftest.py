"""What the tests share: one parser and one coder a session."""

from __future__ import annotations

import pytest

from onrecord.parse import Parser
from onrecord.pipeline import Coder


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def coder(parser: Parser) -> Coder:
    return Coder(parser=parser)
