"""The command line: findings on standard output, progress and notes on standard error.

In come arguments and options; out go rows, reports or pages, and an exit status. It is the only part that makes a coder for a record.

A module for each group of commands, loaded when one of them is given; docs/command-line.md has the exit statuses, which
:mod:`onrecord.cli.app` names.
"""

from onrecord.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line."""
    app()
