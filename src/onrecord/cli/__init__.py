"""The command line: findings on standard output, progress and notes on standard error.

A module for each group of commands; docs/command-line.md has the exit statuses, which :mod:`onrecord.cli.app` names.
"""

from onrecord.cli import (
    asking,
    briefing,
    coding,
    counting,
    demonstrating,
    explaining,
    exporting,
    freezing,
    recording,
    remembering,
    resolving,
    reviewing,
    serving,
    standing,
)
from onrecord.cli.app import app

__all__ = [
    "app",
    "asking",
    "briefing",
    "coding",
    "counting",
    "demonstrating",
    "explaining",
    "exporting",
    "freezing",
    "main",
    "recording",
    "remembering",
    "resolving",
    "reviewing",
    "serving",
    "standing",
]


def main() -> None:
    """Run the command line."""
    app()
