"""The names that users import, in a fresh interpreter, in whatever order."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "line",
    [
        "from onrecord import read; assert not isinstance(read, type(__builtins__)); assert list(read([])) == []",
        "from onrecord import Coder, read; assert list(read([])) == []",
        "import onrecord.read.reader; from onrecord import Skip, read; assert list(read([])) == []",
        "import sys, onrecord.actors; import onrecord; assert onrecord.Article; onrecord.read",
    ],
)
def test_public_names_are_what_they_say(line: str) -> None:
    subprocess.run([sys.executable, "-c", line], check=True)


def test_reading_does_not_load_the_parser() -> None:
    subprocess.run([sys.executable, "-c", "import sys; from onrecord import read, Report; assert 'spacy' not in sys.modules"], check=True)
